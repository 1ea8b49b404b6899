import { afterAll, beforeAll, expect, test } from 'vitest';
import { staffRoles } from '../../base/permissions.ts';
import { createTestDatabase, type TestDatabase } from '../../db/testing.ts';
import { type ControlServer, gateOf, startControlServer } from '../../http/testing.ts';
import { calendarJson, defaultPolicies, officeHours, targetsJson } from '../../targets/index.ts';
import { accountIn } from '../testing.ts';
import { planListRoute } from './route-plan-list.ts';
import { previewRoute } from './route-preview.ts';

let site: TestDatabase;
let server: ControlServer;

beforeAll(async () => {
  site = await createTestDatabase();
  const { pool } = site.database;
  await accountIn(pool, 'ada', { plan: 'enterprise' });
  await accountIn(pool, 'bob', { plan: 'pro' });
  await pool.query(`insert into organizations (id, name, kind) values ('org_new', 'Bakery', 'shared')`);
  await pool.query(`insert into organizations (id, name, kind, state) values ('org_x', 'Gone', 'shared', 'deleted')`);
  const gate = gateOf({
    acc_staff: { person: { staff: { role: 'support', permissions: new Set(staffRoles.support) } } },
  });
  server = await startControlServer([planListRoute({ pool }), previewRoute()], { gate });
});
afterAll(async () => {
  server.close();
  await site.drop();
});

async function read(method: 'GET' | 'POST', path: string, body?: object) {
  const options = body === undefined ? { as: 'acc_staff' } : { as: 'acc_staff', body };
  const response = await server.call(method, path, options);
  return { status: response.status, body: JSON.parse(await response.text()) };
}

test('every customer stands in the list, by name, with what it is promised', async () => {
  const names: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 10; pages++) {
    const { body } = await read('GET', `/admin/v1/support-plans?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
    names.push(
      ...body.data.map((row: { organization: { name: string }; plan: string }) =>
        [row.organization.name, row.plan].join(),
      ),
    );
    cursor = body.next_cursor;
    if (cursor === null) break;
  }
  expect(names).toEqual(['Bakery,starter', 'org_ada,enterprise', 'org_bob,pro', 'Site,starter']);
  const found = async (query: string) =>
    (await read('GET', `/admin/v1/support-plans?${query}`)).body.data.map(
      (row: { organization: { id: string } }) => row.organization.id,
    );
  expect(await found('plan=pro')).toEqual(['org_bob']);
  expect(await found('search=BAK')).toEqual(['org_new']);
  expect(await found('search=org_ada')).toEqual(['org_ada']);
  expect(await found('search=%25')).toEqual([]);
});

test('a ticket of Friday evening is due on Monday, also by a calendar that is not saved', async () => {
  const { id: _, ...calendar } = calendarJson(officeHours('Europe/Paris'));
  const targets = targetsJson(defaultPolicies.pro.targets);
  const ask = { opened_at: '2026-11-20T16:30:00Z', calendar, targets };
  const { status, body } = await read('POST', '/admin/v1/target-policies/preview', ask);
  expect(status).toBe(200);
  // A day of eight hours, from Monday at nine in Paris.
  expect(body.normal).toEqual({
    first_response_at: '2026-11-23T16:00:00.000Z',
    next_response_at: '2026-11-23T16:00:00.000Z',
    resolution_at: null,
  });
  expect(body.urgent.first_response_at).toBe('2026-11-23T10:00:00.000Z');
  const clock = await read('POST', '/admin/v1/target-policies/preview', { ...ask, calendar: null });
  expect(clock.body.normal.first_response_at).toBe('2026-11-21T00:30:00.000Z');
  const closed = { ...calendar, week: {} };
  const refused = await read('POST', '/admin/v1/target-policies/preview', { ...ask, calendar: closed });
  expect(refused).toMatchObject({ status: 400, body: { code: 'calendar_invalid' } });
});
