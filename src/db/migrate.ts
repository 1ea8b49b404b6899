import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { AppError, errorText } from '../base/errors.ts';

export const migrationsDir: string = fileURLToPath(new URL('./migrations/', import.meta.url));

/** One for the whole program: whoever migrates holds it. */
const advisoryLock = 5_063_201_001;
/** Time to wait for another node that is migrating. */
const lockWaitMs = 300_000;

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, in hexadecimal. */
  readonly checksum: string;
}

export interface MigrateOptions {
  /** Stop after this number; for restoring an older backup. */
  readonly upTo?: number;
  readonly dir?: string;
}

/**
 * Applies what is missing, in order, each file in a transaction of its own. Safe to call from several nodes at once.
 *
 * @returns the numbers that were applied now
 * @throws AppError `database_too_new`, `migration_changed`, `migration_failed`
 */
export async function migrate(pool: pg.Pool, options: MigrateOptions = {}): Promise<number[]> {
  const migrations = await readMigrations(options.dir ?? migrationsDir);
  const wanted = migrations.filter(({ number }) => number <= (options.upTo ?? Number.POSITIVE_INFINITY));
  // The common case, a second start, needs neither a lock nor a table.
  if (missing(migrations, wanted, await appliedMigrations(pool)).length === 0) return [];

  const client = await pool.connect();
  try {
    await client.query(`set statement_timeout = 0`);
    await client.query(`set lock_timeout = ${lockWaitMs}`);
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    await client.query('reset lock_timeout');
    await client.query(
      `create table if not exists schema_migrations (
         number integer primary key,
         name text not null,
         checksum text not null,
         applied_at timestamptz not null default now())`,
    );
    const applied: number[] = [];
    for (const migration of missing(migrations, wanted, await appliedMigrations(client))) {
      await apply(client, migration);
      applied.push(migration.number);
    }
    return applied;
  } finally {
    // Closing the connection lets go of the lock and of the settings above, whatever state it is in.
    client.release(true);
  }
}

/** The files of a directory in order. Their numbers must run without a gap. */
export async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  const migrations = await Promise.all(names.map((name) => readMigration(dir, name)));
  migrations.forEach((migration, index) => {
    if (migration.number !== index + 1)
      throw new AppError('migration_failed', `Migration ${index + 1} is missing or there twice, see ${dir}.`);
  });
  return migrations;
}

async function readMigration(dir: string, name: string): Promise<Migration> {
  // A checkout on another system may have other line ends; the migration is the same.
  const sql = (await readFile(path.join(dir, name), 'utf8')).replaceAll('\r\n', '\n');
  return { number: Number(name.slice(0, 4)), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/** What has been applied so far, in order; empty for a database that Lodge has never used. */
export async function appliedMigrations(connection: pg.Pool | pg.PoolClient): Promise<Applied[]> {
  try {
    const { rows } = await connection.query<Applied>('select number, name, checksum from schema_migrations order by 1');
    return rows;
  } catch (error) {
    if ((error as { code?: string }).code === '42P01') return [];
    throw error;
  }
}

function missing(all: readonly Migration[], wanted: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const byNumber = new Map(all.map((migration) => [migration.number, migration]));
  for (const { number, name, checksum } of applied) {
    const known = byNumber.get(number);
    if (!known)
      throw new AppError(
        'database_too_new',
        `The database has migration ${name}, which this Lodge does not know: a newer Lodge has used it. Start that version, or restore a backup made before the upgrade.`,
      );
    if (known.checksum !== checksum)
      throw new AppError(
        'migration_changed',
        `Migration ${known.name} differs from what was applied to this database. Applied migrations are never edited: put the file back and add a new one.`,
      );
  }
  const done = new Set(applied.map(({ number }) => number));
  return wanted.filter(({ number }) => !done.has(number));
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('insert into schema_migrations (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw new AppError('migration_failed', `Migration ${migration.name} failed: ${errorText(cause)}`, { cause });
  }
}
