import type pg from 'pg';
import { errorText } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { type Claim, decideSetback, type Setback } from './claims.ts';
import type { ReadMail } from './read-mail.ts';
import { type ReadStepParts, readStep } from './read-step.ts';
import { ReadingError } from './reading/reading.ts';
import { isPending, LaterError, type MailState } from './state.ts';
import type { DeskSteps, MailPlace } from './steps.ts';

export interface CarryParts extends ReadStepParts {
  /** Null: mail is read, and waits for a desk. */
  readonly desk: DeskSteps | null;
  readonly leaseMs: number;
}

/** How long a mail may be put off without that being a try. */
const mostPatienceMs = 10 * 60_000;
const siblingMs = 500;
const mostErrorLength = 300;

/**
 * Does the step that a mail waits for, in one transaction with the mail's state: it is done and noted, or neither.
 *
 * @returns the claim on the next step; null when there is none, or when another process has taken the mail over
 * @throws whatever the step throws: see `setbackOf`
 */
export async function doStep(parts: CarryParts, claim: Claim): Promise<Claim | null> {
  const { desk } = parts;
  if (claim.state === 'stored') {
    const next = await readStep(parts, claim, advance);
    return desk === null ? null : next;
  }
  if (desk === null) return null;
  return inTransaction(parts.pool, async (client) => {
    const held = await holdMail(client, claim);
    if (held === null) return null;
    const { mail, place } = held;
    if (claim.state === 'read') return thread(desk, parts.leaseMs, client, claim, mail);
    if (place === null) throw new Error(`Mail ${claim.id} is ${claim.state} and stands on no ticket.`);
    if (claim.state === 'threaded') {
      await desk.route(client, mail, place);
      return advance(client, claim, 'routed', parts.leaseMs);
    }
    await desk.answer(client, mail, place);
    return advance(client, claim, 'answered', parts.leaseMs);
  });
}

/** What becomes of a mail whose step threw. */
export function setbackOf(error: unknown, claim: Claim, receivedAtMs: number, nowMs: number): Setback {
  const words = errorText(error)
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
    .slice(0, mostErrorLength);
  if (error instanceof LaterError && nowMs - receivedAtMs < mostPatienceMs)
    return { kind: 'again', afterMs: error.afterMs, counted: false, words: null };
  if (error instanceof ReadingError) {
    // A thread that hangs or dies may have been the machine's trouble: once more, then it is the mail's.
    const chance = error.problem === 'took_too_long' || error.problem === 'reader_died';
    if (!chance || claim.attempts > 1) return { kind: 'quarantine', code: error.problem, words };
  }
  return decideSetback(claim.attempts, words);
}

async function thread(
  desk: DeskSteps,
  leaseMs: number,
  client: pg.PoolClient,
  claim: Claim,
  mail: ReadMail,
): Promise<Claim | null> {
  await waitForSiblings(client, mail);
  const place = await desk.thread(client, mail);
  if (place === null) return advance(client, claim, 'ignored', leaseMs);
  return advance(client, claim, 'threaded', leaseMs, place);
}

/** A mail that answers one that is still on its way here waits for it: else both would begin a ticket. */
async function waitForSiblings(client: pg.PoolClient, mail: ReadMail): Promise<void> {
  if (mail.references.length === 0) return;
  const { rowCount } = await client.query(
    `select 1 from incoming_mails where message_id = any($1) and id <> $2 and state in ('stored', 'read')
       and received_at < (select received_at from incoming_mails where id = $2) limit 1`,
    [mail.references, mail.id],
  );
  if (rowCount === 1) throw new LaterError(siblingMs, 'It answers a mail that is not on a ticket yet.');
}

/** Notes that a step is done, in its transaction, and takes the next one. `place`: where the mail stands from now on. */
async function advance(
  client: pg.ClientBase,
  { id }: Claim,
  state: MailState,
  leaseMs: number,
  place: MailPlace | null = null,
): Promise<Claim | null> {
  const pending = isPending(state);
  const { ticketNumber = null, messageId = null, opened = null } = place ?? {};
  await client.query(
    `update incoming_mails set state = $2, attempts = $3, last_error = null,
       next_attempt_at = now() + $4::integer * interval '1 millisecond',
       reading = case when $5 then reading end,
       ticket_number = coalesce($6, ticket_number), message = coalesce($7, message),
       opened_ticket = coalesce($8, opened_ticket)
     where id = $1`,
    [id, state, pending ? 1 : 0, leaseMs, pending, ticketNumber, messageId, opened],
  );
  return pending ? { id, state, attempts: 1 } : null;
}

export type Advance = typeof advance;

/** Locks the mail of a claim until the transaction ends, and loads it. Null: another process has it by now. */
async function holdMail(
  client: pg.ClientBase,
  { id, state, attempts }: Claim,
): Promise<{ mail: ReadMail; place: MailPlace | null } | null> {
  const { rows } = await client.query<{
    reading: ReadMail | null;
    ticket_number: bigint | null;
    message: string | null;
    opened_ticket: boolean;
  }>(
    `select reading, ticket_number, message, opened_ticket from incoming_mails
     where id = $1 and state = $2 and attempts = $3 for update`,
    [id, state, attempts],
  );
  const [row] = rows;
  if (row === undefined) return null;
  if (!row.reading) throw new Error(`Mail ${id} has no reading.`);
  const { reading: mail, ticket_number: ticketNumber, message: messageId, opened_ticket: opened } = row;
  const place = ticketNumber === null || messageId === null ? null : { ticketNumber, messageId, opened };
  return { mail, place };
}
