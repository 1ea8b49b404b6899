import type pg from 'pg';
import { AppError } from '../base/errors.ts';

const table = 'request_records';
const dayMs = 86_400_000;
/** Days for which a partition is made. Outside, a time is a fault and not a day: a year 50000 must not become a table. */
const firstDayMs = Date.UTC(2020, 0, 1);
const lastDayMs = Date.UTC(2100, 0, 1);
/** One for all nodes: whoever makes or drops a partition holds it. */
const advisoryLock = 5_063_201_003;

/**
 * Makes the partitions of today and of the days ahead, in UTC.
 *
 * @returns the names that were made now
 */
export async function ensurePartitions(pool: pg.Pool, nowMs: number, daysAhead = 3): Promise<string[]> {
  const names = Array.from({ length: daysAhead + 1 }, (_, day) => partitionName(nowMs + day * dayMs));
  return makeMissing(pool, names);
}

/**
 * Makes the partition of the day in which `atMs` lies, if it is missing. For records of a day that nobody foresaw, such
 * as a journal that is applied late; several nodes may call it at once.
 *
 * @throws AppError `partition_out_of_range`
 */
export async function ensureDayPartition(pool: pg.Pool, atMs: number): Promise<void> {
  await makeMissing(pool, [partitionName(atMs)]);
}

/**
 * Drops the partitions of days that ended more than `retentionDays` ago.
 *
 * @returns the names that were dropped
 */
export async function dropExpiredPartitions(pool: pg.Pool, nowMs: number, retentionDays: number): Promise<string[]> {
  const oldestKept = partitionName(Math.max(firstDayMs, nowMs - retentionDays * dayMs));
  const client = await pool.connect();
  const dropped: string[] = [];
  try {
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    for (const partition of await listPartitions(client)) {
      // Names of one length sort as their days do.
      if (partition.name >= oldestKept) continue;
      await drop(client, partition);
      dropped.push(partition.name);
    }
  } finally {
    client.release(true);
  }
  return dropped;
}

/** `request_records_20260131` for any time on that day in UTC. */
export function partitionName(atMs: number): string {
  if (!(atMs >= firstDayMs && atMs < lastDayMs))
    throw new AppError('partition_out_of_range', `No request can have been made at ${atMs} ms after 1970.`);
  return `${table}_${isoDay(atMs).replaceAll('-', '')}`;
}

/** The names of all attached partitions, in the order of their days. */
export async function partitionNames(connection: pg.ClientBase | pg.Pool): Promise<string[]> {
  return (await listPartitions(connection)).filter(({ attached }) => attached).map(({ name }) => name);
}

/** The first millisecond of the day of a partition. */
export function partitionTimeMs(name: string): number {
  const digits = name.slice(-8);
  return Date.UTC(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)) - 1, Number(digits.slice(6)));
}

interface Partition {
  readonly name: string;
  readonly attached: boolean;
  /** A detachment was cut short. */
  readonly pending: boolean;
}

/** All of them, also one that was detached and not dropped when a process ended in between. */
async function listPartitions(connection: pg.Pool | pg.ClientBase): Promise<Partition[]> {
  const { rows } = await connection.query<Partition>(
    `select c.relname as name, i.inhrelid is not null as attached, coalesce(i.inhdetachpending, false) as pending
       from pg_class c left join pg_inherits i on i.inhrelid = c.oid
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname ~ $1
      order by c.relname`,
    [`^${table}_[0-9]{8}$`],
  );
  return rows;
}

async function makeMissing(pool: pg.Pool, names: readonly string[]): Promise<string[]> {
  if ((await missing(pool, names)).length === 0) return [];
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [advisoryLock]);
    const wanted = await missing(client, names);
    for (const name of wanted) await make(client, name);
    await client.query('commit');
    client.release();
    return wanted;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function missing(connection: pg.Pool | pg.PoolClient, names: readonly string[]): Promise<string[]> {
  const attached = (await listPartitions(connection)).filter(({ attached, pending }) => attached && !pending);
  const have = new Set(attached.map(({ name }) => name));
  return names.filter((name) => !have.has(name));
}

/**
 * Made apart and then attached: that takes a lock which lets others read and write all the while, where `create table …
 * partition of` waits for every running report and holds up every record behind it.
 */
async function make(client: pg.PoolClient, name: string): Promise<void> {
  const fromMs = partitionTimeMs(name);
  const range = `from ('${isoDay(fromMs)} 00:00:00+00') to ('${isoDay(fromMs + dayMs)} 00:00:00+00')`;
  await client.query(`create table if not exists ${name} (like ${table} including all)`);
  await client.query(`alter table ${table} attach partition ${name} for values ${range}`);
}

async function drop(client: pg.PoolClient, { name, attached, pending }: Partition): Promise<void> {
  if (pending) await client.query(`alter table ${table} detach partition ${name} finalize`);
  else if (attached) await client.query(`alter table ${table} detach partition ${name} concurrently`);
  await client.query(`drop table if exists ${name}`);
}

function isoDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
