import type { PoolClient } from 'pg';
import type { Range } from './buckets.ts';
import type { Scope } from './reach.ts';
import { addSums, noSums, type SumRow, type Sums, subtractSums, sumColumns, sumsOfRow } from './sums.ts';
import type { UsageFilters } from './usage-filters.ts';
import { type CellQuery, needsKeys, piecesSql, type Rank, type Split } from './usage-pieces.ts';

/** The sums of one step of one value of the split. */
export interface Cell {
  /** Index of the step. */
  readonly bucket: number;
  /** Id of the key, name of the model, …; empty for none; null for the rest, beyond the greatest. */
  readonly value: string | null;
  readonly sums: Sums;
}

/** Which value of a split a row of sums belongs to. */
interface SplitText {
  /** Of a row `u`, by which rows are added up first. */
  readonly column: string;
  /** Of a sum `c`, when its value must be looked up by that column: what is joined are then tens of rows. */
  readonly value?: string;
  readonly join?: string;
  /** There are nearly as many members as keys: their names are joined before, from a table that is made for it. */
  readonly first?: string;
  readonly joinFirst?: string;
}

const splitText: Readonly<Record<Split, SplitText>> = {
  none: { column: `''::text` },
  model: { column: 'u.model' },
  group: { column: 'u.group_id' },
  vendor: {
    column: 'u.group_id',
    value: `coalesce(g.vendor_id, '')`,
    join: 'left join groups g on g.id = c.own',
  },
  key: { column: 'u.key_id' },
  project: { column: 'u.project_id' },
  team: {
    column: 'u.project_id',
    value: `coalesce(p.team_id, '')`,
    join: 'left join projects p on p.organization_id = $1 and p.id = c.own',
  },
  member: {
    column: `coalesce(o.account_id, '')`,
    first: 'with owners as materialized (select id, account_id from keys where organization_id = $1)',
    joinFirst: 'left join owners o on o.id = u.key_id',
  },
};

/** Reads sums by step and by value of the split. Steps without requests have no cells. `client` is in `reading`. */
export async function readCells(client: PoolClient, query: CellQuery): Promise<Cell[]> {
  if (query.split === 'none') return readSums(client, query, null);
  if (await isSmall(client, query)) return folded(await readSums(client, query, null), query);
  const greatest = await readGreatest(client, query);
  const filter = filterOf[query.split];
  const { filters } = query;
  if (filter === undefined || needsKeys({ ...query, split: 'none' }) || filters[filter].length > 0)
    return readSums(client, query, greatest);
  // Only the split needs keys: then the greatest are a few of many, and the whole is known without keys.
  const own = await readSums(client, { ...query, filters: { ...filters, [filter]: greatest } }, greatest);
  const whole = await readSums(client, { ...query, split: 'none' }, null);
  return [...own, ...restOf(whole, own)];
}

const filterOf: Readonly<Partial<Record<Split, keyof UsageFilters>>> = {
  key: 'keys',
  project: 'projects',
  member: 'members',
};

/** So many cells are added up faster here than the greatest of them are looked for first. */
const fewCells = 8_000;

const valueTables: Readonly<Partial<Record<Split, string>>> = {
  key: 'keys',
  project: 'projects',
  team: 'teams',
  member: 'members',
};

/** Whether a split has few values, so that all of them can be read. */
async function isSmall(client: PoolClient, { split, scope, buckets }: CellQuery): Promise<boolean> {
  if (split === 'group' || split === 'vendor') return true;
  // Nobody counts the models that were used; a few dozen are usual.
  if (split === 'model') return buckets.length <= 100;
  const table = valueTables[split];
  if (table === undefined) return false;
  const { rows } = await client.query<{ count: bigint }>(
    `select count(*) as count from ${table} where organization_id = $1`,
    [scope.organizationId],
  );
  return (Number(rows[0]?.count ?? 0n) + 1) * buckets.length <= fewCells;
}

/** The greatest as they are, the others as the rest. */
function folded(cells: readonly Cell[], { rank, most }: CellQuery): Cell[] {
  const sizes = [...Map.groupBy(cells, ({ value }) => value)].map(([value, own]) => ({
    value: value ?? '',
    size: rankOf(
      own.reduce((sum, { sums }) => addSums(sum, sums), noSums),
      rank,
    ),
  }));
  sizes.sort((a, b) => (a.size === b.size ? (a.value < b.value ? -1 : 1) : a.size < b.size ? 1 : -1));
  const greatest = new Set(sizes.slice(0, most).map(({ value }) => value));
  return cells.map((cell) => (greatest.has(cell.value ?? '') ? cell : { ...cell, value: null }));
}

