import type pg from 'pg';
import type { Clock } from '../../base/clock.ts';
import { requestIdTime } from '../../base/request-id.ts';
import { inTransaction } from '../../db/index.ts';
import type { ReportedKeys } from '../../keys/index.ts';
import { type MailLocale, mayAnswerAutomatically, type QueueLetter } from '../../mail/index.ts';
import type { MailPlace, ReadMail } from '../../mailroom/index.ts';
import { missingFacts, type ReportFacts } from '../reading/index.ts';
import { addMessage, appendEvent, lockTicket, noteMessage, programActor, type Ticket } from '../store/index.ts';
import { type AskedRequest, lookUpAsked } from './asked.ts';
import { tellBraked } from './braked.ts';
import { type AnswerFacts, type ComposedAnswer, composeAnswer, type ToldRequest } from './compose.ts';
import { type AnswerDecision, decideAnswer } from './decide-answer.ts';
import { noteFacts, type ReportReading, readWritten } from './note-report.ts';
import { respondToKeys } from './reported-keys.ts';
import { type SettleOptions, settleRecords } from './settle.ts';
import { refuseWriter, type Writer } from './telling.ts';
import { readWriter } from './writer.ts';

export interface AnsweringOptions extends SettleOptions, ReportReading {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  /** Of the site, without a slash at the end. */
  readonly url: () => string;
  readonly retentionDays: number;
  readonly reported: Pick<ReportedKeys, 'book'>;
  readonly queueLetter: QueueLetter;
  /** Language of notes to staff. */
  readonly staffLocale: () => MailLocale;
}

/**
 * The step `answer`: facts read out of a mail, keys in it put out of use, the acknowledgement or explanation queued. Doing
 * it again does nothing. The clocks of the ticket run on: only a person's reply stops them.
 *
 * @throws LaterError while records are behind the calls that it names
 */
export async function answerMail(
  client: pg.PoolClient,
  mail: ReadMail,
  place: MailPlace,
  options: AnsweringOptions,
): Promise<void> {
  const report = reportOf(mail, place, options);
  const ids = report.requestIds.map(({ id }) => id);
  // For itself: whatever the answer waits for or fails on, a key that others have read must not live on meanwhile.
  if (mail.ownKeys.length > 0) await inTransaction(options.pool, (own) => respondToKeys(own, mail, place, options));
  await settleRecords(ids, mail.receivedAtMs, options);
  const ticket = await lockTicket(client, place.ticketNumber);
  await noteFacts(client, { ...place, findings: mail.findings }, report);
  const writer = await readWriter(client, mail, ticket.accountId);
  const asked = await lookUpAsked(
    client,
    await unexplained(client, ticket.number, mail, ids),
    writer,
    ticket.organizationId,
  );
  await noteWithheld(client, ticket, mail, asked);
  const answer = answerFactsOf({ ticket, heldSecrets: mail.findings.length > 0, report, writer, asked }, options);
  const decision = await decided(client, { ticket, mail, place, answer });
  if (decision.answer === 'none') return;
  await send(client, { ticket, mail, writer }, decision, { ...answer, kind: decision.answer }, options);
}

/** In what opened a ticket, a quoted part is what somebody forwards; later on it is what was said before. */
function reportOf(mail: ReadMail, { opened }: MailPlace, options: AnsweringOptions): ReportFacts {
  const attachedTexts = opened && mail.quoted !== '' ? [...mail.attachedTexts, mail.quoted] : mail.attachedTexts;
  return readWritten({ ...mail, attachedTexts }, options);
}

/** For staff: of which calls nothing may be told, and why. */
async function noteWithheld(
  client: pg.PoolClient,
  ticket: Ticket,
  mail: ReadMail,
  asked: readonly AskedRequest[],
): Promise<void> {
  const withheld = asked.flatMap(({ id, telling }) => (telling.tell ? [] : [{ id, why: telling.why }]));
  if (withheld.length > 0) await note(client, ticket, 'facts_withheld', `withheld:${mail.id}`, { requests: withheld });
}

async function note(
  client: pg.PoolClient,
  ticket: Ticket,
  kind: 'facts_told' | 'facts_withheld',
  once: string,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  await appendEvent(client, ticket.number, { kind, actor: programActor, once, data });
}

export interface AnswerSource {
  readonly ticket: Ticket;
  /** Secrets were taken out of the mail. */
  readonly heldSecrets: boolean;
  readonly report: ReportFacts;
  readonly writer: Writer;
  readonly asked: readonly AskedRequest[];
}

/** What the words are made from. `kind` is what it would be if anything is answered at all. */
export function answerFactsOf(
  { ticket, heldSecrets, report, writer, asked }: AnswerSource,
  { clock, url, retentionDays }: Pick<AnsweringOptions, 'clock' | 'url' | 'retentionDays'>,
): AnswerFacts {
  const nowMs = clock.now();
  const known = refuseWriter(writer) === null;
  const told = asked.flatMap((request) => toldOf(request, nowMs));
  const oldMs = nowMs - retentionDays * 86_400_000;
  const expired = known ? asked.filter(({ id, booked }) => booked === null && requestIdTime(id) < oldMs).length : 0;
  const category = report.prefix ?? (ticket.queue === 'bug' || ticket.queue === 'billing' ? ticket.queue : 'general');
  // Whoever asks about calls and is told nothing gets the same words, whoever they are.
  const promised = known && (asked.length === 0 || told.length > 0);
  const dueAtMs = ticket.dueKind === 'first_response' ? ticket.dueAtMs : null;
  return {
    kind: told.length + expired > 0 ? 'explanation' : 'acknowledgement',
    ticketNumber: ticket.number,
    locale: ticket.locale,
    url: url(),
    told,
    untold: asked.length - told.length - expired,
    expired,
    retentionDays,
    mistyped: report.mistypedIds.length,
    missing: report.mistypedIds.length > 0 ? [] : missingFacts(report, category),
    target: promised ? { plan: ticket.target.plan, dueAtMs } : null,
    heldSecrets,
  };
}

