import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../src/base/log.ts';
import { newRequestId, requestIdTime } from '../src/base/request-id.ts';
import { catalogueRoutes } from '../src/catalogue/routes.ts';
import { ensurePartitions } from '../src/db/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/db/testing.ts';
import { createControlApp } from '../src/http/index.ts';
import { createKeyStore } from '../src/keys/index.ts';
import { keyRoutes } from '../src/keys/routes.ts';
import { meteringRoutes } from '../src/metering/routes.ts';

const adminToken = 'a-token-of-more-than-24-characters';
const canary = 'sk-canary-0123456789abcdef';
const sealer = {
  seal: (text: string, context: string) => Buffer.from(`${context}|${text}`),
  open: (sealed: Buffer, context: string) => sealed.toString().slice(context.length + 1),
};

/** The command as `main.ts` starts it, with hooks that only say that they were called. */
const program = `
  const { runCli } = await import(${JSON.stringify(new URL('../src/cli/index.ts', import.meta.url).href)});
  const note = (what) => { console.log(what); return 0; };
  process.exitCode = await runCli(process.argv.slice(1), {
    version: '9.9.9',
    start: async () => note('started'),
    sandbox: async ({ port }) => note('sandbox on ' + port),
    backup: async (directory, report) => { report(1, 2); return { directory, files: 3 }; },
    restore: async () => ({}),
  });
`;

let testDatabase: TestDatabase;
let server: Server;
let dataDir = '';
let emptyDir = '';

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const { database } = testDatabase;
  emptyDir = await mkdtemp(path.join(os.tmpdir(), 'lodge-cli-empty-'));
  const hashKey = (secret: string) => Buffer.from(secret.slice(-32));
  const store = createKeyStore({ pool: database.pool, hashKey, site: 'lodge' });
  const routes = [
    ...catalogueRoutes({ database, sealer, allowPrivate: false }),
    ...keyRoutes(store),
    ...meteringRoutes({
      database,
      journal: { directory: emptyDir, node: 'node-1', flush: async () => {} },
      sandboxUrl: () => null,
    }),
  ];
  server = createServer(createControlApp({ routes, adminToken, log: silentLog, version: '1' })).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'lodge-cli-'));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const run = { pid: process.pid, url, sandboxUrl: null, startedAt: new Date().toISOString() };
  await writeFile(path.join(dataDir, 'run.json'), JSON.stringify(run));
  await writeFile(path.join(dataDir, 'admin-token'), `${adminToken}\n`);
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await testDatabase.drop();
  await Promise.all([dataDir, emptyDir].map((each) => rm(each, { recursive: true })));
});

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function lodge(arguments_: readonly string[], extra: { input?: string; environment?: NodeJS.ProcessEnv } = {}) {
  return new Promise<Result>((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, '--', ...arguments_], {
      env: { PATH: process.env['PATH'], LODGE_DATA_DIR: dataDir, ...extra.environment },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
    child.stdin.end(extra.input ?? '');
  });
}

test('version, start, sandbox and long work reach their hooks', async () => {
  expect(await lodge(['version'])).toMatchObject({ code: 0, out: expect.stringContaining('lodge 9.9.9') });
  expect((await lodge(['start'])).out).toBe('started\n');
  expect((await lodge(['sandbox', '--port', '9000'])).out).toBe('sandbox on 9000\n');
  expect(JSON.parse((await lodge(['backup', './x', '--json'])).out)).toMatchObject({ ok: true, files: 3 });
});

test('usage errors exit 2, help exits 0 and holds examples', async () => {
  expect((await lodge(['nonsense'])).code).toBe(2);
  expect(await lodge(['sandbox', '--port', 'x'])).toMatchObject({ code: 2, err: expect.stringContaining('--port') });
  expect((await lodge(['keys', 'create', '--name', 'x'])).code).toBe(2);
  for (const each of [['--help'], ['keys', 'create', '--help'], ['prices', 'add', '--help'], ['doctor', '--help']]) {
    expect(await lodge(each)).toMatchObject({ code: 0, out: expect.stringMatching(/Examples:\n {2}/) });
  }
});

test('no running site exits 4 and says what to do', async () => {
  const nowhere = await lodge(['keys', 'list'], { environment: { LODGE_DATA_DIR: emptyDir } });
  expect(nowhere).toMatchObject({ code: 4, err: expect.stringContaining('Start it with npm start') });
  const run = { pid: 1, url: 'http://127.0.0.1:1', sandboxUrl: null, startedAt: '' };
  await writeFile(path.join(emptyDir, 'run.json'), JSON.stringify(run));
  await writeFile(path.join(emptyDir, 'admin-token'), 'x');
  const stale = await lodge(['keys', 'list', '--json'], { environment: { LODGE_DATA_DIR: emptyDir } });
  expect([stale.code, JSON.parse(stale.out).error.code]).toEqual([4, 'site_not_running']);
});

