import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { staffRoles } from '../base/permissions.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { type ControlServer, gateOf, startControlServer } from '../http/testing.ts';
import { createSiteProfile, type SiteProfileStore } from './index.ts';
import { siteProfileRoutes } from './routes.ts';

const defaults = { name: 'Lodge', supportAddress: 'support@lodge.localhost', region: 'local' };
const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>';
const logoData = Buffer.from(logo).toString('base64');

let home: TestDatabase;
let store: SiteProfileStore;
let server: ControlServer;
let opened: SiteProfileStore[] = [];

async function open(pollMs = 60_000): Promise<SiteProfileStore> {
  const made = await createSiteProfile({ pool: home.database.pool, log: silentLog, defaults, pollMs });
  opened.push(made);
  return made;
}

beforeEach(async () => {
  home = await createTestDatabase();
  store = await open();
  const routes = siteProfileRoutes(store, {
    version: '1.2.3',
    url: () => 'https://example.test/gate',
    sso: () => ({ label: 'Work' }),
    outboxVisible: () => true,
  });
  const gate = gateOf({
    acc_a: { person: { staff: { role: 'admin', permissions: new Set(staffRoles.admin) } } },
    acc_r: { person: { staff: { role: 'sales', permissions: new Set(staffRoles.sales) } } },
    acc_c: {},
  });
  server = await startControlServer(routes, { gate });
});
afterEach(async () => {
  for (const one of opened.splice(0)) one.stop();
  opened = [];
  server.close();
  await home.drop();
});

async function call(method: string, path: string, body?: unknown, as = 'acc_a') {
  const response = await server.call(method, path, { as, ...(body === undefined ? {} : { body }) });
  return { status: response.status, body: JSON.parse((await response.text()) || 'null') };
}

async function audit() {
  const sql = 'select action, actor_id, before, after from audit_log order by at';
  return (await home.database.pool.query(sql)).rows;
}

test('a site that nobody has touched is what its settings say', async () => {
  const response = await server.call('GET', '/control/v1/site');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    name: 'Lodge',
    logo_url: null,
    languages: ['en', 'zh'],
    default_language: 'en',
    regions: [{ name: 'local', label: 'local', api_base_url: 'https://example.test/gate' }],
    contact: [],
    registration: 'open',
    sso: { label: 'Work' },
    outbox_visible: true,
    version: '1.2.3',
    region: 'local',
    api_base_url: 'https://example.test/gate',
    support_address: 'support@lodge.localhost',
    key_leak_address: 'support@lodge.localhost',
    legal: { terms_url: null, privacy_url: null },
  });
  expect((await call('GET', '/admin/v1/site')).body).toMatchObject({
    name: null,
    regions: null,
    defaults: { name: 'Lodge' },
  });
});

test('a change is in force at once, kept, told to other nodes, and written down', async () => {
  const other = await open(20);
  const change = {
    name: '  A site ',
    registration: 'closed',
    contact: [{ kind: 'email', label: { en: 'Help', zh: '' }, value: 'help@example.test', topics: ['technical'] }],
    regions: [
      { name: 'local', label: 'Here', api_base_url: 'https://api.example.test/' },
      { name: 'eu-1', label: 'Europe', api_base_url: 'https://eu.example.test' },
    ],
    legal: { terms_url: 'https://example.test/terms', privacy_url: null },
  };
  const changed = await call('PATCH', '/admin/v1/site', change);
  expect(changed).toMatchObject({
    status: 200,
    body: { name: 'A site', support_address: null, registration: 'closed' },
  });
  const shown = (await call('GET', '/control/v1/site')).body;
  expect(shown).toMatchObject({ name: 'A site', api_base_url: 'https://api.example.test', registration: 'closed' });
  for (let tries = 0; other.current().name !== 'A site' && tries < 500; tries++) await sleep(10);
  expect(other.current()).toMatchObject({ name: 'A site', registration: 'closed' });

  expect((await call('PATCH', '/admin/v1/site', { name: null })).body.name).toBeNull();
  expect(store.current()).toMatchObject({ name: 'Lodge', registration: 'closed' });
  await call('PATCH', '/admin/v1/site', { name: null, registration: 'closed' });
  const rows = await audit();
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ action: 'site.changed', actor_id: 'acc_a', before: { registration: 'open' } });
  expect(rows[1]).toMatchObject({ before: { name: 'A site' }, after: { name: null } });
  expect(Object.keys(rows[1].after)).toEqual(['name']);
});

