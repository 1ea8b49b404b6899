import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { parseMailRelay } from '../base/mail-relay.ts';
import { type StaffRole, staffRoles } from '../base/permissions.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { type ControlServer, gateOf, type People, startControlServer } from '../http/testing.ts';
import type { NewMail } from './kinds.ts';
import { createMail, type Mail, outboxIsOpen } from './mail.ts';
import { mailRoutes } from './routes.ts';
import { testSecrets, testSite } from './testing.ts';

const staff = (role: StaffRole) => ({ person: { staff: { role, permissions: new Set(staffRoles[role]) }, name: '' } });
const people: People = {
  acc_admin: staff('admin'),
  acc_support: staff('support'),
  acc_sales: staff('sales'),
  acc_customer: {},
};

let site: TestDatabase;
let server: ControlServer;
let mail: Mail;
let outboxVisible = true;

async function serve(relay: string | null): Promise<void> {
  const { database } = site;
  mail = createMail({
    database,
    relay: relay === null ? null : parseMailRelay(relay),
    from: null,
    site: () => testSite,
    secrets: testSecrets,
    log: silentLog,
  });
  const routes = mailRoutes({
    pool: database.pool,
    mail,
    outboxVisible: () => outboxVisible,
    clock: new ManualClock(),
  });
  server = await startControlServer(routes, { gate: gateOf(people) });
}

beforeEach(async () => {
  outboxVisible = true;
  site = await createTestDatabase();
});
afterEach(async () => {
  server.close();
  await site.drop();
});

const link = 'https://ai.example.test/console/reset?token=t0ken&more=1';
const reset: NewMail<'reset-password'> = {
  kind: 'reset-password',
  to: 'ada@example.com',
  locale: 'en',
  facts: { name: 'Ada', link, expiresAtMs: Date.now() + 3_600_000 },
  accountId: 'acc_a',
};
const notice: NewMail<'test'> = { kind: 'test', to: 'Grace@example.com', locale: 'en', facts: { by: 'Ada' } };

async function ask(method: string, path: string, options: Parameters<ControlServer['call']>[2] = {}) {
  const response = await server.call(method, path, options);
  const text = await response.text();
  const body = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
  return { status: response.status, body, headers: response.headers };
}
const actions = async (): Promise<unknown[]> =>
  (await site.database.pool.query('select action, actor_id, subject_id from audit_log order by at')).rows;

test('staff see what went out, by state, kind and recipient, in pages', async () => {
  await serve('smtp://smtp.example.com');
  const ids: string[] = [];
  for (const one of [reset, notice, { ...notice, to: 'eve@example.com' }])
    ids.push(await mail.queueMail(site.database.pool, one));
  const as = 'acc_support';
  const first = await ask('GET', '/admin/v1/mail?limit=2', { as });
  expect(first.body.data.map(({ id }: { id: string }) => id)).toEqual([ids[2], ids[1]]);
  const second = await ask('GET', `/admin/v1/mail?limit=2&cursor=${first.body.next_cursor}`, { as });
  expect(second.body).toEqual({
    data: [
      {
        id: ids[0],
        kind: 'reset-password',
        recipient: 'ada@example.com',
        account_id: 'acc_a',
        locale: 'en',
        subject: 'Choose a new password for Example AI',
        state: 'waiting',
        attempts: 0,
        created_at: expect.stringMatching(/Z$/),
        sent_at: null,
        next_attempt_at: expect.stringMatching(/Z$/),
        expires_at: new Date(reset.facts.expiresAtMs).toISOString(),
        last_error: null,
        leaves_at: null,
        ticket: null,
        bounce: null,
      },
    ],
    next_cursor: null,
  });
  const count = async (query: string) => (await ask('GET', `/admin/v1/mail?${query}`, { as })).body.data.length;
  expect(await count('recipient=grace@EXAMPLE.com')).toBe(1);
  expect(await count('kind=test')).toBe(2);
  expect(await count('state=sent')).toBe(0);
  expect((await ask('GET', '/admin/v1/mail?kind=nothing&cursor=x', { as })).status).toBe(400);
  expect((await ask('GET', '/admin/v1/mail?cursor=e30', { as })).body.code).toBe('cursor_invalid');
});

