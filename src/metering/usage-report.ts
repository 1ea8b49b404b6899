import type { PoolClient } from 'pg';
import { z } from 'zod';
import { type Bucket, bucketsOf, type Interval, intervals, type Range, rangeBefore } from './buckets.ts';
import { rateSchema, readRate } from './rates.ts';
import type { Scope } from './reach.ts';
import { addSums, noSums, pointsBody, pointsSchema, type Sums, sumsBody, sumsSchema } from './sums.ts';
import { ceilHour, dayShiftMinutes } from './time-zone.ts';
import { type Cell, rankOf, readCells, readTotals } from './usage-cells.ts';
import { narrowRecords, type UsageFilters } from './usage-filters.ts';
import { readNames, type ValueName } from './usage-names.ts';
import { type Rank, ranks, type Split, splits } from './usage-pieces.ts';

/** Told apart in a chart; more cannot be told apart by colour. */
export const fewValues = 10;

export interface UsageQuery {
  readonly scope: Scope;
  readonly filters: UsageFilters;
  readonly range: Range;
  readonly interval: Interval;
  readonly timeZone: string;
  readonly split: Split;
  readonly rank: Rank;
  /** How many values are told apart; ten unless given. */
  readonly most?: number;
  /** Absent: the rate of the last minute is not wanted. */
  readonly nowMs?: number;
}

const time = z.iso.datetime();
const share = z
  .number()
  .min(0)
  .max(1)
  .nullable()
  .describe('Of the whole, by what the split is ranked by; null of nothing.');

export const stepsSchema = z
  .array(
    z.object({
      start: time,
      end: time,
      date: z.string().nullable().describe('Local date on which it begins; null for hours.'),
    }),
  )
  .describe('The steps of every series, in order.');

export const usageSchema = z
  .object({
    from: time,
    to: time,
    time_zone: z.string(),
    interval: z.enum(intervals),
    day_shift_minutes: z
      .int()
      .describe('Sums are kept by whole hours of UTC. Where that is not 0, days begin so many minutes after midnight.'),
    steps: stepsSchema,
    totals: sumsSchema,
    points: pointsSchema.describe('Of all together.'),
    before: z
      .object({
        from: time,
        to: time,
        totals: sumsSchema,
        totals_to_date: sumsSchema.describe('Up to the same moment of it, where the range reaches beyond now.'),
      })
      .describe('The range of the same length before.'),
    now: rateSchema.nullable().describe('Null where the range does not reach up to now.'),
    split: z.enum(splits),
    rank: z.enum(ranks),
    series: z
      .array(
        z.object({
          value: z.string().nullable().describe('Id or name; empty: none; null: the rest together.'),
          label: z.string().nullable(),
          detail: z.string().nullable(),
          rest: z.boolean(),
          share,
          totals: sumsSchema,
          points: pointsSchema,
        }),
      )
      .describe('The greatest, then the rest; empty without a split.'),
  })
  .meta({ id: 'Usage' });

export type UsageBody = z.input<typeof usageSchema>;

/** Usage over a range: in steps, split by one dimension, beside the range before. `client` is in `reading`. */
export async function usageReport(client: PoolClient, query: UsageQuery): Promise<UsageBody> {
  const { scope, filters, range, interval, timeZone, split, rank, nowMs } = query;
  const { all, ...read } = await readSeries(client, query);
  const reachesNow = nowMs !== undefined && range.fromMs <= nowMs && nowMs < range.toMs;
  const now = reachesNow ? await readRate(client, scope, nowMs, (where) => narrowRecords(filters, where)) : null;
  return {
    from: iso(range.fromMs),
    to: iso(range.toMs),
    time_zone: timeZone,
    interval,
    day_shift_minutes: interval === 'hour' ? 0 : dayShiftMinutes(timeZone, range.fromMs),
    steps: read.steps,
    totals: sumsBody(totalOf(all)),
    points: pointsBody(all),
    before: await beforeBody(client, query),
    now,
    split,
    rank,
    series: read.series,
  };
}

