import type { Pool } from 'pg';
import { type Bucket, type Interval, piecesOf, type Range } from './buckets.ts';
import { Conditions } from './conditions.ts';
import { type Scope, within } from './reach.ts';
import { type SumRow, type Sums, sumColumns, sumsOfRow } from './sums.ts';
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
  actual_cost: 'sum(actual_cost)',
  requests: 'sum(requests)',
  tokens: 'sum(input_tokens + output_tokens + cache_write_tokens + cache_read_tokens)',
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
export async function readCells(pool: Pool, query: CellQuery): Promise<Cell[]> {
  const { sql, values } = cellsSql(query);
  const { rows } = await pool.query<SumRow & { bucket: number; value: string | null }>(sql, [...values]);
  return rows.map((row) => ({ bucket: row.bucket - 1, value: row.value, sums: sumsOfRow(row) }));
}

function cellsSql(query: CellQuery): { sql: string; values: readonly unknown[] } {
  const { split, rank, most } = query;
  const { pieces, values } = piecesSql(query);
  const { value, join } = splitText[split];
  const added = sumColumns.map((name) => `sum(${name}) as ${name}`).join(', ');
  // Taken off where a day was taken whole for a step that has only part of it.
  const signed = sumColumns.map((name) => `sum(u.sign * u.${name}) as ${name}`).join(', ');
  const sql = `
    with cells as (
      select u.bucket, ${value} as value, ${signed} from (${pieces}) u ${join} group by 1, 2
    ), greatest_ones as (
      select value from cells group by value order by ${rankText[rank]} desc, value limit ${most}
    )
    select bucket, greatest_ones.value, ${added}
    from cells left join greatest_ones using (value) group by 1, 2 order by 1, 2`;
  return { sql, values };
}

/** Rows of sums with the number of their step, from 1 on. */
function piecesSql(query: CellQuery): { pieces: string; values: readonly unknown[] } {
  const { scope, filters, range, interval, buckets } = query;
  const where = new Conditions();
  within(scope, where, 's');
  narrowSums(filters, where);
  const starts = where.place(buckets.map(({ startMs }) => new Date(startMs)));
  const bucketOf = (time: string) => `width_bucket(${time}, ${starts}::timestamptz[])`;
  const columns = ['group_id', 'model', ...sumColumns];
  const select = (table: string, bucket: string, sign: number, names: readonly string[], times: string) =>
    `select ${bucket} as bucket, ${sign} as sign, ${names.map((name) => `s.${name}`).join(', ')}
     from ${table} s where ${where.text()} and ${times}`;
  const span = (column: string, { fromMs, toMs }: Range) =>
    `${column} >= ${where.place(new Date(fromMs))} and ${column} < ${where.place(new Date(toMs))}`;
  if (!needsKeys(query)) {
    const pieces = select('usage_organization_hours', bucketOf('s.hour'), 1, columns, span('s.hour', range));
    return { pieces, values: where.values };
  }
  const named = ['key_id', 'project_id', ...columns];
  const { days, edgesMs, straysMs } = piecesOf(range, buckets);
  if (interval === 'hour' || days.fromMs === days.toMs) {
    const pieces = select('usage_hours', bucketOf('s.hour'), 1, named, span('s.hour', range));
    return { pieces, values: where.values };
  }
  const noon = (day: string) => `${day} + interval '12 hours'`;
  const pieces = [select('usage_days', bucketOf(noon('s.day')), 1, named, span('s.day', days))];
  const oneOf = (hoursMs: readonly number[]) =>
    `s.hour = any(${where.place(hoursMs.map((at) => new Date(at)))}::timestamptz[])`;
  const single = [...edgesMs, ...straysMs];
  if (single.length > 0) pieces.push(select('usage_hours', bucketOf('s.hour'), 1, named, oneOf(single)));
  if (straysMs.length > 0) {
    const whole = bucketOf(noon(`date_trunc('day', s.hour, 'UTC')`));
    pieces.push(select('usage_hours', whole, -1, named, oneOf(straysMs)));
  }
  return { pieces: pieces.join(' union all '), values: where.values };
}

/** All of a range together. */
export async function readTotal(pool: Pool, scope: Scope, filters: UsageFilters, range: Range): Promise<Sums> {
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
  const [cell] = await readCells(pool, query);
  return cell?.sums ?? sumsOfRow(undefined);
}
