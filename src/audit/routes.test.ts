import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, systemActor } from '../base/actor.ts';
import { type StaffRole, staffRoles } from '../base/permissions.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { type ControlServer, gateOf, owning, startControlServer } from '../http/testing.ts';
import { appendAudit } from './append.ts';
import { auditRoutes } from './routes.ts';

let home: TestDatabase;
let server: ControlServer;

const browser = 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0';
const owner = actor('acc_ada', 'ada@one.test');
const stranger = actor('acc_eve', 'eve@two.test');
const staff: Actor = { ...actor('acc_sam', 'sam@site.test'), asStaff: true };

function actor(accountId: string, name: string): Actor {
  return { ...systemActor, kind: 'account', accountId, name, ipAddress: '203.0.113.9', userAgent: browser };
}

function staffOf(role: StaffRole) {
  return { person: { staff: { role, permissions: new Set(staffRoles[role]) } } };
}

beforeAll(async () => {
  home = await createTestDatabase();
  const { pool } = home.database;
  await pool.query(`insert into accounts (id, name, email) values ('acc_ada', 'Ada', 'ada@one.test'),
    ('acc_eve', 'Eve', 'eve@two.test'), ('acc_sam', 'Sam', 'sam@site.test')`);
  await pool.query(`insert into organizations (id, name) values ('org_one', 'One'), ('org_two', 'Two')`);
  await pool.query(`insert into members (organization_id, account_id, roles) values ('org_one', 'acc_ada', '{owner}'),
    ('org_two', 'acc_eve', '{owner}')`);
  const key = (id: string, name: string) => ({ kind: 'key', id, name });
  const one = { organizationId: 'org_one' };
  await appendAudit(pool, owner, { ...one, action: 'key.created', subject: key('key_1', '=HYPERLINK("x")') });
  await appendAudit(pool, staff, {
    ...one,
    action: 'key.disabled',
    subject: key('key_1', 'build'),
    before: { state: 'enabled', spend_total: 5n },
    after: { state: 'disabled' },
  });
  await appendAudit(
    pool,
    { ...staff, asStaff: false, actingAs: 'acc_ada' },
    {
      organizationId: 'org_one',
      action: 'account.acting_started',
      subject: { kind: 'account', id: 'acc_ada', name: 'ada@one.test' },
      after: { reason: 'ticket 4711' },
    },
  );
  await appendAudit(pool, staff, {
    organizationId: null,
    action: 'account.disabled',
    subject: { kind: 'account', id: 'acc_ada', name: 'ada@one.test' },
  });
  await appendAudit(pool, stranger, { organizationId: 'org_two', action: 'key.created', subject: key('key_2', 'two') });
  server = await startControlServer(
    auditRoutes({ pool, deviceWords: (agent) => (agent ? 'Firefox on Windows' : null) }),
    {
      gate: gateOf({
        acc_ada: { in: { org_one: owning } },
        acc_dev: { in: { org_one: { organization: ['organization.read'], projects: [] } } },
        acc_eve: { in: { org_two: owning } },
        acc_admin: staffOf('admin'),
        acc_support: staffOf('support'),
        acc_sales: staffOf('sales'),
        acc_reader: staffOf('read-only'),
      }),
    },
  );
});

afterAll(async () => {
  server.close();
  await home.drop();
});

interface Entry {
  readonly action: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string };
  readonly from: { readonly ip_address: string | null; readonly device: string | null };
  readonly after: Record<string, unknown> | null;
  readonly before: Record<string, unknown> | null;
}

async function entries(as: string, path: string): Promise<Entry[]> {
  const response = await server.call('GET', path, { as });
  const body = (await response.json()) as { data?: Entry[] };
  expect(response.status, JSON.stringify(body)).toBe(200);
  return body.data ?? [];
}

const ofOne = '/control/v1/organizations/org_one/audit';

test('an administrator sees the organization’s entries, and staff as Support only', async () => {
  const list = await entries('acc_ada', ofOne);
  expect(list.map(({ action, actor }) => [action, actor.kind, actor.name])).toEqual([
    ['account.acting_started', 'support', 'Support'],
    ['key.disabled', 'support', 'Support'],
    ['key.created', 'account', 'ada@one.test'],
  ]);
  expect(list[0]?.after).toEqual({ reason: 'ticket 4711' });
  expect(list[1]).toMatchObject({ before: { state: 'enabled', spend_total: '5' }, after: { state: 'disabled' } });
  expect(list[1]?.from).toEqual({ ip_address: null, device: null });
  expect(list[2]?.from).toEqual({ ip_address: '203.0.113.9', device: 'Firefox on Windows' });
  expect(JSON.stringify(list)).not.toMatch(/sam@|acc_sam/);
});

