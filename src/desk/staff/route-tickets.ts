import { z } from 'zod';
import {
  decodeCursor,
  encodeCursor,
  pageOf,
  pageQuery,
  type Route,
  type RouteContext,
  route,
} from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import { byTicket, idText, priorityShape, queueShape, stateShape, text } from '../shapes.ts';
import {
  countQueues,
  countViews,
  listTickets,
  readTicketName,
  type Ticket,
  type TicketFilter,
  views,
} from '../store/index.ts';
import { namesOf, ticketBody, ticketPageShape, ticketShape } from './json.ts';
import { lastWordsOf } from './last-words.ts';
import { ticketPage } from './page.ts';
import { decideSearch, searchTickets } from './search.ts';
import { mayStaff, seenTicket, viewerOf } from './sight.ts';

const base = '/admin/v1/tickets';
/** `[microseconds, number]`. */
const placeShape = z.tuple([z.string().regex(/^-?\d{1,18}$/), z.string().regex(/^\d{1,18}$/)]);
const viewShape = z.enum(views);

/** What staff read: lists, one ticket, search. */
export function readingRoutes(parts: DeskParts): Route[] {
  return [listRoute(parts), countsRoute(parts), searchRoute(parts), showRoute(parts)];
}

function listRoute({ pool }: DeskParts): Route {
  return route({
    method: 'GET',
    path: base,
    summary: 'List the tickets of a view',
    access: 'staff:tickets.read',
    query: z.object({
      ...pageQuery,
      view: viewShape
        .default('inbox')
        .describe('`breaching`: what is due within two hours, or missed, first things first.'),
      queue: queueShape.optional(),
      state: stateShape.optional(),
      priority: priorityShape.optional(),
      tag: text(40).optional(),
      assignee: idText.optional(),
      organization: idText.optional(),
      account: idText.optional(),
      requester: text(254).optional().describe('The whole address.'),
    }),
    responses: {
      200: pageOf(ticketShape.extend({ last_words: z.string().describe('How the last message begins.') })),
    },
    async handle(context, { query }) {
      const filter: TicketFilter = {
        ...sightOf(context),
        view: query.view,
        queue: query.queue,
        state: query.state,
        priority: query.priority,
        tag: query.tag,
        assigneeId: query.assignee,
        organizationId: query.organization,
        accountId: query.account,
        requester: query.requester,
      };
      const place = query.cursor === undefined ? null : decodeCursor(query.cursor, placeShape);
      const after = place === null ? null : { atUs: place[0], number: place[1] };
      const { tickets, next } = await listTickets(pool, filter, query.limit, after);
      const cursor = next === null ? null : encodeCursor([next.atUs, next.number]);
      const [bodies, words] = [await bodiesOf(pool, tickets), await lastWordsOf(pool, tickets)];
      const data = bodies.map((body) => ({ ...body, last_words: words.get(body.id) ?? '' }));
      return { status: 200, body: { data, next_cursor: cursor } };
    },
  });
}

function countsRoute({ pool }: DeskParts): Route {
  const counted = views.filter((view) => view !== 'all' && view !== 'closed' && view !== 'solved');
  const count = z.int().describe('1000 stands for that many or more.');
  return route({
    method: 'GET',
    path: `${base}/counts`,
    summary: 'Count the tickets of each view and queue',
    access: 'staff:tickets.read',
    responses: {
      200: z.object({
        views: z.partialRecord(viewShape, count),
        queues: z.partialRecord(queueShape, z.int()).describe('Open and waiting ones.'),
      }),
    },
    async handle(context) {
      const sight = sightOf(context);
      const [byView, byQueue] = [await countViews(pool, counted, sight), await countQueues(pool, sight.security)];
      return { status: 200, body: { views: { ...byView }, queues: { ...byQueue } } };
    },
  });
}

function searchRoute({ pool }: DeskParts): Route {
  return route({
    method: 'GET',
    path: `${base}/search`,
    summary: 'Find tickets by words, or exactly by an id, key prefix, address or order',
    access: 'staff:tickets.read',
    query: z.object({
      q: text(200).describe(
        'Words; `T-1001`; a request id; a key or its prefix; a mail address; an order; a Message-ID.',
      ),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    responses: {
      200: z.object({
        by: z.enum(['ticket', 'fact', 'address', 'message_id', 'words', 'nothing']),
        data: z.array(ticketShape.extend({ excerpt: z.string().nullable() })),
      }),
    },
    async handle(context, { query }) {
      const search = decideSearch(query.q);
      if (search === null) return { status: 200, body: { by: 'nothing' as const, data: [] } };
      const { security } = sightOf(context);
      const found = await searchTickets(pool, search, { security, limit: query.limit });
      const excerpts = new Map(found.map(({ number, excerpt }) => [number, excerpt]));
      const filter = { view: 'all', viewerId: null, security, numbers: [...excerpts.keys()], merged: true } as const;
      const { tickets } = await listTickets(pool, filter, query.limit, null);
      const bodies = await bodiesOf(pool, tickets);
      const data = bodies.map((body) => ({ ...body, excerpt: excerpts.get(readTicketName(body.id) ?? 0n) ?? null }));
      return { status: 200, body: { by: search.by, data } };
    },
  });
}

function showRoute({ pool, clock }: DeskParts): Route {
  return route({
    method: 'GET',
    path: `${base}/{ticket}`,
    summary: 'Show a ticket: thread, people, facts, links, events, clocks',
    access: 'staff:tickets.read',
    params: byTicket,
    responses: { 200: ticketPageShape },
    problems: only('ticket_not_found'),
    async handle(context, { params }) {
      const ticket = await seenTicket(pool, context, params.ticket);
      return { status: 200, body: await ticketPage(pool, context, ticket, clock.now()) };
    },
  });
}

function sightOf(context: RouteContext): { readonly viewerId: string | null; readonly security: boolean } {
  return { viewerId: viewerOf(context), security: mayStaff(context, 'tickets.security') };
}

export async function bodiesOf(pool: DeskParts['pool'], tickets: readonly Ticket[]) {
  const names = await namesOf(pool, tickets);
  return tickets.map((ticket) => ticketBody(ticket, names));
}
