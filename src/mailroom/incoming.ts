import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { inTransaction } from '../db/index.ts';
import { type BytesSealer, type EnvelopeJson, rawContext, wakeChannel } from './intake.ts';
import { type MailState, mailStates } from './state.ts';

/** A mail that came in, as staff see it: how it came and how far it is, nothing of what it says. */
export interface IncomingMail {
  readonly id: string;
  readonly state: MailState;
  readonly cameBy: 'smtp' | 'imap' | 'command';
  readonly receivedAtMs: number;
  readonly mailbox: { readonly id: string; readonly address: string } | null;
  readonly messageId: string;
  readonly size: number;
  readonly envelope: EnvelopeJson;
  readonly attempts: number;
  readonly nextAttemptAtMs: number | null;
  readonly lastError: string | null;
  readonly quarantineCode: string | null;
  readonly ticketNumber: bigint | null;
  readonly rawKept: boolean;
  readonly repeats: number;
}

export interface IncomingFilter {
  readonly state?: MailState | undefined;
  readonly mailboxId?: string | undefined;
  /** Also reports of vulnerabilities. */
  readonly security: boolean;
  readonly limit: number;
  /** Sort values of the last mail of the page before. */
  readonly after?: { readonly receivedAtUs: number; readonly id: string } | undefined;
}

interface Row {
  readonly id: string;
  readonly state: MailState;
  readonly came_by: IncomingMail['cameBy'];
  readonly received_at: Date;
  readonly mailbox_id: string | null;
  readonly address: string | null;
  readonly message_id: string;
  readonly size: number;
  readonly envelope: EnvelopeJson;
  readonly attempts: number;
  readonly next_attempt_at: Date;
  readonly last_error: string | null;
  readonly quarantine_code: string | null;
  readonly ticket_number: bigint | null;
  readonly raw_kept: boolean;
  readonly repeats: number;
  readonly sort_us: bigint;
}

const selectIncoming = `select i.id, i.state, i.came_by, i.received_at, i.mailbox_id, m.address, i.message_id, i.size, i.envelope,
    i.attempts, i.next_attempt_at, i.last_error, i.quarantine_code, i.ticket_number, i.raw is not null as raw_kept,
    jsonb_array_length(i.repeats) as repeats, (extract(epoch from i.received_at) * 1000000)::bigint as sort_us
  from incoming_mails i left join mailboxes m on m.id = i.mailbox_id left join tickets t on t.number = i.ticket_number`;
const restricted = `(coalesce(m.purpose = 'security', false) or coalesce(t.queue = 'vulnerability', false))`;

export async function listIncoming(
  pool: pg.Pool,
  filter: IncomingFilter,
): Promise<{ mails: IncomingMail[]; next: { receivedAtUs: number; id: string } | null }> {
  const values: unknown[] = [filter.limit + 1];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [filter.security ? 'true' : `not ${restricted}`];
  if (filter.state !== undefined) conditions.push(`i.state = ${place(filter.state)}`);
  if (filter.mailboxId !== undefined) conditions.push(`i.mailbox_id = ${place(filter.mailboxId)}`);
  if (filter.after) {
    const at = `timestamptz 'epoch' + ${place(filter.after.receivedAtUs)}::bigint * interval '1 microsecond'`;
    conditions.push(`(i.received_at, i.id) < (${at}, ${place(filter.after.id)})`);
  }
  const { rows } = await pool.query<Row>(
    `${selectIncoming} where ${conditions.join(' and ')} order by i.received_at desc, i.id desc limit $1`,
    values,
  );
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  const more = rows.length > page.length && last !== undefined;
  return { mails: page.map(incomingOf), next: more ? { receivedAtUs: Number(last.sort_us), id: last.id } : null };
}

/** @param security whether the caller may see reports of vulnerabilities @throws AppError `incoming_mail_not_found` */
export async function findIncoming(pool: pg.Pool, id: string, security: boolean): Promise<IncomingMail> {
  const { rows } = await pool.query<Row>(`${selectIncoming} where i.id = $1 and ($2 or not ${restricted})`, [
    id,
    security,
  ]);
  const [row] = rows;
  if (row === undefined) throw notFound();
  return incomingOf(row);
}

/** How mail fares that comes in. */
export interface IncomingFigures {
  readonly states: Readonly<Record<MailState, number>>;
  /** Of what waits for a step. */
  readonly oldestWaitingAtMs: number | null;
  readonly lastReceivedAtMs: number | null;
  /** Of mail that went out within seven days. */
  readonly sent: number;
  readonly bounced: number;
}

export async function incomingFigures(pool: pg.Pool): Promise<IncomingFigures> {
  const [states, times, outbox] = await Promise.all([
    pool.query<{ state: MailState; count: number }>('select state, count(*)::int from incoming_mails group by state'),
    pool.query<{ oldest: Date | null; last: Date | null }>(
      `select (select min(received_at) from incoming_mails where state in ('stored', 'read', 'threaded', 'routed')) as oldest,
         (select max(received_at) from incoming_mails) as last`,
    ),
    pool.query<{ sent: number; bounced: number }>(
      `select (count(*) filter (where sent_at is not null))::int as sent,
         (count(*) filter (where bounced_at is not null))::int as bounced
       from outbox where created_at > now() - interval '7 days'`,
    ),
  ]);
  const counts = new Map(states.rows.map(({ state, count }) => [state, count]));
  return {
    states: Object.fromEntries(mailStates.map((state) => [state, counts.get(state) ?? 0])) as Record<MailState, number>,
    oldestWaitingAtMs: times.rows[0]?.oldest?.getTime() ?? null,
    lastReceivedAtMs: times.rows[0]?.last?.getTime() ?? null,
    sent: outbox.rows[0]?.sent ?? 0,
    bounced: outbox.rows[0]?.bounced ?? 0,
  };
}