test('staff cannot be found out by searching or filtering', async () => {
  for (const query of ['search=sam', 'actor=acc_sam', 'actor=sam@site.test']) {
    expect(await entries('acc_ada', `${ofOne}?${query}`), query).toEqual([]);
  }
  expect(await entries('acc_ada', `${ofOne}?actor=support`)).toHaveLength(2);
  expect(await entries('acc_ada', `${ofOne}?search=hyperlink`)).toHaveLength(1);
  expect(await entries('acc_ada', `${ofOne}?search=%25`)).toEqual([]);
  expect(await entries('acc_ada', `${ofOne}?action=key.&subject=key_1`)).toHaveLength(2);
  expect(await entries('acc_ada', `${ofOne}?actor=ADA@one.test`)).toHaveLength(1);
  expect(await entries('acc_ada', `${ofOne}?until=2020-01-01T00:00:00Z`)).toEqual([]);
});

test('another tenant sees its own entries, and that there is no such organization', async () => {
  expect(await entries('acc_eve', '/control/v1/organizations/org_two/audit')).toHaveLength(1);
  expect(await entries('acc_eve', '/control/v1/organizations/org_two/audit?subject=key_1')).toEqual([]);
  for (const path of [ofOne, `${ofOne}/export`]) {
    expect((await server.call('GET', path, { as: 'acc_eve' })).status).toBe(404);
    expect((await server.call('GET', path, { as: 'acc_dev' })).status).toBe(403);
    expect((await server.call('GET', path)).status).toBe(401);
  }
});

test('of staff, those with the permission read the whole site', async () => {
  const path = '/admin/v1/audit-log';
  for (const [as, status] of [
    ['acc_admin', 200],
    ['acc_support', 200],
    ['acc_sales', 403],
    ['acc_reader', 403],
    ['acc_ada', 403],
    ['admin', 200],
  ] as const) {
    for (const each of [path, `${path}/export`]) {
      const response = await server.call('GET', each, { as });
      expect(response.status, `${as} ${each}`).toBe(status);
      await response.body?.cancel();
    }
  }
  const list = await entries('acc_support', `${path}?organization=org_one`);
  expect(list.map(({ actor }) => actor.name)).toEqual(['sam@site.test', 'sam@site.test', 'ada@one.test']);
  expect(await entries('acc_support', `${path}?search=SAM`)).toHaveLength(3);
});

test('pages join without a gap, also within one moment', async () => {
  const { pool } = home.database;
  for (let i = 0; i < 7; i++)
    await appendAudit(pool, owner, {
      organizationId: 'org_one',
      action: 'page.made',
      subject: { kind: 'page', id: `${i}` },
    });
  const seen: unknown[] = [];
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null && pages < 20; pages++) {
    const path = `${ofOne}?action=page.&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const response = await server.call('GET', path, { as: 'acc_ada' });
    const body = (await response.json()) as { data: { subject: { id: string } }[]; next_cursor: string | null };
    seen.push(...body.data.map(({ subject }) => subject.id));
    cursor = body.next_cursor;
  }
  expect(seen).toEqual(['6', '5', '4', '3', '2', '1', '0']);
});

test('downloads hold the whole log, as CSV without formulas and as JSON', async () => {
  const { pool } = home.database;
  await pool.query(
    `insert into audit_log (id, organization_id, actor_kind, actor_name, action, subject_kind, subject_id)
     select 'aud_' || n, 'org_one', 'system', 'system', 'bulk.made', 'bulk', n::text from generate_series(1, 1203) n`,
  );
  const csv = await server.call('GET', `${ofOne}/export`, { as: 'acc_ada' });
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-org_one-\d{4}-\d\d-\d\d\.csv"$/);
  const lines = (await csv.text()).trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^at,action,organization,/);
  expect(lines.filter((line) => line.includes('bulk.made'))).toHaveLength(1203);
  expect(lines.at(-1)).toContain(`"'=HYPERLINK(""x"")"`);
  expect(lines.join()).not.toContain('sam@');
  const json = await server.call('GET', `${ofOne}/export?format=json&action=bulk.`, { as: 'acc_ada' });
  expect(json.headers.get('content-type')).toBe('application/json');
  expect(await json.json()).toHaveLength(1203);
  const empty = await server.call('GET', `${ofOne}/export?format=json&action=none`, { as: 'acc_ada' });
  expect(await empty.json()).toEqual([]);
});

test('the database refuses to change or delete an entry', async () => {
  const { pool } = home.database;
  for (const sql of ["update audit_log set action = 'x'", 'delete from audit_log', 'truncate audit_log']) {
    await expect(pool.query(sql)).rejects.toThrow('only ever added');
  }
});
