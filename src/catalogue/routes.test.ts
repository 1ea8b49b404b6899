import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { createControlApp } from '../http/index.ts';
import { catalogueRoutes } from './routes.ts';

const adminToken = 'a-token-of-more-than-24-characters';
// Not a cipher: what is tested here is that nothing of it leaves.
const sealer = {
  seal: (text: string, context: string) => Buffer.from(`${context}|${text}`),
  open: (sealed: Buffer, context: string) => sealed.toString().slice(context.length + 1),
};

let testDatabase: TestDatabase;
let server: Server;
let base = '';

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const routes = catalogueRoutes({ database: testDatabase.database, sealer, allowPrivate: true });
  server = createServer(createControlApp({ routes, adminToken, log: silentLog, version: '1' })).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin/v1`;
  await call('PUT', '/vendors/acme', { display_name: 'Acme', family: 'openai' });
  for (const model of ['big', 'meta/small-1']) {
    await call('PUT', `/models/acme/${encodeURIComponent(model)}`, {});
    await call('POST', '/prices', { vendor: 'acme', model, rates: { input: '2.5', output: '10' } });
  }
  await call('PUT', '/groups/acme-standard', { vendor: 'acme', multiplier: '0.9' });
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await testDatabase.drop();
});

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are read as a client reads them
  readonly body: any;
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(base + path, init);
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

test('a PUT makes, then changes, and says which it must not do', async () => {
  const made = await call('PUT', '/groups/one', { vendor: 'acme' });
  expect([made.status, made.body.display_name, made.body.multiplier]).toEqual([201, 'one', '1']);
  const changed = await call('PUT', '/groups/one', { multiplier: '1.25', enabled: false });
  expect([changed.status, changed.body.multiplier, changed.body.enabled]).toEqual([200, '1.25', false]);
  expect((await call('PUT', '/groups/one?expect=new', { vendor: 'acme' })).body.code).toBe('group_exists');
  expect((await call('PUT', '/groups/two?expect=existing', {})).body.code).toBe('group_not_found');
  expect((await call('PUT', '/groups/two', {})).body).toMatchObject({ status: 400, code: 'catalogue_value_invalid' });
  expect((await call('PUT', '/groups/one', { vendor: 'other' })).body.code).toBe('group_vendor_fixed');
  expect((await call('PUT', '/groups/one', { multiplier: '0.12345' })).body.errors[0].field).toBe('body.multiplier');
  expect((await call('DELETE', '/groups/one')).status).toBe(204);
  expect((await call('GET', '/groups/one')).body.code).toBe('group_not_found');
});

test('two PUTs at once of something new both succeed', async () => {
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => call('PUT', '/vendors/twin', { family: 'gemini' })),
  );
  expect(answers.filter((each) => each.status === 201)).toHaveLength(1);
  expect(answers.every((each) => each.status < 300)).toBe(true);
  expect((await call('DELETE', '/vendors/twin')).status).toBe(204);
});

test('models of a group and aliases, with names that hold a slash', async () => {
  const small = 'meta/small-1';
  const path = '/groups/acme-standard';
  expect((await call('PUT', `${path}/models/${encodeURIComponent(small)}`)).body.models).toEqual([small]);
  expect((await call('PUT', `${path}/models`, { models: ['big', small] })).body.models).toEqual(['big', small]);
  expect((await call('PUT', `${path}/aliases/gpt`, { model: small })).body).toMatchObject({
    alias: 'gpt',
    model: small,
  });
  expect((await call('PUT', `${path}/aliases/gpt?expect=new`, { model: 'big' })).body.code).toBe('alias_exists');
  expect((await call('PUT', `${path}/aliases/nope?expect=existing`, { model: 'big' })).body.code).toBe(
    'alias_not_found',
  );
  expect((await call('DELETE', `${path}/models/${encodeURIComponent(small)}`)).body.code).toBe('model_in_use');
  expect((await call('GET', `${path}/aliases`)).body.data).toHaveLength(1);
  expect((await call('DELETE', `${path}/aliases/gpt`)).status).toBe(204);
  expect((await call('DELETE', '/models/acme/big')).body.code).toBe('model_in_use');
});

test('a credential goes in and never comes out', async () => {
  const canary = 'sk-canary-0123456789abcdef';
  const body = { group: 'acme-standard', base_url: 'https://api.example.com/v1/', credential: canary, weight: 5 };
  const made = await call('PUT', '/channels/main', body);
  expect([made.status, made.body.base_url]).toEqual([201, 'https://api.example.com/v1']);
  expect(made.body.credential).toEqual({ state: 'set', last_four: 'cdef' });
  const changed = await call('PUT', '/channels/main', { region: 'eu' });
  expect([changed.status, changed.body.region, changed.body.credential.state]).toEqual([200, 'eu', 'set']);
  const unset = await call('PUT', '/channels/main', { credential: null, region: null });
  expect([unset.body.credential.state, unset.body.region]).toEqual(['unset', null]);
  const refused = await call('PUT', '/channels/main', { credential: `${canary}\n` });
  expect(refused.body.code).toBe('catalogue_value_invalid');
  const listed = await call('GET', '/channels?group=acme-standard');
  expect(JSON.stringify([made, changed, unset, refused, listed])).not.toContain(canary);
  expect((await call('PUT', '/channels/main', { group: 'x' })).body.code).toBe('channel_group_fixed');
  expect((await call('DELETE', '/channels/main')).status).toBe(204);
});

test('prices: tiers, versions to come, and none taken back that was in force', async () => {
  const body = {
    vendor: 'acme',
    model: 'big',
    rates: { input: '1.25', cache_write_5m: '0.3', per_image: '0.04' },
    tiers: [{ over_input_tokens: 200_000, rates: { input: '2.50' } }],
    valid_from: '2090-01-01T00:00:00Z',
  };
  const made = await call('POST', '/prices', body);
  expect([made.status, made.body.id]).toEqual([201, 'acme:big:2090-01-01']);
  expect(made.body.rates).toEqual({ input: '1.25', cache_write_5m: '0.3', per_image: '0.04' });
  expect(made.body.tiers[0].rates.input).toBe('2.5');
  expect((await call('POST', '/prices', body)).body.code).toBe('price_exists');
  expect((await call('POST', '/prices', { ...body, rates: { inptu: '1' } })).body.code).toBe('input_invalid');
  const listed = (await call('GET', '/prices?vendor=acme&model=big')).body.data;
  expect(listed).toHaveLength(2);
  const inForce = listed.find((each: { id: string }) => each.id !== made.body.id).id;
  expect((await call('DELETE', `/prices/${encodeURIComponent(inForce)}`)).body.code).toBe('price_in_force');
  expect((await call('DELETE', `/prices/${encodeURIComponent(made.body.id)}`)).status).toBe(204);
  const refresh = await call('POST', '/prices/refresh', { dry_run: true });
  expect(refresh.body).toMatchObject({ dry_run: true, changes: [] });
  expect(refresh.body.models_not_in_catalogue.length).toBeGreaterThan(10);
});

test('every long list is walked page by page without a gap or a repetition', async () => {
  for (let i = 0; i < 7; i++) await call('PUT', `/models/acme/page-${i}`, { mode: 'chat' });
  for (const list of ['/models', '/models?vendor=acme', '/vendors', '/groups', '/prices']) {
    const whole = (await call('GET', list)).body.data;
    const seen: unknown[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 50; pages++) {
      const join = list.includes('?') ? '&' : '?';
      const page: Answer = await call('GET', `${list}${join}limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.body.data);
      cursor = page.body.next_cursor;
    }
    expect(seen).toEqual(whole);
  }
  expect((await call('GET', '/models?cursor=x')).body.code).toBe('cursor_invalid');
});
