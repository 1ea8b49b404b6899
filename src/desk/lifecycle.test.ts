import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import {
  lockTicket,
  programActor,
  readEvents,
  readMessages,
  readTicket,
  type Ticket,
  ticketName,
} from './store/index.ts';
import { closeSolved, wakeSnoozed } from './tasks.ts';
import { type DeskUnderTest, startDesk, ticketOf } from './testing.ts';
import { takeMessage } from './threading/index.ts';

const hourMs = 3_600_000;
let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
  await desk.person('acc_support', 'support');
});
afterAll(() => desk.close());

const acts = [
  'reply',
  'undo',
  'solve',
  'close',
  'reopen',
  'snooze',
  'party',
  'stranger',
  'automatic',
  'day',
  'month',
] as const;
type Act = (typeof acts)[number];

async function take(number: bigint, as: 'party' | 'stranger' | 'automatic'): Promise<void> {
  await inTransaction(desk.pool, async (client) => {
    const author = { accountId: null, address: 'dev@customer.test', name: '' };
    const message = {
      kind: 'in' as const,
      author,
      verified: as === 'party',
      body: as,
      automatic: as === 'automatic' ? 'auto-reply' : null,
    };
    const taking = { as, actor: programActor, atMs: desk.clock.now() };
    await takeMessage(client, await lockTicket(client, number), message, taking);
  });
}

async function perform(ticket: Ticket, act: Act, last: { reply: string | null }): Promise<void> {
  const path = `/admin/v1/tickets/${ticketName(ticket.number)}`;
  const change = (state: string) => desk.call('PATCH', path, 'acc_support', { state });
  switch (act) {
    case 'reply': {
      const { body } = await desk.call('POST', `${path}/reply`, 'acc_support', { text: 'x', version: ticket.version });
      last.reply = body.message ?? last.reply;
      return;
    }
    case 'undo':
      if (last.reply !== null) await desk.call('POST', `${path}/undo`, 'acc_support', { message: last.reply });
      last.reply = null;
      return;
    case 'solve':
      return void (await change('solved'));
    case 'close':
      return void (await change('closed'));
    case 'reopen':
      return void (await change('open'));
    case 'snooze': {
      const until = new Date(desk.clock.now() + hourMs).toISOString();
      return void (await desk.call('POST', `${path}/snooze`, 'acc_support', { until }));
    }
    case 'day':
    case 'month':
      desk.clock.advance((act === 'day' ? 1 : 31) * 24 * hourMs);
      await wakeSnoozed(desk.parts);
      return void (await closeSolved(desk.parts));
    default:
      return take(ticket.number, act);
  }
}

/** What holds of every ticket, whatever was done to it. */
async function expectWhole(before: Ticket, act: Act): Promise<Ticket> {
  const after = await readTicket(desk.pool, before.number);
  const messages = await readMessages(desk.pool, before.number);
  const events = await readEvents(desk.pool, before.number);
  expect(after.version).toBeGreaterThanOrEqual(before.version);
  expect(after.firstRepliedAtMs === null).toBe(!messages.some(({ kind }) => kind === 'out'));
  expect(after.solvedAtMs === null || after.state === 'solved' || after.state === 'closed').toBe(true);
  expect(after.closedAtMs !== null).toBe(after.state === 'closed');
  if (after.state === 'waiting' || after.state === 'solved' || after.state === 'closed')
    expect(after.dueAtMs).toBeNull();
  if (after.state === 'solved' || after.state === 'closed') expect(after.snoozedUntilMs).toBeNull();
  if (act === 'party')
    expect(after).toMatchObject({ state: 'open', lastAuthor: 'customer', unread: true, snoozedUntilMs: null });
  if (act === 'stranger' || act === 'automatic') expect(after.state).toBe(before.state);
  expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1)));
  return after;
}

test('a ticket stays whole, whatever is done to it in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...acts), { minLength: 4, maxLength: 14 }), async (doings) => {
      let ticket = await ticketOf(desk.pool, { queue: 'vulnerability', atMs: desk.clock.now() });
      // The restricted queue has a clock for anyone; staff of this test may not see it, so it is moved where they may.
      await desk.pool.query(`update tickets set queue = 'bug' where number = $1`, [ticket.number]);
      ticket = await readTicket(desk.pool, ticket.number);
      const last: { reply: string | null } = { reply: null };
      for (const act of doings) {
        desk.clock.advance(60_000);
        await perform(ticket, act, last);
        ticket = await expectWhole(ticket, act);
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 60_000);
