import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { silentLog } from '../../src/base/log.ts';
import { embeddedBinaries } from '../../src/db/binaries.ts';
import { type Cluster, startCluster } from '../../src/db/supervisor.ts';

/** A Postgres server of the operator's own, that can go away and come back. */
export interface Server {
  /** For DATABASE_URL. */
  readonly url: string;
  readonly majorVersion: number;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Debian's Postgres 15 where it is installed: the oldest that Lodge runs on. */
const debian = '/usr/lib/postgresql/15/bin';

export async function startServer(home: string): Promise<Server> {
  await mkdir(home, { recursive: true, mode: 0o711 });
  const passwordFile = path.join(home, 'password');
  await writeFile(passwordFile, 'geheim', { mode: 0o600 });
  const binaries = existsSync(debian) ? { directory: debian, majorVersion: 15 } : await embeddedBinaries();
  const options = { dir: path.join(home, 'cluster'), passwordFile, binaries, log: silentLog, initArgs: ['--no-sync'] };
  let cluster: Cluster | null = await startCluster(options);
  const { socketDir } = cluster;
  const url = (name: string): string =>
    `postgres://lodge:geheim@localhost/${name}?host=${encodeURIComponent(socketDir)}`;
  const admin = new pg.Client({ connectionString: url('postgres') });
  await admin.connect();
  await admin.query('create database lodge');
  await admin.end();
  return {
    url: url('lodge'),
    majorVersion: binaries.majorVersion,
    stop: async () => {
      await cluster?.stop();
      cluster = null;
    },
    start: async () => {
      cluster ??= await startCluster(options);
    },
  };
}