test('who may: staff with the permission and the admin token, nobody else', async () => {
  await serve('smtp://smtp.example.com');
  const id = await mail.queueMail(site.database.pool, notice);
  const calls: [method: string, path: string, body?: unknown][] = [
    ['GET', '/admin/v1/mail'],
    ['GET', '/admin/v1/mail/relay'],
    ['GET', `/admin/v1/mail/${id}`],
    ['GET', `/admin/v1/mail/${id}/html`],
    ['POST', `/admin/v1/mail/${id}/retry`],
    ['POST', '/admin/v1/mail/test', {}],
  ];
  for (const [method, path, body] of calls) {
    const statusAs = async (as?: string) =>
      (await ask(method, path, { ...(as && { as }), ...(body === undefined ? {} : { body }) })).status;
    expect(await statusAs(), path).toBe(401);
    expect(await statusAs('acc_customer'), path).toBe(403);
    expect(await statusAs('acc_sales'), path).toBe(403);
    expect(await statusAs('acc_support'), path).toBeLessThan(300);
  }
  expect((await ask('GET', '/admin/v1/mail', { as: 'admin' })).status).toBe(200);
  expect((await ask('GET', '/admin/v1/mail/mail_0', { as: 'admin' })).body.code).toBe('mail_not_found');
});

test('links that open an account are hidden from staff, in text, JSON and frame', async () => {
  await serve('smtp://smtp.example.com');
  const id = await mail.queueMail(site.database.pool, reset);
  for (const as of ['acc_support', 'acc_admin', 'admin']) {
    const { body } = await ask('GET', `/admin/v1/mail/${id}`, { as });
    expect(body.links).toBe('hidden');
    expect(body.text).toContain('Hello Ada');
    expect(body.text).toContain('https://ai.example.test/…\n');
    const frame = await ask('GET', `/admin/v1/mail/${id}/html`, { as });
    for (const text of [JSON.stringify(body), frame.body]) expect(text).not.toMatch(/t0ken|console\/reset/);
  }
  await site.database.pool.query(`update outbox set state = 'failed'`);
  expect((await ask('GET', `/admin/v1/mail/${id}`, { as: 'admin' })).body.links).toBe('hidden');
  expect(await actions()).toEqual([]);
});

test('where no relay takes it, an administrator can hand a link over, and that is written down', async () => {
  await serve(null);
  const id = await mail.queueMail(site.database.pool, reset);
  expect((await ask('GET', `/admin/v1/mail/${id}`, { as: 'acc_support' })).body.links).toBe('hidden');
  expect(await actions()).toEqual([]);
  const { body } = await ask('GET', `/admin/v1/mail/${id}`, { as: 'acc_admin' });
  expect(body.links).toBe('shown');
  expect(body.text).toContain(link);
  expect(await actions()).toEqual([{ action: 'mail.link_shown', actor_id: 'acc_admin', subject_id: id }]);
});

test('a mail in a frame loads and runs nothing, and its links open elsewhere', async () => {
  await serve('smtp://smtp.example.com');
  const id = await mail.queueMail(site.database.pool, notice);
  const { body, headers } = await ask('GET', `/admin/v1/mail/${id}/html`, { as: 'acc_support' });
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('content-security-policy')).toMatch(
    /^sandbox allow-popups .*default-src 'none'.*frame-ancestors 'self'/,
  );
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(body).toContain('<base target="_blank">');
  await site.database.pool.query(`update outbox set text_body = '', html_body = ''`);
  expect((await ask('GET', `/admin/v1/mail/${id}`, { as: 'admin' })).body).toMatchObject({ text: null, html: null });
  expect(await ask('GET', `/admin/v1/mail/${id}/html`, { as: 'admin' })).toMatchObject({ status: 409 });
});

