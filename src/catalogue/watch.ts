import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { errorText } from '../base/errors.ts';
import type { Catalogue } from '../gateway/ports.ts';
import { type Change, ChangeCursor } from './change-cursor.ts';
import type { Sealer } from './channel-store.ts';
import { loadCatalogue, type SnapshotOptions } from './snapshot.ts';

/** What the watcher needs of the database. */
export interface ChangeSource {
  readonly pool: Pool;
  listen(channel: string, onNotify: (payload: string) => void, onReconnect: () => void): Promise<() => Promise<void>>;
}

export interface WatchOptions extends SnapshotOptions {
  /** A key was made, changed or deleted; null: any may have been. Must not throw. */
  readonly onKeyChange: (keyId: string | null) => void;
  /** How often changes are looked for without a notification. */
  readonly pollMs?: number;
}

export interface CatalogueView {
  /** The last good view; the same object until something changes. */
  current(): Catalogue;
  /** Resolves when everything that was committed before the call is in `current()`. Rejects when the database is away. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

const channelName = 'lodge_changes';
const pollMsDefault = 500;
const batch = 1_000;
/** How far below the newest number a transaction may still be open when the watcher starts. */
const recentNumbers = 200;
const startSql = `select number, kind, subject from changes
  where number > (select coalesce(max(number), 0) from changes) - $1 order by number`;
const nextSql = 'select number, kind, subject from changes where number > $1 order by number limit $2';
/** After so long without a look, rows may have been pruned unseen. */
const longAwayMs = 24 * 3_600_000;

/**
 * Loads the catalogue and follows every change of it, and of keys, within a second: by notification at once, by polling
 * where none comes. While the database is away the last view stands.
 *
 * @throws what the first load throws
 */
export async function watchCatalogue(
  database: ChangeSource,
  sealer: Sealer,
  options: WatchOptions,
): Promise<CatalogueView> {
  const watcher = new Watcher(database, sealer, options);
  await watcher.start();
  return watcher;
}

/** Deletes rows of `changes` that every running node has long read. For a daily job. */
export async function pruneChanges(pool: Pool, nowMs: number): Promise<number> {
  const { rowCount } = await pool.query('delete from changes where changed_at < $1', [
    new Date(nowMs - 2 * longAwayMs),
  ]);
  return rowCount ?? 0;
}

class Watcher implements CatalogueView {
  readonly #database: ChangeSource;
  readonly #sealer: Sealer;
  readonly #options: WatchOptions;
  readonly #stopped = new AbortController();
  #catalogue: Catalogue = { version: 0, groups: new Map() };
  #cursor = new ChangeCursor(0);
  #stale = false;
  #started = false;
  #lookedAtMs = 0;
  #away = false;
  #running: Promise<void> | null = null;
  #again: Promise<void> | null = null;
  #loop: Promise<void> = Promise.resolve();
  #stopListening: () => Promise<void> = async () => undefined;

  constructor(database: ChangeSource, sealer: Sealer, options: WatchOptions) {
    this.#database = database;
    this.#sealer = sealer;
    this.#options = options;
  }

  async start(): Promise<void> {
    const wake = (): void => {
      if (this.#started) this.refresh().catch(() => undefined);
    };
    // Listening comes first: a change between the two would otherwise wait for the poll.
    this.#stopListening = await this.#database.listen(channelName, wake, wake);
    try {
      const rows = await this.#readRows(startSql, [recentNumbers]);
      this.#cursor = new ChangeCursor(Math.max(0, (rows[0]?.number ?? 1) - 1));
      this.#cursor.take(rows, Date.now());
      this.#lookedAtMs = Date.now();
      this.#catalogue = await loadCatalogue(this.#database.pool, this.#sealer, this.#options);
    } catch (error) {
      await this.#stopListening();
      throw error;
    }
    this.#started = true;
    this.#loop = this.#poll();
  }

  current(): Catalogue {
    return this.#catalogue;
  }

  refresh(): Promise<void> {
    // One look runs at a time; calls that come meanwhile share the one after it.
    if (!this.#running) {
      this.#running = this.#look().finally(() => {
        this.#running = null;
      });
      return this.#running;
    }
    this.#again ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#again = null;
        return this.refresh();
      });
    return this.#again;
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#stopListening();
    await this.#loop;
    await this.#again?.catch(() => undefined);
    await this.#running?.catch(() => undefined);
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await this.refresh().catch(() => undefined);
      await sleep(this.#options.pollMs ?? pollMsDefault, undefined, { signal }).catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    try {
      await this.#readChanges();
      if (this.#stale) {
        // Before the load: what changes during it must be loaded again.
        this.#stale = false;
        await this.#load();
      }
      if (this.#away) this.#options.log.info('the catalogue is followed again');
      this.#away = false;
    } catch (error) {
      if (!this.#away)
        this.#options.log.warn(
          { reason: errorText(error) },
          'changes of the catalogue cannot be read; the last view stands',
        );
      this.#away = true;
      throw error;
    }
  }

  async #load(): Promise<void> {
    try {
      this.#catalogue = await loadCatalogue(this.#database.pool, this.#sealer, this.#options);
    } catch (error) {
      this.#stale = true;
      throw error;
    }
  }

  async #readChanges(): Promise<void> {
    const nowMs = Date.now();
    for (let after = this.#cursor.from, full = true; full; ) {
      const rows = await this.#readRows(nextSql, [after, batch]);
      for (const change of this.#cursor.take(rows, nowMs)) {
        if (change.kind === 'catalogue') this.#stale = true;
        else this.#options.onKeyChange(change.subject);
      }
      full = rows.length === batch;
      after = rows.at(-1)?.number ?? after;
    }
    if (nowMs - this.#lookedAtMs > longAwayMs) {
      this.#stale = true;
      this.#options.onKeyChange(null);
    }
    this.#lookedAtMs = nowMs;
  }

  async #readRows(sql: string, values: readonly number[]): Promise<Change[]> {
    const { rows } = await this.#database.pool.query<Omit<Change, 'number'> & { number: bigint | string }>(sql, [
      ...values,
    ]);
    return rows.map((row) => ({ ...row, number: Number(row.number) }));
  }
}
