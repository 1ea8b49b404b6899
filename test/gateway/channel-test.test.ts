import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '../../src/base/actor.ts';
import { addChannel, addGroup, addVendor, isPublicAddress } from '../../src/catalogue/index.ts';
import { catalogueRoutes } from '../../src/catalogue/routes.ts';
import { createTestDatabase, type TestDatabase } from '../../src/db/testing.ts';
import { type ControlServer, startControlServer } from '../../src/http/testing.ts';
import { loadSecrets } from '../../src/secrets/index.ts';
import { startTestSandbox, type TestSandbox } from '../../src/vendors/sandbox/testing.ts';
import { families, startGateway, type TestGateway } from './harness.ts';

const secrets = await loadSecrets({ secret: 's'.repeat(32), adminToken: 'a'.repeat(24), dataDir: '/nowhere' });
const credential = 'sk-upstream-canary-0123456789';
let home: TestDatabase;
let sandbox: TestSandbox;
let gateway: TestGateway;
let control: ControlServer;
let upstream: http.Server;
let upstreamUrl = '';
let privateAllowed = true;
/** What the upstream answers next. */
let answer: (response: http.ServerResponse) => void = () => undefined;
let asked: http.IncomingMessage | null = null;

beforeAll(async () => {
  home = await createTestDatabase();
  sandbox = await startTestSandbox();
  upstream = http
    .createServer((request, response) => {
      asked = request;
      answer(response);
    })
    .listen(0, '127.0.0.1');
  await new Promise((resolve) => upstream.once('listening', resolve));
  upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  gateway = await startGateway({
    upstream: upstreamUrl,
    ports: { addressAllowed: (address) => privateAllowed || isPublicAddress(address) },
  });
  const { pool } = home.database;
  for (const family of families) {
    await addVendor(pool, systemActor, { id: family, displayName: family, family });
    await addGroup(pool, systemActor, { id: family, displayName: family, vendorId: family });
  }
  control = await startControlServer(
    catalogueRoutes({
      database: home.database,
      sealer: secrets,
      allowPrivate: true,
      channelTests: {
        probe: (channel) => gateway.gateway.probe(channel),
        sandboxOrigin: () => sandbox.origin,
      },
    }),
  );
});

afterAll(async () => {
  control.close();
  await gateway.close();
  upstream.closeAllConnections();
  upstream.close();
  await sandbox.close();
  await home.drop();
});

async function add(id: string, baseUrl: string, family: (typeof families)[number] = 'openai'): Promise<void> {
  const rules = { sealer: secrets, allowPrivate: true };
  const channel = { id, groupId: family, name: id, baseUrl, credential, enabled: false };
  await addChannel(home.database.pool, systemActor, rules, channel);
}

interface Result {
  readonly ok: boolean;
  readonly status: number | null;
  readonly failure: string | null;
  readonly message: string;
  readonly code?: string;
}

async function tested(id: string): Promise<Result> {
  const response = await control.call('POST', `/admin/v1/channels/${id}/test`, { as: 'admin' });
  const text = await response.text();
  expect(text).not.toContain('canary');
  return JSON.parse(text) as Result;
}

test.each(families)('a channel to the %s sandbox passes, though it is not in use', async (family) => {
  await add(`sandbox-${family}`, 'sandbox:', family);
  expect(await tested(`sandbox-${family}`)).toMatchObject({ ok: true, status: 200, failure: null });
});

test('each answer of an upstream has its words, and none gives the credential back', async () => {
  await add('main', `${upstreamUrl}/v1`);
  for (const [status, ok, words] of [
    [200, true, 'accepts'],
    [401, false, 'does not accept the credential'],
    [402, false, 'paid'],
    [404, false, '/v1'],
    [429, false, 'limits'],
    [302, false, 'never followed'],
    [503, false, 'error of its own'],
  ] as const) {
    answer = (response) => response.writeHead(status, { location: '/elsewhere' }).end(`no: ${credential}`);
    const result = await tested('main');
    expect([result.status, result.ok]).toEqual([status, ok]);
    expect(result.message).toContain(words);
  }
  expect(asked?.url).toBe('/v1/models');
  expect(asked?.headers.authorization).toBe(`Bearer ${credential}`);
  expect(gateway.gateway.channels).toEqual([]);
});

test('an upstream that hangs up, is not there, or may not be called', async () => {
  answer = (response) => response.destroy();
  expect(await tested('main')).toMatchObject({ ok: false, status: null, failure: 'broken' });
  await add('nobody', 'http://127.0.0.1:9');
  expect(await tested('nobody')).toMatchObject({ failure: 'connect' });
  privateAllowed = false;
  await add('inside', 'http://127.0.0.1:10');
  expect(await tested('inside')).toMatchObject({ failure: 'forbidden' });
  await add('named', 'http://localhost:11');
  expect(await tested('named')).toMatchObject({ failure: 'forbidden' });
  privateAllowed = true;
});

test('refusals', async () => {
  expect((await tested('none')).code).toBe('channel_not_found');
  await home.database.pool.query("update channels set credential_sealed = '\\x00' where id = 'nobody'");
  expect((await tested('nobody')).code).toBe('channel_unusable');
  answer = (response) => response.writeHead(200).end('{}');
  for (let i = 0; i < 25; i++) await tested('main');
  expect((await tested('main')).code).toBe('channel_test_throttled');
});
