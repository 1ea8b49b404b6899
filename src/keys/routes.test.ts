import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { createControlApp, encodeCursor } from '../http/index.ts';
import { keyRoutes } from './routes.ts';
import { createKeyTestSite, type KeyTestSite } from './testing.ts';

const adminToken = 'a-token-of-more-than-24-characters';
let site: KeyTestSite;
let server: Server;
let base = '';

beforeAll(async () => {
  site = await createKeyTestSite();
  const routes = keyRoutes(site.store);
  server = createServer(createControlApp({ routes, adminToken, log: silentLog, version: '1' })).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin/v1/keys`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await site.drop();
});

interface KeyJson {
  readonly id: string;
  readonly prefix: string;
  readonly state: string;
}

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(base + path, {
    method,
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

test('a key through its whole life', async () => {
  const created = await call('POST', '', {
    name: 'backend',
    group: 'acme-standard',
    note: 'n',
    expires_at: '2100-01-01T00:00:00+01:00',
    allowed_models: ['large'],
    limits: { requests_per_minute: 7, spend_usd: { total: '12.5', '5h': null } },
  });
  expect(created.status).toBe(201);
  const { key, secret } = created.body as { key: KeyJson; secret: string };
  expect(secret.startsWith(key.prefix)).toBe(true);
  expect(key).toMatchObject({
    name: 'backend',
    note: 'n',
    organization_id: 'org_site',
    group: 'acme-standard',
    vendor: 'acme',
    multiplier: '0.9',
    state: 'enabled',
    expired: false,
    expires_at: '2099-12-31T23:00:00.000Z',
    allowed_models: ['acme-large'],
    limits: {
      requests_per_minute: 7,
      counts_per_minute: 600,
      tokens_per_minute: null,
      concurrency: null,
      spend_usd: { total: '12.5', '5h': null, '1d': null, '7d': null },
    },
    spend: [{ window: 'total', used_usd: '0', limit_usd: '12.5', remaining_usd: '12.5', reset_at: null }],
    last_used_at: null,
  });
  const shown = await call('GET', `/${key.prefix}`);
  expect(shown).toEqual({ status: 200, body: key });
  expect(JSON.stringify(shown.body)).not.toContain(secret.slice(17, -6));

  const change = { name: 'renamed', limits: { spend_usd: { total: null, '1d': '0.000000001' } }, allowed_models: null };
  const changed = await call('PATCH', `/${key.id}`, change);
  expect(changed.body).toMatchObject({
    name: 'renamed',
    note: 'n',
    allowed_models: null,
    limits: { requests_per_minute: 7, spend_usd: { total: null, '1d': '0.000000001' } },
  });
  expect((await call('POST', `/${key.id}/disable`)).body).toMatchObject({ state: 'disabled' });
  expect((await call('POST', `/${key.id}/enable`)).body).toMatchObject({ state: 'enabled' });
  expect((await call('DELETE', `/${key.id}`)).body).toMatchObject({ state: 'deleted' });
  expect(await call('POST', `/${key.id}/enable`)).toMatchObject({ status: 409, body: { code: 'key_deleted' } });
});

test('a list in pages, with filters', async () => {
  const made: string[] = [];
  for (let i = 0; i < 5; i++) {
    const { body } = await call('POST', '', { name: `page ${i}`, group: 'beta-standard' });
    made.push(body.key.id);
  }
  const seen: string[] = [];
  let cursor = '';
  for (let page = 0; page < 10; page++) {
    const { body } = await call('GET', `?group=beta-standard&limit=2${cursor}`);
    seen.push(...body.data.map((key: KeyJson) => key.id));
    if (body.next_cursor === null) break;
    cursor = `&cursor=${encodeURIComponent(body.next_cursor)}`;
  }
  expect(seen).toEqual(made.toReversed());
  expect((await call('GET', '?search=page%203')).body.data).toHaveLength(1);
  await call('POST', `/${made[0]}/disable`);
  expect((await call('GET', '?state=disabled')).body.data.map((key: KeyJson) => key.id)).toEqual([made[0]]);
});

const cursorOf = (values: readonly string[]) => `?cursor=${encodeCursor(values)}`;

test.each([
  ['POST', '', { name: 'x' }, 400, 'input_invalid'],
  ['POST', '', { name: 'x', group: 'no-such' }, 404, 'group_not_found'],
  ['POST', '', { name: ' ', group: 'acme-standard' }, 400, 'key_input_invalid'],
  ['POST', '', { name: 'x', group: 'acme-standard', allowed_models: ['zzz'] }, 404, 'model_not_in_group'],
  ['POST', '', { name: 'x', group: 'acme-standard', limits: { rpm: 1 } }, 400, 'input_invalid'],
  ['POST', '', { name: 'x', group: 'acme-standard', limits: { spend_usd: { '1d': 5 } } }, 400, 'input_invalid'],
  ['POST', '', { name: 'x', group: 'acme-standard', limits: { spend_usd: { '1d': '1e3' } } }, 400, 'input_invalid'],
  ['POST', '', { name: 'x', group: 'acme-standard', expires_at: 'tomorrow' }, 400, 'input_invalid'],
  ['POST', '', { name: 'x', group: 'acme-standard', expires_at: '2020-01-01T00:00:00Z' }, 400, 'key_input_invalid'],
  ['POST', '', { name: 'x', group: 'acme-standard', secret: 'mine' }, 400, 'input_invalid'],
  ['GET', '/key_nothing', undefined, 404, 'key_not_found'],
  ['GET', '/%00', undefined, 404, 'key_not_found'],
  ['PATCH', '/key_nothing', { name: 'x' }, 404, 'key_not_found'],
  ['GET', '?state=lost', undefined, 400, 'input_invalid'],
  ['GET', '?cursor=bm90aGluZw', undefined, 400, 'cursor_invalid'],
  ['GET', cursorOf(['-created', '9007199254740991', 'x']), undefined, 200, undefined],
  ['GET', cursorOf(['-created', '99999999999999999999', 'x']), undefined, 400, 'cursor_invalid'],
  ['GET', cursorOf(['name', 'x', 'x']), undefined, 400, 'cursor_invalid'],
  ['GET', `${cursorOf(['spend', '9999999999999999999', 'x'])}&sort=spend`, undefined, 200, undefined],
])('%s %s %j is answered %i %s', async (method, path, body, status, code) => {
  const answer = await call(method, path, body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});
