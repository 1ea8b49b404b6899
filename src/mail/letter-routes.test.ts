import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { parseMailRelay } from '../base/mail-relay.ts';
import { type StaffRole, staffRoles } from '../base/permissions.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { type ControlServer, gateOf, type People, startControlServer } from '../http/testing.ts';
import { bookBounce } from './bounces.ts';
import { createMail, type Mail } from './mail.ts';
import type { NewLetter } from './new-letter.ts';
import { mailRoutes } from './routes.ts';
import { testSecrets, testSite } from './testing.ts';
import { readTicketMessageId } from './tokens.ts';

const staff = (role: StaffRole) => ({ person: { staff: { role, permissions: new Set(staffRoles[role]) }, name: '' } });
const people: People = {
  acc_admin: staff('admin'),
  acc_support: staff('support'),
  acc_readonly: staff('read-only'),
  acc_customer: {},
};

let site: TestDatabase;
let server: ControlServer;
let mail: Mail;
let zone: Map<string, string>;

async function serve(relay: string | null): Promise<void> {
  const { database } = site;
  mail = createMail({
    database,
    relay: relay === null ? null : parseMailRelay(relay),
    from: null,
    site: () => testSite,
    secrets: testSecrets,
    log: silentLog,
    async resolveTxt(name) {
      const value = zone.get(name);
      if (value !== undefined) return [[value]];
      throw Object.assign(new Error(name), { code: 'ENODATA' });
    },
  });
  const routes = mailRoutes({ pool: database.pool, mail, outboxVisible: () => true, clock: new ManualClock() });
  server = await startControlServer(routes, { gate: gateOf(people) });
}

beforeEach(async () => {
  zone = new Map();
  site = await createTestDatabase();
});
afterEach(async () => {
  server.close();
  await site.drop();
});

const letter: NewLetter = {
  kind: 'ticket-reply',
  to: 'ada@example.com',
  cc: [],
  mailboxId: null,
  ticketNumber: 1001n,
  locale: 'en',
  subject: 'Re: vulnerability: keys leak',
  text: 'Thank you for telling us.',
  html: null,
  inReplyTo: null,
  references: [],
  replyTo: null,
  automatic: false,
  files: [],
  dedupeKey: 'reply:1',
  sendAfterMs: 0,
  accountId: null,
};

async function ask(method: string, path: string, options: Parameters<ControlServer['call']>[2] = {}) {
  const response = await server.call(method, path, options);
  const text = await response.text();
  const body = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
  return { status: response.status, body };
}
const actions = async (): Promise<unknown[]> =>
  (await site.database.pool.query('select action, actor_id, subject_id from audit_log order by at')).rows;
const ticket = (queue: string) =>
  site.database.pool.query(
    `insert into tickets (number, subject, queue, came_by, requester_address, locale, target)
     values (1001, 's', $1, 'mail', 'ada@example.com', 'en', '{}')`,
    [queue],
  );

test('a letter stands in the outbox page while it can be withdrawn, with the time when it leaves', async () => {
  await serve(null);
  await ticket('bug');
  const { id } = await mail.queueLetter(site.database.pool, { ...letter, sendAfterMs: 15_000 });
  const list = await ask('GET', '/control/v1/outbox');
  expect(list.body.data).toEqual([expect.objectContaining({ id, leaves_at: expect.stringMatching(/Z$/) })]);
  const waitMs = Date.parse(list.body.data[0].leaves_at) - Date.now();
  expect(waitMs).toBeGreaterThan(5_000);
  expect(waitMs).toBeLessThan(15_500);
  expect((await ask('GET', `/control/v1/outbox/${id}`)).body.text).toBe(letter.text);
  const staffs = await ask('GET', `/admin/v1/mail/${id}`, { as: 'acc_support' });
  expect(staffs.body).toMatchObject({ kind: 'ticket-reply', ticket: 'T-1001', state: 'waiting', text: letter.text });
  expect((await ask('GET', '/admin/v1/mail?kind=ticket-reply', { as: 'acc_support' })).body.data).toHaveLength(1);
});

test('mail about a vulnerability is read by those who may read such tickets, and by no one else', async () => {
  await serve(null);
  await ticket('vulnerability');
  const { id } = await mail.queueLetter(site.database.pool, letter);
  for (const path of [`/admin/v1/mail/${id}`, `/admin/v1/mail/${id}/html`]) {
    expect(await ask('GET', path, { as: 'acc_support' })).toMatchObject({
      status: 403,
      body: { code: 'mail_restricted' },
    });
    expect((await ask('GET', path, { as: 'acc_admin' })).status).toBe(200);
  }
  const subjectsFor = async (as: string) =>
    (await ask('GET', '/admin/v1/mail', { as })).body.data.map(({ subject }: { subject: string }) => subject);
  expect(await subjectsFor('acc_support')).toEqual([]);
  expect(await subjectsFor('acc_admin')).toEqual([letter.subject]);
  const again = await ask('POST', `/admin/v1/mail/${id}/retry`, { as: 'acc_support' });
  expect(again).toMatchObject({ status: 403, body: { code: 'mail_restricted' } });
  expect((await ask('GET', '/control/v1/outbox')).body.data).toEqual([]);
  expect((await ask('GET', `/control/v1/outbox/${id}`)).status).toBe(404);
});