test('a catalogue from nothing to a key, with the commands alone', async () => {
  const steps = [
    ['vendors', 'add', 'acme', '--family', 'openai'],
    ['models', 'add', 'acme', 'meta/big', '--max-input', '1000', '--inputs', 'text,image'],
    ['prices', 'add', 'acme', 'meta/big', '--input', '2.50', '--output', '10', '--tier', 'over:200,input:5,output:20'],
    ['groups', 'add', 'acme-standard', '--vendor', 'acme', '--multiplier', '0.9'],
    ['groups', 'add-model', 'acme-standard', 'meta/big'],
    ['aliases', 'add', 'acme-standard', 'big', 'meta/big'],
    ['groups', 'set', 'acme-standard', '--enabled', 'yes'],
  ];
  for (const step of steps) expect(await lodge(step)).toMatchObject({ code: 0, err: '' });
  expect((await lodge(['groups', 'list'])).out).toMatch(/acme-standard +acme-standard +acme +wallet +0\.9 +yes/);
  expect((await lodge(['aliases', 'list', 'acme-standard'])).out).toMatch(/big +meta\/big/);
  expect((await lodge(['prices', 'list', '--vendor', 'acme'])).out).toMatch(/meta\/big .* 2\.5 +10 +- +1 +operator/);
  expect((await lodge(['prices', 'refresh', '--dry-run'])).err).toContain('Nothing was changed');
  expect(await lodge(['groups', 'add', 'acme-standard', '--vendor', 'acme'])).toMatchObject({ code: 5 });
  expect(await lodge(['groups', 'set', 'nope', '--enabled', 'no'])).toMatchObject({ code: 3 });
  expect(await lodge(['models', 'remove', 'acme', 'meta/big'])).toMatchObject({
    code: 5,
    err: expect.stringContaining('acme-standard'),
  });

  const created = await lodge([
    'keys',
    'create',
    '--group',
    'acme-standard',
    '--name',
    'ci',
    '--spend-1d',
    '5',
    '--model',
    'big',
  ]);
  expect(created.out).toMatch(/^sk-lodge-[0-9A-Za-z]{46}\n$/);
  const prefix = created.out.slice(0, 17);
  expect((await lodge(['keys', 'list'])).out).toMatch(new RegExp(`${prefix} +ci +acme-standard +enabled +60`));
  await lodge(['keys', 'set', prefix, '--rpm', '120', '--spend-1d', 'none', '--model', 'none', '--expires', '30d']);
  const shown = JSON.parse((await lodge(['keys', 'show', prefix, '--json'])).out);
  expect(shown).toMatchObject({
    allowed_models: null,
    limits: { requests_per_minute: 120, spend_usd: { '1d': null } },
  });
  expect(Date.parse(shown.expires_at)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
  expect((await lodge(['keys', 'disable', prefix])).out).toContain('is now disabled');
  expect((await lodge(['keys', 'delete', prefix])).out).toContain('is now deleted');
  expect((await lodge(['keys', 'enable', prefix])).code).toBe(5);
  expect((await lodge(['keys', 'show', 'sk-lodge-00000000'])).code).toBe(3);
});

test('a credential comes from the environment or standard input, never from the arguments', async () => {
  const channel = ['channels', 'add', 'main', '--group', 'acme-standard', '--base-url', 'https://api.example.com/v1'];
  const added = await lodge([...channel, '--credential-stdin', '--json'], { input: `${canary}\n` });
  expect(added.code).toBe(0);
  const set = ['channels', 'set', 'main', '--credential-env', 'UPSTREAM'];
  expect((await lodge(set, { environment: { UPSTREAM: canary } })).code).toBe(0);
  expect(await lodge(set)).toMatchObject({ code: 2, err: expect.stringContaining('UPSTREAM') });
  expect((await lodge([...channel, '--credential', canary])).code).toBe(2);
  const listed = await lodge(['channels', 'list']);
  expect(listed.out).toMatch(/main .*…cdef/);
  expect(added.out + listed.out).not.toContain(canary);
  expect((await lodge(['channels', 'set', 'main', '--base-url', 'http://10.0.0.1'])).err).toContain(
    'LODGE_ALLOW_PRIVATE',
  );
});

test('a request is found by its id, explained, and listed', async () => {
  const id = newRequestId(Date.now());
  const { pool } = testDatabase.database;
  await ensurePartitions(pool, Date.now());
  await pool.query(
    `insert into request_records (received_at, id, region, node, endpoint, method, model_asked, mode, bytes_in, bytes_out,
       usage_source, cost, actual_cost, estimate, status, error_code, fault, retries, outcome, charge_rule, key_prefix, client_tool)
     values ($1, $2, 'local', 'node-1', 'openai.chat', 'POST', 'gpt-5.6', 'sync', 10, 20,
       'none', 0, 0, 0, 404, 'model_not_found', 'you', 0, 'refused', 'refused', 'sk-lodge-AAAAAAAA', E'tool\\u001b[2J')`,
    [new Date(requestIdTime(id)), id],
  );
  const shown = await lodge(['requests', 'show', id.toLowerCase()]);
  expect(shown.code).toBe(0);
  for (const text of [id, 'refused', 'model_not_found', 'gpt-5.6', 'not charged', 'sk-lodge-AAAAAAAA'])
    expect(shown.out).toContain(text);
  expect(shown.out).not.toContain('\u001b');
  expect(JSON.parse((await lodge(['requests', 'show', id, '--json'])).out)).toMatchObject({ id, outcome: 'refused' });
  const filters = ['--code', 'model_not_found', '--status', '404', '--key', 'sk-lodge-AAAAAAAA', '--since', '2h'];
  expect((await lodge(['requests', 'list', ...filters])).out).toContain(id);
  expect(JSON.parse((await lodge(['requests', 'list', '--code', 'rate_limited', '--json'])).out)).toEqual([]);
  expect((await lodge(['requests', 'show', newRequestId(Date.now())])).code).toBe(3);
});

test('an audit exits by what it finds', async () => {
  const result = await lodge(['audit', '--json']);
  expect([result.code, JSON.parse(result.out).ok]).toEqual([JSON.parse(result.out).ok ? 0 : 1, expect.any(Boolean)]);
  expect((await lodge(['audit'])).out).toMatch(/The books (agree|differ)/);
});

test('a mistyped request id is known without a look-up', async () => {
  const wrong = await lodge(['requests', 'show', 'req_01KAJ6Q0G7W8X9Y2Z3A4B5C6D7E8']);
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('check characters') });
});
