import { setImmediate as yieldToLoop } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { requestIdTime } from '../base/request-id.ts';
import type { JournalPosition, RequestRecord } from '../journal/index.ts';
import { cleanAttempt, columns, keyColumns, receivedAt, rowJson } from './columns.ts';
import type { Fold } from './fold.ts';
import { addSpends, type Charge } from './spend.ts';

/** A journal cursor as it stands in the database. */
export interface StoredCursor extends JournalPosition {
  /** The first eight bytes of the segment: the checksum of its first entry. */
  readonly fingerprint: string;
}

/** A batch in the form in which the database takes it. */
export interface PreparedBatch {
  /** JSON arrays of rows, null where there is none. */
  readonly opens: string | null;
  readonly closes: string | null;
  readonly attempts: string | null;
  /** Span of the requests' times, for partition pruning, as ISO text. */
  readonly from: string;
  readonly to: string;
  /** Beginnings of the UTC days whose partitions it needs, in milliseconds. */
  readonly daysMs: readonly number[];
}

/** Another shipper has moved this node's cursor. */
export class CursorMoved extends Error {}

const names = columns.map((column) => column.name).join(', ');
const recordset = columns.map((column) => `${column.name} ${column.type}`).join(', ');
const overwrite = columns
  .filter((column) => !keyColumns.includes(column.name))
  .map((column) => `${column.name} = excluded.${column.name}`)
  .join(', ');

const openSql = `
insert into request_records (${names})
select ${names} from json_to_recordset($1::json) as input (${recordset})
on conflict do nothing`;

const sumNames = [
  'requests',
  'failures',
  'input_tokens',
  'output_tokens',
  'cache_write_tokens',
  'cache_read_tokens',
  'cost',
  'actual_cost',
  'duration_ms',
];

/** Adds `sums` to a table of sums, by its primary key: in one order everywhere, so that nodes do not block each other. */
function addSums(table: string, key: string, time = 'hour'): string {
  const places = key.split(', ').map((name) => (name === 'hour' || name === 'day' ? time : name));
  return `insert into ${table} as stored (${key}, ${sumNames.join(', ')})
  select ${places.join(', ')}, ${sumNames.map((name) => `sum(${name})`).join(', ')} from sums
  group by ${places.join(', ')} order by ${places.join(', ')}
  on conflict (${key}) do update set ${sumNames.map((name) => `${name} = stored.${name} + excluded.${name}`).join(', ')}`;
}

// RETURNING names only rows that were inserted or still open, so that a replay adds nothing to any sum.
const closeSql = `
with applied as (
  insert into request_records as stored (${names})
  select ${names} from json_to_recordset($1::json) as input (${recordset})
  on conflict (received_at, id, organization_id) do update set ${overwrite}, applied_at = now()
  where stored.outcome = 'open'
  returning stored.*
), sums as (
  select organization_id, date_trunc('hour', received_at, 'UTC') as hour, coalesce(key_id, '') as key_id,
    coalesce(project_id, '') as project_id, coalesce(group_id, '') as group_id, coalesce(model_routed, '') as model,
    count(*) as requests,
    count(*) filter (where outcome in ('refused', 'vendor_error', 'gateway_error', 'stream_broken', 'interrupted'))
      as failures,
    coalesce(sum(input_tokens + audio_input_tokens + image_input_tokens) filter (where charged), 0) as input_tokens,
    coalesce(sum(output_tokens + audio_output_tokens + image_output_tokens) filter (where charged), 0)
      as output_tokens,
    coalesce(sum(cache_write_5m_tokens + cache_write_1h_tokens) filter (where charged), 0) as cache_write_tokens,
    coalesce(sum(cache_read_tokens) filter (where charged), 0) as cache_read_tokens,
    sum(cost) as cost, sum(actual_cost) as actual_cost, sum(coalesce(duration_ms, 0)) as duration_ms
  from (
    -- What a failed or free call used is told in its record, but nobody paid for it.
    select *, charge_rule in ('actual_usage', 'estimated_output') as charged from applied
  ) as closed
  group by 1, 2, 3, 4, 5, 6
), hours as (
  ${addSums('usage_hours', 'organization_id, key_id, hour, group_id, model, project_id')}
), organization_hours as (
  ${addSums('usage_organization_hours', 'organization_id, hour, group_id, model')}
), days as (
  ${addSums('usage_days', 'organization_id, day, key_id, group_id, model, project_id', "date_trunc('day', hour, 'UTC')")}
)
select key_id, received_at, actual_cost, outcome from applied where key_id is not null`;

// Of a try that is told twice the later telling stands.
const attemptSql = `
update request_records as stored set attempts = (
  select jsonb_agg(told.attempt order by told.number) from (
    select distinct on (number) number, attempt from (
      select (new ->> 'number')::int as number, new as attempt, 0 as age from jsonb_array_elements(input.attempts) as new
      union all
      select (old ->> 'number')::int, old, 1 from jsonb_array_elements(stored.attempts) as old
    ) as every order by number, age
  ) as told
)
from json_to_recordset($1::json) as input (received_at timestamptz, id text, attempts jsonb)
where stored.received_at between $2::timestamptz and $3::timestamptz
  and stored.received_at = input.received_at and stored.id = input.id and stored.outcome = 'open'`;

