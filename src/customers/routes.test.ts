import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { type StaffPermission, type StaffRole, staffRoles } from '../base/permissions.ts';
import { ensurePartitions } from '../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import type { ChannelState } from '../gateway/ports.ts';
import { type ControlServer, gateOf, owning, startControlServer } from '../http/testing.ts';
import { bulkKeys } from '../keys/index.ts';
import { createCustomers } from './index.ts';
import { customersRoutes } from './routes.ts';
import { addAccount, addKey, addOrganization, addRecord } from './testing.ts';

const today = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000);
// Noon: the tests move it on, and never into another day.
const clock = new ManualClock(today.getTime() + 43_200_000);
let home: TestDatabase;
let pool: TestDatabase['database']['pool'];
let server: ControlServer;
let states: readonly ChannelState[] = [];

const roles: readonly StaffRole[] = ['admin', 'support', 'sales', 'read-only'];

beforeAll(async () => {
  home = await createTestDatabase();
  pool = home.database.pool;
  await ensurePartitions(pool, clock.now());
  await pool.query(`insert into vendors (id, display_name, family) values ('acme', 'Acme', 'openai')`);
  await pool.query(`insert into groups (id, display_name, vendor_id) values ('team', 'Team', 'acme')`);
});

beforeEach(async () => {
  states = [];
  clock.advance(120_000);
  await pool.query('truncate accounts, keys, request_records, usage_days, suspensions, channels, outbox cascade');
  await pool.query(`delete from organizations where id <> 'org_site'`);
  for (const [name, day] of [
    ['ada', 3],
    ['bob', 2],
    ['cem', 1],
  ] as const) {
    await addAccount(pool, `acc_${name}`, `${name}@${name}.test`, `now() - interval '${day} days'`);
    await addOrganization(pool, `org_${name}`, `${name.toUpperCase()} 100%`, `acc_${name}`);
  }
  server?.close();
  const customers = createCustomers({
    pool,
    keys: bulkKeys,
    clock,
    log: silentLog,
    deviceWords: () => 'Firefox on Windows',
    channelStates: () => states,
    runningCalls: () => 7,
  });
  const staff = Object.fromEntries(
    roles.map((role) => [role, { person: { staff: { role, permissions: new Set(staffRoles[role]) } } }]),
  );
  server = await startControlServer(customersRoutes(customers), {
    clock,
    gate: gateOf({ ...staff, acc_ada: { in: { org_ada: owning } } }),
  });
});

afterAll(async () => {
  server.close();
  await home.drop();
});

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client reads them
type Body = any;

async function call(method: string, path: string, as = 'admin', body?: unknown): Promise<Body> {
  const response = await server.call(method, `/admin/v1${path}`, body === undefined ? { as } : { as, body });
  return { http: response.status, ...((await response.json()) as object) };
}

async function spend(organizationId: string, amount: bigint, daysAgo = 0): Promise<void> {
  await pool.query(
    `insert into usage_days (organization_id, day, key_id, project_id, group_id, model, requests, actual_cost)
     values ($1, $2::timestamptz - $3 * interval '24 hours', 'key', '', 'team', 'm', 2, $4)`,
    [organizationId, today, daysAgo, amount],
  );
}

async function found(query: string): Promise<string[]> {
  const { http, data } = await call('GET', `/customers?${query}`, 'sales');
  expect(http).toBe(200);
  return data.map((each: { id: string }) => each.id).filter((id: string) => id !== 'org_site');
}

test('each role of the staff is let in by its permissions, and nobody else', async () => {
  await addAccount(pool, 'acc_zoe', 'zoe@zoe.test');
  const endpoints: readonly (readonly [string, string, StaffPermission, unknown?])[] = [
    ['GET', '/overview', 'customers.read'],
    ['GET', '/channels/health', 'catalogue.read'],
    ['GET', '/customers', 'customers.read'],
    ['GET', '/customers/org_ada', 'customers.read'],
    ['GET', '/accounts', 'customers.read'],
    ['GET', '/accounts/acc_zoe', 'customers.read'],
    ['POST', '/customers/org_none/suspend', 'customers.write', { reason: 'x' }],
    ['POST', '/customers/org_none/resume', 'customers.write', { reason: 'x' }],
  ];
  for (const [method, path, permission, body] of endpoints) {
    for (const role of roles) {
      const { http } = await call(method, path, role, body);
      const allowed = staffRoles[role].includes(permission);
      expect(http, `${role} ${method} ${path}`).toBe(allowed ? (method === 'GET' ? 200 : 404) : 403);
    }
    expect((await call(method, path, 'acc_ada', body)).http).toBe(403);
    expect((await call(method, path, 'nobody', body)).http).toBe(401);
  }
});

