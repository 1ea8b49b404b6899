import type pg from 'pg';
import type { MailFinding } from '../../mailroom/index.ts';
import { type ReportFacts, readReport } from '../reading/index.ts';
import { addFacts, appendEvent, programActor } from '../store/index.ts';
import { factRowsOf } from './fact-rows.ts';

export interface ReportReading {
  /** Fixed part of the site's keys. */
  readonly site: string;
  /** Codes of the gateway's errors. */
  readonly errorCodes: readonly string[];
  /** Names and aliases of models, as the catalogue has them now. */
  readonly models: () => Iterable<string>;
}

/** What somebody wrote, without secrets, and the message that holds it. */
export interface WrittenReport {
  readonly ticketNumber: bigint;
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  /** What was quoted or attached as text: facts stand there too, but nobody's own sentences. */
  readonly attachedTexts: readonly string[];
  readonly receivedAtMs: number;
  /** Of the writer's clock; null or absent: not known. */
  readonly sentOffsetMinutes?: number | null;
  /** What was taken out of it. */
  readonly findings: readonly MailFinding[];
}

export function readWritten(
  {
    subject,
    text,
    attachedTexts,
    receivedAtMs,
    sentOffsetMinutes = null,
  }: Omit<WrittenReport, 'ticketNumber' | 'messageId' | 'findings'>,
  { site, errorCodes, models }: ReportReading,
): ReportFacts {
  const input = { subject, text, attachmentsText: attachedTexts };
  return readReport(input, { site, receivedAtMs, sentOffsetMinutes, errorCodes, models: models() });
}

/** Puts what was read out of a message on its ticket, once. */
export async function noteFacts(
  client: pg.ClientBase,
  { ticketNumber, messageId, findings }: Pick<WrittenReport, 'ticketNumber' | 'messageId' | 'findings'>,
  report: ReportFacts,
): Promise<void> {
  const added = await addFacts(client, ticketNumber, factRowsOf(report, findings, messageId));
  if (added === 0) return;
  const data = { message: messageId, facts: added };
  const once = `read:${messageId}`;
  await appendEvent(client, ticketNumber, { kind: 'facts_read', actor: programActor, once, data });
}

/** Reads a message that was written in the console, where nothing is answered: whoever wrote it sees their calls there. */
export async function noteReport(client: pg.ClientBase, written: WrittenReport, reading: ReportReading): Promise<void> {
  await noteFacts(client, written, readWritten(written, reading));
}
