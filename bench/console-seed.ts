import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { PoolClient } from 'pg';
import { errorText } from '../src/base/errors.ts';
import { silentLog } from '../src/base/log.ts';
import { parseRequestId } from '../src/base/request-id.ts';
import { type Database, ensurePartitions, inTransaction, migrate, openDatabase, openDataDir } from '../src/db/index.ts';
import { partitionName } from '../src/db/partitions.ts';

/**
 * node bench/console-seed.ts: fills a database as a large site has it after three months, for `console-queries.ts`.
 * A day that stands is passed over, so that a run that was cut short goes on.
 */

const usage = `node bench/console-seed.ts [options]

Fills a database with 200 organizations, their keys, and request records with their sums, one day at a time.

  --data-dir <dir>    where its own Postgres keeps it (data-console-bench)
  --database-url <url> another Postgres instead
  --records <n>       records in all (10000000)
  --keys <n>          keys over all organizations (10000)
  --days <n>          days up to now (90)
`;

const dayMs = 86_400_000;

export interface SeedOptions {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly records: number;
  readonly keys: number;
  readonly days: number;
}

function readOptions(args: readonly string[]): SeedOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'data-dir': { type: 'string', default: 'data-console-bench' },
      'database-url': { type: 'string' },
      records: { type: 'string', default: '10000000' },
      keys: { type: 'string', default: '10000' },
      days: { type: 'string', default: '90' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const whole = (name: 'records' | 'keys' | 'days', most: number): number => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw new Error(`--${name} must be a whole number from 1 to ${most}, not "${values[name]}".`);
    return value;
  };
  return {
    dataDir: path.resolve(values['data-dir']),
    databaseUrl: values['database-url'] ?? null,
    records: whole('records', 1_000_000_000),
    keys: whole('keys', 1_000_000),
    days: whole('days', 1_000),
  };
}

function say(line: string): void {
  console.error(`${(performance.now() / 1_000).toFixed(0).padStart(4)} s  ${line}`);
}

async function seed(options: SeedOptions): Promise<void> {
  const dir = options.databaseUrl === null ? await openDataDir(options.dataDir) : null;
  const database = await openDatabase({ databaseUrl: options.databaseUrl, dataDir: dir?.path ?? '', log: silentLog });
  try {
    await migrate(database.pool);
    await fill(database, options);
  } finally {
    await database.close();
    await dir?.release();
  }
}

async function fill(database: Database, { records, keys, days }: SeedOptions): Promise<void> {
  const { pool } = database;
  const { rowCount: made } = await pool.query("select 1 from pg_class where relname = 'bench_keys'");
  if (made === 0) {
    await inTransaction(pool, (client) => unhurried(client, statements('customers.sql', { KEYS: String(keys) })));
    say(`${keys} keys of 200 organizations`);
  }
  const nowMs = Date.now();
  for (let day = days - 1; day >= 0; day--) {
    const fromMs = nowMs - (nowMs % dayMs) - day * dayMs;
    const lengthMs = Math.min(dayMs, nowMs - fromMs);
    const rows = Math.round((records / days) * (lengthMs / dayMs));
    const table = partitionName(fromMs);
    const { rowCount: stands } = await pool.query('select 1 from pg_class where relname = $1', [table]);
    if (stands !== 0) continue;
    const iso = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
    const facts = { TABLE: table, FROM_MS: String(fromMs), LENGTH_MS: String(lengthMs), ROWS: String(rows) };
    const sql = statements('day.sql', { ...facts, DAY: iso(fromMs), NEXT_DAY: iso(fromMs + dayMs) });
    await inTransaction(pool, (client) => unhurried(client, sql));
    say(`${iso(fromMs)}: ${rows} records`);
  }
  await ensurePartitions(pool, nowMs);
  await inTransaction(pool, async (client) => {
    await client.query('set local statement_timeout = 0');
    await client.query('analyze');
  });
  // Outside of a transaction, as vacuum wants it: without it no index alone can answer.
  for (const table of ['usage_hours', 'usage_days', 'usage_organization_hours', 'request_records', 'keys'])
    await unhurriedAlone(database, `vacuum ${table}`);
  await checkIds(database);
  say('done');
}

function statements(file: string, values: Readonly<Record<string, string>>): string {
  const text = readFileSync(new URL(`console/${file}`, import.meta.url), 'utf8');
  return text.replaceAll(/\$([A-Z_]+)/g, (whole, name: string) => values[name] ?? whole);
}

async function unhurried(client: PoolClient, sql: string): Promise<void> {
  await client.query(`set local statement_timeout = 0; set local synchronous_commit = off;
    set local maintenance_work_mem = '256MB'; set local work_mem = '256MB'`);
  await client.query(sql);
}

async function unhurriedAlone({ pool }: Database, sql: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query(sql);
  } finally {
    client.release(true);
  }
}

/** What SQL has made must be ids of ours. */
async function checkIds({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ id: string }>('select id from request_records limit 1000');
  const wrong = rows.filter(({ id }) => parseRequestId(id) !== id);
  if (wrong.length > 0)
    throw new Error(`${wrong.length} of ${rows.length} made ids are none, ${wrong[0]?.id} for one.`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(usage);
  else await seed(options);
} catch (error) {
  process.stderr.write(`${errorText(error)}\n`);
  process.exitCode = 2;
}
