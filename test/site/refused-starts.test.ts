import { once } from 'node:events';
import { chmod, mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { attachDatabase } from '../../src/db/index.ts';
import { type Output, type RunOptions, workplace } from './program.ts';

const here = workplace();
const taken = createServer();
let takenPort = '';

beforeAll(async () => {
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  takenPort = String((taken.address() as AddressInfo).port);
});
afterAll(() => {
  taken.close();
});

/** What an operator wants to see: one or two lines that say what to do, and nothing of the program's insides. */
function expectPlain(output: Output, ...words: readonly string[]): void {
  expect(output.code).toBe(1);
  expect(output.stdout).toBe('');
  const lines = output.stderr.trimEnd().split('\n');
  expect(lines.length, output.stderr).toBeLessThanOrEqual(2);
  expect(output.stderr).not.toMatch(/^\s+at |node:internal|\.ts:\d|"level"/m);
  for (const word of words) expect(output.stderr).toContain(word);
  expect(output.stderr).not.toMatch(/undefined|null|\[object/);
}

const start = (options: RunOptions) => here.run(['start'], options);

test('a port that is taken', async () => {
  const dataDir = here.path('port');
  expectPlain(await start({ dataDir, settings: { LODGE_PORT: takenPort } }), takenPort, 'LODGE_PORT');
  const sandbox = await start({ dataDir, settings: { LODGE_SANDBOX_PORT: takenPort } });
  expectPlain(sandbox, takenPort, 'LODGE_SANDBOX_PORT');
  expectPlain(await here.run(['sandbox', '--port', takenPort]), takenPort, '--port');
  // Neither has spoilt the directory: the next start with a free port is an ordinary one.
  const site = await here.start({ dataDir });
  expect(await site.stop()).toMatchObject({ code: 0 });
});

test('an address that is not of this machine', async () => {
  const settings = { LODGE_HOST: '203.0.113.7' };
  expectPlain(await start({ dataDir: here.path('host'), settings }), '203.0.113.7', 'LODGE_HOST');
});

test('a data directory that cannot be written', async () => {
  const dataDir = here.path('readonly');
  await mkdir(dataDir);
  await chmod(dataDir, 0o555);
  // Root may write anywhere.
  const prefix = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : undefined;
  for (const place of [dataDir, `${dataDir}/below`])
    expectPlain(await start({ dataDir: place, ...(prefix && { prefix }) }), place, 'LODGE_DATA_DIR');
  expectPlain(await start({ dataDir: '/etc/passwd' }), '/etc/passwd', 'LODGE_DATA_DIR');
});

describe('with a site of its own', () => {
  const dataDir = here.path('site');

  test('a data directory in use', async () => {
    const site = await here.start({ dataDir });
    expectPlain(await start({ dataDir }), dataDir, String(site.pid));
    const restored = await here.run(['restore', here.path('nothing')], { dataDir });
    expect(restored.code).toBe(1);
    // The refused start has taken nothing away from the one that runs.
    expect(await here.lodge(site, 'groups', 'list')).toHaveLength(3);
    expect(await site.stop()).toMatchObject({ code: 0 });
  });

  test('another secret than the one that the site was made with', async () => {
    const settings = { LODGE_SECRET: 'x'.repeat(40) };
    const output = await start({ dataDir, settings });
    expectPlain(output, 'LODGE_SECRET');
    expect(output.stderr).not.toContain('xxxx');
  });

  test('a database that a newer Lodge has used', async () => {
    const site = await here.start({ dataDir });
    const database = await attachDatabase({ databaseUrl: null, dataDir, log: silentLog });
    await database.pool.query(
      "insert into schema_migrations (number, name, checksum) values (9999, '9999_far_future.sql', 'x')",
    );
    await database.close();
    expect(await site.stop()).toMatchObject({ code: 0 });
    expectPlain(await start({ dataDir }), '9999_far_future', 'newer');
    // Nor may commands that open the database change anything in it.
    expect((await here.run(['groups', 'list'], { dataDir })).code).toBe(4);
  });
});

describe('settings', () => {
  const dataDir = here.path('settings');

  test.each([
    ['DATABASE_URL', 'postgres://me:geheim@127.0.0.1:1/lodge', ['127.0.0.1:1', 'DATABASE_URL']],
    ['DATABASE_URL', 'postgres://me:geheim@no-such-host.invalid/lodge', ['no-such-host.invalid', 'DATABASE_URL']],
    ['DATABASE_URL', 'mysql://me:geheim@127.0.0.1/lodge', ['DATABASE_URL', 'postgres:']],
    ['LODGE_PROT', '8080', ['LODGE_PROT', '.env.example']],
    ['LODGE_PORT', 'http', ['LODGE_PORT', '0 to 65535']],
    ['LODGE_SECRET', 'geheim', ['LODGE_SECRET', '32 characters']],
    ['LODGE_ADMIN_TOKEN', 'geheim', ['LODGE_ADMIN_TOKEN', '24 characters']],
    ['LODGE_LOG', 'loud', ['LODGE_LOG', 'debug, info, warn']],
    ['LODGE_SANDBOX', 'maybe', ['LODGE_SANDBOX', 'yes, no']],
  ])('%s=%s', async (name, value, words) => {
    const output = await start({ dataDir, settings: { [name]: value } });
    expectPlain(output, ...words);
    expect(output.stderr).not.toContain('geheim');
  });

  test('several wrong ones are told at once', async () => {
    const settings = { LODGE_PORT: '-1', LODGE_LOG: 'loud' };
    expectPlain(await start({ dataDir, settings }), 'LODGE_PORT', 'LODGE_LOG');
  });
});
