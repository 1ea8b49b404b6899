import type { PoolClient } from 'pg';
import { z } from 'zod';
import { type Bucket, bucketsOf, type Interval, intervals, type Range } from './buckets.ts';
import { Conditions } from './conditions.ts';
import { countedFrom, errorCountsSchema, readErrorCounts } from './error-counts.ts';
import type { ExplainWords } from './explain-words.ts';
import { type Scope, within } from './reach.ts';
import { firstRecordDay } from './record-days.ts';
import type { Sums } from './sums.ts';
import { hourMs } from './time-zone.ts';
import { readCells } from './usage-cells.ts';
import { narrowRecords, type UsageFilters } from './usage-filters.ts';
import { stepsBody, stepsOf, stepsSchema, totalOf } from './usage-report.ts';

/** Percentiles need every record: seven days, with an hour for clocks that are set back. */
const exactRangeMs = (7 * 24 + 1) * hourMs;
/** About 0.2 s of reading. Beyond, averages must do. */
const exactRequests = 150_000;

const time = z.iso.datetime();
const milliseconds = z.array(z.int().nullable()).describe('One per step; null where nothing was measured.');

export const latencySchema = z
  .object({
    from: time,
    to: time,
    time_zone: z.string(),
    interval: z.enum(intervals),
    steps: stepsSchema,
    method: z
      .enum(['records', 'averages'])
      .describe('records: percentiles of every completed request. averages: of all requests, from sums by hour.'),
    averages_because: z
      .enum(['range', 'volume', 'retention'])
      .nullable()
      .describe('Longer than seven days; more than 150,000 requests; records are no longer kept.'),
    duration_ms: z.object({ p50: milliseconds, p95: milliseconds, average: milliseconds }),
    first_token_ms: z.object({ p50: milliseconds, p95: milliseconds }).describe('Of streamed answers.'),
    requests: z.array(z.int()),
    failures: z.array(z.int()),
    failure_rate: z.array(z.number().nullable()).describe('Failures ÷ requests, 0 to 1; null without requests.'),
    total: z.object({
      duration_ms: z.object({ p50: z.int().nullable(), p95: z.int().nullable(), average: z.int().nullable() }),
      first_token_ms: z.object({ p50: z.int().nullable(), p95: z.int().nullable() }),
      failure_rate: z.number().nullable(),
    }),
    errors: errorCountsSchema,
  })
  .meta({ id: 'Latency' });

export interface LatencyQuery {
  readonly scope: Scope;
  readonly filters: UsageFilters;
  readonly range: Range;
  readonly interval: Interval;
  readonly timeZone: string;
  readonly words: ExplainWords;
}

/** How long requests took and how many failed, over time. `client` is in `reading`. */
export async function latencyReport(client: PoolClient, query: LatencyQuery): Promise<z.input<typeof latencySchema>> {
  const { scope, filters, range, interval, timeZone, words } = query;
  const buckets = bucketsOf(range, interval, timeZone);
  const cells = await readCells(client, {
    scope,
    filters,
    range,
    interval,
    buckets,
    split: 'none',
    rank: 'requests',
    most: 1,
  });
  const steps = stepsOf(cells, buckets.length);
  const total = totalOf(steps);
  const failures = buckets.map(({ startMs }, step) => ({ startMs, failures: steps[step]?.failures ?? 0 }));
  const counted = { fromMs: countedFrom(failures, range.fromMs), toMs: range.toMs };
  const errors = await readErrorCounts(client, scope, counted, words, (where) => narrowRecords(filters, where));
  const because = await averagesBecause(client, range, total.requests);
  const spreads = because === null ? await readSpreads(client, query, buckets) : new Map<number | null, Spread>();
  const whole = spreads.get(null) ?? noSpread;
  const inSteps = <Value>(of: (spread: Spread) => Value) => buckets.map((_, step) => of(spreads.get(step) ?? noSpread));
  return {
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
    time_zone: timeZone,
    interval,
    steps: stepsBody(buckets),
    method: because === null ? 'records' : 'averages',
    averages_because: because,
    duration_ms: {
      p50: inSteps(({ duration }) => duration.p50),
      p95: inSteps(({ duration }) => duration.p95),
      average: steps.map(averageOf),
    },
    first_token_ms: {
      p50: inSteps(({ firstToken }) => firstToken.p50),
      p95: inSteps(({ firstToken }) => firstToken.p95),
    },
    requests: steps.map(({ requests }) => requests),
    failures: steps.map(({ failures }) => failures),
    failure_rate: steps.map(failureRateOf),
    total: {
      duration_ms: { ...whole.duration, average: averageOf(total) },
      first_token_ms: whole.firstToken,
      failure_rate: failureRateOf(total),
    },
    errors,
  };
}

async function averagesBecause(
  client: PoolClient,
  { fromMs, toMs }: Range,
  requests: number,
): Promise<'range' | 'volume' | 'retention' | null> {
  if (toMs - fromMs > exactRangeMs) return 'range';
  if (requests > exactRequests) return 'volume';
  const first = await firstRecordDay(client);
  // Nothing happened before a site's first day; after it, what is missing was dropped.
  return first !== null && fromMs < first && requests > 0 && toMs <= first ? 'retention' : null;
}

interface Percentiles {
  readonly p50: number | null;
  readonly p95: number | null;
}

interface Spread {
  readonly duration: Percentiles;
  readonly firstToken: Percentiles;
}

const noSpread: Spread = { duration: { p50: null, p95: null }, firstToken: { p50: null, p95: null } };

/** Percentiles by step, and of all under null. A refused call takes no time and would flatter: only completed ones count. */
async function readSpreads(
  client: PoolClient,
  { scope, filters, range }: LatencyQuery,
  buckets: readonly Bucket[],
): Promise<Map<number | null, Spread>> {
  const where = new Conditions();
  within(scope, where, 'r');
  narrowRecords(filters, where);
  where.add(`r.received_at >= ${where.place(new Date(range.fromMs))}`);
  where.add(`r.received_at < ${where.place(new Date(range.toMs))} and r.outcome = 'completed'`);
  const starts = where.place(buckets.map(({ startMs }) => new Date(startMs)));
  const percentiles = (column: string) => `percentile_cont(array[0.5, 0.95]) within group (order by ${column})`;
  const { rows } = await client.query<{ step: number | null; duration: number[] | null; first_token: number[] | null }>(
    `select step, ${percentiles('duration_ms')} as duration, ${percentiles('first_token_ms')} as first_token
     from (
       select width_bucket(r.received_at, ${starts}::timestamptz[]) as step, r.duration_ms, r.first_token_ms
       from request_records r where ${where.text()}
     ) as completed
     group by grouping sets ((step), ())`,
    where.values,
  );
  const pair = (values: readonly (number | null)[] | null): Percentiles => {
    const [p50 = null, p95 = null] = values ?? [];
    return { p50: p50 === null ? null : Math.round(p50), p95: p95 === null ? null : Math.round(p95) };
  };
  return new Map(
    rows.map(({ step, duration, first_token }) => [
      step === null ? null : step - 1,
      { duration: pair(duration), firstToken: pair(first_token) },
    ]),
  );
}

function averageOf({ requests, durationMs }: Sums): number | null {
  return requests === 0 ? null : Math.round(durationMs / requests);
}

function failureRateOf({ requests, failures }: Sums): number | null {
  return requests === 0 ? null : failures / requests;
}
