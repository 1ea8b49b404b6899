import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { staffRoles } from '../base/permissions.ts';
import { inTransaction } from '../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { type ControlServer, gateOf, startControlServer } from '../http/testing.ts';
import { notify, pruneNotifications } from './index.ts';
import { noticeRoutes } from './routes.ts';

let home: TestDatabase;
let pool: TestDatabase['database']['pool'];
let server: ControlServer;
let clock: ManualClock;

beforeEach(async () => {
  home = await createTestDatabase();
  pool = home.database.pool;
  clock = new ManualClock(Date.UTC(2026, 10, 21, 12));
  await pool.query(
    `insert into accounts (id, name, email, locale) values ('acc_a', 'A', 'a@example.test', 'en'),
       ('acc_b', 'B', 'b@example.test', 'zh'), ('acc_s', 'S', 's@example.test', 'en')`,
  );
  const staff = (role: keyof typeof staffRoles) => ({ staff: { role, permissions: new Set(staffRoles[role]) } });
  const gate = gateOf({
    acc_a: {},
    acc_b: {},
    acc_s: { person: staff('admin') },
    acc_t: { person: staff('support') },
  });
  server = await startControlServer(noticeRoutes({ pool, clock }), { gate });
});
afterEach(async () => {
  server.close();
  await home.drop();
});

async function call(method: string, path: string, as: string, body?: unknown) {
  const response = await server.call(method, path, { as, ...(body === undefined ? {} : { body }) });
  return { status: response.status, body: JSON.parse((await response.text()) || 'null') };
}

const list = async (as: string, query = '') => (await call('GET', `/control/v1/notifications${query}`, as)).body;
const live = async (as: string, query = '') => (await call('GET', `/control/v1/announcements${query}`, as)).body.data;

async function publish(text: object) {
  const { status, body } = await call('POST', '/admin/v1/announcements', 'acc_s', text);
  expect(status).toBe(201);
  return body;
}