test('a letter that bounced says so; it is sent again only when its address may be written to', async () => {
  await serve('smtp://smtp.example.com');
  const { pool } = site.database;
  const { id } = await mail.queueLetter(pool, letter);
  await pool.query(`update outbox set state = 'sent', delivered = '{ada@example.com}'`);
  const facts = { outboxId: id, messageId: null, recipient: 'ada@example.com', status: '5.1.1', hard: true };
  await bookBounce(pool, facts, '550 no such user');
  const as = 'acc_support';
  expect((await ask('GET', `/admin/v1/mail/${id}`, { as })).body).toMatchObject({
    bounce: { recipient: 'ada@example.com', hard: true },
  });
  const retry = () => ask('POST', `/admin/v1/mail/${id}/retry`, { as });
  expect(await retry()).toMatchObject({ status: 409, body: { code: 'mail_address_suppressed' } });
  expect((await ask('GET', '/admin/v1/mail/suppressed', { as })).body).toEqual({
    data: [
      {
        address: 'ada@example.com',
        reason: 'bounce',
        mail: id,
        detail: '5.1.1 550 no such user',
        created_at: expect.stringMatching(/Z$/),
      },
    ],
    next_cursor: null,
  });
  expect((await ask('DELETE', '/admin/v1/mail/suppressed/Ada%40example.com', { as })).status).toBe(204);
  expect((await ask('DELETE', '/admin/v1/mail/suppressed/ada@example.com', { as })).body.code).toBe(
    'address_not_suppressed',
  );
  expect((await retry()).status).toBe(200);
  const { rows } = await pool.query('select state, delivered, message_id from outbox');
  expect(rows).toMatchObject([{ state: 'waiting', delivered: [] }]);
  expect(readTicketMessageId(mail.tokenKey, rows[0]?.message_id)).toBe(1001n);
  await pool.query(`update outbox set state = 'withdrawn'`);
  expect(await retry()).toMatchObject({ status: 409, body: { code: 'mail_withdrawn' } });
  expect(await actions()).toEqual([
    { action: 'mail.suppression_lifted', actor_id: as, subject_id: 'ada@example.com' },
    { action: 'mail.retried', actor_id: as, subject_id: id },
  ]);
});

test('staff put an address out of use, once, and find it by a part of it', async () => {
  await serve(null);
  const add = (address: string) =>
    ask('POST', '/admin/v1/mail/suppressed', { as: 'acc_support', body: { address, detail: 'asked' } });
  expect(await add('Eve@Example.com')).toMatchObject({
    status: 201,
    body: { address: 'eve@example.com', reason: 'staff' },
  });
  expect((await add('eve@example.com')).body.code).toBe('address_suppressed');
  expect((await add('eve')).body.code).toBe('mail_recipient_invalid');
  expect((await add('bob@example.com')).status).toBe(201);
  const list = (query: string) => ask('GET', `/admin/v1/mail/suppressed?${query}`, { as: 'acc_support' });
  const first = await list('limit=1');
  expect(first.body.data[0].address).toBe('bob@example.com');
  expect((await list(`limit=1&cursor=${first.body.next_cursor}`)).body.data[0].address).toBe('eve@example.com');
  expect((await list('search=EVE')).body.data).toHaveLength(1);
  expect(await actions()).toHaveLength(2);
});

test('the domains of the site, what to publish for them, and whether it is', async () => {
  await serve('smtp://smtp.relay.test');
  await site.database.pool.query(`insert into mailboxes (id, address, name) values ('m', 'help@desk.test', 'M')`);
  const { body } = await ask('GET', '/admin/v1/mail/domains', { as: 'acc_support' });
  expect(body.data.map(({ domain }: { domain: string }) => domain)).toEqual(['example.test', 'desk.test']);
  const [dkim, spf] = body.data[1].records;
  expect(dkim).toMatchObject({ type: 'TXT', name: expect.stringMatching(/^s[0-9a-f]{8}\._domainkey\.desk\.test$/) });
  expect(spf.value).toBe('v=spf1 a:smtp.relay.test mx ~all');
  zone.set(dkim.name, dkim.value);
  zone.set('desk.test', 'v=spf1 -all');
  const check = (domain: string) => ask('POST', `/admin/v1/mail/domains/${domain}/check`, { as: 'acc_support' });
  const checked = await check('Desk.test');
  expect(checked.body.records.map(({ state }: { state: string }) => state)).toEqual(['right', 'different', 'missing']);
  expect((await check('elsewhere.test')).body.code).toBe('mail_domain_not_found');
  for (let again = 0; again < 28; again++) await check('elsewhere.test');
  expect(await check('desk.test')).toMatchObject({ status: 429, body: { code: 'mail_checks_throttled' } });
});

test('who may: staff with the permission alone', async () => {
  await serve(null);
  const calls: [method: string, path: string, body?: unknown][] = [
    ['GET', '/admin/v1/mail/domains'],
    ['POST', '/admin/v1/mail/domains/example.test/check'],
    ['GET', '/admin/v1/mail/suppressed'],
    ['POST', '/admin/v1/mail/suppressed', { address: 'eve@example.com' }],
    ['DELETE', '/admin/v1/mail/suppressed/eve@example.com'],
  ];
  for (const [method, path, body] of calls) {
    const statusAs = async (as?: string) =>
      (await ask(method, path, { ...(as && { as }), ...(body === undefined ? {} : { body }) })).status;
    expect(await statusAs(), path).toBe(401);
    expect(await statusAs('acc_customer'), path).toBe(403);
    expect(await statusAs('acc_readonly'), path).toBe(403);
    expect(await statusAs('acc_support'), path).toBeLessThan(300);
  }
});