test('a logo is served so that it can be kept, and can do nothing', async () => {
  expect((await server.call('GET', '/control/v1/site/logo')).status).toBe(404);
  const set = await call('PATCH', '/admin/v1/site', { logo: { content_type: 'image/svg+xml', data: logoData } });
  expect(set.body.logo_url).toMatch(/^\/gate\/control\/v1\/site\/logo\?v=[\w-]{22}$/);
  const path = set.body.logo_url.slice('/gate'.length);
  for (const node of [store, await open()]) expect((await node.logo())?.bytes.toString()).toBe(logo);
  const response = await server.call('GET', path);
  expect(await response.text()).toBe(logo);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/svg+xml',
    'cache-control': expect.stringContaining('immutable'),
    'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/),
    'x-content-type-options': 'nosniff',
    etag: expect.stringMatching(/^"[\w-]{22}"$/),
  });
  expect((await server.call('GET', '/control/v1/site/logo?v=old')).headers.get('cache-control')).toBe('no-cache');
  expect(JSON.stringify(await audit())).not.toContain(logoData);

  await call('PATCH', '/admin/v1/site', { name: 'Renamed' });
  expect((await call('GET', '/control/v1/site')).body.logo_url).toBe(set.body.logo_url);
  await call('PATCH', '/admin/v1/site', { logo: null });
  expect((await call('GET', '/control/v1/site')).body.logo_url).toBeNull();
  expect((await home.database.pool.query(`select 1 from site_facts where name = 'logo'`)).rowCount).toBe(0);
});

test.each([
  [{ name: '' }, 'body.name'],
  [{ name: 'a\nb' }, 'body.name'],
  [{ support_address: 'nobody' }, 'body.support_address'],
  [{ languages: [] }, 'body.languages'],
  [{ languages: ['en', 'en'] }, 'body.languages'],
  [{ languages: ['zh'] }, 'body.default_language'],
  [{ registration: 'maybe' }, 'body.registration'],
  [{ legal: { terms_url: 'javascript:alert(1)', privacy_url: null } }, 'body.legal.terms_url'],
  [
    { contact: [{ kind: 'link', label: { en: 'x', zh: '' }, value: 'javascript:x', topics: [] }] },
    'body.contact.0.value',
  ],
  [{ contact: [{ kind: 'phone', label: { en: 'x', zh: '' }, value: 'call me', topics: [] }] }, 'body.contact.0.value'],
  [{ regions: [{ name: 'A b', label: 'x', api_base_url: 'https://a.test' }] }, 'body.regions.0.name'],
  [{ regions: [{ name: 'a', label: 'x', api_base_url: 'https://u:p@a.test/?x' }] }, 'body.regions.0.api_base_url'],
  [
    {
      regions: [
        { name: 'a', label: 'x', api_base_url: 'https://a.test' },
        { name: 'a', label: 'y', api_base_url: 'https://b.test' },
      ],
    },
    'body.regions.1.name',
  ],
  [{ logo: { content_type: 'image/svg+xml', data: Buffer.from('<svg onload="x"/>').toString('base64') } }, 'body.logo'],
  [{ accent: 'red' }, 'body'],
])('%j is refused with the field, and changes nothing', async (change, field) => {
  const { status, body } = await call('PATCH', '/admin/v1/site', change);
  expect([status, body.code]).toEqual([400, 'input_invalid']);
  expect(body.errors.map((error: { field: string }) => error.field)).toContain(field);
  expect(await audit()).toEqual([]);
});

test('only staff with the permission see and change it', async () => {
  expect((await call('GET', '/admin/v1/site', undefined, 'acc_r')).status).toBe(200);
  expect((await call('PATCH', '/admin/v1/site', { name: 'x' }, 'acc_r')).status).toBe(403);
  expect((await call('GET', '/admin/v1/site', undefined, 'acc_c')).status).toBe(403);
  expect((await call('PATCH', '/admin/v1/site', { name: 'x' }, 'admin')).status).toBe(200);
});

test('changes at once are one after the other: none is lost', async () => {
  const other = await open();
  const actor = { kind: 'system', accountId: null, name: 's', actingAs: null, tokenId: null } as const;
  const from = { ...actor, ipAddress: null, userAgent: null, requestId: null };
  await Promise.all([
    store.change(from, { name: 'Both' }),
    other.change(from, { registration: 'closed' }),
    store.change(from, { default_language: 'zh' }),
  ]);
  await store.refresh();
  expect(store.current()).toMatchObject({ name: 'Both', registration: 'closed', defaultLanguage: 'zh' });
});

test('a row that cannot be read, or a database that is away, leaves a site that stands', async () => {
  await home.database.pool.query(
    `insert into site_facts (name, value) values ('profile', '{"name": 7, "registration": "closed", "later": 1}')`,
  );
  expect((await open()).current()).toMatchObject({ name: 'Lodge', registration: 'closed' });
  await store.refresh();
  await home.database.pool.query('alter table site_facts rename to hidden');
  await expect(store.refresh()).rejects.toThrow();
  expect(store.current().registration).toBe('closed');
});
