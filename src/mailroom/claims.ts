import type pg from 'pg';
import { limits } from '../base/limits.ts';
import { type PendingState, pendingStates } from './state.ts';

/** A mail that this process alone carries now. */
export interface Claim {
  readonly id: string;
  readonly state: PendingState;
  /** Tries of this step, with the one that comes now. With `state`, it tells this claim from later ones. */
  readonly attempts: number;
}

/**
 * As the index of waiting mail has it. A condition more, where it says nothing, makes Postgres expect a single mail: then it
 * sorts all that wait for each one that is taken.
 */
function waitingIn(states: readonly PendingState[]): string {
  const all = `state in ('stored', 'read', 'threaded', 'routed')`;
  const only = states.map((state) => `'${state}'`).join(', ');
  return states.length === pendingStates.length ? all : `${all} and state in (${only})`;
}

/** Takes due mail, the longest waiting first. What other processes are taking is passed over. */
export async function claimMails(
  pool: pg.Pool,
  states: readonly PendingState[],
  limit: number,
  leaseMs: number,
): Promise<Claim[]> {
  const { rows } = await pool.query<Claim>(
    `update incoming_mails set attempts = attempts + 1,
       next_attempt_at = now() + $2::integer * interval '1 millisecond'
     where id in (
       select id from incoming_mails
       where ${waitingIn(states)} and next_attempt_at <= now()
       order by next_attempt_at limit $1 for update skip locked)
     returning id, state, attempts`,
    [limit, leaseMs],
  );
  return rows;
}

/** Milliseconds until a mail is due, also one of a process that may be dead; null when none waits. */
export async function untilNextMail(pool: pg.Pool, states: readonly PendingState[]): Promise<number | null> {
  const { rows } = await pool.query<{ wait_ms: number | null }>(
    `select ceil(extract(epoch from min(next_attempt_at) - now()) * 1000)::float8 as wait_ms
     from incoming_mails where ${waitingIn(states)}`,
  );
  const waitMs = rows[0]?.wait_ms ?? null;
  return waitMs === null ? null : Math.max(0, waitMs);
}

/** Locks the mail of a claim until the transaction ends. False: another process has it by now. */
export async function holdClaim(client: pg.ClientBase, { id, state, attempts }: Claim): Promise<boolean> {
  const { rowCount } = await client.query(
    'select 1 from incoming_mails where id = $1 and state = $2 and attempts = $3 for update',
    [id, state, attempts],
  );
  return rowCount === 1;
}

/** What becomes of a step that failed. */
export type Setback =
  /** `counted`: it was a try. */
  | { readonly kind: 'again'; readonly afterMs: number; readonly counted: boolean; readonly words: string | null }
  | { readonly kind: 'quarantine'; readonly code: string; readonly words: string };

const pausesMs = [1_000, 3_000, 10_000, 60_000, 5 * 60_000, 15 * 60_000, 30 * 60_000, 3_600_000, 2 * 3_600_000];

/** What becomes of a step that failed for a reason that may pass. */
export function decideSetback(attempts: number, words: string): Setback {
  if (attempts >= limits.mailTries) return { kind: 'quarantine', code: 'tries_used_up', words };
  const afterMs = pausesMs[Math.min(attempts, pausesMs.length) - 1] ?? 1_000;
  return { kind: 'again', afterMs, counted: true, words };
}

/** @returns whether the claim was still ours */
export async function settleSetback(pool: pg.Pool, claim: Claim, setback: Setback): Promise<boolean> {
  const { id, state, attempts } = claim;
  const mine = 'id = $1 and state = $2 and attempts = $3';
  const { rowCount } =
    setback.kind === 'quarantine'
      ? await pool.query(
          `update incoming_mails set state = 'quarantined', quarantine_code = $4, quarantined_from = $2, last_error = $5
           where ${mine}`,
          [id, state, attempts, setback.code, setback.words],
        )
      : await pool.query(
          `update incoming_mails set next_attempt_at = now() + $4::integer * interval '1 millisecond',
             attempts = attempts - $6::integer, last_error = coalesce($5, last_error)
           where ${mine}`,
          [id, state, attempts, setback.afterMs, setback.words, setback.counted ? 0 : 1],
        );
  return rowCount === 1;
}
