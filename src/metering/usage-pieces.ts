import { type Bucket, type Interval, piecesOf, type Range } from './buckets.ts';
import { Conditions } from './conditions.ts';
import { type Scope, within } from './reach.ts';
import type { sumColumns } from './sums.ts';
import { dayMs } from './time-zone.ts';
import { narrowSums, type UsageFilters } from './usage-filters.ts';

/** What sums can be split by. `none`: all together. */
export const splits = ['none', 'model', 'group', 'vendor', 'key', 'project', 'team', 'member'] as const;
export type Split = (typeof splits)[number];

/** What the greatest of a split are found by. */
export const ranks = ['actual_cost', 'requests', 'tokens'] as const;
export type Rank = (typeof ranks)[number];

export interface CellQuery {
  readonly scope: Scope;
  readonly filters: UsageFilters;
  readonly range: Range;
  readonly interval: Interval;
  /** Of the range, in order. */
  readonly buckets: readonly Bucket[];
  readonly split: Split;
  readonly rank: Rank;
  /** How many of a split are told apart; the rest is told together. */
  readonly most: number;
}

type SumColumn = (typeof sumColumns)[number];

const byKey: ReadonlySet<Split> = new Set<Split>(['key', 'project', 'team', 'member']);

/** Whether a question can be answered without knowing keys and projects, from far fewer rows. */
export function needsKeys({ scope, filters, split }: CellQuery): boolean {
  const { keys, projects, teams, members } = filters;
  return scope.only !== null || byKey.has(split) || [keys, projects, teams, members].some((ids) => ids.length > 0);
}

/** Rows of sums, with the number of their step, from 1 on, where steps are told apart. */
export function piecesSql(
  query: CellQuery,
  sums: readonly SumColumn[],
  bySteps: boolean,
): { pieces: string; where: Conditions } {
  const { scope, filters, range, interval, buckets } = query;
  const where = new Conditions();
  within(scope, where, 's');
  narrowSums(filters, where);
  const keyed = needsKeys(query);
  const names = [...(keyed ? ['key_id', 'project_id'] : []), 'group_id', 'model'].map((name) => `s.${name}`);
  const select = (table: string, bucket: string, from: string, sign = '') => {
    // Money of one key and hour fits into a bigint, which adds up far faster than a numeric.
    const columns = sums.map((name) => `${sign}s.${name}${table === 'usage_hours' ? '::bigint' : ''} as ${name}`);
    return `select ${[`${bucket} as bucket`, ...names, ...columns].join(', ')} from ${from}`;
  };
  const { days, edgesMs, straysMs } = piecesOf(range, buckets);
  if (!keyed || interval === 'hour' || days.fromMs === days.toMs) {
    const starts = bySteps ? where.place(buckets.map(({ startMs }) => new Date(startMs))) : '';
    const bucket = bySteps ? `width_bucket(s.hour, ${starts}::timestamptz[])` : '1';
    const [from, to] = [where.place(new Date(range.fromMs)), where.place(new Date(range.toMs))];
    const table = keyed ? 'usage_hours' : 'usage_organization_hours';
    const rows = `${table} s where ${where.text()} and s.hour >= ${from} and s.hour < ${to}`;
    return { pieces: select(table, bucket, rows), where };
  }
  // By a list of times and not by a span: whatever other indexes there are, each is looked up with its organization.
  const listed = (
    table: string,
    column: string,
    timesMs: readonly number[],
    stepAt: (ms: number) => number,
    sign = '',
  ) => {
    const times = where.place(timesMs.map((at) => new Date(at)));
    const steps = where.place(timesMs.map((at) => (bySteps ? stepIndex(buckets, stepAt(at)) + 1 : 1)));
    // The offset keeps each look-up whole, which the planner would else turn into a join with all that a key ever used.
    const rows = `unnest(${times}::timestamptz[], ${steps}::int[]) as t (at, step) cross join lateral (
      select * from ${table} s where ${where.text()} and s.${column} = t.at offset 0) as s`;
    return select(table, 't.step', rows, sign);
  };
  const noonOf = (at: number) => at - (at % dayMs) + dayMs / 2;
  const wholeDays = Array.from({ length: (days.toMs - days.fromMs) / dayMs }, (_, day) => days.fromMs + day * dayMs);
  const single = bySteps ? [...edgesMs, ...straysMs] : edgesMs;
  const pieces = [listed('usage_days', 'day', wholeDays, noonOf)];
  if (single.length > 0) pieces.push(listed('usage_hours', 'hour', single, (at) => at));
  // Taken off where a day was taken whole for a step that has only part of it.
  if (bySteps && straysMs.length > 0) pieces.push(listed('usage_hours', 'hour', straysMs, noonOf, '-'));
  return { pieces: pieces.join(' union all '), where };
}

/** The step that a time lies in; of a range’s own times there is always one. */
function stepIndex(buckets: readonly Bucket[], atMs: number): number {
  let [low, high] = [0, buckets.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((buckets[middle]?.startMs ?? 0) <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}
