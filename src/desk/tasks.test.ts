import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import {
  appendEvent,
  changeTicket,
  noteMessage,
  programActor,
  readEvents,
  readTicket,
  type Ticket,
  ticketName,
} from './store/index.ts';
import { askForRatings, closeSolved, tellCustomers, tellTargets, wakeSnoozed } from './tasks.ts';
import { deliverDue } from './telling/index.ts';
import { accountIn, type DeskUnderTest, noonMs, startDesk, ticketOf } from './testing.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
  await desk.person('acc_support', 'support');
  await desk.person('acc_admin', 'admin');
  await accountIn(desk.pool, 'acc_pro', { plan: 'enterprise' });
});
afterAll(() => desk.close());

const enterprise = (parts = {}) => ticketOf(desk.pool, { organizationId: 'org_acc_pro', ...parts });
const change = (ticket: Ticket, what: Parameters<typeof changeTicket>[2], nowMs = desk.clock.now()) =>
  inTransaction(desk.pool, (client) =>
    changeTicket(client, ticket.number, what, { actor: programActor, expectedVersion: null, nowMs }),
  );

async function toldOf(ticket: Ticket) {
  const { rows } = await desk.pool.query<{ kind: string; account_id: string }>(
    `select kind, account_id from notifications where facts->>'ticket' = $1 order by kind, account_id`,
    [ticketName(ticket.number)],
  );
  return rows.map(({ kind, account_id }) => `${account_id} ${kind}`);
}

