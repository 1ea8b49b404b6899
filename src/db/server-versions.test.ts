import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { silentLog } from '../base/log.ts';
import {
  backup,
  type Database,
  dropExpiredPartitions,
  ensurePartitions,
  migrate,
  openDatabase,
  query,
  restore,
} from './index.ts';
import { type Cluster, startCluster } from './supervisor.ts';

// Real files are flushed to a real disk, which may be busy.
vi.setConfig({ testTimeout: 90_000, expect: { poll: { timeout: 20_000 } } });

/** Where Debian puts its servers; what is not installed is not tried. The embedded one is tried everywhere else. */
const versions = [15, 16, 17].filter((version) => existsSync(`/usr/lib/postgresql/${version}/bin/postgres`));
const nowMs = Date.UTC(2026, 5, 30);

describe.each(versions)('Postgres %i', (version) => {
  let home: string;
  let cluster: Cluster;
  const open: Database[] = [];

  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'lodge-server-'));
    await writeFile(path.join(home, 'password'), 'p', { mode: 0o600 });
    const binaries = { directory: `/usr/lib/postgresql/${version}/bin`, majorVersion: version };
    const files = { dir: path.join(home, 'cluster'), passwordFile: path.join(home, 'password') };
    cluster = await startCluster({ ...files, binaries, log: silentLog, initArgs: ['--no-sync'] });
    const admin = await connectTo('postgres');
    for (const name of ['one', 'two']) await admin.pool.query(`create database ${name}`);
  });
  afterAll(async () => {
    await Promise.all(open.map((database) => database.close()));
    await cluster.stop();
    await rm(home, { recursive: true, force: true });
  });

  const url = (name: string) => `postgres://lodge:p@localhost/${name}?host=${encodeURIComponent(cluster.socketDir)}`;
  const connectTo = async (name: string): Promise<Database> => {
    const database = await openDatabase({ databaseUrl: url(name), dataDir: home, log: silentLog });
    open.push(database);
    return database;
  };

  test('takes migrations, partitions, listeners, a backup and a restore', async () => {
    const database = await connectTo('one');
    const { pool } = database;
    expect(database.serverVersion).toBe(version);
    expect((await migrate(pool)).at(0)).toBe(1);
    expect(await migrate(pool)).toEqual([]);
    expect(await ensurePartitions(pool, nowMs)).toHaveLength(4);
    expect(await dropExpiredPartitions(pool, nowMs + 3 * 86_400_000, 1)).toHaveLength(2);

    const heard: string[] = [];
    await database.listen(
      'lodge_changes',
      (payload) => heard.push(payload),
      () => undefined,
    );
    const vendor = { id: 'openai', display_name: 'OpenAI', family: 'openai' } as const;
    await query(pool).insertInto('vendors').values(vendor).execute();
    await expect.poll(() => heard).toEqual(['catalogue']);

    const dataDir = path.join(home, 'data');
    await mkdir(dataDir);
    const manifest = await backup({ database, dataDir, toDir: path.join(home, 'backup') });
    expect(manifest).toMatchObject({ kind: 'server', serverVersion: version });
    const places = { fromDir: path.join(home, 'backup'), log: silentLog };
    await restore({ ...places, dataDir: path.join(home, 'restored'), databaseUrl: url('two') });
    const restored = await connectTo('two');
    expect(await migrate(restored.pool)).toEqual([]);
    expect(await query(restored.pool).selectFrom('vendors').select('id').execute()).toEqual([{ id: 'openai' }]);
    expect(await query(restored.pool).selectFrom('changes').select('kind').execute()).toEqual([{ kind: 'catalogue' }]);

    // From an older server into the embedded one: the way to leave a server.
    const embeddedDir = path.join(home, 'embedded');
    await restore({ ...places, dataDir: embeddedDir, databaseUrl: null });
    const embedded = await openDatabase({ databaseUrl: null, dataDir: embeddedDir, log: silentLog });
    expect(await query(embedded.pool).selectFrom('vendors').select('id').execute()).toEqual([{ id: 'openai' }]);
    await embedded.close();
  });

  test('is asked for a password like any other', async () => {
    const refused = openDatabase({
      databaseUrl: url('one').replace(':p@', ':wrong@'),
      dataDir: home,
      log: silentLog,
    });
    await expect(refused).rejects.toMatchObject({
      code: 'database_unreachable',
      message: expect.stringContaining('password'),
    });
  });
});

/** One message of the protocol: type, length, body. */
function message(type: string, ...parts: (number | string | Buffer)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Buffer.of(part >> 24, part >> 16, part >> 8, part);
      return Buffer.isBuffer(part) ? part : Buffer.from(`${part}\0`);
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

test('a server that is too old is told so', async () => {
  const ready = message('Z', Buffer.from('I'));
  const column = Buffer.concat([
    Buffer.from('number\0'),
    Buffer.alloc(6),
    Buffer.of(0, 0, 0, 23, 0, 4),
    Buffer.alloc(6),
  ]);
  const answer = Buffer.concat([
    message('T', Buffer.of(0, 1), column),
    message('D', Buffer.of(0, 1), 2, Buffer.from('14')),
    message('C', 'SELECT 1'),
    ready,
  ]);
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', 0), ready]));
      socket.on('data', (bytes) => (bytes[0] === 0x51 ? socket.write(answer) : socket.end()));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const databaseUrl = `postgres://me:secret@127.0.0.1:${(server.address() as AddressInfo).port}/lodge`;
  await expect(openDatabase({ databaseUrl, dataDir: '', log: silentLog })).rejects.toMatchObject({
    code: 'database_too_old',
    message: expect.stringContaining('Postgres 14'),
  });
  server.close();
});