/** What is left of each step when the named values are taken off. */
function restOf(whole: readonly Cell[], own: readonly Cell[]): Cell[] {
  const taken = Map.groupBy(own, ({ bucket }) => bucket);
  return whole.flatMap(({ bucket, sums }) => {
    const rest = (taken.get(bucket) ?? []).reduce((left, cell) => subtractSums(left, cell.sums), sums);
    return rest.requests === 0 ? [] : [{ bucket, value: null, sums: rest }];
  });
}

export function rankOf(sums: Sums, rank: Rank): bigint {
  if (rank === 'actual_cost') return sums.actualCost;
  if (rank === 'requests') return BigInt(sums.requests);
  return BigInt(sums.inputTokens + sums.outputTokens + sums.cacheWriteTokens + sums.cacheReadTokens);
}

/** Cells of all values, or of the greatest with the rest under null. */
async function readSums(client: PoolClient, query: CellQuery, greatest: readonly string[] | null): Promise<Cell[]> {
  const { column, value, join = '', first = '', joinFirst = '' } = splitText[query.split];
  const { pieces, where } = piecesSql(query, sumColumns, true);
  const told = (text: string) =>
    greatest === null ? text : `case when ${text} = any(${where.place(greatest)}::text[]) then ${text} end`;
  const own = value === undefined ? told(column) : column;
  const shown = value === undefined ? 'c.own' : told(value);
  const added = (table: string) => sumColumns.map((name) => `sum(${table}.${name}) as ${name}`).join(', ');
  const { rows } = await client.query<SumRow & { bucket: number; value: string | null }>(
    `${first} select c.bucket, ${shown} as value, ${added('c')}
     from (select u.bucket, ${own} as own, ${added('u')} from (${pieces}) u ${joinFirst} group by 1, 2) c ${join}
     group by 1, 2 order by 1, 2`,
    where.values,
  );
  return rows.map((row) => ({ bucket: row.bucket - 1, value: row.value, sums: sumsOfRow(row) }));
}

const ranked = {
  actual_cost: ['actual_cost'],
  requests: ['requests'],
  tokens: ['input_tokens', 'output_tokens', 'cache_write_tokens', 'cache_read_tokens'],
} as const satisfies Record<Rank, readonly (typeof sumColumns)[number][]>;

/** Over the whole range what is added and taken off between steps comes to nothing, so that strays are left out. */
async function readGreatest(client: PoolClient, query: CellQuery): Promise<string[]> {
  const { column, value = 'c.own', join = '', first = '', joinFirst = '' } = splitText[query.split];
  const columns = ranked[query.rank];
  const { pieces, where } = piecesSql(query, columns, false);
  const { rows } = await client.query<{ value: string }>(
    `${first} select ${value} as value
     from (select ${column} as own, sum(${columns.map((name) => `u.${name}`).join(' + ')}) as size
       from (${pieces}) u ${joinFirst} group by 1) c ${join}
     group by 1 order by sum(c.size) desc, 1 limit ${query.most}`,
    where.values,
  );
  return rows.map((row) => row.value);
}

/** All of a range together. */
export async function readTotal(client: PoolClient, scope: Scope, filters: UsageFilters, range: Range): Promise<Sums> {
  const [total] = await readTotals(client, scope, filters, [range.fromMs, range.toMs]);
  return total ?? noSums;
}

/** All between each two of several times, in ascending order and whole hours: one fewer than there are times. */
export async function readTotals(
  client: PoolClient,
  scope: Scope,
  filters: UsageFilters,
  timesMs: readonly number[],
): Promise<Sums[]> {
  const [fromMs = 0, toMs = fromMs] = [timesMs[0], timesMs.at(-1)];
  const buckets = timesMs.slice(0, -1).map((startMs, at) => ({ startMs, endMs: timesMs[at + 1] ?? toMs, date: null }));
  const range = { fromMs, toMs };
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
  const cells = await readCells(client, query);
  return buckets.map((_, step) => cells.find(({ bucket }) => bucket === step)?.sums ?? noSums);
}
