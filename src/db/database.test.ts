import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { silentLog } from '../base/log.ts';
import { attachDatabase, type Database, isDatabaseAway, openDatabase } from './index.ts';
import { createTestDatabase } from './testing.ts';

// Real files are flushed to a real disk, which may be busy.
vi.setConfig({ testTimeout: 90_000, expect: { poll: { timeout: 20_000 } } });

let home: string;
let dataDir: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'lodge-database-'));
  dataDir = path.join(home, 'data');
  await mkdir(dataDir, { mode: 0o700 });
});
afterAll(() => rm(home, { recursive: true, force: true }));

const open = (dir = dataDir) => openDatabase({ databaseUrl: null, dataDir: dir, log: silentLog });
const postmaster = async (dir = dataDir): Promise<number> =>
  Number((await readFile(path.join(dir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

describe('the embedded database', () => {
  test('is made on first start, keeps its data, and starts again fast', async () => {
    const first = await open();
    await first.pool.query('create table kept (n bigint)');
    await first.pool.query('insert into kept values (7)');
    expect(first).toMatchObject({ kind: 'embedded', serverVersion: 18 });
    await first.close();
    const startedAt = performance.now();
    const second = await open();
    const ms = performance.now() - startedAt;
    expect((await second.pool.query('select n from kept')).rows).toEqual([{ n: 7n }]);
    await second.close();
    // 30 to 60 ms on an idle machine; a start that goes through recovery or initdb again takes many times that.
    expect(ms).toBeLessThan(4_000);
    expect((await stat(path.join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-password']);
  });

  test('is durable, listens on no network, and asks for a password', async () => {
    const database = await open();
    const show = async (name: string) => (await database.pool.query(`show ${name}`)).rows[0]?.[name];
    expect(await show('fsync')).toBe('on');
    expect(await show('synchronous_commit')).toBe('on');
    expect(await show('full_page_writes')).toBe('on');
    expect(await show('listen_addresses')).toBe('');
    expect(await show('application_name')).toBe('lodge');
    const { rows } = await database.pool.query(
      "select datlocprovider::text || datlocale as locale from pg_database where datname = 'lodge'",
    );
    expect(rows).toEqual([{ locale: 'bC.UTF-8' }]);
    const auth = await database.pool.query('select distinct auth_method from pg_hba_file_rules');
    expect(auth.rows).toEqual([{ auth_method: 'scram-sha-256' }]);
    await database.close();
  });

  test('does not get the Ctrl-C that is meant for Lodge: it leads a session of its own', async () => {
    const database = await open();
    const pid = await postmaster();
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
    expect(fields.slice(2, 4).map(Number)).toEqual([pid, pid]);
    await database.close();
  });

  test('stops in order also while it is being restarted', async () => {
    const database = await open();
    const pid = await postmaster();
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => database.pool.query('select 1').then(() => false, isDatabaseAway)).toBe(true);
    await database.close();
    await expect(stat(path.join(dataDir, 'postgres', 'postmaster.opts'))).resolves.toBeDefined();
    await expect(attachDatabase({ databaseUrl: null, dataDir, log: silentLog })).rejects.toBeDefined();
  });

  test('another process can attach while it runs, and is told when it does not', async () => {
    await expect(attachDatabase({ databaseUrl: null, dataDir, log: silentLog })).rejects.toMatchObject({
      code: 'database_unreachable',
    });
    const database = await open();
    const attached = await attachDatabase({ databaseUrl: null, dataDir, log: silentLog });
    expect((await attached.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await attached.close();
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  test('is started again when it dies, and listeners listen again', async () => {
    const database = await open();
    const heard: string[] = [];
    const onReconnect = vi.fn();
    await database.listen('news', (payload) => heard.push(payload), onReconnect);
    await database.pool.query("select pg_notify('news', 'one')");
    await expect.poll(() => heard).toEqual(['one']);
    process.kill(await postmaster(), 'SIGKILL');
    await expect.poll(() => onReconnect.mock.calls.length).toBe(1);
    await database.pool.query("select pg_notify('news', 'two')");
    await expect.poll(() => heard).toEqual(['one', 'two']);
    await database.close();
  });

  test('a query while it is down fails as "away"', async () => {
    const database = await open();
    const pid = await postmaster();
    const running = database.pool.query('select pg_sleep(20)').catch((error: unknown) => error);
    await expect.poll(() => database.pool.totalCount - database.pool.idleCount).toBe(1);
    process.kill(pid, 'SIGKILL');
    expect(isDatabaseAway(await running)).toBe(true);
    await expect.poll(() => database.pool.query('select 1').then(() => 'up', isDatabaseAway)).toBe('up');
    expect(isDatabaseAway(await database.pool.query('select 1/0').catch((error: unknown) => error))).toBe(false);
    await database.close();
  });

  test('ends with a killed process, loses nothing, and is taken over', async () => {
    const dir = path.join(home, 'killed');
    await mkdir(dir, { mode: 0o700 });
    const script = path.join(home, 'writer.ts');
    await writeFile(
      script,
      `import { openDatabase } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
       import { silentLog } from ${JSON.stringify(new URL('../base/log.ts', import.meta.url).href)};
       const database = await openDatabase({ databaseUrl: null, dataDir: ${JSON.stringify(dir)}, log: silentLog });
       await database.pool.query('create table if not exists written (n int)');
       for (let n = 1; ; n++) { await database.pool.query('insert into written values ($1)', [n]); process.send?.(n); }`,
    );
    const child = fork(script, { execArgv: [] });
    let acknowledged = 0;
    child.on('message', (n) => {
      acknowledged = Number(n);
      if (acknowledged === 200) child.kill('SIGKILL');
    });
    await once(child, 'exit');
    const database = await open(dir);
    const { rows } = await database.pool.query('select max(n) as n from written');
    expect(rows[0]?.n).toBeGreaterThanOrEqual(acknowledged);
    await database.close();
  });

  test('a pid file that names a process of somebody else does not stop it', async () => {
    const database = await open();
    await database.close();
    const template = `1\n${path.join(dataDir, 'postgres')}\n0\n5432\n${dataDir}\n\n       0         0\nready   \n`;
    await writeFile(path.join(dataDir, 'postgres', 'postmaster.pid'), template.replace('1', String(process.pid)));
    const again = await open();
    await again.close();
  });

  test('a path too long for a socket gets a short one, which is removed again', async () => {
    const dir = path.join(home, 'x'.repeat(100));
    await mkdir(dir, { mode: 0o700 });
    const database = await open(dir);
    const socketDir = String(database.connection.host);
    expect(socketDir.length).toBeLessThan(90);
    expect((await stat(socketDir)).mode & 0o777).toBe(0o700);
    await database.close();
    await expect(stat(socketDir)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('its password cannot be made up', async () => {
    const file = path.join(dataDir, 'postgres-password');
    const kept = await readFile(file, 'utf8');
    await rm(file);
    await expect(open()).rejects.toMatchObject({ code: 'database_password_missing' });
    await writeFile(file, kept, { mode: 0o600 });
  });
});

describe('a given server', () => {
  const openUrl = (databaseUrl: string): Promise<Database> =>
    openDatabase({ databaseUrl, dataDir: home, log: silentLog });

  test('is connected to', async () => {
    const { url, drop } = await createTestDatabase();
    const database = await openUrl(url);
    expect(database.kind).toBe('server');
    expect(database.serverVersion).toBeGreaterThanOrEqual(15);
    await database.close();
    await drop();
  });

  test('that cuts a connection in use fails its next query, not the process', async () => {
    const { database, drop } = await createTestDatabase();
    const client = await database.pool.connect();
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    // An error event that nobody listens to would end the test run as well.
    await ended;
    await expect(client.query('select 1')).rejects.toThrow();
    client.release(true);
    expect((await database.pool.query('select 1 as one')).rowCount).toBe(1);
    await drop();
  });

  test('that is not there, refuses, or is none, is said so without the password', async () => {
    const { url, drop } = await createTestDatabase();
    const wrongPassword = new URL(url);
    wrongPassword.password = 'hunter2';
    const missing = new URL(url);
    missing.pathname = '/no_such_database';
    const addresses = ['postgres://me:hunter2@127.0.0.1:1/lodge', wrongPassword.href, missing.href];
    const web = createServer().listen(0, '127.0.0.1');
    await once(web, 'listening');
    addresses.push(`postgres://me:hunter2@127.0.0.1:${(web.address() as AddressInfo).port}/lodge`);
    for (const address of addresses) {
      const error = await openUrl(address).catch((reason: Error) => reason);
      expect(error).toMatchObject({ code: 'database_unreachable', message: expect.stringContaining('DATABASE_URL') });
      expect(String(error)).not.toContain('hunter2');
    }
    web.close();
    await drop();
  });
});