/**
 * Lets a mail go on where it stopped: one in quarantine, or one that was passed over.
 *
 * @throws AppError `incoming_mail_not_found`, `incoming_mail_done`, `raw_mail_gone`
 */
export async function runAgain(pool: pg.Pool, actor: Actor, id: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const row = await lock(client, id);
    if (row.state !== 'quarantined' && row.state !== 'ignored')
      throw new AppError('incoming_mail_done', 'Only mail in quarantine, or that was passed over, can be run again.');
    const state = row.has_reading ? (row.quarantined_from ?? 'stored') : 'stored';
    if (state === 'stored' && !row.raw_kept)
      throw new AppError('raw_mail_gone', `Its raw form is gone: it is kept for ${limits.rawMailDays} days.`);
    await client.query(
      `update incoming_mails set state = $2, attempts = 0, next_attempt_at = now(), quarantine_code = null,
         quarantined_from = null, last_error = null where id = $1`,
      [id, state],
    );
    await client.query('select pg_notify($1, $2)', [wakeChannel, '']);
    await audit(client, actor, 'incoming_mail.run_again', id, { state: row.state }, { state });
  });
}

/** Nothing more is done with a mail in quarantine. @throws AppError `incoming_mail_not_found`, `incoming_mail_done` */
export async function discard(pool: pg.Pool, actor: Actor, id: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const row = await lock(client, id);
    if (row.state !== 'quarantined')
      throw new AppError('incoming_mail_done', 'Only mail in quarantine can be discarded.');
    await client.query(`update incoming_mails set state = 'ignored', reading = null where id = $1`, [id]);
    await audit(client, actor, 'incoming_mail.discarded', id, { state: row.state }, { state: 'ignored' });
  });
}

/**
 * A mail as it came, with all that it holds: only with a reason, which the audit log keeps.
 *
 * @param maySecurity whether the caller may see reports of vulnerabilities
 * @throws AppError `incoming_mail_not_found`, `raw_mail_gone`, `raw_mail_restricted`
 */
export async function openRaw(
  pool: pg.Pool,
  sealer: Pick<BytesSealer, 'openBytes'>,
  actor: Actor,
  id: string,
  reason: string,
  maySecurity: boolean,
): Promise<Buffer> {
  const { rows } = await pool.query<{ raw: Buffer | null; restricted: boolean }>(
    `select i.raw, ${restricted} as restricted
     from incoming_mails i left join mailboxes m on m.id = i.mailbox_id left join tickets t on t.number = i.ticket_number
     where i.id = $1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw notFound();
  if (row.restricted && !maySecurity)
    throw new AppError('raw_mail_restricted', 'This mail reports a vulnerability; you may not see such reports.');
  if (row.raw === null)
    throw new AppError('raw_mail_gone', `Its raw form is gone: it is kept for ${limits.rawMailDays} days.`);
  const bytes = sealer.openBytes(row.raw, rawContext(id));
  await audit(pool, actor, 'incoming_mail.opened_raw', id, null, { reason });
  return bytes;
}

/** Deletes raw mail that is older than its time. Mail in quarantine goes too: nobody looked at it for a month. */
export async function sweepRaw(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `update incoming_mails set raw = null
     where raw is not null and state <> 'stored' and received_at < now() - $1::integer * interval '1 day'`,
    [limits.rawMailDays],
  );
  return rowCount ?? 0;
}

interface LockedRow {
  readonly state: MailState;
  readonly quarantined_from: string | null;
  readonly has_reading: boolean;
  readonly raw_kept: boolean;
}

async function lock(client: pg.PoolClient, id: string): Promise<LockedRow> {
  const { rows } = await client.query<LockedRow>(
    `select state, quarantined_from, reading is not null as has_reading, raw is not null as raw_kept
     from incoming_mails where id = $1 for update`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw notFound();
  return row;
}

async function audit(
  client: pg.PoolClient | pg.Pool,
  actor: Actor,
  action: string,
  id: string,
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  await appendAudit(client, actor, {
    action,
    organizationId: null,
    subject: { kind: 'incoming_mail', id },
    before,
    after,
  });
}

function incomingOf(row: Row): IncomingMail {
  const { id, state, attempts, envelope, size, repeats } = row;
  const waits = state !== 'answered' && state !== 'ignored' && state !== 'quarantined';
  return {
    id,
    state,
    cameBy: row.came_by,
    receivedAtMs: row.received_at.getTime(),
    mailbox: row.mailbox_id === null ? null : { id: row.mailbox_id, address: row.address ?? '' },
    messageId: row.message_id,
    size,
    envelope,
    attempts,
    nextAttemptAtMs: waits ? row.next_attempt_at.getTime() : null,
    lastError: row.last_error,
    quarantineCode: row.quarantine_code,
    ticketNumber: row.ticket_number,
    rawKept: row.raw_kept,
    repeats,
  };
}

const notFound = () => new AppError('incoming_mail_not_found', 'There is no such mail.');