describe('targets', () => {
  test('are told half used, nearly used and missed, each exactly once, to whoever has the ticket', async () => {
    // Enterprise, normal: eight hours around the clock.
    const ticket = await enterprise({ priority: 'normal' });
    await change(ticket, { assigneeId: 'acc_support' });
    expect((await readTicket(desk.pool, ticket.number)).dueAtMs).toBe(noonMs + 8 * hourMs);
    for (const hours of [3, 4.1, 4.2, 6.5, 6.6, 8.1, 9, 20]) {
      desk.clock.advance(noonMs + hours * hourMs - desk.clock.now());
      await Promise.all([tellTargets(desk.parts), tellTargets(desk.parts)]);
    }
    const kinds = (await readEvents(desk.pool, ticket.number)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => /half|most|breached/.test(kind))).toEqual(['half_used', 'most_used', 'breached']);
    expect(await toldOf(ticket)).toEqual([
      'acc_support ticket-target-missed',
      'acc_support ticket-target-near',
      'acc_support ticket-target-near',
    ]);
    expect(await readTicket(desk.pool, ticket.number)).toMatchObject({ breached: true });
  });

  test('of nobody’s ticket are told to all who may answer it, of a report only to those who may see it', async () => {
    desk.clock.advance(dayMs);
    const atMs = desk.clock.now();
    const plain = await enterprise({ atMs });
    const report = await ticketOf(desk.pool, { queue: 'vulnerability', atMs, subject: 'a hole in the wall' });
    desk.clock.advance(10 * dayMs);
    await tellTargets(desk.parts);
    expect(await toldOf(plain)).toEqual(['acc_admin ticket-target-missed', 'acc_support ticket-target-missed']);
    expect(await toldOf(report)).toEqual(['acc_admin ticket-target-missed']);
    const { rows } = await desk.pool.query(
      `select count(*)::int as words from notifications where facts::text ilike '%hole%'`,
    );
    expect(rows).toEqual([{ words: 0 }]);
  });

  test('of whoever is no staff any more are told to the others', async () => {
    await desk.person('acc_gone', 'support');
    const ticket = await enterprise({ atMs: desk.clock.now() });
    await change(ticket, { assigneeId: 'acc_gone' });
    await desk.pool.query(`update accounts set staff_role = null where id = 'acc_gone'`);
    desk.clock.advance(10 * dayMs);
    await tellTargets(desk.parts);
    expect(await toldOf(ticket)).toEqual(['acc_admin ticket-target-missed', 'acc_support ticket-target-missed']);
    const { rows } = await desk.pool.query<{ recipient: string }>(
      `select recipient from outbox where kind = 'ticket-pressing' and text_body like '%' || $1 || '%' order by 1`,
      [ticketName(ticket.number)],
    );
    expect(rows.map(({ recipient }) => recipient)).toEqual(['acc_admin@customer.test', 'acc_support@customer.test']);
  });

  test('stand still while a ticket waits, and an answer of the program stops nothing', async () => {
    const ticket = await enterprise({ atMs: desk.clock.now() });
    const automatic = { kind: 'automatic_answer' as const, actor: programActor, atMs: desk.clock.now() + 1 };
    await appendEvent(desk.pool, ticket.number, automatic);
    expect((await readTicket(desk.pool, ticket.number)).dueAtMs).not.toBeNull();
    desk.clock.advance(hourMs);
    await change(ticket, { state: 'waiting' });
    expect((await readTicket(desk.pool, ticket.number)).dueAtMs).toBeNull();
    desk.clock.advance(100 * hourMs);
    expect(await tellTargets(desk.parts)).toBe(0);
    await change(ticket, { state: 'open' });
    expect((await readTicket(desk.pool, ticket.number)).dueAtMs).toBe(desk.clock.now() + 7 * hourMs);
  });

  test('stay what they were when the plan changes, and follow it from the next ticket on', async () => {
    const before = await enterprise({ atMs: desk.clock.now() });
    await desk.call('PUT', '/admin/v1/customers/org_acc_pro/support-plan', 'acc_admin', { plan: 'starter' });
    await desk.call('PATCH', `/admin/v1/tickets/${ticketName(before.number)}`, 'acc_admin', { priority: 'high' });
    expect((await readTicket(desk.pool, before.number)).target.plan).toBe('enterprise');
    const after = await enterprise({ atMs: desk.clock.now() });
    expect(await readTicket(desk.pool, after.number)).toMatchObject({ target: { plan: 'starter' }, dueAtMs: null });
    await desk.call('PUT', '/admin/v1/customers/org_acc_pro/support-plan', 'acc_admin', { plan: 'enterprise' });
  });

  test('a new version of a policy is for new tickets; a holiday makes nothing due earlier', async () => {
    const ticket = await ticketOf(desk.pool, { queue: 'vulnerability', atMs: desk.clock.now() });
    const due = (await readTicket(desk.pool, ticket.number)).dueAtMs ?? 0;
    const calendars = await desk.call('GET', '/admin/v1/calendars', 'acc_admin');
    const { id, ...office } = calendars.body.data.find((one: { id: string }) => one.id === 'office-hours');
    const date = new Date(due).toISOString().slice(0, 10);
    const exceptions = [{ date, name: 'Holiday', ranges: [] }];
    const put = await desk.call('PUT', `/admin/v1/calendars/${id}`, 'acc_admin', { ...office, exceptions });
    expect(put.status, put.text).toBe(200);
    expect((await readTicket(desk.pool, ticket.number)).dueAtMs).toBeGreaterThan(due);
    const used = await desk.call('DELETE', `/admin/v1/calendars/${id}`, 'acc_admin');
    expect(used.body.code).toBe('calendar_in_use');
  });
});

test('what was put aside wakes in its time', async () => {
  const ticket = await ticketOf(desk.pool);
  const until = new Date(desk.clock.now() + hourMs).toISOString();
  await desk.call('POST', `/admin/v1/tickets/${ticketName(ticket.number)}/snooze`, 'acc_support', { until });
  await wakeSnoozed(desk.parts);
  expect((await readTicket(desk.pool, ticket.number)).snoozedUntilMs).not.toBeNull();
  desk.clock.advance(hourMs);
  await wakeSnoozed(desk.parts);
  expect(await readTicket(desk.pool, ticket.number)).toMatchObject({ snoozedUntilMs: null, unread: true });
});

