import type pg from 'pg';
import type { Clock } from '../base/clock.ts';
import type { KeptReply, ReplayState, Replays } from '../http/index.ts';

export interface ReplayOptions {
  readonly pool: pg.Pool;
  /** Of `Secrets`: what is sealed under one context opens under no other. */
  readonly seal: (plaintext: string, context: string) => Buffer;
  readonly open: (sealed: Buffer, context: string) => string;
  readonly clock: Clock;
}

export interface ReplayStore extends Replays {
  /** Deletes answers that are older than a day. For an hourly job; returns how many. */
  sweep(): Promise<number>;
}

/** As published: the same key is the same call for so long. */
const keptMs = 24 * 3_600_000;
/** No call of the control plane runs for so long: whoever claimed the key has died. */
const claimMs = 2 * 60_000;
/** A claim that goes away between two statements was given up; more often in a row is no accident. */
const mostAttempts = 5;
/** One statement's worth of a sweep, so that it holds no lock for long. */
const sweepBatch = 5_000;

const claimSql = `
insert into replays (caller, idempotency_key, fingerprint, created_at) values ($1, $2, $3, $4)
on conflict (caller, idempotency_key) do update
  set fingerprint = excluded.fingerprint, status = null, reply_sealed = null, created_at = excluded.created_at
  where replays.created_at <= $5 or (replays.status is null and replays.created_at <= $6)
returning 1`;

const sweepSql = `
delete from replays where ctid = any(array(select ctid from replays where created_at <= $1 limit ${sweepBatch}))`;

interface ReplayRow {
  readonly fingerprint: Buffer;
  readonly status: number | null;
  readonly reply_sealed: Buffer | null;
}

/** Answers in the table `replays`. Times are those of `clock`, so nodes must agree within the two minutes of a claim. */
export function createReplays({ pool, seal, open, clock }: ReplayOptions): ReplayStore {
  const claim = async (caller: string, key: string, fingerprint: Buffer): Promise<boolean> => {
    const nowMs = clock.now();
    const times = [nowMs, nowMs - keptMs, nowMs - claimMs].map((ms) => new Date(ms));
    const { rowCount } = await pool.query(claimSql, [caller, key, fingerprint, ...times]);
    return rowCount === 1;
  };
  const find = async (caller: string, key: string): Promise<ReplayRow | undefined> => {
    const { rows } = await pool.query<ReplayRow>(
      'select fingerprint, status, reply_sealed from replays where caller = $1 and idempotency_key = $2',
      [caller, key],
    );
    return rows[0];
  };
  const stateOf = (row: ReplayRow, fingerprint: Buffer, context: string): ReplayState => {
    if (!row.fingerprint.equals(fingerprint)) return { kind: 'mismatch' };
    if (row.status === null || row.reply_sealed === null) return { kind: 'running' };
    return { kind: 'done', reply: { status: row.status, text: open(row.reply_sealed, context) } };
  };
  return {
    async begin(caller, key, fingerprint) {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        if (await claim(caller, key, fingerprint)) return { kind: 'new' };
        const row = await find(caller, key);
        if (row !== undefined) return stateOf(row, fingerprint, contextOf(caller, key));
      }
      return { kind: 'running' };
    },
    async finish(caller: string, key: string, reply: KeptReply) {
      // What has an answer keeps it: a call that was given up for dead must not overwrite its successor's.
      await pool.query(
        `update replays set status = $3, reply_sealed = $4
         where caller = $1 and idempotency_key = $2 and status is null`,
        [caller, key, reply.status, seal(reply.text, contextOf(caller, key))],
      );
    },
    async abandon(caller, key) {
      await pool.query('delete from replays where caller = $1 and idempotency_key = $2 and status is null', [
        caller,
        key,
      ]);
    },
    async sweep() {
      const before = new Date(clock.now() - keptMs);
      let deleted = 0;
      for (let full = true; full; ) {
        const { rowCount } = await pool.query(sweepSql, [before]);
        deleted += rowCount ?? 0;
        full = rowCount === sweepBatch;
      }
      return deleted;
    },
  };
}

/** A caller's name holds no blank, so no two places share a context. */
function contextOf(caller: string, key: string): string {
  return `replay:${caller} ${key}`;
}
