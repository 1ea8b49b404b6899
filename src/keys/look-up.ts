import type pg from 'pg';
import type { Key } from '../gateway/ports.ts';
import { type KeyRow, keyColumns, keyOfRow } from './row.ts';

/** One statement's worth. */
const batchKeys = 500;
/** Callers that wait at once. Beyond them the database is slower than the world asks: the next are sent away. */
const mostWaiting = 20_000;
/** A statement over the primary index takes a millisecond; whoever waits this long is better told to come back. */
const queryTimeoutMs = 3_000;

export interface LookedUp {
  readonly key: Key;
  /** The stored hash, base64. */
  readonly hash: string;
}

interface Waiting {
  readonly resolve: (found: LookedUp | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Looks keys up by hash, one statement at a time: what is asked for meanwhile goes together into the next one. So a
 * flood of unknown keys, or a start under load, occupies one connection, and a hash that many wait for is read once.
 */
export class KeyLookUp {
  readonly #pool: pg.Pool;
  #waiting = new Map<string, Waiting[]>();
  #waitingCount = 0;
  #busy = false;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** `hash` is base64. Null: no such key. Rejects when the database does not answer. */
  find(hash: string): Promise<LookedUp | null> {
    if (this.#waitingCount >= mostWaiting) return Promise.reject(new Error('too many keys are being looked up'));
    return new Promise((resolve, reject) => {
      const callers = this.#waiting.get(hash);
      if (callers) callers.push({ resolve, reject });
      else this.#waiting.set(hash, [{ resolve, reject }]);
      this.#waitingCount++;
      if (!this.#busy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#busy = true;
    // Callers of the same turn of the event loop share the first statement.
    await null;
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting].slice(0, batchKeys);
      for (const [hash, callers] of batch) {
        this.#waiting.delete(hash);
        this.#waitingCount -= callers.length;
      }
      try {
        const found = await this.#query(batch.map(([hash]) => hash));
        for (const [hash, callers] of batch) for (const caller of callers) caller.resolve(found.get(hash) ?? null);
      } catch (error) {
        for (const [, callers] of batch) for (const caller of callers) caller.reject(error);
      }
    }
    this.#busy = false;
  }

  async #query(hashes: readonly string[]): Promise<Map<string, LookedUp>> {
    const rows = await readKeys(this.#pool, {
      name: 'keys_by_hash',
      text: `select encode(k.hash, 'base64') as hash, ${keyColumns} from keys k where k.hash = any($1::bytea[])`,
      values: [hashes.map((hash) => Buffer.from(hash, 'base64'))],
    });
    return new Map(rows.map((row) => [row.hash, row]));
  }
}

/** Keys by id, for those that are already known. Ids that are gone are missing in the answer. */
export function readKeysById(pool: pg.Pool, ids: readonly string[]): Promise<LookedUp[]> {
  return readKeys(pool, {
    name: 'keys_by_id',
    text: `select encode(k.hash, 'base64') as hash, ${keyColumns} from keys k where k.id = any($1)`,
    values: [ids],
  });
}

/** The keys that were used last, at most `count`. */
export function readRecentKeys(pool: pg.Pool, count: number): Promise<LookedUp[]> {
  return readKeys(pool, {
    text: `select encode(k.hash, 'base64') as hash, ${keyColumns}
           from (select key_id from key_activity order by last_used_at desc limit $1) recent
           join keys k on k.id = recent.key_id`,
    values: [count],
  });
}

async function readKeys(pool: pg.Pool, query: pg.QueryConfig): Promise<LookedUp[]> {
  const config = { ...query, query_timeout: queryTimeoutMs };
  const { rows } = await pool.query<KeyRow & { readonly hash: string }>(config);
  return rows.map((row) => ({ key: keyOfRow(row), hash: row.hash }));
}