test('what was solved is closed after thirty days', async () => {
  const ticket = await ticketOf(desk.pool);
  await change(ticket, { state: 'solved' });
  desk.clock.advance(29 * dayMs);
  await closeSolved(desk.parts);
  expect((await readTicket(desk.pool, ticket.number)).state).toBe('solved');
  desk.clock.advance(dayMs);
  await closeSolved(desk.parts);
  expect((await readTicket(desk.pool, ticket.number)).state).toBe('closed');
});

test('a customer is told of a reply once, when it can no longer be taken back', async () => {
  await accountIn(desk.pool, 'acc_reader');
  const ticket = await ticketOf(desk.pool, { accountId: 'acc_reader' });
  await desk.call('POST', `/admin/v1/tickets/${ticketName(ticket.number)}/reply`, 'acc_support', {
    text: 'x',
    version: 1,
  });
  await tellCustomers(desk.parts);
  expect(await toldOf(ticket)).toEqual([]);
  desk.clock.advance(30_000);
  await Promise.all([tellCustomers(desk.parts), tellCustomers(desk.parts)]);
  expect(await toldOf(ticket)).toEqual(['acc_reader ticket-answered']);
});

test('who was answered by a person is asked once how it was', async () => {
  const solved = async (parts = {}) => {
    const ticket = await ticketOf(desk.pool, { requester: { address: 'asked@customer.test', name: '' }, ...parts });
    await noteMessage(desk.pool, ticket.number, 'staff', desk.clock.now());
    await change(ticket, { state: 'solved' });
    return ticket;
  };
  const [first] = [await solved(), await solved(), await solved({ verified: false, queue: 'vulnerability' })];
  desk.clock.advance(dayMs + 1);
  const before = desk.letters.length;
  await askForRatings(desk.parts);
  await askForRatings(desk.parts);
  const asked = desk.letters.slice(before).filter(({ to }) => to === 'asked@customer.test');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.text).toContain(`/console/rate?token=${first.number}.`);
});

test('webhooks are signed, tried again, and never sent into a private network', async () => {
  const got: { body: string; signature: string }[] = [];
  let status = 500;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      got.push({ body, signature: String(request.headers['lodge-signature']) });
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const input = { name: 'Hook', url, format: 'lodge', events: ['ticket.assigned'] };
  const made = await desk.call('POST', '/admin/v1/desk-webhooks', 'acc_admin', input);
  expect(made.status, made.text).toBe(201);
  const refused = await desk.call('POST', '/admin/v1/desk-webhooks', 'acc_admin', {
    ...input,
    url: 'http://10.0.0.1/',
  });
  expect(refused.body.code).toBe('webhook_url_refused');

  const ticket = await ticketOf(desk.pool, { queue: 'vulnerability', subject: 'a hole' });
  await desk.call('PATCH', `/admin/v1/tickets/${ticketName(ticket.number)}`, 'acc_admin', { assignee: 'acc_admin' });
  await deliverDue(desk.parts);
  status = 200;
  await desk.pool.query('update desk_deliveries set next_attempt_at = now()');
  await deliverDue(desk.parts);
  expect(got).toHaveLength(2);
  const [, sent] = got;
  const { t = '', v1 } = Object.fromEntries((sent?.signature ?? '').split(',').map((part) => part.split('=')));
  expect(v1).toBe(createHmac('sha256', made.body.secret).update(`${t}.${sent?.body}`).digest('hex'));
  expect(JSON.parse(sent?.body ?? '')).toMatchObject({ event: 'ticket.assigned', ticket: { subject: null } });
  const test_ = await desk.call('POST', `/admin/v1/desk-webhooks/${made.body.id}/test`, 'acc_admin');
  expect(test_.body).toEqual({ delivered: true, error: null });
  await desk.pool.query(`update desk_webhooks set url = 'http://10.0.0.1/'`);
  const gone = await desk.call('POST', `/admin/v1/desk-webhooks/${made.body.id}/test`, 'acc_admin');
  expect(gone.body).toMatchObject({ delivered: false, error: expect.stringContaining('private network') });
  server.closeAllConnections();
  server.close();
});
