import { customerTicketBody } from '../../src/desk/customers/json.ts';
import { listForCustomer } from '../../src/desk/customers/list.ts';
import { lastWordsOf } from '../../src/desk/staff/last-words.ts';
import { ticketPage } from '../../src/desk/staff/page.ts';
import { type ReportGroup, readReport } from '../../src/desk/staff/reports.ts';
import { bodiesOf } from '../../src/desk/staff/route-tickets.ts';
import { decideSearch, searchTickets } from '../../src/desk/staff/search.ts';
import {
  countQueues,
  countViews,
  listTickets,
  readMessages,
  readTicket,
  type TicketFilter,
  type TicketView,
  views,
} from '../../src/desk/store/index.ts';
import type { RouteContext } from '../../src/http/index.ts';
import type { Draw, DrawnDesk } from './draw.ts';

/** What the desk asks the database, through the functions that its endpoints call. */
export interface DeskCase {
  readonly name: string;
  /** Null: nothing was promised. */
  readonly budgetMs: number | null;
  run(desk: DrawnDesk, drawn: Draw): Promise<unknown>;
}

const listMs = 150;
const lookUpMs = 20;
const pageLength = 50;
const dayMs = 86_400_000;
/** Sees everything. */
const context = { caller: { kind: 'admin_token' } } as RouteContext;

type Filter = (drawn: Draw) => Partial<TicketFilter>;

/** A page of a list as its endpoint gives it: with names, and how the last message begins. */
function list(name: string, view: TicketView, filter: Filter = () => ({}), budgetMs = listMs): DeskCase {
  return {
    name,
    budgetMs,
    async run({ pool }, drawn) {
      const wanted = { view, viewerId: drawn.assigneeId, security: true, ...filter(drawn) };
      const { tickets, next } = await listTickets(pool, wanted, pageLength, null);
      await bodiesOf(pool, tickets);
      await lastWordsOf(pool, tickets);
      return next;
    },
  };
}

function search(name: string, textOf: (drawn: Draw) => string, budgetMs = listMs): DeskCase {
  return {
    name,
    budgetMs,
    async run({ pool }, drawn) {
      const decided = decideSearch(textOf(drawn));
      if (decided === null) throw new Error(`${name}: there is nothing to look for in ${textOf(drawn)}`);
      const found = await searchTickets(pool, decided, { security: true, limit: pageLength });
      const numbers = found.map(({ number }) => number);
      const filter = { view: 'all', viewerId: null, security: true, numbers, merged: true } as const;
      const { tickets } = await listTickets(pool, filter, pageLength, null);
      return bodiesOf(pool, tickets);
    },
  };
}

function report(name: string, group: ReportGroup, days: number): DeskCase {
  return {
    name,
    budgetMs: null,
    run: ({ pool, nowMs }) =>
      readReport(pool, { from: new Date(nowMs - days * dayMs), to: new Date(nowMs), security: true }, group),
  };
}

function customers(
  name: string,
  sightOf: (drawn: Draw) => Parameters<typeof listForCustomer>[1],
  open = false,
): DeskCase {
  return {
    name,
    budgetMs: listMs,
    async run({ pool }, drawn) {
      const sight = sightOf(drawn);
      const { tickets } = await listForCustomer(pool, sight, open ? { state: 'open' } : {}, pageLength, null);
      return tickets.map((ticket) => customerTicketBody(ticket, sight.accountId));
    },
  };
}

const counted = views.filter((view) => view !== 'all' && view !== 'closed' && view !== 'solved');

