import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, errorText } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import type { Log } from '../base/log.ts';
import type { Database } from '../db/index.ts';
import {
  type Attempt,
  type JournalEntry,
  JournalReader,
  journalStart,
  listSegments,
  type RequestRecord,
} from '../journal/index.ts';
import { entryProblem } from './fold.ts';
import { type RequestRow, recordOf } from './rows.ts';

const sliceBytes = 1024 * 1024;
const databaseRetryMs = 10_000;
const databasePage = 500;

export interface RecoveryOptions {
  readonly database: Pick<Database, 'pool'>;
  /** Of this node: `<dataDir>/journal/<node>`. */
  readonly directory: string;
  readonly node: string;
  /** The segment that this run writes: everything before it is of earlier runs. */
  readonly ownSegment: number;
  /** When this run began, in Unix milliseconds: requests received before are of earlier runs. */
  readonly startedAtMs: number;
  /** Writes to the journal, and throws when the disk does not take it. */
  readonly append: (...entries: readonly JournalEntry[]) => void;
  /** Of this node's shipper, which is running. */
  readonly flush: () => Promise<void>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface Recovery {
  /** How many requests of earlier runs were found open in the journal and closed as interrupted. */
  readonly interrupted: number;
  /**
   * The same for requests that only the database still knows as open, because their segment was applied and deleted.
   * Waits in the background for a database that is away; resolves with the number, also when the signal ends it.
   */
  readonly inDatabase: Promise<number>;
}

/**
 * Closes every request that an earlier run of this node began and did not end: outcome `interrupted`, not charged. Call
 * it once, after the journal's new segment is open and before the gateway takes requests. What it appends reaches the
 * database by the journal, as everything does; a crash in the middle of it is recovered by the next start.
 */
export async function recoverInterrupted(options: RecoveryOptions): Promise<Recovery> {
  const open = await readEarlierRuns(options);
  const found = [...open.values()].map(({ record, attempts }) => interrupted(record, [...attempts.values()]));
  appendAll(options, found);
  if (found.length > 0) options.log.warn({ count: found.length }, 'requests of an earlier run were interrupted');
  return { interrupted: found.length, inDatabase: recoverFromDatabase(options) };
}

interface OpenRequest {
  readonly record: RequestRecord;
  readonly attempts: Map<number, Attempt>;
}

/** What the segments of earlier runs leave open. */
async function readEarlierRuns(options: RecoveryOptions): Promise<ReadonlyMap<string, OpenRequest>> {
  const reader = new JournalReader(options.directory);
  const open = new Map<string, OpenRequest>();
  const first = (await listSegments(options.directory))[0];
  let at = first === undefined ? journalStart : { segment: first, position: 0 };
  for (;;) {
    const read = await reader.read(at, limits.journalBatchEntries, sliceBytes);
    for (const { entry, end } of read.entries) {
      if (end.segment >= options.ownSegment) return open;
      if (entryProblem(entry) === null) follow(entry, open);
    }
    at = read.next;
    if (read.caughtUp || at.segment >= options.ownSegment) return open;
  }
}

function follow(entry: JournalEntry, open: Map<string, OpenRequest>): void {
  if (entry.kind === 'attempt') {
    open.get(entry.id)?.attempts.set(entry.attempt.number, entry.attempt);
  } else if (entry.kind === 'open') {
    open.set(entry.record.id, { record: entry.record, attempts: new Map() });
  } else {
    open.delete(entry.record.id);
  }
}

function interrupted(record: RequestRecord, told: readonly Attempt[]): RequestRecord {
  const attempts = told.length > 0 ? told.toSorted((a, b) => a.number - b.number) : record.attempts;
  const last = attempts.at(-1);
  return {
    ...record,
    channelId: last?.channelId ?? record.channelId,
    upstreamStatus: last?.status ?? record.upstreamStatus,
    // Whatever the vendor counted went down with the process.
    usage: null,
    usageSource: 'unknown',
    cost: '0',
    actualCost: '0',
    chargeRule: 'interrupted',
    errorCode: 'gateway_interrupted',
    fault: 'us',
    retries: Math.max(0, attempts.length - 1),
    outcome: 'interrupted',
    attempts,
  };
}

function appendAll(options: RecoveryOptions, records: readonly RequestRecord[]): void {
  for (let start = 0; start < records.length; start += 100)
    options.append(...records.slice(start, start + 100).map((record): JournalEntry => ({ kind: 'close', record })));
}

/** By then the journal of earlier runs is applied: what is open in the database is open for good. */
async function recoverFromDatabase(options: RecoveryOptions): Promise<number> {
  const { log, signal } = options;
  while (!signal.aborted) {
    try {
      await options.flush();
      const rows = await openRows(options);
      appendAll(
        options,
        rows.map((row) => interrupted(recordOf(row), [])),
      );
      if (rows.length > 0) log.warn({ count: rows.length }, 'requests of an earlier run were interrupted');
      return rows.length;
    } catch (error) {
      if (error instanceof AppError && error.code === 'shipper_stopped') return 0;
      log.warn({ reason: errorText(error) }, 'interrupted requests cannot be looked for yet');
      await sleep(databaseRetryMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return 0;
}

/** Bounded by what a node can have in flight when it dies. */
async function openRows(options: RecoveryOptions): Promise<RequestRow[]> {
  const rows: RequestRow[] = [];
  let after = { at: new Date(0), id: '' };
  for (;;) {
    const page = await options.database.pool.query<RequestRow>(
      `select * from request_records
       where outcome = 'open' and node = $1 and received_at < $2 and (received_at, id) > ($3, $4)
       order by received_at, id limit ${databasePage}`,
      [options.node, new Date(options.startedAtMs), after.at, after.id],
    );
    rows.push(...page.rows);
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < databasePage) return rows;
    after = { at: last.received_at, id: last.id };
  }
}
