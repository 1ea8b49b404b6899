import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { embeddedBinaries } from './binaries.ts';
import { dataDirNames } from './data-dir.ts';
import { connectionProblem, isDatabaseAway } from './failures.ts';
import { listen, type Notify, type StopListening } from './listen.ts';
import { keepPassword, readPassword } from './password.ts';
import { readPidFile } from './stale-server.ts';
import { type Cluster, type ClusterOptions, startCluster } from './supervisor.ts';

/** Oldest major version that the migrations run on. */
const oldestVersion = 15;
const poolSize = 10;
const timeoutsMs = {
  connect: 5_000,
  statement: 30_000,
  idleInTransaction: 60_000,
  idleConnection: 60_000,
  farewell: 2_000,
};

/** Postgres, wherever it runs: one pool for everything short, a connection of its own for each listener. */
export interface Database {
  readonly pool: pg.Pool;
  readonly kind: 'embedded' | 'server';
  /** Major version, 15 or later. */
  readonly serverVersion: number;
  /** Connection settings, for a connection outside the pool. Holds the password. */
  readonly connection: pg.ClientConfig;
  /** Calls `onNotify` for each notification, and `onReconnect` whenever some may have been missed. */
  listen(channel: string, onNotify: Notify, onReconnect: () => void): Promise<StopListening>;
  /** Waits for queries under way, closes all connections, and stops an embedded server. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Null: the embedded Postgres. */
  readonly databaseUrl: string | null;
  /** A directory that `openDataDir` has opened. Only the embedded Postgres writes there. */
  readonly dataDir: string;
  readonly log: Log;
}

/**
 * Opens the database, starting the embedded one where no address is given. Does not migrate.
 *
 * @throws AppError `database_unreachable`, `database_too_old`, `database_start_failed`, `data_dir_locked`,
 *   `embedded_database_unavailable`, `database_password_missing`
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl !== null) return connect('server', { connectionString: options.databaseUrl }, options.log);
  const cluster = await startEmbedded(options.dataDir, options.log);
  try {
    return await connectEmbedded(cluster.socketDir, options, () => cluster.stop());
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/**
 * Connects to the database of a site that may be running in another process, and starts nothing.
 *
 * @throws AppError `database_unreachable` also when the embedded Postgres of the data directory does not run
 */
export async function attachDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl !== null) return openDatabase(options);
  const file = await readPidFile(path.join(options.dataDir, dataDirNames.cluster));
  const notRunning = (cause?: unknown) =>
    new AppError(
      'database_unreachable',
      `The embedded database in ${options.dataDir} is not running: start Lodge with this data directory first.`,
      { cause },
    );
  if (file?.status !== 'ready') throw notRunning();
  return connectEmbedded(file.socketDir, options, async () => undefined).catch((error: unknown) => {
    // A server that was killed leaves its file behind.
    throw isDatabaseAway(error) ? notRunning(error) : error;
  });
}

async function startEmbedded(dataDir: string, log: Log, extra: Partial<ClusterOptions> = {}): Promise<Cluster> {
  const dir = path.join(dataDir, dataDirNames.cluster);
  const passwordFile = path.join(dataDir, dataDirNames.password);
  await keepPassword(dir, passwordFile);
  return startCluster({ dir, passwordFile, binaries: await embeddedBinaries(), log, ...extra });
}

async function connectEmbedded(socketDir: string, options: DatabaseOptions, stop: () => Promise<void>) {
  const password = await readPassword(path.join(options.dataDir, dataDirNames.password));
  const connection: pg.ClientConfig = { host: socketDir, port: 5432, user: 'lodge', password, database: 'lodge' };
  await makeDatabase(connection);
  return connect('embedded', connection, options.log, stop);
}

/** A new cluster has no database of ours yet. */
async function makeDatabase(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'lodge'");
    if (rowCount === 0) await client.query('create database lodge');
  } finally {
    await client.end();
  }
}

/** `stop` is called by `close`, after the connections. Exported for the test cluster. */
export async function connect(
  kind: Database['kind'],
  connection: pg.ClientConfig,
  log: Log,
  stop: () => Promise<void> = async () => undefined,
): Promise<Database> {
  const settings: pg.ClientConfig = { ...connection, types, application_name: 'lodge', keepAlive: true };
  const pool = new pg.Pool({
    ...settings,
    max: poolSize,
    connectionTimeoutMillis: timeoutsMs.connect,
    idleTimeoutMillis: timeoutsMs.idleConnection,
    statement_timeout: timeoutsMs.statement,
    idle_in_transaction_session_timeout: timeoutsMs.idleInTransaction,
  });
  // Without a listener, a restart of the server (57P01 on idle connections) ends this process.
  pool.on('error', (error) => log.warn({ reason: error.message }, 'an idle database connection was lost'));
  // The pool listens to idle connections only. One that is lost between two queries of a transaction has no listener, and
  // an error event without any ends this process; the next query on it fails, which is where it is handled.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const stops = new Set<StopListening>();
  try {
    const serverVersion = await readServerVersion(pool);
    return {
      pool,
      kind,
      serverVersion,
      connection: settings,
      listen: async (channel, onNotify, onReconnect) => {
        const stopListening = await listen(settings, channel, { onNotify, onReconnect, log });
        stops.add(stopListening);
        return async () => {
          stops.delete(stopListening);
          await stopListening();
        };
      },
      close: async () => {
        await Promise.all([...stops].map((stopListening) => stopListening()));
        if (!pool.ending) await endPool(pool);
        await stop();
      },
    };
  } catch (error) {
    await pool.end();
    throw error instanceof AppError ? error : connectionProblem(error, pool.options);
  }
}

/**
 * `pool.end` resolves when the last farewell is sent, not when it is heard: a server that is stopped at that moment cuts
 * the connection and logs it as a failure.
 */
async function endPool(pool: pg.Pool): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = pool.totalCount;
  pool.on('remove', () => {
    if (--left === 0) resolve();
  });
  if (left === 0) resolve();
  await pool.end();
  await Promise.race([promise, sleep(timeoutsMs.farewell, undefined, { ref: false })]);
}

async function readServerVersion(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ number: number }>(
    "select current_setting('server_version_num')::int / 10000 as number",
  );
  const version = rows[0]?.number ?? 0;
  if (version >= oldestVersion) return version;
  throw new AppError(
    'database_too_old',
    `DATABASE_URL leads to Postgres ${version}; Lodge needs Postgres ${oldestVersion} to 18. Upgrade the server, or unset DATABASE_URL to use the embedded one.`,
  );
}

// int8 holds money and counters: as a bigint it is exact. numeric stays a string.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, (text: string) => BigInt(text));

export { startEmbedded };