/** The series alone. `all`: of every step, the sums of everything. */
export async function readSeries(
  client: PoolClient,
  query: UsageQuery,
): Promise<Pick<UsageBody, 'steps' | 'series'> & { readonly all: readonly Sums[] }> {
  const { scope, filters, range, interval, timeZone, split, rank, most = fewValues } = query;
  const buckets = bucketsOf(range, interval, timeZone);
  const cells = await readCells(client, { scope, filters, range, interval, buckets, split, rank, most });
  const all = stepsOf(cells, buckets.length);
  if (split === 'none') return { steps: stepsBody(buckets), series: [], all };
  const values = valuesOf(cells, rank);
  const ids = [...values.keys()].filter((id) => id !== null);
  const names = await readNames(client, scope.organizationId, split, ids);
  const facts = { buckets, names, rank, split, total: totalOf(all) };
  return { steps: stepsBody(buckets), series: [...values].map(([value, own]) => seriesBody(value, own, facts)), all };
}

/** The range before, and of it as much as the range itself has had by now. */
async function beforeBody(
  client: PoolClient,
  { scope, filters, range, nowMs }: UsageQuery,
): Promise<UsageBody['before']> {
  const before = rangeBefore(range);
  const leftMs = nowMs === undefined ? 0 : Math.max(0, range.toMs - ceilHour(nowMs));
  const toDateMs = before.toMs - leftMs;
  const comparable = leftMs > 0 && toDateMs > before.fromMs;
  const times = [before.fromMs, ...(comparable ? [toDateMs] : []), before.toMs];
  const [first = noSums, rest = noSums] = await readTotals(client, scope, filters, times);
  return {
    from: iso(before.fromMs),
    to: iso(before.toMs),
    totals: sumsBody(addSums(first, rest)),
    totals_to_date: sumsBody(first),
  };
}

interface SeriesFacts {
  readonly buckets: readonly Bucket[];
  readonly names: ReadonlyMap<string, ValueName>;
  readonly rank: Rank;
  readonly split: Split;
  readonly total: Sums;
}

function seriesBody(value: string | null, cells: readonly Cell[], facts: SeriesFacts): UsageBody['series'][number] {
  const steps = stepsOf(cells, facts.buckets.length);
  const totals = totalOf(steps);
  const whole = rankOf(facts.total, facts.rank);
  const name = value === null ? undefined : facts.names.get(value);
  const own = facts.split === 'model' && value !== '' ? value : null;
  return {
    value,
    label: name?.label ?? own,
    detail: name?.detail ?? null,
    rest: value === null,
    // Six places: more than a screen can show, and no nano-USD is told by it.
    share: whole === 0n ? null : Number((rankOf(totals, facts.rank) * 1_000_000n) / whole) / 1_000_000,
    totals: sumsBody(totals),
    points: pointsBody(steps),
  };
}

/** Cells by value, the greatest first, the rest last. */
function valuesOf(cells: readonly Cell[], rank: Rank): ReadonlyMap<string | null, readonly Cell[]> {
  const byValue = Map.groupBy(cells, ({ value }) => value);
  const size = (own: readonly Cell[]) => rankOf(totalOf(own.map(({ sums }) => sums)), rank);
  const sized = [...byValue].map(([value, own]) => ({ value, own, size: size(own) }));
  sized.sort((a, b) => {
    if (a.value === null || b.value === null) return a.value === null ? 1 : -1;
    return a.size === b.size ? (a.value < b.value ? -1 : 1) : a.size < b.size ? 1 : -1;
  });
  return new Map(sized.map(({ value, own }) => [value, own]));
}

/** One value per step, those without requests too. */
export function stepsOf(cells: readonly Cell[], count: number): Sums[] {
  const steps = Array.from({ length: count }, () => noSums);
  for (const { bucket, sums } of cells) steps[bucket] = addSums(steps[bucket] ?? noSums, sums);
  return steps.slice(0, count);
}

export function totalOf(steps: readonly Sums[]): Sums {
  return steps.reduce(addSums, noSums);
}

export function stepsBody(buckets: readonly Bucket[]): z.input<typeof stepsSchema> {
  return buckets.map(({ startMs, endMs, date }) => ({ start: iso(startMs), end: iso(endMs), date }));
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