test('a mail can be sent once more, unless that makes no sense', async () => {
  await serve('smtp://smtp.example.com');
  const { pool } = site.database;
  const id = await mail.queueMail(pool, reset);
  const retry = () => ask('POST', `/admin/v1/mail/${id}/retry`, { as: 'acc_support' });
  const set = (change: string) => pool.query(`update outbox set ${change}`);
  const messageId = async () => (await pool.query('select message_id from outbox')).rows[0]?.message_id;
  const before = await messageId();

  await set(`state = 'failed', attempts = 8, last_error = 'The relay said no', last_error_at = now()`);
  expect(await retry()).toMatchObject({
    status: 200,
    body: { state: 'waiting', attempts: 0, last_error: { message: 'The relay said no' } },
  });
  expect(await messageId()).toBe(before);
  expect(await actions()).toEqual([{ action: 'mail.retried', actor_id: 'acc_support', subject_id: id }]);

  await set(`state = 'sent', sent_at = now()`);
  expect((await retry()).status).toBe(200);
  expect(await messageId()).not.toBe(before);

  const refusals: [change: string, code: string][] = [
    [`state = 'sending'`, 'mail_on_its_way'],
    [`state = 'failed', expires_at = now()`, 'mail_expired'],
    [`text_body = ''`, 'mail_text_gone'],
  ];
  for (const [change, code] of refusals) {
    await set(change);
    expect(await retry()).toMatchObject({ status: 409, body: { code } });
  }
  expect((await ask('POST', '/admin/v1/mail/mail_0/retry', { as: 'acc_support' })).status).toBe(404);
  expect(await actions()).toHaveLength(2);
});

test('a test mail goes to whoever asks for it, ten times an hour', async () => {
  await serve(null);
  const test = (as: string) => ask('POST', '/admin/v1/mail/test', { as, body: { locale: 'zh' } });
  expect(await test('acc_admin')).toMatchObject({
    status: 202,
    body: { kind: 'test', recipient: 'acc_admin@example.test', locale: 'zh', state: 'shown', account_id: 'acc_admin' },
  });
  expect(await test('admin')).toMatchObject({ status: 409, body: { code: 'mail_without_address' } });
  for (let more = 0; more < 9; more++) expect((await test('acc_admin')).status).toBe(202);
  const tooMany = await test('acc_admin');
  expect(tooMany).toMatchObject({ status: 429, body: { code: 'mail_tests_throttled' } });
  expect(tooMany.headers.get('retry-after')).toBe('3600');
  expect((await test('acc_support')).status).toBe(202);
});

test('how mail fares, without a password', async () => {
  await serve('smtps://user:hunter2@smtp.example.com');
  const { pool } = site.database;
  const relay = () => ask('GET', '/admin/v1/mail/relay', { as: 'acc_support' });
  expect((await relay()).body).toEqual({
    configured: true,
    address: 'smtp.example.com:465',
    tls: 'implicit',
    from: 'help@example.test',
    waiting: 0,
    failed_last_day: 0,
    last_sent_at: null,
    last_error: null,
  });
  const [failed, sent] = [await mail.queueMail(pool, notice), await mail.queueMail(pool, notice)];
  await mail.queueMail(pool, notice);
  await pool.query(`update outbox set state = 'failed', last_error = 'no', last_error_at = now() where id = $1`, [
    failed,
  ]);
  await pool.query(`update outbox set state = 'sent', sent_at = now() where id = $1`, [sent]);
  expect((await relay()).body).toMatchObject({
    waiting: 1,
    failed_last_day: 1,
    last_sent_at: expect.stringMatching(/Z$/),
    last_error: { message: 'no', mail: failed },
  });
});

