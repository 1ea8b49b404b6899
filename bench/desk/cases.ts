import type { Pool } from 'pg';
import { listForCustomer } from '../../src/desk/customers/list.ts';
import { decideSearch, searchTickets } from '../../src/desk/staff/search.ts';
import {
  countQueues,
  countViews,
  listTickets,
  readEvents,
  readFacts,
  readMessages,
  readParticipants,
  readTicket,
  type TicketView,
} from '../../src/desk/store/index.ts';

export interface DeskCase {
  readonly name: string;
  readonly budgetMs: number;
  /** `run` counts up from 0: every run looks for something else. */
  run(pool: Pool, run: number, tickets: number): Promise<unknown>;
}

const inboxMs = 150;
const lookUpMs = 20;
const sight = { viewerId: 'acc_staff_3', security: true };

function list(view: TicketView, more = {}): DeskCase['run'] {
  return (pool) => listTickets(pool, { ...sight, view, ...more }, 50, null);
}

function search(textOf: (run: number, tickets: number) => string): DeskCase['run'] {
  return async (pool, run, tickets) => {
    const decided = decideSearch(textOf(run, tickets));
    if (decided === null) throw new Error('nothing to look for');
    return searchTickets(pool, decided, { security: true, limit: 50 });
  };
}

/** Any ticket: a prime apart, so that no two runs read the same pages. */
const numberOf = (run: number, tickets: number): bigint => BigInt(1_000_000 + ((run * 104_729 + 17) % tickets));

export const cases: readonly DeskCase[] = [
  { name: 'inbox', budgetMs: inboxMs, run: list('inbox') },
  { name: 'inbox of a queue', budgetMs: inboxMs, run: list('inbox', { queue: 'billing' }) },
  { name: 'mine', budgetMs: inboxMs, run: list('mine') },
  { name: 'unassigned', budgetMs: inboxMs, run: list('unassigned') },
  { name: 'waiting for us', budgetMs: inboxMs, run: list('waiting_for_us') },
  { name: 'breaching', budgetMs: inboxMs, run: list('breaching') },
  { name: 'closed', budgetMs: inboxMs, run: list('closed') },
  { name: 'all', budgetMs: inboxMs, run: list('all') },
  { name: 'all of a queue', budgetMs: inboxMs, run: list('all', { queue: 'enterprise' }) },
  {
    name: 'of an organization',
    budgetMs: inboxMs,
    run: (pool, run) =>
      listTickets(pool, { ...sight, view: 'all', organizationId: `org_bench_${1 + (run % 5000)}` }, 50, null),
  },
  {
    name: 'of a requester',
    budgetMs: inboxMs,
    run: (pool, run) =>
      listTickets(pool, { ...sight, view: 'all', requester: `dev${run * 7}@customer.test` }, 50, null),
  },
  {
    name: 'counts of views and queues',
    budgetMs: inboxMs,
    async run(pool) {
      await countViews(
        pool,
        ['inbox', 'mine', 'unassigned', 'breaching', 'waiting_for_us', 'waiting', 'snoozed'],
        sight,
      );
      await countQueues(pool, true);
    },
  },
  {
    name: 'a customer’s own',
    budgetMs: inboxMs,
    run: (pool, run) =>
      listForCustomer(
        pool,
        { accountId: 'acc_staff_1', organizationId: `org_bench_${1 + (run % 5000)}`, all: true },
        {},
        50,
        null,
      ),
  },
  { name: 'search: a rare word', budgetMs: inboxMs, run: search((run) => `w${40_000 + run * 13}`) },
  { name: 'search: a word of every tenth message', budgetMs: inboxMs, run: search((run) => `w${40 + run}`) },
  { name: 'search: a word of every message', budgetMs: inboxMs, run: search((run) => `w${1 + (run % 3)} `) },
  { name: 'search: two words', budgetMs: inboxMs, run: search((run) => `w${300 + run} w${900 + run}`) },
  { name: 'search: two common words', budgetMs: inboxMs, run: search((run) => `w${2 + (run % 5)} w${30 + run}`) },
  { name: 'search: the beginning of a word', budgetMs: inboxMs, run: search((run) => `w${(400 + run).toString()}`) },
  { name: 'search: a common phrase in Chinese', budgetMs: inboxMs, run: search(() => '无法连接') },
  {
    name: 'search: a rare sign in Chinese',
    budgetMs: inboxMs,
    run: search((run) => `服务器 ${String.fromCodePoint(19_968 + run * 7)}`),
  },
  { name: 'search: nothing', budgetMs: inboxMs, run: search((run) => `nowhere${run}`) },
  { name: 'by number', budgetMs: lookUpMs, run: search((run, tickets) => `T-${numberOf(run, tickets)}`) },
  {
    name: 'by key prefix',
    budgetMs: lookUpMs,
    run: search((run) => `sk-lodge-${(0xa0_00_00_00 + run).toString(16).slice(0, 8)}`),
  },
  { name: 'by address', budgetMs: lookUpMs, run: search((run) => `dev${run * 11}@customer.test`) },
  {
    name: 'by request id',
    budgetMs: lookUpMs,
    async run(pool, run, tickets) {
      const { rows } = await pool.query<{ value: string }>(
        `select value from ticket_facts where ticket_number = $1 and kind = 'request'`,
        [numberOf(run, tickets)],
      );
      const value = rows[0]?.value ?? '';
      return searchTickets(pool, { by: 'fact', kinds: ['request'], value }, { security: true, limit: 50 });
    },
  },
  {
    name: 'by Message-ID',
    budgetMs: lookUpMs,
    run: search((run, tickets) => `<bench.${numberOf(run, tickets)}.3@customer.test>`),
  },
  {
    name: 'a ticket with its thread',
    budgetMs: inboxMs,
    async run(pool, run, tickets) {
      const number = numberOf(run, tickets);
      await readTicket(pool, number);
      await readMessages(pool, number, { latest: true });
      await readParticipants(pool, number);
      await readFacts(pool, number);
      await readEvents(pool, number);
    },
  },
];