const lists: readonly DeskCase[] = [
  ...views.map((view) => list(`inbox: ${view.replaceAll('_', ' ')}`, view)),
  {
    name: 'inbox: counts of all views and queues',
    budgetMs: listMs,
    async run({ pool }, { assigneeId }) {
      await countViews(pool, counted, { viewerId: assigneeId, security: true });
      await countQueues(pool, true);
    },
  },
  list('queue: in work', 'inbox', () => ({ queue: 'billing' })),
  list('queue: all', 'all', () => ({ queue: 'enterprise' })),
  list('queue: the rarest, all', 'all', () => ({ queue: 'vulnerability' })),
  list('queue: all, without a permission', 'all', () => ({ security: false })),
  list('filter: of an organization', 'all', ({ requester }) => ({ organizationId: requester.organizationId })),
  list('filter: of the largest organization', 'all', () => ({ organizationId: 'org_bench_1' })),
  list('filter: of an address', 'all', ({ requester }) => ({ requester: requester.address })),
  list('filter: of an account', 'all', ({ requester }) => ({ accountId: requester.accountId })),
  list('filter: of an assignee, closed', 'closed', ({ assigneeId }) => ({ assigneeId })),
  list('filter: a tag', 'all', ({ ticket }) => ({ tag: `tag-${1 + Number(ticket % 60n)}` })),
  list('filter: a frequent tag', 'all', ({ ticket }) => ({ tag: `label-${1 + Number(ticket % 7n)}` })),
  list('filter: a tag that nobody gave', 'all', () => ({ tag: 'tag-0' })),
  list('filter: a tag in work', 'inbox', ({ ticket }) => ({ tag: `tag-${1 + Number(ticket % 60n)}` })),
  list('filter: low priority, solved', 'solved', () => ({ priority: 'low' })),
  list('filter: urgent reports, closed', 'closed', () => ({ priority: 'urgent', queue: 'vulnerability' })),
  {
    name: 'a page from the middle',
    budgetMs: listMs,
    run: ({ pool, nowMs, tickets }, { ticket }) =>
      listTickets(pool, { view: 'all', viewerId: null, security: true }, pageLength, {
        atUs: String(Math.round(nowMs - 730 * dayMs * (1 - (Number(ticket) - 1_001) / tickets)) * 1_000),
        number: '0',
      }),
  },
];

const pages: readonly DeskCase[] = [
  {
    name: 'a ticket with all its parts',
    budgetMs: listMs,
    run: async ({ pool, nowMs }, { ticket }) => ticketPage(pool, context, await readTicket(pool, ticket), nowMs),
  },
  {
    name: 'the thread of a ticket',
    budgetMs: listMs,
    run: ({ pool }, { ticket }) => readMessages(pool, ticket, { latest: true }),
  },
  customers('customer: own', ({ requester: { accountId } }) => ({ accountId, organizationId: null, all: false })),
  customers(
    'customer: own, open',
    ({ requester: { accountId } }) => ({ accountId, organizationId: null, all: false }),
    true,
  ),
  customers('customer: all of an organization', ({ requester }) => ({ ...requester, all: true })),
  customers('customer: open of an organization', ({ requester }) => ({ ...requester, all: true }), true),
  customers(
    'customer: open of the largest',
    ({ requester: { accountId } }) => ({ accountId, organizationId: 'org_bench_1', all: true }),
    true,
  ),
];

const searches: readonly DeskCase[] = [
  search('search: a common word', ({ words }) => words.common[0]),
  search('search: a middling word', ({ words }) => words.middling[0]),
  search('search: a rare word', ({ words }) => words.rare[0]),
  search('search: two common words', ({ words }) => words.common.join(' ')),
  search('search: two middling words', ({ words }) => words.middling.join(' ')),
  search('search: a common and a rare word', ({ words }) => `${words.common[0]} ${words.rare[0]}`),
  search('search: two rare words, in no message', ({ words }) => words.rare.join(' ')),
  search('search: the beginning of a word', ({ words }) => words.middling[0].slice(0, 3)),
  search('search: a word that nobody wrote', ({ ticket }) => `xq${ticket}zj`),
  search('search: Chinese, a common word', ({ chinese }) => chinese.common),
  search('search: Chinese, a middling word', ({ chinese }) => chinese.middling),
  search('search: Chinese, a rare word', ({ chinese }) => chinese.rare),
  search('search: Chinese, a phrase of four characters', ({ chinese }) => chinese.phrase),
  search('search: Chinese, one character', ({ chinese }) => chinese.middling.slice(0, 1)),
  search('search: Chinese and English', ({ chinese, words }) => `${chinese.middling} ${words.rare[0]}`),
];

const lookUps: readonly DeskCase[] = [
  search('by T-number', ({ ticket }) => `T-${ticket}`, lookUpMs),
  search('by request id', ({ requestId }) => requestId, lookUpMs),
  search('by key prefix', ({ keyPrefix }) => keyPrefix, lookUpMs),
  search('by order', ({ order }) => order, lookUpMs),
  search('by address', ({ requester }) => requester.address, lookUpMs),
  search('by Message-ID', ({ ticket }) => `<bench.${ticket}.0@customer.test>`, lookUpMs),
];

export const cases: readonly DeskCase[] = [
  ...lists,
  ...pages,
  ...searches,
  ...lookUps,
  report('report: a month by day', 'day', 30),
  report('report: a month by queue', 'queue', 30),
  report('report: a month by assignee', 'assignee', 30),
  report('report: a month by error code', 'error_code', 30),
  report('report: a year by plan', 'plan', 365),
];