describe('notifications', () => {
  const facts = {
    key: 'backend',
    prefix: 'sk-lodge-12345678',
    organization: 'Acme',
    by: 'admin@example.test',
    reason: '',
  };

  test('are told in the reader’s language, to the reader alone', async () => {
    await notify(pool, 'acc_a', 'key-disabled', facts, 'org_1');
    await notify(pool, 'acc_b', 'role-changed', { organization: 'Acme', roles: ['admin', 'billing'], by: 'x' });
    const { data, unread, next_cursor } = await list('acc_a');
    expect([unread, next_cursor]).toEqual([1, null]);
    expect(data).toEqual([
      {
        id: expect.stringMatching(/^ntf_[0-9a-f]{24}$/),
        kind: 'key-disabled',
        level: 'warning',
        title: 'Your key backend was disabled',
        text: 'It begins with sk-lodge-12345678. By admin@example.test.',
        link: '/console/keys',
        organization_id: 'org_1',
        read_at: null,
        created_at: expect.any(String),
      },
    ]);
    expect((await list('acc_b')).data[0]).toMatchObject({ text: '当前角色：admin、billing。操作人：x。' });
    expect((await list('acc_b', '?lang=en')).data[0]).toMatchObject({ title: 'Your roles in Acme have changed' });
  });

  test('come in pages, and are read one by one or all at once', async () => {
    // At one and the same time: the order must hold all the same.
    await inTransaction(pool, async (client) => {
      for (let index = 0; index < 5; index++) await notify(client, 'acc_a', 'key-enabled', { key: `k${index}` });
    });
    const first = await list('acc_a', '?limit=3');
    const second = await list('acc_a', `?limit=3&cursor=${first.next_cursor}`);
    const ids = [...first.data, ...second.data].map((one: { id: string }) => one.id);
    expect([new Set(ids).size, second.next_cursor]).toEqual([5, null]);

    await notify(pool, 'acc_b', 'key-enabled', { key: 'other' });
    const [foreign] = (await list('acc_b')).data;
    const read = await call('POST', '/control/v1/notifications/read', 'acc_a', { ids: [ids[0], foreign.id] });
    expect(read).toEqual({ status: 200, body: { unread: 4 } });
    expect((await list('acc_b')).unread).toBe(1);
    expect((await list('acc_a', '?unread=1')).data).toHaveLength(4);
    expect((await call('POST', '/control/v1/notifications/read', 'acc_a', { all: true })).body).toEqual({ unread: 0 });
    expect((await list('acc_a')).data).toHaveLength(5);
  });

  test('never make fail what they tell of', async () => {
    await notify(pool, 'acc_gone', 'key-enabled', {});
    await notify(pool, 'acc_a', 'of-a-newer-program', { note: 'x\0'.repeat(1_000), list: Array(99).fill(7n) });
    await notify(pool, 'acc_a', 'key-enabled', {});
    const { data } = await list('acc_a');
    expect(data.map((one: { title: string }) => one.title)).toEqual([
      'Your key … is enabled again',
      'Something has changed',
    ]);
    const { rows } = await pool.query('select facts from notifications where kind = $1', ['of-a-newer-program']);
    expect(JSON.stringify(rows[0].facts).length).toBeLessThan(500);
  });

  test('are forgotten after half a year', async () => {
    await notify(pool, 'acc_a', 'key-enabled', { key: 'k' });
    expect(await pruneNotifications(pool, Date.now() + 170 * 86_400_000)).toBe(0);
    expect(await pruneNotifications(pool, Date.now() + 190 * 86_400_000)).toBe(1);
  });

  test.each([{}, { ids: [] }, { all: false }, { ids: ['a'], all: true }, { ids: Array(201).fill('a') }])(
    'reading %j is refused',
    async (body) => {
      const reply = await call('POST', '/control/v1/notifications/read', 'acc_a', body);
      expect([reply.status, reply.body.code]).toEqual([400, 'input_invalid']);
    },
  );
});

