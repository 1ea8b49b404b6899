import type { Pool, PoolClient } from 'pg';
import { AppError } from '../base/errors.ts';
import { requestIdTime } from '../base/request-id.ts';
import type { Database } from '../db/index.ts';
import type { Conditions } from './conditions.ts';
import { factsOf, type RequestFacts } from './facts.ts';
import { reading } from './reading.ts';
import { firstRecordDay } from './record-days.ts';
import { conditionsOf, type RequestFilters } from './request-filters.ts';
import type { RequestRow } from './rows.ts';
import { dayMs } from './time-zone.ts';

/** The last request of a page: the next page begins behind it. */
export interface RequestPlace {
  readonly receivedAtMs: number;
  /** Empty: where the search stopped between two requests. */
  readonly id: string;
}

export interface RequestPage {
  readonly requests: readonly RequestFacts[];
  /** Null on the last page. A page can be short, or even empty, and yet have a next one. */
  readonly next: RequestPlace | null;
  /** How far back this page has looked; null: to the first record there is. */
  readonly searchedBackToMs: number | null;
}

/** One step of a search may take so long; what takes longer ends with advice, and not in the pool's own timeout. */
const stepTimeoutMs = 5_000;
/** After so much time no further step is begun: the page shows what was found, and the next one goes on from there. */
const pageTimeMs = 30;
/** Steps are whole numbers of these. */
const leastSpanMs = dayMs / 4;
const mostSpanMs = 64 * dayMs;

/**
 * Lists requests, newest first. `limit` is 1 to 200. Searches back in steps of days, so that a common thing costs one
 * day's partition and a rare one is found page by page, each in bounded time.
 *
 * @throws AppError `request_search_too_wide` when one day alone is too much to read
 */
export async function listRequests(
  database: Pick<Database, 'pool'>,
  filters: RequestFilters,
  limit: number,
  after: RequestPlace | null,
  nowMs = Date.now(),
): Promise<RequestPage> {
  const where = await conditionsOf(database.pool, filters);
  try {
    return await reading(database.pool, (client) => search(client, where, filters, limit, after, nowMs), stepTimeoutMs);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'report_too_wide') throw error;
    throw new AppError(
      'request_search_too_wide',
      'The search reads too many records. Narrow the time span, or name a key or an error code.',
    );
  }
}

async function search(
  client: PoolClient,
  where: Conditions,
  filters: RequestFilters,
  limit: number,
  after: RequestPlace | null,
  nowMs: number,
): Promise<RequestPage> {
  const startedMs = performance.now();
  const found: RequestRow[] = [];
  let oldestMs = filters.sinceMs ?? null;
  // The end of what is still to be searched; null: there is none yet, and nothing is newer.
  let place: RequestPlace | null = topOf(filters, after);
  for (let step = firstStep(place, nowMs, filters.scope === undefined); ; ) {
    const fromMs = Math.max(step.fromMs, oldestMs ?? 0);
    const began = performance.now();
    found.push(...(await readStep(client, where, { fromMs, place }, limit + 1 - found.length)));
    const tookMs = performance.now() - began;
    if (found.length > limit) return pageOf(found, limit);
    oldestMs ??= (await firstRecordDay(client)) ?? nowMs;
    if (fromMs <= oldestMs) return { requests: found.map(factsOf), next: null, searchedBackToMs: null };
    place = { receivedAtMs: fromMs, id: '' };
    const leftMs = pageTimeMs - (performance.now() - startedMs);
    if (leftMs <= 0) return { requests: found.map(factsOf), next: place, searchedBackToMs: fromMs };
    step = nextStep(step, tookMs, leftMs);
  }
}

interface Step {
  readonly fromMs: number;
  readonly spanMs: number;
}

/** The newest day, or the day of the place, from its midnight on. A day of all customers is read in quarters. */
function firstStep(place: RequestPlace | null, nowMs: number, ofAll: boolean): Step {
  const atMs = place === null ? nowMs : place.receivedAtMs - (place.id === '' ? 1 : 0);
  const spanMs = ofAll ? leastSpanMs : dayMs;
  return { fromMs: atMs - (atMs % spanMs), spanMs };
}

