import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { silentLog } from '../base/log.ts';
import { dataDirNames } from './data-dir.ts';
import { connect, type Database, openDatabase, startEmbedded } from './database.ts';
import { migrate, migrationsDir, readMigrations } from './migrate.ts';
import { readPassword } from './password.ts';

/** A migrated, empty database of its own for one test or one file of tests. */
export interface TestDatabase {
  readonly database: Database;
  /** As for DATABASE_URL. */
  readonly url: string;
  /** Closes the connections and deletes the database. */
  drop(): Promise<void>;
}

/** A server for tests: where it is, and which of its databases is copied. */
interface TestServer {
  readonly kind: Database['kind'];
  readonly adminUrl: string;
  readonly template: string;
}

/** Durability costs time and protects nothing in a test; what tests durability starts a cluster by `openDatabase`. */
const hastySettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '100' };

const sleeper = new Int32Array(new SharedArrayBuffer(4));
const databaseName = 'lodge_template';
let server: Promise<TestServer> | null = null;

/**
 * A fresh database in about 20 ms, from a migrated template. The first call of a process starts a cluster of its own in
 * about a tenth of a second: a copy of one that is made once per state of the migrations. With `LODGE_TEST_DATABASE_URL`
 * that server is used instead; its user must be allowed to create databases.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  server ??= startServer();
  const { kind, adminUrl, template } = await server;
  const name = `lodge_test_${randomBytes(6).toString('hex')}`;
  await administer(adminUrl, `create database ${name} template ${template}`);
  const url = withDatabase(adminUrl, name);
  const database = await connect(kind, { connectionString: url }, silentLog);
  return {
    database,
    url,
    drop: async () => {
      await database.close();
      await administer(adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function startServer(): Promise<TestServer> {
  const digest = createHash('sha256');
  for (const { name, checksum } of await readMigrations(migrationsDir)) digest.update(`${name} ${checksum}\n`);
  const state = digest.digest('hex').slice(0, 12);
  const given = process.env['LODGE_TEST_DATABASE_URL'];
  return given ? prepareGivenServer(given, `${databaseName}_${state}`) : startOwnCluster(state);
}

async function prepareGivenServer(adminUrl: string, template: string): Promise<TestServer> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // Several workers come here at once.
    await admin.query('select pg_advisory_lock(5063201002)');
    const found = await admin.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) {
      const unfinished = `${template}_unfinished`;
      await admin.query(`drop database if exists ${unfinished} with (force)`);
      await admin.query(`create database ${unfinished}`);
      const url = withDatabase(adminUrl, unfinished);
      const database = await openDatabase({ databaseUrl: url, dataDir: '', log: silentLog });
      await migrate(database.pool);
      await database.close();
      await admin.query(`alter database ${unfinished} rename to ${template}`);
    }
  } finally {
    await admin.end();
  }
  return { kind: 'server', adminUrl, template };
}

async function startOwnCluster(state: string): Promise<TestServer> {
  const home = path.join(os.tmpdir(), `lodge-tests-${process.getuid?.() ?? 0}`);
  await mkdir(home, { recursive: true, mode: 0o700 });
  await sweep(home, state);
  const made = path.join(home, `made-${state}`);
  if (!(await stat(made).catch(() => null))) await make(home, made);

  const dir = await mkdtemp(path.join(home, `run-${process.pid}-`));
  await copyCluster(made, dir);
  const cluster = await startEmbedded(dir, silentLog, { settings: hastySettings });
  cluster.unref();
  // The test runner ends its workers by SIGTERM, which would pass over what is done at exit.
  process.once('SIGTERM', () => process.exit(143));
  process.once('exit', () => {
    const pid = cluster.pid();
    if (pid !== null) process.kill(pid, 'SIGQUIT');
    // Nothing asynchronous runs any more, and files of a server that still writes cannot be removed.
    const pidFile = path.join(dir, dataDirNames.cluster, 'postmaster.pid');
    for (let waits = 0; waits < 200 && existsSync(pidFile); waits++) Atomics.wait(sleeper, 0, 0, 5);
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  });
  return { kind: 'embedded', adminUrl: await addressOf(dir, cluster.socketDir), template: databaseName };
}

/** Makes the cluster that all others are copied from, whole or not at all; of two at once one wins. */
async function make(home: string, made: string): Promise<void> {
  const dir = await mkdtemp(path.join(home, `run-${process.pid}-`));
  const cluster = await startEmbedded(dir, silentLog, {
    settings: hastySettings,
    initArgs: ['--no-sync', '--wal-segsize=1'],
  });
  const adminUrl = await addressOf(dir, cluster.socketDir);
  await administer(adminUrl, `create database ${databaseName}`);
  const database = await connect('embedded', { connectionString: withDatabase(adminUrl, databaseName) }, silentLog);
  await migrate(database.pool);
  await database.close();
  await cluster.stop();
  await rename(dir, made).catch(() => rm(dir, { recursive: true, force: true }));
}

/** `cp -a` keeps the owner, who may be another than this user, and copies a thousand files in a few milliseconds. */
async function copyCluster(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', `${from}/.`, to]);
}

async function addressOf(dir: string, socketDir: string): Promise<string> {
  const password = await readPassword(path.join(dir, dataDirNames.password));
  return `postgres://lodge:${password}@localhost/postgres?host=${encodeURIComponent(socketDir)}`;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Removes what runs that were killed have left, and templates of earlier migrations that nobody used for a day. */
async function sweep(home: string, state: string): Promise<void> {
  for (const name of await readdir(home)) {
    const place = path.join(home, name);
    const pid = Number(/^run-(\d+)-/.exec(name)?.[1] ?? 0);
    const dead = pid > 0 && !isAlive(pid);
    const old = name.startsWith('made-') && name !== `made-${state}` && (await ageMs(place)) > 86_400_000;
    if (dead || old) await rm(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function ageMs(place: string): Promise<number> {
  const found = await stat(place).catch(() => null);
  return found ? Date.now() - found.mtimeMs : 0;
}