describe('announcements', () => {
  const text = { title: { en: 'Maintenance', zh: '维护' }, body: { en: 'On Sunday.', zh: '' } };

  test('are live between their times, until they are dismissed', async () => {
    const soon = await publish({ ...text, starts_at: '2026-11-21T13:00:00Z', ends_at: '2026-11-21T14:00:00Z' });
    expect(soon).toMatchObject({ state: 'scheduled', level: 'info', created_by: 'acc_s@example.test' });
    const now = await publish({ title: { en: '', zh: '通知' } });
    expect(now).toMatchObject({ state: 'live', starts_at: '2026-11-21T12:00:00.000Z', ends_at: null });
    expect((await live('acc_a')).map((one: { title: string }) => one.title)).toEqual(['通知']);
    expect((await live('acc_a', '?all=1')).length).toBe(1);
    const early = await call('POST', `/control/v1/announcements/${soon.id}/dismiss`, 'acc_a');
    expect([early.status, early.body.code]).toEqual([404, 'announcement_not_found']);

    clock.advance(3_600_000);
    expect((await live('acc_b')).map((one: { title: string }) => one.title)).toEqual(['维护', '通知']);
    expect((await live('acc_b'))[0].body).toBe('On Sunday.');
    expect((await call('POST', `/control/v1/announcements/${soon.id}/dismiss`, 'acc_b')).status).toBe(204);
    expect((await call('POST', `/control/v1/announcements/${soon.id}/dismiss`, 'acc_b')).status).toBe(204);
    expect(await live('acc_b')).toHaveLength(1);
    expect(await live('acc_a')).toHaveLength(2);
    clock.advance(3_600_000);
    expect(await live('acc_a')).toHaveLength(1);
    expect((await live('acc_b', '?all=1')).map((one: { dismissed: boolean }) => one.dismissed)).toEqual([true, false]);
  });

  test('that are critical are notifications too, from when they begin until they are taken back', async () => {
    const { id } = await publish({ ...text, level: 'critical', starts_at: '2026-11-21T13:00:00Z' });
    expect((await list('acc_a')).data).toEqual([]);
    clock.advance(3_600_000);
    await Promise.all([list('acc_a'), list('acc_a')]);
    const { data, unread } = await list('acc_a', '?lang=zh');
    expect(unread).toBe(1);
    expect(data).toMatchObject([
      { kind: 'announcement', title: '维护', link: '/console/account/notifications?show=announcements' },
    ]);
    await call('PATCH', `/admin/v1/announcements/${id}`, 'acc_s', { title: { en: 'Changed', zh: '' } });
    expect((await list('acc_a')).data[0].title).toBe('Changed');
    await call('POST', `/control/v1/announcements/${id}/dismiss`, 'acc_a');
    expect(await list('acc_a')).toMatchObject({ unread: 0, data: [{ read_at: expect.any(String) }] });
    expect((await call('DELETE', `/admin/v1/announcements/${id}`, 'acc_s')).status).toBe(204);
    expect((await list('acc_a')).data).toEqual([]);
    expect((await list('acc_b')).unread).toBe(0);
  });

  test('every change is written down', async () => {
    const { id } = await publish({ ...text, level: 'warning' });
    await call('PATCH', `/admin/v1/announcements/${id}`, 'acc_s', { ends_at: '2026-11-22T00:00:00+01:00' });
    await call('PATCH', `/admin/v1/announcements/${id}`, 'acc_s', { level: 'warning' });
    await call('DELETE', `/admin/v1/announcements/${id}`, 'acc_s');
    const { rows } = await pool.query('select action, subject_name, before, after from audit_log order by at, id');
    expect(rows.map((row) => [row.action, row.subject_name])).toEqual([
      ['announcement.added', 'Maintenance'],
      ['announcement.changed', 'Maintenance'],
      ['announcement.removed', 'Maintenance'],
    ]);
    expect(rows[1]).toMatchObject({ before: { ends_at: null }, after: { ends_at: '2026-11-21T23:00:00.000Z' } });
  });

  test.each([
    [{ title: { en: ' ', zh: '' } }, 'body.title'],
    [{ title: { en: 'x'.repeat(201), zh: '' } }, 'body.title.en'],
    [{ title: { en: 'a\0', zh: '' } }, 'body.title.en'],
    [{ ...text, level: 'grave' }, 'body.level'],
    [{ ...text, starts_at: 'tomorrow' }, 'body.starts_at'],
    [{ ...text, ends_at: '2026-11-21T11:00:00Z' }, 'body.ends_at'],
  ])('%j is refused with its field', async (body, field) => {
    const reply = await call('POST', '/admin/v1/announcements', 'acc_s', body);
    expect(reply.status).toBe(400);
    expect(reply.body.errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  test('only staff who publish see what is planned', async () => {
    for (const as of ['acc_a', 'acc_t']) {
      expect((await call('GET', '/admin/v1/announcements', as)).status).toBe(403);
      expect((await call('POST', '/admin/v1/announcements', as, text)).status).toBe(403);
    }
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? {} : undefined;
      expect((await call(method, '/admin/v1/announcements/ann_none', 'acc_s', body)).body.code).toBe(
        'announcement_not_found',
      );
    }
  });

  test('staff page through all', async () => {
    for (let index = 0; index < 3; index++) await publish(text);
    const first = (await call('GET', '/admin/v1/announcements?limit=2', 'acc_s')).body;
    const second = (await call('GET', `/admin/v1/announcements?limit=2&cursor=${first.next_cursor}`, 'acc_s')).body;
    expect(new Set([...first.data, ...second.data].map((one: { id: string }) => one.id)).size).toBe(3);
    expect(second.next_cursor).toBeNull();
  });
});
