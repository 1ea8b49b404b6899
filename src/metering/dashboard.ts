import type { PoolClient } from 'pg';
import { z } from 'zod';
import { addDays, dateAt } from '../base/time-zone.ts';
import { bucketsOf, type Range } from './buckets.ts';
import { countedFrom, errorCountsSchema, readErrorCounts } from './error-counts.ts';
import type { ExplainWords } from './explain-words.ts';
import { rateSchema, readRate } from './rates.ts';
import type { Scope } from './reach.ts';
import { noSums, pointsBody, pointsSchema, type Sums, sumsBody, sumsSchema } from './sums.ts';
import { ceilHour, dayMs, dayShiftMinutes, startOfDate } from './time-zone.ts';
import { readCells, readTotal, readTotals } from './usage-cells.ts';
import { noFilters } from './usage-filters.ts';
import { readSeries, stepsBody, stepsOf, stepsSchema, totalOf } from './usage-report.ts';

const time = z.iso.datetime();

const trendSchema = z.object({ from: time, to: time, steps: stepsSchema, points: pointsSchema, totals: sumsSchema });

export const dashboardSchema = z
  .object({
    time_zone: z.string(),
    day_shift_minutes: z.int().describe('See usage.'),
    now: rateSchema,
    today: sumsSchema.describe('Since midnight in the time zone.'),
    last_24_hours: trendSchema.describe('By hour.'),
    last_30_days: trendSchema.describe('By day, today included.'),
    groups: z
      .array(
        z.object({
          group_id: z.string(),
          display_name: z.string().nullable(),
          vendor: z.string().nullable(),
          share: z.number().nullable().describe('Of all requests of the 30 days.'),
          totals: sumsSchema,
        }),
      )
      .describe('Most used in the last 30 days.'),
    period: z
      .object({
        from: time,
        to: time,
        totals: sumsSchema.describe('So far.'),
        before: z.object({
          from: time,
          to: time,
          totals: sumsSchema,
          totals_to_date: sumsSchema.describe('Up to the same moment of the period.'),
        }),
      })
      .describe(
        'The billing period, a calendar month in UTC, and the one before. Estimated: what is running adds to it.',
      ),
    balance: z.null().describe('Null as long as there is no wallet.'),
    errors: errorCountsSchema.describe('Of the last 24 hours.'),
  })
  .meta({ id: 'Dashboard' });

export interface DashboardQuery {
  readonly scope: Scope;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly words: ExplainWords;
}

const mostGroups = 5;

/** Everything that the start page shows. `client` is in `reading`. */
export async function dashboardReport(
  client: PoolClient,
  query: DashboardQuery,
): Promise<z.input<typeof dashboardSchema>> {
  const { scope, timeZone, nowMs, words } = query;
  const today = dateAt(timeZone, nowMs);
  const endMs = startOfDate(timeZone, addDays(today, 1));
  const hoursEnd = ceilHour(nowMs + 1);
  const now = await readRate(client, scope, nowMs);
  const todays = await readTotal(client, scope, noFilters, { fromMs: startOfDate(timeZone, today), toMs: endMs });
  const hours = await trend(client, scope, { fromMs: hoursEnd - dayMs, toMs: hoursEnd }, timeZone);
  const month = { fromMs: startOfDate(timeZone, addDays(today, -29)), toMs: endMs };
  const days = await readSeries(client, {
    scope,
    filters: noFilters,
    range: month,
    interval: 'day',
    timeZone,
    split: 'group',
    rank: 'requests',
    most: mostGroups,
  });
  const period = await periodBody(client, scope, nowMs);
  const failures = hours.steps.map(({ start }, step) => ({
    startMs: Date.parse(start),
    failures: hours.points.failures[step] ?? 0,
  }));
  const counted = { fromMs: countedFrom(failures, nowMs - dayMs), toMs: nowMs + 1 };
  const errors = await readErrorCounts(client, scope, counted, words);
  return {
    time_zone: timeZone,
    day_shift_minutes: dayShiftMinutes(timeZone, nowMs),
    now,
    today: sumsBody(todays),
    last_24_hours: hours,
    last_30_days: trendBody(month, days.steps, days.all),
    groups: days.series.flatMap(({ value, label, detail, share, totals }) =>
      value === null || value === '' ? [] : [{ group_id: value, display_name: label, vendor: detail, share, totals }],
    ),
    period,
    balance: null,
    errors,
  };
}

async function trend(client: PoolClient, scope: Scope, range: Range, timeZone: string) {
  const interval = 'hour';
  const buckets = bucketsOf(range, interval, timeZone);
  const cells = await readCells(client, {
    scope,
    filters: noFilters,
    range,
    interval,
    buckets,
    split: 'none',
    rank: 'requests',
    most: 1,
  });
  return trendBody(range, stepsBody(buckets), stepsOf(cells, buckets.length));
}

function trendBody(range: Range, steps: z.input<typeof stepsSchema>, all: readonly Sums[]) {
  return {
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
    steps,
    points: pointsBody(all),
    totals: sumsBody(totalOf(all)),
  };
}

/** Money is settled by calendar months in UTC, whatever zone the viewer is in. */
async function periodBody(client: PoolClient, scope: Scope, nowMs: number) {
  const now = new Date(nowMs);
  const monthStart = (months: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1);
  const range = { fromMs: monthStart(0), toMs: monthStart(1) };
  const before = { fromMs: monthStart(-1), toMs: monthStart(0) };
  const soFarMs = ceilHour(nowMs + 1) - range.fromMs;
  const toDateMs = Math.min(before.fromMs + soFarMs, before.toMs);
  const cut = toDateMs > before.fromMs && toDateMs < before.toMs;
  const times = [before.fromMs, ...(cut ? [toDateMs] : []), range.fromMs, range.toMs];
  const sums = await readTotals(client, scope, noFilters, times);
  const totals = sums.at(-1);
  const [totalsToDate = noSums] = sums;
  const totalsBefore = totalOf(sums.slice(0, -1));
  const iso = (atMs: number) => new Date(atMs).toISOString();
  return {
    from: iso(range.fromMs),
    to: iso(range.toMs),
    totals: sumsBody(totals),
    before: {
      from: iso(before.fromMs),
      to: iso(before.toMs),
      totals: sumsBody(totalsBefore),
      totals_to_date: sumsBody(totalsToDate),
    },
  };
}
