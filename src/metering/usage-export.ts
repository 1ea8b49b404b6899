import type { Pool } from 'pg';
import type { Range } from './buckets.ts';
import { Conditions } from './conditions.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { type Scope, within } from './reach.ts';
import { reading } from './reading.ts';
import { firstRecordDay } from './record-days.ts';
import { dayMs } from './time-zone.ts';
import type { UsageFilters } from './usage-filters.ts';
import { type ExportDetail, hoursSheet, namesJoin, requestsSheet, type Sheet, withNames } from './usage-sheets.ts';

export interface ExportQuery {
  readonly scope: Scope;
  readonly filters: UsageFilters;
  readonly range: Range;
  readonly detail: ExportDetail;
  /** Begin with a byte order mark. */
  readonly bom: boolean;
}

/** A file that is read as it is sent. */
export interface Export {
  /** Lines after the first. What is booked meanwhile may add some. */
  readonly rows: number;
  readonly pieces: AsyncIterable<string>;
}

/** Rows of one statement: a megabyte or two are in memory, however long the file. */
const pageRows = 2_000;
/** One day's partition at a time; sums stand in one table and may be read in longer pieces. */
const sliceDays: Readonly<Record<ExportDetail, number>> = { hours: 31, requests: 1 };

/** Usage as comma-separated values: one statement per page, so that a slow reader holds no connection. */
export async function usageExport(pool: Pool, query: ExportQuery): Promise<Export> {
  return query.detail === 'hours'
    ? exportOf(pool, query, hoursSheet)
    : exportOf(pool, await kept(pool, query), requestsSheet);
}

/** Records that are gone cannot be exported; looking for them day by day would take long. */
async function kept(pool: Pool, query: ExportQuery): Promise<ExportQuery> {
  const first = await firstRecordDay(pool);
  const { fromMs, toMs } = query.range;
  return { ...query, range: { fromMs: Math.max(fromMs, first ?? toMs), toMs } };
}

async function exportOf<Row>(pool: Pool, query: ExportQuery, sheet: Sheet<Row>): Promise<Export> {
  const where = conditionsOf(query, sheet, query.range);
  const { rows } = await reading(pool, (client) =>
    client.query<{ count: bigint }>(
      `select count(*) as count from ${sheet.table} ${sheet.alias} where ${where.text()}`,
      where.values,
    ),
  );
  return { rows: Number(rows[0]?.count ?? 0n), pieces: piecesOf(pool, query, sheet) };
}

async function* piecesOf<Row>(pool: Pool, query: ExportQuery, sheet: Sheet<Row>): AsyncGenerator<string> {
  const titles = csvLine(sheet.columns.map(([title]) => title));
  yield query.bom ? byteOrderMark + titles : titles;
  const stepMs = sliceDays[query.detail] * dayMs;
  const { fromMs, toMs } = query.range;
  for (let atMs = fromMs; atMs < toMs; ) {
    const endMs = Math.min(atMs - (atMs % dayMs) + stepMs, toMs);
    let last: Row | undefined;
    do {
      const page = await readPage(pool, query, sheet, { fromMs: atMs, toMs: endMs }, last);
      if (page.length > 0) yield page.map((row) => csvLine(sheet.columns.map(([, value]) => value(row)))).join('');
      last = page.length === pageRows ? page.at(-1) : undefined;
    } while (last !== undefined);
    atMs = endMs;
  }
}

async function readPage<Row>(
  pool: Pool,
  query: ExportQuery,
  sheet: Sheet<Row>,
  slice: Range,
  last: Row | undefined,
): Promise<readonly Row[]> {
  const where = conditionsOf(query, sheet, slice);
  const columns = sheet.order.map(([column]) => column);
  if (last !== undefined) {
    const places = sheet.order.map(([, type, value]) => `${where.place(value(last))}::${type}`);
    const own = columns.map((column) => `${sheet.alias}.${column}`);
    where.add(`${own[0]} >= ${places[0]} and (${own.join(', ')}) > (${places.join(', ')})`);
  }
  const order = (alias: string) => columns.map((column) => `${alias}.${column}`).join(', ');
  const sql = `
    select ${withNames} from (
      select ${sheet.select} from ${sheet.table} ${sheet.alias} where ${where.text()}
      order by ${order(sheet.alias)} limit ${pageRows}
    ) as page ${namesJoin} order by ${order('page')}`;
  const { rows } = await reading(pool, (client) => client.query(sql, where.values));
  return rows as readonly Row[];
}

function conditionsOf<Row>(query: ExportQuery, sheet: Sheet<Row>, { fromMs, toMs }: Range): Conditions {
  const where = new Conditions();
  within(query.scope, where, sheet.alias);
  sheet.narrow(query.filters, where);
  const time = `${sheet.alias}.${sheet.order[0]?.[0] ?? ''}`;
  where.add(`${time} >= ${where.place(new Date(fromMs))} and ${time} < ${where.place(new Date(toMs))}`);
  return where;
}
