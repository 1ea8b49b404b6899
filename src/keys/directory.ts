import { hash as digestOf, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { type Clock, systemClock } from '../base/clock.ts';
import { errorText } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import type { Log } from '../base/log.ts';
import type { Key, KeyDirectory, KeyLookup } from '../gateway/ports.ts';
import { KeyLookUp, type LookedUp, readKeysById, readRecentKeys } from './look-up.ts';

export interface DirectoryOptions {
  readonly pool: pg.Pool;
  /** The keyed hash under which keys are stored. */
  readonly hashKey: (secret: string) => Buffer;
  readonly log: Log;
  readonly clock?: Clock;
  /** Smaller only in tests. */
  readonly warmKeys?: number;
  readonly unknownKeys?: number;
}

interface Entry {
  key: Key;
  /** As stored, base64. */
  readonly hash: string;
  /** Under which `#warm` holds it; null until its secret has been seen by this process. */
  digest: string | null;
  /** Found since the last sweep passed by: spared once. */
  used: boolean;
}

/** A look-up under way, and what was changed while it ran: such an answer may be of before. */
interface Flight {
  readonly changed: Set<string>;
  anyChange: boolean;
}

/** A key that is changed again and again while it is read. */
const mostRepeats = 5;
const resyncBatch = 500;
/** Entries that one eviction may spare: what follows must not wait for a walk through all of them. */
const mostSpared = 100;

/**
 * The gateway's view of keys. A warm key is found in memory, and stays usable while the database is away; any other is
 * looked up once, whoever asks meanwhile. `unavailable` is never turned into `unknown`.
 *
 * Warm keys are held under a plain digest with a salt of this process: the stored, keyed hash takes 3 µs, the digest
 * 0.3 µs. Neither leads back to the 190 bits of chance in a secret, and no secret is kept.
 */
export class WarmKeyDirectory implements KeyDirectory {
  readonly #options: DirectoryOptions;
  readonly #clock: Clock;
  readonly #warmKeys: number;
  readonly #unknownKeys: number;
  readonly #lookUp: KeyLookUp;
  readonly #salt = randomBytes(24).toString('base64');
  readonly #warm = new Map<string, Entry>();
  readonly #byHash = new Map<string, Entry>();
  readonly #byId = new Map<string, Entry>();
  /** Digest → when it is worth another look-up, on the monotonic clock. */
  readonly #unknown = new Map<string, number>();
  readonly #inFlight = new Map<string, Promise<KeyLookup>>();
  readonly #flights = new Set<Flight>();
  #away = false;

  constructor(options: DirectoryOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#warmKeys = Math.max(1, options.warmKeys ?? limits.warmKeys);
    this.#unknownKeys = Math.max(1, options.unknownKeys ?? limits.unknownKeys);
    this.#lookUp = new KeyLookUp(options.pool);
  }

  /** `secret` has the right form and checksum. */
  find(secret: string): KeyLookup | Promise<KeyLookup> {
    const digest = digestOf('sha256', this.#salt + secret, 'base64');
    const entry = this.#warm.get(digest);
    if (entry !== undefined) {
      entry.used = true;
      return entry.key;
    }
    return this.#findCold(secret, digest);
  }

  /** Keys held in memory. */
  get size(): number {
    return this.#byId.size;
  }

  /** Forgets a key, so that its next request reads it anew. For each change that the database announces, and our own. */
  changed(keyId: string): void {
    for (const flight of this.#flights) {
      flight.changed.add(keyId);
      flight.anyChange = true;
    }
    const entry = this.#byId.get(keyId);
    if (entry) this.#drop(entry);
    // It may be a new key, of which only the hash could tell whether somebody has tried it before.
    else this.#unknown.clear();
  }

  /**
   * Reads all warm keys again: announcements may have been missed. Until that is done they stay usable as they were.
   * Rejects when the database is away again; the caller repeats it after the next reconnection.
   */
  async resync(): Promise<void> {
    this.#unknown.clear();
    const ids = [...this.#byId.keys()];
    for (let start = 0; start < ids.length; start += resyncBatch) {
      const batch = ids.slice(start, start + resyncBatch);
      await this.#during(async (flight) => {
        const found = new Map((await readKeysById(this.#options.pool, batch)).map((row) => [row.key.id, row]));
        for (const id of batch) {
          const entry = this.#byId.get(id);
          const row = found.get(id);
          if (!entry || flight.changed.has(id)) continue;
          if (row && row.hash === entry.hash) entry.key = row.key;
          else this.#drop(entry);
        }
      });
    }
  }

  /** Warms the keys that were used last, so that a start meets its traffic warm. Returns how many. */
  async preload(count = 20_000): Promise<number> {
    return this.#during(async (flight) => {
      const rows = await readRecentKeys(this.#options.pool, Math.min(count, this.#warmKeys));
      for (const row of rows) {
        if (!flight.changed.has(row.key.id) && !this.#byId.has(row.key.id)) this.#keep(row, null);
      }
      return rows.length;
    });
  }

  #findCold(secret: string, digest: string): KeyLookup | Promise<KeyLookup> {
    const unknownUntilMs = this.#unknown.get(digest);
    if (unknownUntilMs !== undefined) {
      if (this.#clock.monotonic() < unknownUntilMs) return 'unknown';
      this.#unknown.delete(digest);
    }
    const running = this.#inFlight.get(digest);
    if (running) return running;
    const hash = this.#options.hashKey(secret).toString('base64');
    const preloaded = this.#byHash.get(hash);
    if (preloaded) {
      preloaded.digest = digest;
      preloaded.used = true;
      this.#warm.set(digest, preloaded);
      return preloaded.key;
    }
    const lookup = this.#load(hash, digest).finally(() => this.#inFlight.delete(digest));
    this.#inFlight.set(digest, lookup);
    return lookup;
  }

  async #load(hash: string, digest: string): Promise<KeyLookup> {
    try {
      for (let repeat = 0; repeat < mostRepeats; repeat++) {
        const answer = await this.#during(async (flight) => {
          const found = await this.#lookUp.find(hash);
          this.#away = false;
          if (found === null && !flight.anyChange) return this.#rememberUnknown(digest);
          if (found === null || flight.changed.has(found.key.id)) return null;
          this.#keep(found, digest);
          return found.key;
        });
        if (answer !== null) return answer;
      }
      // Changed at every reading: the last word is the database's, and it is not kept.
      return (await this.#lookUp.find(hash))?.key ?? 'unknown';
    } catch (error) {
      // Once for each time that it is away, not for each request of that time.
      if (!this.#away) this.#options.log.warn({ reason: errorText(error) }, 'keys cannot be looked up');
      this.#away = true;
      return 'unavailable';
    }
  }

  async #during<T>(work: (flight: Flight) => Promise<T>): Promise<T> {
    const flight: Flight = { changed: new Set(), anyChange: false };
    this.#flights.add(flight);
    try {
      return await work(flight);
    } finally {
      this.#flights.delete(flight);
    }
  }

  #rememberUnknown(digest: string): 'unknown' {
    if (this.#unknown.size >= this.#unknownKeys) {
      const oldest = this.#unknown.keys().next();
      if (!oldest.done) this.#unknown.delete(oldest.value);
    }
    this.#unknown.set(digest, this.#clock.monotonic() + limits.unknownKeyMs);
    return 'unknown';
  }

  #keep(row: LookedUp, digest: string | null): void {
    const known = this.#byId.get(row.key.id);
    if (known) this.#drop(known);
    this.#makeRoom();
    const entry: Entry = { key: row.key, hash: row.hash, digest, used: false };
    this.#byId.set(row.key.id, entry);
    this.#byHash.set(row.hash, entry);
    if (digest !== null) this.#warm.set(digest, entry);
  }

  /** Drops the entry that was least lately used, nearly: a sweep in order of arrival spares once what was found. */
  #makeRoom(): void {
    if (this.#byId.size < this.#warmKeys) return;
    let spared = 0;
    for (const [id, entry] of this.#byId) {
      if (!entry.used || spared++ >= mostSpared) {
        this.#drop(entry);
        return;
      }
      entry.used = false;
      this.#byId.delete(id);
      this.#byId.set(id, entry);
    }
  }

  #drop(entry: Entry): void {
    this.#byId.delete(entry.key.id);
    this.#byHash.delete(entry.hash);
    if (entry.digest !== null) this.#warm.delete(entry.digest);
  }
}
