import type { PoolClient } from 'pg';
import { type Bucket, type Interval, piecesOf, type Range } from './buckets.ts';
import { Conditions } from './conditions.ts';
import { type Scope, within } from './reach.ts';
import { type SumRow, type Sums, subtractSums, sumColumns, sumsOfRow } from './sums.ts';
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

/** The sums of one step of one value of the split. */
export interface Cell {
  /** Index of the step. */
  readonly bucket: number;
  /** Id of the key, name of the model, …; empty for none; null for the rest, beyond the greatest. */
  readonly value: string | null;
  readonly sums: Sums;
}

const rankText: Readonly<Record<Rank, string>> = {
  actual_cost: 'sum(u.actual_cost)',
  requests: 'sum(u.requests)',
  tokens: 'sum(u.input_tokens + u.output_tokens + u.cache_write_tokens + u.cache_read_tokens)',
};

/** Which value of a split a row of sums belongs to, and what must be joined to know it. */
const splitText: Readonly<Record<Split, { readonly value: string; readonly join: string }>> = {
  none: { value: `''::text`, join: '' },
  model: { value: 'u.model', join: '' },
  group: { value: 'u.group_id', join: '' },
  vendor: { value: `coalesce(g.vendor_id, '')`, join: 'left join groups g on g.id = u.group_id' },
  key: { value: 'u.key_id', join: '' },
  project: { value: 'u.project_id', join: '' },
  team: {
    value: `coalesce(p.team_id, '')`,
    join: 'left join projects p on p.organization_id = $1 and p.id = u.project_id',
  },
  member: {
    value: `coalesce(k.account_id, '')`,
    join: 'left join keys k on k.organization_id = $1 and k.id = u.key_id',
  },
};

const byKey: ReadonlySet<Split> = new Set<Split>(['key', 'project', 'team', 'member']);

/** Whether a question can be answered without knowing keys and projects, from far fewer rows. */
function needsKeys({ scope, filters, split }: CellQuery): boolean {
  const { keys, projects, teams, members } = filters;
  return scope.only !== null || byKey.has(split) || [keys, projects, teams, members].some((ids) => ids.length > 0);
}

/** Reads sums by step and by value of the split. Steps without requests have no cells. */
export async function readCells(client: PoolClient, query: CellQuery): Promise<Cell[]> {
  if (query.split === 'none') return readSums(client, query, []);
  const greatest = await readGreatest(client, query);
  const filter = filterOf[query.split];
  const { filters } = query;
  if (filter === undefined || needsKeys({ ...query, split: 'none' }) || filters[filter].length > 0)
    return readSums(client, query, greatest);
  // Only the split needs keys: then the greatest are a few of many, and the whole is known without keys.
  const own = await readSums(client, { ...query, filters: { ...filters, [filter]: greatest } }, greatest);
  const whole = await readSums(client, { ...query, split: 'none' }, []);
  return [...own, ...restOf(whole, own)];
}

const filterOf: Readonly<Partial<Record<Split, keyof UsageFilters>>> = {
  key: 'keys',
  project: 'projects',
  team: 'teams',
  member: 'members',
};

/** What is left of each step when the named values are taken off. */
function restOf(whole: readonly Cell[], own: readonly Cell[]): Cell[] {
  const taken = Map.groupBy(own, ({ bucket }) => bucket);
  return whole.flatMap(({ bucket, sums }) => {
    const rest = (taken.get(bucket) ?? []).reduce((left, cell) => subtractSums(left, cell.sums), sums);
    return rest.requests === 0 ? [] : [{ bucket, value: null, sums: rest }];
  });
}

async function readSums(client: PoolClient, query: CellQuery, greatest: readonly string[]): Promise<Cell[]> {
  const { value, join } = splitText[query.split];
  const { pieces, where } = piecesSql(query, sumColumns, true);
  const told =
    query.split === 'none' ? value : `case when ${value} = any(${where.place(greatest)}::text[]) then ${value} end`;
  const added = sumColumns.map((name) => `sum(u.${name}) as ${name}`).join(', ');
  const { rows } = await client.query<SumRow & { bucket: number; value: string | null }>(
    `select u.bucket, ${told} as value, ${added} from (${pieces}) u ${join} group by 1, 2 order by 1, 2`,
    where.values,
  );
  return rows.map((row) => ({ bucket: row.bucket - 1, value: row.value, sums: sumsOfRow(row) }));
}

/** Over the whole range what is added and taken off between steps comes to nothing, so that strays are left out. */
async function readGreatest(client: PoolClient, query: CellQuery): Promise<string[]> {
  const { value, join } = splitText[query.split];
  const ranked = query.rank === 'tokens' ? tokenColumns : [query.rank];
  const { pieces, where } = piecesSql(query, ranked, false);
  const { rows } = await client.query<{ value: string }>(
    `select ${value} as value from (${pieces}) u ${join}
     group by 1 order by ${rankText[query.rank]} desc, 1 limit ${query.most}`,
    where.values,
  );
  return rows.map((row) => row.value);
}

type SumColumn = (typeof sumColumns)[number];
const tokenColumns = ['input_tokens', 'output_tokens', 'cache_write_tokens', 'cache_read_tokens'] as const;

/** Rows of sums, with the number of their step, from 1 on, where steps are told apart. */
function piecesSql(
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

/** All of a range together. */
export async function readTotal(client: PoolClient, scope: Scope, filters: UsageFilters, range: Range): Promise<Sums> {
  const buckets = [{ startMs: range.fromMs, endMs: range.toMs, date: null }];
  const query = {
    scope,
    filters,
    range,
    interval: 'month',
    buckets,
    split: 'none',
    rank: 'requests',
    most: 1,
  } as const;
  const [cell] = await readCells(client, query);
  return cell?.sums ?? sumsOfRow(undefined);
}