const activitySql = `
insert into key_activity as stored (key_id, last_used_at)
select keys.id, input.last_used_at
from json_to_recordset($1::json) as input (key_id text, last_used_at timestamptz) join keys on keys.id = input.key_id
order by keys.id
on conflict (key_id) do update set last_used_at = greatest(stored.last_used_at, excluded.last_used_at)`;

const cursorSql = `
insert into journal_cursors (node, segment, position, fingerprint) values ($1, $2, $3, $4)
on conflict (node) do update set segment = excluded.segment, position = excluded.position,
  fingerprint = excluded.fingerprint, applied_at = now()`;

interface ClosedRow {
  readonly key_id: string;
  readonly received_at: Date;
  readonly actual_cost: bigint;
  readonly outcome: string;
}

const dayMs = 86_400_000;
/** Made in one go, at about 5 µs each: a request to stop or to flush must not wait long. */
const rowsAtOnce = 50;

/** @throws RangeError for an id whose time is no date */
export async function prepareFold(fold: Fold): Promise<PreparedBatch> {
  const times = [...fold.opens, ...fold.closes, ...fold.attempts].map(({ id }) => requestIdTime(id));
  const attempts = fold.attempts.map((of) =>
    JSON.stringify({ received_at: receivedAt(of.id), id: of.id, attempts: of.attempts.map(cleanAttempt) }),
  );
  return {
    opens: jsonArray(await rowsJson(fold.opens)),
    closes: jsonArray(await rowsJson(fold.closes)),
    attempts: jsonArray(attempts),
    from: new Date(times.reduce((least, time) => Math.min(least, time), Number.MAX_SAFE_INTEGER / 2)).toISOString(),
    to: new Date(times.reduce((most, time) => Math.max(most, time), 0)).toISOString(),
    daysMs: [...new Set(times.map((time) => time - (time % dayMs)))],
  };
}

async function rowsJson(records: readonly RequestRecord[]): Promise<string[]> {
  const rows: string[] = [];
  for (const record of records) {
    rows.push(rowJson(record));
    if (rows.length % rowsAtOnce === 0) await yieldToLoop();
  }
  return rows;
}

function jsonArray(rows: readonly string[]): string | null {
  return rows.length === 0 ? null : `[${rows.join(',')}]`;
}

export async function readCursor(pool: Pool | PoolClient, node: string): Promise<StoredCursor | null> {
  return cursorOf(await pool.query<CursorRow>(cursorQuery, [node]));
}

interface CursorRow {
  readonly segment: bigint;
  readonly position: bigint;
  readonly fingerprint: string;
}

const cursorQuery = 'select segment, position, fingerprint from journal_cursors where node = $1';

function cursorOf({ rows }: { readonly rows: readonly CursorRow[] }): StoredCursor | null {
  const row = rows[0];
  if (row === undefined) return null;
  return { segment: Number(row.segment), position: Number(row.position), fingerprint: row.fingerprint };
}

/**
 * Applies a batch in one transaction with the move of the node's cursor: records, sums by hour, the keys' spending
 * windows and last use. Applying anything twice changes nothing. Without `cursor`, only the batch is applied.
 *
 * @throws CursorMoved when the stored cursor is not `expected`; whatever pg throws
 */
export async function applyBatch(
  pool: Pool,
  node: string,
  batch: PreparedBatch | null,
  cursor: { readonly expected: StoredCursor | null; readonly next: StoredCursor } | null,
): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that dies between two statements reports it here, and nowhere else.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    if (cursor !== null) await lockCursor(client, node, cursor.expected);
    if (batch !== null) await writeBatch(client, batch);
    if (cursor !== null) {
      const { segment, position, fingerprint } = cursor.next;
      await client.query(cursorSql, [node, segment, position, fingerprint]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

async function lockCursor(client: PoolClient, node: string, expected: StoredCursor | null): Promise<void> {
  const stored = cursorOf(await client.query<CursorRow>(`${cursorQuery} for update`, [node]));
  if (stored?.segment !== expected?.segment || stored?.position !== expected?.position)
    throw new CursorMoved('The cursor of this node was moved by another process.');
}

async function writeBatch(client: PoolClient, batch: PreparedBatch): Promise<void> {
  if (batch.opens !== null) await client.query(openSql, [batch.opens]);
  if (batch.attempts !== null) await client.query(attemptSql, [batch.attempts, batch.from, batch.to]);
  if (batch.closes === null) return;
  const { rows } = await client.query<ClosedRow>(closeSql, [batch.closes]);
  const lastUsed = new Map<string, number>();
  const charges: Charge[] = [];
  for (const row of rows) {
    const atMs = row.received_at.getTime();
    // A refused call did not use the key, it only knocked.
    if (row.outcome !== 'refused') lastUsed.set(row.key_id, Math.max(atMs, lastUsed.get(row.key_id) ?? 0));
    if (row.actual_cost > 0n) charges.push({ keyId: row.key_id, atMs, amount: row.actual_cost });
  }
  if (lastUsed.size > 0) {
    const used = [...lastUsed].map(([key_id, at]) => ({ key_id, last_used_at: new Date(at).toISOString() }));
    await client.query(activitySql, [JSON.stringify(used)]);
  }
  await addSpends(client, charges);
}
