import type pg from 'pg';
import type { NextStep } from './failure.ts';
import type { OutgoingMail } from './relay.ts';

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
}

/** Takes due mail, the longest waiting first. What other processes are taking is passed over. */
export async function claimMail(pool: pg.Pool, limit: number): Promise<Claim[]> {
  const { rows } = await pool.query<ClaimRow>(
    `update outbox set state = 'sending', attempts = attempts + 1,
       next_attempt_at = now() + $2::integer * interval '1 millisecond'
     where id in (
       select id from outbox where state in ('waiting', 'sending') and next_attempt_at <= now()
       order by next_attempt_at limit $1 for update skip locked)
     returning id, attempts, coalesce(expires_at <= now(), false) as expired, recipient, subject, text_body, html_body,
       message_id, kind, created_at`,
    [limit, leaseMs],
  );
  return rows.map(claimOf);
}

function claimOf(row: ClaimRow): Claim {
  const { id, attempts, expired, recipient, subject, kind } = row;
  const mail = {
    recipient,
    subject,
    text: row.text_body,
    html: row.html_body,
    messageId: row.message_id,
    writtenAtMs: row.created_at.getTime(),
  };
  return { id, attempts, expired, kind, mail };
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

/** A claim that was overtaken changes nothing. */
export async function settleSent(pool: pg.Pool, { id, attempts }: Claim): Promise<void> {
  await pool.query(
    `update outbox set state = 'sent', sent_at = now() where id = $1 and attempts = $2 and state = 'sending'`,
    [id, attempts],
  );
}

export async function settleFailed(
  pool: pg.Pool,
  { id, attempts }: Claim,
  step: NextStep,
  words: string,
): Promise<void> {
  const afterMs = step.state === 'waiting' ? step.afterMs : 0;
  await pool.query(
    `update outbox set state = $3, last_error = $4, last_error_at = now(),
       next_attempt_at = now() + $5::integer * interval '1 millisecond'
     where id = $1 and attempts = $2 and state = 'sending'`,
    [id, attempts, step.state, words, afterMs],
  );
}