test('a customer is found by name, address, id, key and request', async () => {
  const prefix = await addKey(pool, 'org_bob', `key_${'b'.repeat(24)}`);
  const request = await addRecord(pool, { organizationId: 'org_cem', atMs: clock.now() });
  expect(await found('search=bob%20100')).toEqual(['org_bob']);
  expect(await found('search=100%25')).toEqual(['org_cem', 'org_bob', 'org_ada']);
  expect(await found('search=100_')).toEqual([]);
  expect(await found('search=CEM@cem')).toEqual(['org_cem']);
  expect(await found('search=org_ada')).toEqual(['org_ada']);
  expect(await found('search=acc_ada')).toEqual(['org_ada']);
  expect(await found(`search=${prefix}`)).toEqual(['org_bob']);
  expect(await found(`search=key_${'b'.repeat(24)}`)).toEqual(['org_bob']);
  expect(await found(`search=${request}`)).toEqual(['org_cem']);
  expect(await found('kind=personal')).toEqual([]);
  expect(await found('state=suspended')).toEqual([]);
});

test('every order is walked page by page without a gap, and figures are of this moment', async () => {
  await spend('org_bob', 2_500_000_000n);
  await spend('org_ada', 1n, 29);
  await spend('org_ada', 7_000_000_000n, 30);
  await addKey(pool, 'org_cem', 'key_c');
  await pool.query(`insert into key_activity (key_id, last_used_at) values ('key_c', now())`);
  expect((await found('sort=spend')).slice(0, 2)).toEqual(['org_bob', 'org_ada']);
  expect((await found('sort=last_request'))[0]).toBe('org_cem');
  expect(await found('sort=name')).toEqual(['org_ada', 'org_bob', 'org_cem']);
  for (const sort of ['created', 'name', 'spend', 'last_request']) {
    const whole = (await call('GET', `/customers?sort=${sort}`)).data;
    const seen: unknown[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 20; pages++) {
      const page: Body = await call(
        'GET',
        `/customers?sort=${sort}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...page.data);
      cursor = page.next_cursor;
    }
    expect(seen, sort).toEqual(whole);
    expect(whole).toHaveLength(4);
  }
  const { data } = await call('GET', '/customers?search=org_bob');
  expect(data).toMatchObject([
    {
      name: 'BOB 100%',
      owner: { account_id: 'acc_bob', email: 'bob@bob.test', name: 'bob' },
      members: 1,
      keys: 0,
      spend_30d_usd: '2.5',
      last_request_at: null,
    },
  ]);
  expect((await call('GET', '/customers?cursor=x')).code).toBe('cursor_invalid');
});

test('the page of a customer shows what belongs to it and nothing of another', async () => {
  await spend('org_ada', 1_000_000_000n, 1);
  await addKey(pool, 'org_ada', 'key_ada');
  await addKey(pool, 'org_bob', 'key_bob');
  const mine = await addRecord(pool, { organizationId: 'org_ada', atMs: clock.now(), actualCost: 5n });
  await addRecord(pool, { organizationId: 'org_bob', atMs: clock.now() });
  await pool.query(`insert into teams (organization_id, id, name) values ('org_ada', 'tea_1', 'Research')`);
  await pool.query(
    `insert into projects (organization_id, id, team_id, name) values ('org_ada', 'prj_1', 'tea_1', 'P')`,
  );
  await pool.query(
    `insert into invitations (organization_id, id, email, roles, token_hash, expires_at)
     values ('org_ada', 'inv_1', 'new@ada.test', '{viewer}', '\\x01', now() + interval '1 day')`,
  );
  await call('POST', '/customers/org_bob/suspend', 'admin', { reason: 'unpaid' });
  const page = await call('GET', '/customers/org_ada', 'support');
  expect(page).toMatchObject({
    http: 200,
    id: 'org_ada',
    suspension: null,
    member_list: [{ account_id: 'acc_ada', roles: ['owner'], email_verified: true }],
    projects: [{ id: 'prj_1', team: 'Research', keys: 0 }],
    key_list: [{ id: 'key_ada', group: 'team', state: 'enabled' }],
    recent_requests: [{ id: mine, actual_cost_usd: '0.000000005' }],
    invitations: [{ id: 'inv_1', email: 'new@ada.test' }],
    audit: [],
    plan: null,
    tickets: null,
  });
  expect(page.days).toHaveLength(30);
  expect(page.days[28]).toMatchObject({ requests: 2, spend_usd: '1' });
  expect(page.days[29].day).toBe(today.toISOString().slice(0, 10));
  expect(JSON.stringify(page)).not.toMatch(/bob|hash|secret/);
  expect((await call('GET', '/customers/org_ada', 'sales')).audit).toBeNull();
  expect((await call('GET', '/customers/org_bob')).audit).toMatchObject([{ action: 'organization.suspended' }]);
  expect((await call('GET', '/customers/org_none')).code).toBe('customer_not_found');
});

async function keyStates(): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ id: string; state: string }>('select id, state from keys');
  return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
}

test('suspending stops every key, and resuming brings back exactly those', async () => {
  for (const state of ['enabled', 'disabled', 'deleted']) await addKey(pool, 'org_ada', `key_${state}`, state);
  await addKey(pool, 'org_ada', 'key_later');
  await addKey(pool, 'org_bob', 'key_other');
  const suspended = await call('POST', '/customers/org_ada/suspend', 'sales', { reason: 'unpaid' });
  expect(suspended).toMatchObject({ http: 200, state: 'suspended', keys_changed: 2 });
  const stopped = { key_disabled: 'disabled', key_deleted: 'deleted', key_other: 'enabled' };
  expect(await keyStates()).toEqual({ ...stopped, key_enabled: 'disabled', key_later: 'disabled' });
  const { rows: marks } = await pool.query(
    `select distinct disabled_by from keys where id in ('key_enabled', 'key_later')`,
  );
  expect(marks).toEqual([{ disabled_by: expect.stringMatching(/^staff:/) }]);
  expect(await call('GET', '/customers/org_ada')).toMatchObject({
    state: 'suspended',
    suspension: { reason: 'unpaid', keys_disabled: 2 },
  });
  await pool.query(`update keys set state = 'deleted' where id = 'key_later'`);
  const resumed = await call('POST', '/customers/org_ada/resume', 'admin', { reason: 'paid' });
  expect(resumed).toMatchObject({ http: 200, state: 'active', keys_changed: 1 });
  expect(await keyStates()).toEqual({ ...stopped, key_enabled: 'enabled', key_later: 'deleted' });
  const { rows } = await pool.query(
    `select action, after from audit_log where organization_id = 'org_ada' and at > now() - interval '1 minute'
       and subject_kind = 'organization' order by at desc limit 2`,
  );
  expect(rows).toMatchObject([
    { action: 'organization.resumed', after: { reason: 'paid', keys_enabled: 1 } },
    { action: 'organization.suspended', after: { reason: 'unpaid', keys_disabled: 2 } },
  ]);
});

test('two who suspend at once: one does it, the other is told', async () => {
  await addKey(pool, 'org_ada', 'key_1');
  const both = await Promise.all(
    [1, 2].map((n) => call('POST', '/customers/org_ada/suspend', 'admin', { reason: `reason ${n}` })),
  );
  expect(both.map(({ http, code }) => [http, code]).sort()).toEqual([
    [200, undefined],
    [409, 'customer_not_active'],
  ]);
  const { code } = await call('POST', '/customers/org_site/suspend', 'admin', { reason: 'x' });
  expect(code).toBe('customer_is_site');
  expect((await call('POST', '/customers/org_bob/resume', 'admin', { reason: 'x' })).code).toBe(
    'customer_not_suspended',
  );
  const blank = await call('POST', '/customers/org_bob/suspend', 'admin', { reason: '  ' });
  expect(blank.errors[0].field).toBe('body.reason');
});

test('accounts are listed, found and shown', async () => {
  await pool.query(
    `insert into sign_ins (account_id, id, method, outcome, ip_address, user_agent)
     values ('acc_ada', 's1', 'password', 'passed', '203.0.113.9', 'x'), ('acc_ada', 's2', 'password', 'wrong_password', null, null)`,
  );
  await pool.query(
    `insert into sessions (id, account_id, token, expires_at)
     values ('a', 'acc_ada', 'ta', now() + interval '1 day'), ('b', 'acc_ada', 'tb', now() - interval '1 day')`,
  );
  await pool.query(`update accounts set email_verified = false where id = 'acc_bob'`);
  const ids = async (query: string) =>
    (await call('GET', `/accounts?${query}`)).data.map((each: { id: string }) => each.id);
  expect(await ids('')).toEqual(['acc_cem', 'acc_bob', 'acc_ada']);
  expect(await ids('verified=false')).toEqual(['acc_bob']);
  expect(await ids('search=ADA@')).toEqual(['acc_ada']);
  expect(await ids('search=acc_cem')).toEqual(['acc_cem']);
  expect(await ids('staff=true')).toEqual([]);
  const first = await call('GET', '/accounts?limit=2');
  expect((await call('GET', `/accounts?limit=2&cursor=${first.next_cursor}`)).data).toMatchObject([{ id: 'acc_ada' }]);
  const page = await call('GET', '/accounts/acc_ada', 'sales');
  expect(page).toMatchObject({
    email: 'ada@ada.test',
    organizations: 1,
    sessions: 1,
    passkeys: 0,
    access_tokens: 0,
    organization_list: [{ id: 'org_ada', roles: ['owner'], member_state: 'active' }],
  });
  expect(page.sign_ins.map((each: { outcome: string }) => each.outcome).sort()).toEqual(['passed', 'wrong_password']);
  expect(JSON.stringify(page)).not.toMatch(/"t[ab]"/);
  expect((await call('GET', '/accounts/acc_none')).code).toBe('account_not_found');
});

test('channels: what the gateway knows, and what the last quarter of an hour says', async () => {
  const tried = (channelId: string, failure: string | null, headMs: number) => ({
    number: 1,
    channelId,
    startedMs: 10,
    headMs: failure === null ? 10 + headMs : null,
    failure,
  });
  for (const [id, enabled] of [
    ['good', true],
    ['bad', true],
    ['new', true],
    ['off', false],
    ['rests', true],
  ] as const)
    await pool.query(
      `insert into channels (id, group_id, name, base_url, wire, enabled) values ($1, 'team', $1, 'https://x.test', 'openai', $2)`,
      [id, enabled],
    );
  const atMs = clock.now();
  for (let i = 1; i <= 20; i++)
    await addRecord(pool, {
      organizationId: 'org_ada',
      atMs: atMs - i * 10_000,
      attempts: [tried('bad', 'upstream_error', 0), tried('good', null, i)],
    });
  await addRecord(pool, {
    organizationId: 'org_ada',
    atMs: atMs - 1_000,
    errorCode: 'upstream_error',
    fault: 'vendor',
  });
  await addRecord(pool, { organizationId: 'org_ada', atMs: atMs - 3_600_000, attempts: [tried('new', null, 1)] });
  states = [{ channelId: 'rests', failures: 5, restsForMs: 4_000, lastFailureAtMs: atMs }];
  const { data, seconds } = await call('GET', '/channels/health', 'read-only');
  expect(seconds).toBe(900);
  const shown = Object.fromEntries(data.map((each: { id: string; condition: string }) => [each.id, each.condition]));
  expect(shown).toEqual({ good: 'healthy', bad: 'failing', new: 'idle', off: 'disabled', rests: 'resting' });
  const byId = (id: string) => data.find((each: { id: string }) => each.id === id);
  expect(byId('good')).toMatchObject({ calls: 20, failures: 0, head_p50_ms: 11, head_p95_ms: 19, main_failure: null });
  expect(byId('bad')).toMatchObject({ calls: 20, failures: 20, head_p50_ms: null, main_failure: 'upstream_error' });
  expect(byId('rests')).toMatchObject({ failures_in_row: 5, rests_for_ms: 4_000, calls: 0 });
  const overview = await call('GET', '/overview', 'read-only');
  expect(overview.failing_channels.map((each: { id: string }) => each.id)).toEqual(['bad', 'rests']);
  expect(overview).toMatchObject({ requests_per_minute: 6, running_calls: 7, journal_lag_ms: null });
  expect(overview.recent).toEqual({
    seconds: 900,
    requests: 21,
    failures: { you: 0, us: 0, vendor: 1 },
    error_rate: 0.0476,
  });
});

test('the start page counts what came today and what waits', async () => {
  await spend('org_ada', 3n);
  await spend('org_bob', 4n, 1);
  await pool.query(`update accounts set email_verified = false where id = 'acc_bob'`);
  for (const [id, state] of [
    ['m1', 'waiting'],
    ['m2', 'failed'],
    ['m3', 'sent'],
  ])
    await pool.query(
      `insert into outbox (id, kind, recipient, locale, subject, text_body, html_body, message_id, state)
       values ($1, 'test', 'a@b.test', 'en', '', '', '', $1, $2)`,
      [id, state],
    );
  expect(await call('GET', '/overview')).toMatchObject({
    today: { requests: 2, spend_usd: '0.000000003', spend_yesterday_usd: '0.000000004' },
    customers: { total: 3, suspended: 0 },
    accounts: { total: 3, new_7d: 3, unverified: 1 },
    mail: { waiting: 1, failed_7d: 1 },
    failing_channels: [],
  });
});
