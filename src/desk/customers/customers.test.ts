import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKey } from '../../base/key-format.ts';
import { inTransaction } from '../../db/index.ts';
import { ratingToken, readRatingToken } from '../rating.ts';
import { changeTicket, programActor, readMessages, readTicket, readTicketName } from '../store/index.ts';
import { type DeskUnderTest, startDesk } from '../testing.ts';
import { takeMessage } from '../threading/index.ts';

const own = '/control/v1/account/tickets';
const dayMs = 24 * 3_600_000;
let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
  await desk.person('acc_dev');
  await desk.person('acc_else');
  await desk.person('acc_support', 'support');
  await desk.person('acc_admin', 'admin');
});
afterAll(() => desk.close());

async function opened(parts: Record<string, unknown> = {}, as = 'acc_dev', path = own) {
  const body = { category: 'bug', subject: 'It fails', text: 'It fails since noon.', ...parts };
  const made = await desk.call('POST', path, as, body);
  // What follows comes later.
  desk.clock.advance(1_000);
  expect(made.status, made.text).toBe(201);
  const id = String(made.body.ticket.id);
  return { id, number: readTicketName(id) ?? 0n, made };
}

const move = (number: bigint, state: 'open' | 'waiting' | 'solved' | 'closed') =>
  inTransaction(desk.pool, (client) =>
    changeTicket(client, number, { state }, { actor: programActor, expectedVersion: null, nowMs: desk.clock.now() }),
  );

describe('a ticket from the console', () => {
  test.each([
    ['bug', 'bug'],
    ['billing', 'billing'],
    ['enterprise', 'enterprise'],
    ['vulnerability', 'vulnerability'],
    ['question', 'general'],
  ])('of the category %s stands in the queue %s', async (category, queue) => {
    const { number, made } = await opened({ category });
    expect(await readTicket(desk.pool, number)).toMatchObject({ queue, cameBy: 'console', verified: true });
    expect(made.body.ticket).toMatchObject({ category, own: true, state: 'open' });
  });

  test('loses the keys in it before anything is kept, and says so', async () => {
    const { secret } = newKey('lodge');
    const { number, made } = await opened({ subject: `my key ${secret}`, text: `It is ${secret}` });
    expect(made.body.redacted.length).toBeGreaterThan(0);
    const { rows } = await desk.pool.query(
      `select (select string_agg(m::text, '') from ticket_messages m where ticket_number = $1)
         || (select t::text from tickets t where number = $1) as kept`,
      [number],
    );
    expect(rows[0].kept).not.toContain(secret);
  });

  test('is not opened again and again', async () => {
    await desk.person('acc_flood');
    for (let i = 0; i < 20; i++) await opened({}, 'acc_flood');
    const more = await desk.call('POST', own, 'acc_flood', { category: 'bug', subject: 'x', text: 'x' });
    expect(more).toMatchObject({ status: 429, body: { code: 'ticket_limit_reached' } });
  });
});

describe('what a customer sees', () => {
  test('is their own, without notes, strangers’ words, and replies that may still be taken back', async () => {
    const { id, number } = await opened();
    await desk.call('POST', `/admin/v1/tickets/${id}/notes`, 'acc_support', { text: 'an internal word' });
    const { version } = await readTicket(desk.pool, number);
    desk.clock.advance(1_000);
    await desk.call('POST', `/admin/v1/tickets/${id}/reply`, 'acc_support', { text: 'the answer', version });
    await inTransaction(desk.pool, async (client) => {
      const ticket = await readTicket(client, number);
      for (const address of ['evil@else.test', ticket.requester.address]) {
        const author = { accountId: null, address, name: 'Support' };
        const message = { kind: 'in' as const, author, verified: false, body: 'a stranger’s word' };
        const taking = { as: 'stranger' as const, actor: programActor, atMs: desk.clock.now() };
        await takeMessage(client, ticket, message, taking);
      }
    });
    const texts = async () => {
      const page = await desk.call('GET', `${own}/${id}`, 'acc_dev');
      return page.body.messages.map(({ text }: { text: string }) => text);
    };
    expect(await texts()).toEqual(['It fails since noon.']);
    await desk.pool.query(`update outbox set state = 'shown', attempts = 1 where ticket_number = $1`, [number]);
    expect(await texts()).toEqual(['It fails since noon.', 'the answer']);
    const page = await desk.call('GET', `${own}/${id}`, 'acc_dev');
    expect(page.body.messages[1].author).toEqual({ name: 'acc_support', address: '', role: 'support' });
    expect(page.text).not.toContain('acc_support@');
    expect(page.body.history.map(({ kind }: { kind: string }) => kind)).toEqual(['opened', 'waiting_for_customer']);
  });

  test('is not there for others, whatever they do', async () => {
    const { id } = await opened();
    for (const [method, rest, body] of [
      ['GET', ''],
      ['POST', '/messages', { text: 'x' }],
      ['POST', '/close'],
      ['POST', '/reopen'],
      ['POST', '/rating', { stars: 5 }],
      ['GET', '/messages/msg_x/html'],
      ['GET', '/attachments/att_x'],
    ] as const) {
      const answer = await desk.call(method, `${own}/${id}${rest}`, 'acc_else', body);
      expect(answer, `${method} ${rest}`).toMatchObject({ status: 404, body: { code: 'ticket_not_found' } });
    }
  });

  test('is all of the organization for who may, but no report of a vulnerability of another', async () => {
    const path = '/control/v1/organizations/org_acc_dev/tickets';
    const plain = await opened({}, 'acc_dev', path);
    const report = await opened({ category: 'vulnerability' }, 'acc_dev', path);
    await desk.pool.query(`update tickets set account_id = null where number = any($1)`, [
      [plain.number, report.number],
    ]);
    const list = await desk.call('GET', `${path}?limit=200`, 'acc_dev');
    const ids = list.body.data.map(({ id }: { id: string }) => id);
    expect(ids).toContain(plain.id);
    expect(ids).not.toContain(report.id);
    expect((await desk.call('GET', `${path}/${report.id}`, 'acc_dev')).status).toBe(404);
    expect((await desk.call('GET', `${own}/${plain.id}`, 'acc_dev')).status).toBe(404);
  });
});

