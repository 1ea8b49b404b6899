import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../../db/testing.ts';
import {
  addFacts,
  addMessage,
  appendEvent,
  changeTicket,
  decideChange,
  findTicket,
  followMerges,
  listTickets,
  type NewTicket,
  openTicket,
  programActor,
  readEvents,
  readFacts,
  readMessages,
  readParticipants,
  type TicketState,
  ticketInSubject,
  ticketStates,
  transitions,
} from './index.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await createTestDatabase();
});
afterAll(() => base.drop());

const nowMs = Date.UTC(2026, 10, 20, 12);
const staff = { id: null, name: 'ann@site.test' };

function beginning(parts: Partial<NewTicket> = {}): NewTicket {
  return {
    subject: 'bug: 502 since noon',
    queue: 'bug',
    mailboxId: null,
    cameBy: 'mail',
    requester: { address: 'Dev@Customer.test', name: 'Dev' },
    accountId: null,
    organizationId: null,
    verified: true,
    locale: 'en',
    message: {
      kind: 'in',
      author: { accountId: null, address: 'dev@customer.test', name: 'Dev' },
      verified: true,
      subject: 'bug: 502 since noon',
      body: 'It fails with 502.',
    },
    actor: programActor,
    atMs: nowMs,
    ...parts,
  };
}

const open = (parts: Partial<NewTicket> = {}) =>
  inTransaction(base.database.pool, async (client) => (await openTicket(client, beginning(parts))).ticket);

describe('a ticket', () => {
  test('begins with its message, its requester, its target and its first event', async () => {
    const { pool } = base.database;
    const ticket = await open();
    expect(ticket).toMatchObject({
      state: 'open',
      unread: true,
      version: 1,
      lastAuthor: 'customer',
      openedAtMs: nowMs,
    });
    expect(ticket.requester.address).toBe('dev@customer.test');
    expect(ticket.target).toMatchObject({ plan: 'starter', policyId: 'starter' });
    expect(await readMessages(pool, ticket.number)).toMatchObject([{ body: 'It fails with 502.', html: null }]);
    expect(await readParticipants(pool, ticket.number)).toMatchObject([{ role: 'requester' }]);
    expect(await readEvents(pool, ticket.number)).toMatchObject([{ kind: 'opened', atMs: nowMs }]);
  });

  test('of a report of a vulnerability has that policy, whoever sent it', async () => {
    expect((await open({ queue: 'vulnerability' })).target.policyId).toBe('vulnerability');
  });

  test('has a subject of one line of at most 300 characters', async () => {
    expect((await open({ subject: 'a\r\nBcc: b' })).subject).toBe('a Bcc: b');
    expect((await open({ subject: '💥'.repeat(400) })).subject).toHaveLength(600);
    expect((await open({ subject: ' ', locale: 'zh' })).subject).toBe('（无主题）');
  });
});

describe('events', () => {
  test('are never changed', async () => {
    const { number } = await open();
    await expect(
      base.database.pool.query(`update ticket_events set kind = 'x' where ticket_number = $1`, [number]),
    ).rejects.toThrow('only ever added');
  });

  test('that happen once are added once', async () => {
    const { number } = await open();
    const add = () => appendEvent(base.database.pool, number, { kind: 'breached', actor: programActor, once: 'b:1' });
    expect([await add(), await add()]).toEqual([true, false]);
    expect(await readEvents(base.database.pool, number, new Set(['breached']))).toHaveLength(1);
  });
});