/** Twice as long, or as long as fits into the time that is left. */
function nextStep({ fromMs, spanMs }: Step, tookMs: number, leftMs: number): Step {
  const fitting = (spanMs * leftMs) / Math.max(tookMs, 0.1);
  const least = Math.min(fitting, spanMs * 2, mostSpanMs);
  const next = Math.max(leastSpanMs, least - (least % leastSpanMs));
  return { fromMs: fromMs - next, spanMs: next };
}

function topOf({ untilMs }: RequestFilters, after: RequestPlace | null): RequestPlace | null {
  if (untilMs === undefined || (after !== null && after.receivedAtMs < untilMs)) return after;
  return { receivedAtMs: untilMs, id: '' };
}

async function readStep(
  client: PoolClient,
  where: Conditions,
  { fromMs, place }: { readonly fromMs: number; readonly place: RequestPlace | null },
  limit: number,
): Promise<RequestRow[]> {
  const step = where.copy();
  step.add(`r.received_at >= ${step.place(new Date(fromMs))}`);
  if (place !== null) {
    const at = step.place(new Date(place.receivedAtMs));
    if (place.id === '') step.add(`r.received_at < ${at}`);
    // The first condition repeats the second, for the choice of partitions.
    else step.add(`r.received_at <= ${at} and (r.received_at, r.id) < (${at}, ${step.place(place.id)})`);
  }
  const { rows } = await client.query<RequestRow>(
    `select r.* from request_records r where ${step.text()}
     order by r.received_at desc, r.id desc limit ${limit}`,
    step.values,
  );
  return rows;
}

function pageOf(found: readonly RequestRow[], limit: number): RequestPage {
  const last = found[limit - 1];
  const next = last === undefined ? null : { receivedAtMs: last.received_at.getTime(), id: last.id };
  return {
    requests: found.slice(0, limit).map(factsOf),
    next,
    searchedBackToMs: next?.receivedAtMs ?? null,
  };
}

/** What a live list has seen: when it last looked, and which of its requests had not ended yet. */
export interface LivePlace {
  readonly asOfMs: number;
  readonly openIds: readonly string[];
}

/** Ids of running requests that a live list is told about again when they end. */
export const mostOpenIds = 20;
/** A record is applied within a second, on a busy node in a few. */
const lateMs = 60_000;
/** What was being written while the last look was taken. */
const overlapMs = 5_000;

/**
 * What has come since the last look: new requests, and those that were running then and have ended. May repeat what was
 * told before; whoever shows it puts each id in its one place. Newest first.
 */
export async function newerRequests(
  pool: Pool,
  filters: RequestFilters,
  since: LivePlace,
  limit: number,
): Promise<readonly RequestFacts[]> {
  const where = await conditionsOf(pool, filters);
  const recent = `r.received_at >= ${where.place(new Date(since.asOfMs - lateMs))}
    and r.applied_at >= ${where.place(new Date(since.asOfMs - overlapMs))}`;
  const { rows } = await pool.query<RequestRow>(
    `select r.* from request_records r where ${where.text()} and ${recent}
     order by r.received_at desc, r.id desc limit ${limit}`,
    where.values,
  );
  const told = new Set(rows.map(({ id }) => id));
  const ended = await endedRequests(
    pool,
    filters,
    since.openIds.filter((id) => !told.has(id)),
  );
  return [...rows, ...ended].map(factsOf);
}

async function endedRequests(pool: Pool, filters: RequestFilters, ids: readonly string[]): Promise<RequestRow[]> {
  if (ids.length === 0) return [];
  const where = await conditionsOf(pool, filters);
  const times = ids.map((id) => new Date(requestIdTime(id)));
  where.add(`r.received_at = any(${where.place(times)}::timestamptz[]) and r.id = any(${where.place(ids)}::text[])`);
  const { rows } = await pool.query<RequestRow>(
    `select r.* from request_records r where ${where.text()} and r.outcome <> 'open'
     order by r.received_at desc, r.id desc`,
    where.values,
  );
  return rows;
}
