import type pg from 'pg';
import type { NextStep } from './failure.ts';
import type { LetterHeaders } from './letter-rules.ts';
import type { LetterFile } from './new-letter.ts';
import type { OutgoingMail } from './outgoing.ts';

/**
 * How long a mail belongs to the process that took it. After that the process is taken for dead and another one sends
 * it, so that a try must end well before.
 */
export const leaseMs = 5 * 60_000;

/** A mail that this process alone may send now. */
export interface Claim {
  readonly id: string;
  /** How many there were, with the one that comes now. Tells this claim from later ones. */
  readonly attempts: number;
  /** What its link was for is over. */
  readonly expired: boolean;
  /** Nothing is sent any more to whoever it was still to go to. */
  readonly suppressed: boolean;
  readonly kind: string;
  readonly mail: OutgoingMail;
}

interface ClaimRow {
  readonly id: string;
  readonly attempts: number;
  readonly expired: boolean;
  readonly recipient: string;
  readonly subject: string;
  readonly text_body: string;
  readonly html_body: string;
  readonly message_id: string;
  readonly kind: string;
  readonly created_at: Date;
  readonly ticket_number: bigint | null;
  readonly headers: Partial<LetterHeaders>;
  readonly files: readonly LetterFile[];
  readonly delivered: readonly string[];
  readonly suppressed: readonly string[];
  readonly mailbox: { readonly name: string; readonly address: string; readonly fetched: boolean } | null;
}

/** Takes due mail, the longest waiting first. What other processes are taking is passed over. */
export async function claimMail(pool: pg.Pool, limit: number): Promise<Claim[]> {
  const { rows } = await pool.query<ClaimRow>(
    `update outbox o set state = 'sending', attempts = attempts + 1,
       next_attempt_at = now() + $2::integer * interval '1 millisecond'
     where id in (
       select id from outbox where state in ('waiting', 'sending') and next_attempt_at <= now()
       order by next_attempt_at limit $1 for update skip locked)
     returning id, attempts, coalesce(expires_at <= now(), false) as expired, recipient, subject, text_body, html_body,
       message_id, kind, created_at, ticket_number, headers, files, delivered,
       array(select address from suppressed_addresses where address = lower(o.recipient) or address in
         (select lower(jsonb_array_elements_text(coalesce(o.headers->'cc', '[]'))))) as suppressed,
       (select jsonb_build_object('name', name, 'address', address, 'fetched', imap is not null)
         from mailboxes where mailboxes.id = o.mailbox_id) as mailbox`,
    [limit, leaseMs],
  );
  return rows.map(claimOf);
}

function claimOf(row: ClaimRow): Claim {
  const { id, attempts, expired, recipient, subject, kind, headers, mailbox } = row;
  const { cc = [], inReplyTo = null, references = [], replyTo = null, autoSubmitted } = headers;
  const passed = new Set([...row.delivered, ...row.suppressed].map((address) => address.toLowerCase()));
  const reached = [recipient, ...cc].filter((address) => !passed.has(address.toLowerCase()));
  const mail: OutgoingMail = {
    id,
    recipient,
    cc,
    envelopeTo: reached,
    subject,
    text: row.text_body,
    html: row.html_body,
    messageId: row.message_id,
    writtenAtMs: row.created_at.getTime(),
    ticketNumber: row.ticket_number,
    mailbox,
    inReplyTo,
    references,
    replyTo,
    // What no person asked to be answered by is made by itself: RFC 3834, 5.1.
    autoSubmitted: autoSubmitted === undefined ? 'auto-generated' : autoSubmitted,
    files: row.files,
  };
  return { id, attempts, expired, suppressed: reached.length === 0, kind, mail };
}

/** Milliseconds until mail is due, also that of a process that may be dead; null when none waits. */
export async function untilNextMail(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ wait_ms: number | null }>(
    `select ceil(extract(epoch from min(next_attempt_at) - now()) * 1000)::float8 as wait_ms
     from outbox where state in ('waiting', 'sending')`,
  );
  const waitMs = rows[0]?.wait_ms ?? null;
  return waitMs === null ? null : Math.max(0, waitMs);
}

/** A claim that was overtaken changes nothing. @param state shown: there is no relay */
export async function settleSent(pool: pg.Pool, { id, attempts }: Claim, state: 'sent' | 'shown'): Promise<void> {
  await pool.query(
    `update outbox set state = $3, sent_at = case when $3 = 'sent' then now() end
     where id = $1 and attempts = $2 and state = 'sending'`,
    [id, attempts, state],
  );
}

export async function settleFailed(
  pool: pg.Pool,
  { id, attempts }: Claim,
  step: NextStep,
  words: string,
): Promise<void> {
  const afterMs = step.state === 'waiting' ? step.afterMs : 0;
  // When some have it, it was sent; who has it not stands in the words.
  await pool.query(
    `update outbox set state = case when $3 = 'failed' and delivered <> '{}' then 'sent' else $3 end,
       sent_at = case when $3 = 'failed' and delivered <> '{}' then now() end, last_error = $4, last_error_at = now(),
       next_attempt_at = now() + $5::integer * interval '1 millisecond'
     where id = $1 and attempts = $2 and state = 'sending'`,
    [id, attempts, step.state, words, afterMs],
  );
}

/** The relay took it for some: they do not get it again. */
export async function noteDelivered(pool: pg.Pool, { id }: Claim, recipients: readonly string[]): Promise<void> {
  await pool.query('update outbox set delivered = delivered || $2 where id = $1', [id, recipients]);
}

export async function settleSuppressed(pool: pg.Pool, { id, attempts }: Claim): Promise<void> {
  await pool.query(
    `update outbox set state = case when delivered = '{}' then 'suppressed' else 'sent' end,
       sent_at = case when delivered <> '{}' then now() end
     where id = $1 and attempts = $2 and state = 'sending'`,
    [id, attempts],
  );
}
