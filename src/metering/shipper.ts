import { setImmediate as yieldToLoop } from 'node:timers/promises';
import { type Clock, systemClock } from '../base/clock.ts';
import { AppError, errorText } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import {
  type DamagedLine,
  type JournalPosition,
  JournalReader,
  journalStart,
  type ReadEntry,
} from '../journal/index.ts';
import { Applier, type ApplierOptions } from './applier.ts';
import { CursorMoved } from './apply.ts';
import { entryTime } from './fold.ts';
import { bytesBehind, deleteSegments, journalEnd } from './segments.ts';

/** Read and parsed in one go, about 400 entries: ten milliseconds, of a thread that does nothing else. */
const sliceBytes = 512 * 1024;
const pollMs = 200;
const backoffMs = { first: 200, most: 10_000 };

export interface ShipperOptions extends ApplierOptions {
  readonly clock?: Clock;
  /** At most `limits.journalBatchEntries`. */
  readonly batchEntries?: number;
}

/** What is written but not yet applied. */
export interface JournalLag {
  readonly bytes: number;
  /** Age of the oldest entry that is not applied; null when there is none. */
  readonly oldestMs: number | null;
}

/** Since the process started; `deadLetters`: that stand in the file now. */
export interface ShipperCounts {
  readonly appliedEntries: number;
  readonly damagedLines: number;
  readonly deadLetters: number;
  /** The last try failed, and the next waits. */
  readonly waiting: boolean;
}

/**
 * Owns the road from one node's journal to the database. Everything written is applied exactly once, in order, whatever
 * dies in between; while the database is away everything is kept. A segment is deleted only when it is wholly applied
 * and a later one exists.
 */
export class JournalShipper {
  readonly #options: ShipperOptions;
  readonly #clock: Clock;
  readonly #reader: JournalReader;
  readonly #applier: Applier;
  readonly #batchEntries: number;
  /** Read and applied up to here; null until the stored cursor is known. */
  #at: JournalPosition | null = null;
  readonly #spoiltSegments = new Set<number>();
  #flushes: { readonly target: JournalPosition; readonly done: PromiseWithResolvers<void> }[] = [];
  #appliedEntries = 0;
  #damagedLines = 0;
  #failures = 0;
  #stopped = false;
  #running: Promise<void> | null = null;
  /** Ends the present rest; null while working. */
  #endRest: (() => void) | null = null;

  constructor(options: ShipperOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#reader = new JournalReader(options.directory);
    this.#applier = new Applier(options);
    this.#batchEntries = Math.min(options.batchEntries ?? limits.journalBatchEntries, limits.journalBatchEntries);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the batch under way; what is not applied stays in the journal. Call `flush` before to drain. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#endRest?.();
    await this.#running;
    for (const { done } of this.#flushes) done.reject(stoppedError());
    this.#flushes = [];
  }

  /**
   * Resolves when everything that stood in the journal at the time of the call is applied. Waits as long as the database
   * is away, so the caller bounds it.
   *
   * @throws AppError `shipper_stopped`
   */
  async flush(): Promise<void> {
    const target = await journalEnd(this.#options.directory);
    if (target === null) return;
    if (this.#stopped) throw stoppedError();
    const done = Promise.withResolvers<void>();
    this.#flushes.push({ target, done });
    this.#endRest?.();
    await done.promise;
  }

  /** Before the stored cursor is known, everything counts as not applied. */
  async lag(): Promise<JournalLag> {
    const at = this.#at ?? journalStart;
    const bytes = await bytesBehind(this.#options.directory, at);
    const oldest = bytes === 0 ? undefined : (await this.#reader.read(at, 1, 4096)).entries[0];
    return { bytes, oldestMs: oldest ? Math.max(0, this.#clock.now() - entryTime(oldest.entry)) : null };
  }

  counts(): ShipperCounts {
    return {
      appliedEntries: this.#appliedEntries,
      damagedLines: this.#damagedLines,
      deadLetters: this.#applier.deadLetters,
      waiting: this.#failures > 0,
    };
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const asked = this.#flushes.length;
      try {
        const caughtUp = await this.#turn();
        this.#noteSuccess();
        this.#settleFlushes(caughtUp ? asked : 0);
        if (caughtUp) await this.#rest(this.#flushes.length > 0 ? 0 : pollMs, true);
        else await yieldToLoop();
      } catch (error) {
        this.#noteFailure(error);
        const backoff = Math.min(backoffMs.first * 2 ** Math.min(this.#failures - 1, 10), backoffMs.most);
        await this.#rest(backoff * (0.5 + Math.random() / 2), false);
      }
    }
  }

  /** Applies one batch. True when nothing was left to read. */
  async #turn(): Promise<boolean> {
    this.#at ??= await this.#applier.begin();
    const { entries, next, caughtUp } = await this.#gather(this.#at);
    if (entries.length > 0) await this.#applier.apply(entries);
    this.#appliedEntries += entries.length;
    if (next.segment !== this.#at.segment) {
      await deleteSegments(this.#options.directory, next.segment, this.#spoiltSegments);
    }
    this.#at = next;
    return caughtUp;
  }

  async #gather(from: JournalPosition) {
    const entries: ReadEntry[] = [];
    let next = from;
    while (entries.length < this.#batchEntries) {
      const read = await this.#reader.read(next, this.#batchEntries - entries.length, sliceBytes);
      for (const line of read.damage) this.#noteDamage(line);
      entries.push(...read.entries);
      next = read.next;
      if (read.caughtUp) return { entries, next, caughtUp: true };
      await yieldToLoop();
    }
    return { entries, next, caughtUp: false };
  }

  #noteDamage(line: DamagedLine): void {
    this.#damagedLines++;
    if (!line.torn) this.#spoiltSegments.add(line.segment);
    this.#options.log.warn(
      { node: this.#options.node, ...line },
      'a line of the journal is no entry and is passed over',
    );
  }

  #noteSuccess(): void {
    if (this.#failures > 0) this.#options.log.info({ node: this.#options.node }, 'the journal is being applied again');
    this.#failures = 0;
  }

  #noteFailure(error: unknown): void {
    const { log, node } = this.#options;
    this.#failures++;
    // Part of a halved batch may be applied: the stored cursor says how far.
    this.#at = null;
    if (error instanceof CursorMoved) log.warn({ node }, 'another process applies this node’s journal');
    else if (this.#failures === 1 || this.#failures % 10 === 0)
      log.warn({ node, failures: this.#failures, reason: errorText(error) }, 'the journal waits for the database');
  }

  /** `first`: how many flushes had been asked for before the journal was read to its end. */
  #settleFlushes(first: number): void {
    const at = this.#at ?? journalStart;
    this.#flushes = this.#flushes.filter(({ target, done }, index) => {
      const reached = at.segment > target.segment || (at.segment === target.segment && at.position >= target.position);
      if (reached || index < first) done.resolve();
      return !reached && index >= first;
    });
  }

  /** Waits at most so long; `flush` ends it unless the database needs the pause, `stop` always. */
  async #rest(ms: number, canBeEnded: boolean): Promise<void> {
    if (this.#stopped) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endRest = () => {
      if (!this.#stopped && !canBeEnded) return;
      clearTimeout(timer);
      resolve();
    };
    await promise;
    this.#endRest = null;
  }
}

function stoppedError(): AppError {
  return new AppError('shipper_stopped', 'The journal is no longer being applied.');
}
