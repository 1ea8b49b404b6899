import type { Log } from '../base/log.ts';
import { type Database, ensureDayPartition } from '../db/index.ts';
import { type JournalEntry, type JournalPosition, journalStart, type ReadEntry } from '../journal/index.ts';
import { applyBatch, type PreparedBatch, prepareFold, readCursor, type StoredCursor } from './apply.ts';
import { DeadLetters } from './dead-letters.ts';
import { entryId, entryProblem, entryTime, foldEntries } from './fold.ts';
import { segmentFingerprint } from './segments.ts';

const earliestMs = Date.UTC(2020, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);

export interface ApplierOptions {
  readonly database: Pick<Database, 'pool'>;
  /** Of one node: `<dataDir>/journal/<node>`. */
  readonly directory: string;
  readonly node: string;
  readonly log: Log;
}

/** An entry that cannot even be put to the database. */
class UnfitEntry extends Error {}

/**
 * Owns the stored cursor of one node: applies entries and moves it behind them, in one transaction each time. An entry
 * that the database refuses is set aside as a dead letter, so that it does not stop the others; every other failure is
 * thrown, and then nothing of the batch is applied.
 */
export class Applier {
  readonly #options: ApplierOptions;
  readonly #letters: DeadLetters;
  readonly #knownDays = new Set<number>();
  #stored: StoredCursor | null = null;
  #deadLetters = 0;

  constructor(options: ApplierOptions) {
    this.#options = options;
    this.#letters = new DeadLetters(options.directory);
  }

  get deadLetters(): number {
    return this.#deadLetters;
  }

  /**
   * Reads the stored cursor and returns where to go on. A journal that it does not fit (begun anew, or its segment is
   * gone) is applied from its beginning: what was applied before changes nothing.
   */
  async begin(): Promise<JournalPosition> {
    const { database, node, directory } = this.#options;
    this.#stored = await readCursor(database.pool, node);
    await this.#retryDeadLetters();
    if (this.#stored === null) return journalStart;
    const { segment, position, fingerprint } = this.#stored;
    const same = fingerprint !== '' && (await segmentFingerprint(directory, segment)) === fingerprint;
    return same ? { segment, position } : journalStart;
  }

  /** What the database refuses is narrowed down by halves: twenty transactions find one entry in a thousand. */
  async apply(entries: readonly ReadEntry[]): Promise<void> {
    const last = entries.at(-1);
    if (last === undefined) return;
    const next = { ...last.end, fingerprint: await segmentFingerprint(this.#options.directory, last.end.segment) };
    try {
      await this.#write(
        entries.map(({ entry }) => entry),
        next,
      );
    } catch (error) {
      const reason = refusalReason(error);
      if (reason === null) throw error;
      if (entries.length > 1) {
        const half = Math.ceil(entries.length / 2);
        await this.apply(entries.slice(0, half));
        await this.apply(entries.slice(half));
        return;
      }
      await this.#setAside(last.entry, reason);
      await this.#write([], next);
    }
  }

  async #write(entries: readonly JournalEntry[], next: StoredCursor): Promise<void> {
    await this.#withPartitions(await prepare(entries), (pool, node, batch) =>
      applyBatch(pool, node, batch, { expected: this.#stored, next }),
    );
    this.#stored = next;
  }

  async #setAside(entry: JournalEntry, reason: string): Promise<void> {
    await this.#letters.add({ reason, entry });
    this.#deadLetters++;
    this.#options.log.error({ requestId: entryId(entry), reason }, 'a journal entry was set aside as a dead letter');
  }

  /** An upgrade or a repair may have made them acceptable. */
  async #retryDeadLetters(): Promise<void> {
    const letters = await this.#letters.all();
    const kept = [];
    for (const letter of letters) {
      try {
        await this.#withPartitions(await prepare([letter.entry]), (pool, node, batch) =>
          applyBatch(pool, node, batch, null),
        );
        this.#options.log.info({ requestId: entryId(letter.entry) }, 'a dead letter was applied');
      } catch (error) {
        if (refusalReason(error) === null) throw error;
        kept.push(letter);
      }
    }
    if (kept.length < letters.length) await this.#letters.keepOnly(kept);
    this.#deadLetters = kept.length;
  }

  /** Makes the days' partitions first, and once more when retention has dropped one in between. */
  async #withPartitions(
    batch: PreparedBatch | null,
    write: (pool: Database['pool'], node: string, batch: PreparedBatch | null) => Promise<void>,
  ): Promise<void> {
    const { database, node } = this.#options;
    for (let turn = 1; ; turn++) {
      for (const dayMs of batch?.daysMs ?? []) {
        if (this.#knownDays.has(dayMs)) continue;
        await ensureDayPartition(database.pool, dayMs);
        this.#knownDays.add(dayMs);
      }
      try {
        await write(database.pool, node, batch);
        return;
      } catch (error) {
        if (turn > 1 || !isPartitionMissing(error)) throw error;
        this.#knownDays.clear();
      }
    }
  }
}

async function prepare(entries: readonly JournalEntry[]): Promise<PreparedBatch | null> {
  if (entries.length === 0) return null;
  for (const entry of entries) {
    const problem = entryProblem(entry) ?? timeProblem(entry);
    if (problem !== null) throw new UnfitEntry(problem);
  }
  try {
    return await prepareFold(foldEntries(entries));
  } catch (cause) {
    throw new UnfitEntry('a fact of the entry has the wrong form', { cause });
  }
}

function timeProblem(entry: JournalEntry): string | null {
  const timeMs = entryTime(entry);
  return timeMs >= earliestMs && timeMs < latestMs ? null : 'the id carries no possible time';
}

function isPartitionMissing(error: unknown): boolean {
  return (error as { routine?: unknown }).routine === 'ExecFindPartition';
}

/**
 * What the database has against an entry, without the values, or null when the fault lies elsewhere and trying again may
 * help. Classes 22 (data), 23 (constraints) and 54 (program limits).
 */
function refusalReason(error: unknown): string | null {
  if (error instanceof UnfitEntry) return error.message;
  if (isPartitionMissing(error)) return null;
  const { code, constraint, column } = error as { code?: unknown; constraint?: unknown; column?: unknown };
  if (typeof code !== 'string' || !/^(22|23|54)[0-9A-Z]{3}$/.test(code)) return null;
  return ['refused by the database', code, constraint, column].filter(Boolean).join(' ');
}