function toldOf({ booked, telling }: AskedRequest, nowMs: number): ToldRequest[] {
  if (booked === null || !telling.tell) return [];
  const { facts, key } = booked;
  const expired = key !== null && key.expiresAtMs !== null && key.expiresAtMs <= nowMs;
  const keyNow = key === null ? null : key.state === 'enabled' && expired ? 'expired' : key.state;
  return [{ facts, withCost: telling.withCost, keyNow }];
}

interface Deciding {
  readonly ticket: Ticket;
  readonly mail: ReadMail;
  readonly place: MailPlace;
  readonly answer: AnswerFacts;
}

async function decided(client: pg.PoolClient, { ticket, mail, place, answer }: Deciding): Promise<AnswerDecision> {
  return decideAnswer({
    verified: mail.sender.verified,
    automatic: mail.automatic !== null,
    queue: ticket.queue,
    opened: place.opened,
    dropped: await answerDropped(client, ticket.number),
    told: answer.told.length,
    expired: answer.expired,
  });
}

/** Ids of calls that no answer to an earlier mail on the ticket has explained. */
async function unexplained(
  client: pg.PoolClient,
  ticketNumber: bigint,
  mail: Pick<ReadMail, 'id'>,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await client.query<{ id: string }>(
    `select asked.id from unnest($2::text[]) with ordinality as asked (id, place)
     where not exists (select 1 from ticket_events e
       where e.ticket_number = $1 and e.kind = 'automatic_answer' and e.data->>'mail' <> $3
         and e.data->'requests' ? asked.id)
     order by asked.place`,
    [ticketNumber, ids, mail.id],
  );
  return rows.map(({ id }) => id);
}

/** A rule of routing may want no automatic answer. */
async function answerDropped(client: pg.PoolClient, ticketNumber: bigint): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from ticket_events where ticket_number = $1 and kind = 'routed' and data->>'drop_answer' = 'true' limit 1`,
    [ticketNumber],
  );
  return rowCount === 1;
}

type Given = Exclude<AnswerDecision, { readonly answer: 'none' }>;

async function send(
  client: pg.PoolClient,
  { ticket, mail, writer }: Pick<AnswerSource, 'ticket' | 'writer'> & { readonly mail: ReadMail },
  { answer, purpose }: Given,
  facts: AnswerFacts,
  { clock, queueLetter }: Pick<AnsweringOptions, 'clock' | 'queueLetter'>,
): Promise<void> {
  const nowMs = clock.now();
  const brake = await mayAnswerAutomatically(client, writer.from, nowMs);
  const requests = facts.told.map((request) => request.facts.id);
  const data = {
    mail: mail.id,
    answer,
    requests,
    allowed: brake.allowed,
    ...(brake.allowed ? {} : { reason: brake.reason }),
  };
  const once = purpose === 'acknowledgement' ? `answer:${purpose}` : `answer:${purpose}:${mail.id}`;
  const event = { kind: 'automatic_answer', actor: programActor, once, data } as const;
  if (!(await appendEvent(client, ticket.number, event))) return;
  if (!brake.allowed) {
    if (brake.reason === 'site') await tellBraked(client);
    return;
  }
  const told =
    answer === 'explanation' ? facts.told.map(({ facts: { id }, withCost }) => ({ id, with_cost: withCost })) : [];
  if (told.length > 0) await note(client, ticket, 'facts_told', `told:${mail.id}`, { requests: told });
  await sendAnswer(client, ticket, composeAnswer(facts), {
    to: writer.from,
    accountId: writer.account?.id ?? null,
    inReplyTo: mail.messageId,
    references: [...mail.references, mail.messageId],
    dedupeKey: `ticket:${ticket.number}:${once}`,
    nowMs,
    queueLetter,
  });
}

export interface AnswerLetter {
  /** The one address that it goes to. */
  readonly to: string;
  readonly accountId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly dedupeKey: string;
  readonly nowMs: number;
  readonly queueLetter: QueueLetter;
}

/** Queues an answer and puts it on its ticket. @returns id of the message */
export async function sendAnswer(
  client: pg.PoolClient,
  ticket: Ticket,
  { subject, text }: ComposedAnswer,
  { to, accountId, inReplyTo, references, dedupeKey, nowMs, queueLetter }: AnswerLetter,
): Promise<string> {
  const letter = await queueLetter(client, {
    kind: 'ticket-answer',
    to,
    cc: [],
    mailboxId: ticket.mailboxId,
    ticketNumber: ticket.number,
    locale: ticket.locale,
    subject,
    text,
    html: null,
    inReplyTo,
    references,
    replyTo: null,
    automatic: true,
    files: [],
    dedupeKey,
    sendAfterMs: 0,
    accountId,
  });
  const messageId = await addMessage(client, ticket.number, {
    kind: 'automatic',
    author: { accountId: null, address: '', name: '' },
    verified: true,
    subject,
    body: text,
    recipients: { to: [to], cc: [] },
    messageId: letter.messageId,
    outboxId: letter.id,
    atMs: nowMs,
  });
  await noteMessage(client, ticket.number, 'system', nowMs);
  return messageId;
}