describe('a change', () => {
  const change = (number: bigint, what: Parameters<typeof changeTicket>[2], expectedVersion: number | null = null) =>
    inTransaction(base.database.pool, (client) =>
      changeTicket(client, number, what, { actor: staff, expectedVersion, nowMs }),
    );

  test('tells each thing that is different, and counts the version up once', async () => {
    const { number } = await open();
    const after = await change(number, { priority: 'high', addTags: ['API', 'api', 'outage'], state: 'waiting' }, 1);
    expect(after).toMatchObject({ priority: 'high', tags: ['api', 'outage'], state: 'waiting', version: 2 });
    const kinds = (await readEvents(base.database.pool, number)).map(({ kind }) => kind);
    expect(kinds).toEqual(['opened', 'waiting_for_customer', 'priority_changed', 'tags_changed']);
  });

  test('that changes nothing is no change', async () => {
    const { number } = await open();
    expect((await change(number, { priority: 'normal', removeTags: ['none'] })).version).toBe(1);
  });

  test('by somebody who has not seen the last one is refused with who made it', async () => {
    const { number } = await open();
    await change(number, { priority: 'high' }, 1);
    await expect(change(number, { priority: 'low' }, 1)).rejects.toMatchObject({
      code: 'ticket_changed',
      message: expect.stringContaining('ann@site.test (priority changed'),
    });
  });

  test('of two at once lets one through', async () => {
    const { number } = await open();
    const both = await Promise.allSettled([
      change(number, { priority: 'high' }, 1),
      change(number, { state: 'solved' }, 1),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('into or out of the restricted queue brings its policy', async () => {
    const { number } = await open();
    expect((await change(number, { queue: 'vulnerability' })).target.policyId).toBe('vulnerability');
    expect((await change(number, { queue: 'bug' })).target.policyId).toBe('starter');
  });

  test('goes from state to state only where the table says', async () => {
    const ticket = await open();
    for (const from of ticketStates) {
      for (const to of ticketStates) {
        const decided = decideChange({ ...ticket, state: from as TicketState }, { state: to }, nowMs);
        const allowed = from === to || transitions[from].includes(to);
        expect('code' in decided, `${from} → ${to}`).toBe(!allowed);
      }
    }
    const merged = decideChange({ ...ticket, mergedInto: 1n }, { priority: 'low' }, nowMs);
    expect(merged).toMatchObject({ code: 'ticket_merged' });
  });
});

describe('a list', () => {
  test('has pages without gaps and repeats, and hides what is restricted', async () => {
    const { pool } = base.database;
    const requester = { address: 'pages@customer.test', name: '' };
    const made: bigint[] = [];
    for (let i = 0; i < 7; i++) made.push((await open({ requester, atMs: nowMs + (i % 3) })).number);
    const hidden = (await open({ requester, queue: 'vulnerability' })).number;
    const filter = { view: 'all', viewerId: null, security: false, requester: requester.address } as const;
    const seen: bigint[] = [];
    let after: Awaited<ReturnType<typeof listTickets>>['next'] = null;
    for (let pages = 0; pages < 10; pages++) {
      const { tickets, next } = await listTickets(pool, filter, 2, after);
      seen.push(...tickets.map(({ number }) => number));
      after = next;
      if (next === null) break;
    }
    expect([...seen].sort()).toEqual([...made].sort());
    const all = await listTickets(pool, { ...filter, security: true }, 50, null);
    expect(all.tickets.map(({ number }) => number)).toContain(hidden);
  });
});

test('what was merged leads to where it went, also over several steps', async () => {
  const { pool } = base.database;
  const [a, b, c] = [await open(), await open(), await open()];
  await pool.query('update tickets set merged_into = $2 where number = $1', [a.number, b.number]);
  await pool.query('update tickets set merged_into = $2 where number = $1', [b.number, c.number]);
  expect((await followMerges(pool, a.number))?.number).toBe(c.number);
  expect(await followMerges(pool, 999_999n)).toBeNull();
  expect(await findTicket(pool, 999_999n)).toBeNull();
});

test('facts are kept once', async () => {
  const { pool } = base.database;
  const { number } = await open();
  const author = { accountId: null, address: 'dev@customer.test', name: '' };
  const messageId = await addMessage(pool, number, { kind: 'in', author, verified: false, body: 'x' });
  const fact = { kind: 'status', value: '502', messageId, detail: {} } as const;
  expect(await addFacts(pool, number, [fact, fact])).toBe(1);
  expect(await addFacts(pool, number, [fact])).toBe(0);
  expect(await readFacts(pool, number)).toEqual([fact]);
});

test('a ticket is named in a subject by its brackets alone', () => {
  expect(ticketInSubject('Re: [T-1001] bug: 502')).toBe(1001n);
  expect(ticketInSubject('回复：［T-1001］')).toBe(1001n);
  expect(ticketInSubject('T-1001')).toBeNull();
});