describe('what a customer does', () => {
  test('to write opens what was solved; a closed one within 30 days', async () => {
    for (const state of ['waiting', 'solved', 'closed'] as const) {
      const { id, number } = await opened({}, 'acc_else');
      await move(number, state);
      const written = await desk.call('POST', `${own}/${id}/messages`, 'acc_else', { text: 'Still.' });
      expect(written.body.ticket, written.text).toMatchObject({ state: 'open', last_author: 'customer' });
    }
    const { id, number } = await opened({}, 'acc_else');
    await move(number, 'closed');
    await desk.pool.query('update tickets set closed_at = $2 where number = $1', [
      number,
      new Date(desk.clock.now() - 31 * dayMs),
    ]);
    const late = await desk.call('POST', `${own}/${id}/messages`, 'acc_else', { text: 'Still.' });
    expect(late).toMatchObject({ status: 409, body: { code: 'ticket_closed_long_ago' } });
    expect((await desk.call('GET', `${own}/${id}`, 'acc_else')).body.can_reply).toBe(false);
    expect((await desk.call('POST', `${own}/${id}/reopen`, 'acc_else')).body.code).toBe('ticket_closed_long_ago');
  });

  test('to close, reopen and rate', async () => {
    const { id } = await opened({}, 'acc_else');
    const rate = () => desk.call('POST', `${own}/${id}/rating`, 'acc_else', { stars: 4, comment: 'Quick.' });
    expect((await rate()).body.code).toBe('ticket_not_solved');
    expect((await desk.call('POST', `${own}/${id}/close`, 'acc_else')).body.state).toBe('closed');
    expect((await rate()).body.rating).toBe(4);
    expect((await desk.call('POST', `${own}/${id}/reopen`, 'acc_else')).body.state).toBe('open');
  });
});

describe('a satisfaction link', () => {
  test('asks one question about one ticket, without an account', async () => {
    const { number, id } = await opened({}, 'acc_else');
    const token = ratingToken(desk.parts.linkKey, number);
    const path = '/control/v1/ticket-rating';
    expect((await desk.call('POST', path, undefined, { token, stars: 5 })).body.code).toBe('ticket_not_solved');
    await move(number, 'solved');
    const asked = await desk.call('GET', `${path}?token=${token}`);
    expect(asked.body).toEqual({ ticket: id, locale: 'en', open: true, stars: null });
    expect((await desk.call('POST', path, undefined, { token, stars: 5, comment: '' })).status).toBe(204);
    expect(await readTicket(desk.pool, number)).toMatchObject({ rating: 5, ratingComment: null });
    const other = token.replace(String(number), String(number + 1n));
    expect((await desk.call('GET', `${path}?token=${other}`)).body.code).toBe('rating_link_invalid');
    expect(readRatingToken(Buffer.alloc(32, 4), token)).toBeNull();
  });
});

test('the same ticket has what was written by mail and in the console', async () => {
  const { number } = await opened({}, 'acc_else');
  expect(await readMessages(desk.pool, number)).toMatchObject([{ author: { address: 'acc_else@customer.test' } }]);
});