test('the outbox is open to all where nobody else can read mail, and shows only what waits there', async () => {
  await serve(null);
  const { pool } = site.database;
  const old = await mail.queueMail(pool, { ...notice, to: 'sent@example.com' });
  await pool.query(`update outbox set state = 'sent', sent_at = now()`);
  const id = await mail.queueMail(pool, reset);
  expect((await ask('GET', '/control/v1/outbox')).body).toEqual({
    data: [
      {
        id,
        kind: 'reset-password',
        recipient: 'ada@example.com',
        subject: 'Choose a new password for Example AI',
        created_at: expect.stringMatching(/Z$/),
        leaves_at: null,
      },
    ],
  });
  expect((await ask('GET', `/control/v1/outbox/${id}`)).body.text).toContain(link);
  expect((await ask('GET', `/control/v1/outbox/${id}/html`)).body).toContain(link.replace('&', '&amp;'));
  expect((await ask('GET', `/control/v1/outbox/${old}`)).body.code).toBe('mail_not_found');

  outboxVisible = false;
  for (const path of ['', `/${id}`, `/${id}/html`, '/mail_0'])
    for (const as of ['acc_customer', 'acc_admin', 'admin'])
      expect(await ask('GET', `/control/v1/outbox${path}`, { as })).toMatchObject({
        status: 404,
        body: { code: 'outbox_closed' },
      });
});

test.each([
  ['localhost', 200],
  ['localhost:8080', 200],
  ['lodge.localhost', 200],
  ['127.0.0.1:8080', 200],
  ['[::1]:8080', 200],
  ['evil.example', 404],
  ['127.0.0.1.evil.example', 404],
  ['localhost.evil.example:8080', 404],
  ['10.0.0.5', 404],
])('to a page that reaches this machine as %s the outbox answers %s', async (host, status) => {
  await serve(null);
  const id = await mail.queueMail(site.database.pool, reset);
  for (const path of ['', `/${id}`, `/${id}/html`]) {
    const { hostname, port } = new URL(server.url);
    const asked = request({ hostname, port, path: `/control/v1/outbox${path}`, headers: { host } }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode, path).toBe(status);
  }
});

test('fifty mails are enough for a page', async () => {
  await serve(null);
  for (let number = 0; number < 52; number++) await mail.queueMail(site.database.pool, notice);
  expect((await ask('GET', '/control/v1/outbox')).body.data).toHaveLength(50);
});

test.each([
  [{}, true],
  [{ host: 'localhost' }, true],
  [{ publicUrl: 'http://localhost:8080' }, true],
  [{ publicUrl: 'http://lodge.localhost:8080' }, true],
  [{ publicUrl: 'https://ai.example.com' }, false],
  [{ publicUrl: 'https://localhost.example.com' }, false],
  [{ host: '0.0.0.0' }, false],
  [{ host: '::' }, false],
  [{ host: '10.0.0.5' }, false],
  [{ proxied: true }, false],
  [{ relay: parseMailRelay('smtp://smtp.example.com') }, false],
])('with %o the outbox is open: %s', (more, open) => {
  expect(outboxIsOpen({ relay: null, host: '127.0.0.1', publicUrl: null, proxied: false, ...more })).toBe(open);
});

test('when the relay was taken away, what waited is shown, and when it comes back it is not sent by itself', async () => {
  await serve('smtp://smtp.example.com');
  const { pool } = site.database;
  for (const state of ['waiting', 'sending', 'sending', 'sent', 'failed']) {
    const id = await mail.queueMail(pool, notice);
    await pool.query('update outbox set state = $2 where id = $1', [id, state]);
  }
  await pool.query(
    `update outbox set next_attempt_at = now() + interval '1 minute'
     where id = (select id from outbox where state = 'sending' order by created_at desc limit 1)`,
  );
  server.close();
  await serve(null);
  await mail.start();
  const { rows } = await pool.query('select state from outbox order by created_at');
  expect(rows.map(({ state }) => state)).toEqual(['shown', 'shown', 'sending', 'sent', 'failed']);
  await mail.stop();
});
