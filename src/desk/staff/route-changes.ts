import type pg from 'pg';
import { z } from 'zod';
import { appendAudit } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, type RouteContext, route } from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import {
  byTicket,
  idText,
  localeShape,
  priorityShape,
  queueShape,
  stateShape,
  text,
  ticketText,
  time,
  versionShape,
} from '../shapes.ts';
import {
  changeTicket,
  eventActorOf,
  type Queue,
  readTicket,
  type Ticket,
  type TicketChange,
  ticketName,
} from '../store/index.ts';
import { rolesFor } from '../telling/index.ts';
import { cleanLine, mergeTickets, splitTicket } from '../writing/index.ts';
import { ticketShape } from './json.ts';
import { bodiesOf } from './route-tickets.ts';
import { mayStaff, seenAndLocked } from './sight.ts';

const base = '/admin/v1/tickets/{ticket}';
const yearMs = 366 * 24 * 3_600_000;
const tags = z.array(text(60)).max(40);

/** What staff do to a ticket beside writing on it. */
export function changingRoutes(parts: DeskParts): Route[] {
  return [changeRoute(parts), snoozeRoute(parts), mergeRoute(parts), splitRoute(parts)];
}

function changeRoute(parts: DeskParts): Route {
  return route({
    method: 'PATCH',
    path: base,
    summary: 'Change state, queue, priority, assignee, tags, subject or language of a ticket',
    access: 'staff:tickets.write',
    params: byTicket,
    body: z.object({
      state: stateShape.optional(),
      queue: queueShape.optional(),
      priority: priorityShape.optional(),
      assignee: idText.nullable().optional().describe('Account id of a member of staff; null: nobody.'),
      tags: tags.optional(),
      add_tags: tags.optional(),
      remove_tags: tags.optional(),
      subject: text(300).optional(),
      locale: localeShape.optional(),
      unread: z.boolean().optional(),
      version: versionShape.optional().describe('Absent: whatever it is now.'),
    }),
    responses: { 200: ticketShape },
    problems: only(
      'ticket_not_found',
      'ticket_changed',
      'ticket_state_invalid',
      'ticket_merged',
      'ticket_tags_invalid',
      'ticket_restricted',
      'assignee_invalid',
    ),
    async handle(context, { params, body }) {
      const ticket = await changeAsStaff(parts, context, params.ticket, body);
      return { status: 200, body: await bodyOf(parts, ticket) };
    },
  });
}

interface AskedChange {
  readonly state?: Ticket['state'] | undefined;
  readonly queue?: Queue | undefined;
  readonly priority?: Ticket['priority'] | undefined;
  readonly assignee?: string | null | undefined;
  readonly tags?: string[] | undefined;
  readonly add_tags?: string[] | undefined;
  readonly remove_tags?: string[] | undefined;
  readonly subject?: string | undefined;
  readonly locale?: Ticket['locale'] | undefined;
  readonly unread?: boolean | undefined;
  readonly version?: number | undefined;
}

/** Changes a ticket that the caller may see, in a transaction of its own. */
export async function changeAsStaff(
  parts: DeskParts,
  context: RouteContext,
  name: string,
  asked: AskedChange,
): Promise<Ticket> {
  const { version = null, assignee, add_tags, remove_tags, subject, ...same } = asked;
  const change: TicketChange = {
    ...defined(same),
    ...defined({ assigneeId: assignee, addTags: add_tags, removeTags: remove_tags }),
    ...(subject === undefined ? {} : { subject: cleanLine(subject, parts.redaction).text }),
  };
  return inTransaction(parts.pool, async (client) => {
    const before = await seenAndLocked(client, context, name);
    await refuseStranger(client, context, before, change);
    return changed(parts, client, context, before, change, version);
  });
}

async function changed(
  parts: DeskParts,
  client: pg.ClientBase,
  context: RouteContext,
  before: Ticket,
  change: TicketChange,
  expectedVersion: number | null,
): Promise<Ticket> {
  const actor = eventActorOf(context.actor);
  const nowMs = parts.clock.now();
  const ticket = await changeTicket(client, before.number, change, { actor, expectedVersion, nowMs });
  const { assigneeId } = ticket;
  if (assigneeId !== null && assigneeId !== before.assigneeId) {
    await parts.tell(client, { kind: 'assigned', ticket, by: actor, to: [assigneeId] });
  }
  if (ticket.state !== before.state && (ticket.state === 'solved' || ticket.state === 'closed')) {
    await parts.tell(client, { kind: ticket.state, ticket, by: actor });
  }
  if ((ticket.queue === 'vulnerability') !== (before.queue === 'vulnerability')) {
    // Who may see it has changed: that is nothing to be done in silence.
    await appendAudit(client, context.actor, {
      action: 'ticket.restriction_changed',
      organizationId: null,
      subject: { kind: 'ticket', id: ticketName(ticket.number) },
      before: { queue: before.queue },
      after: { queue: ticket.queue },
    });
  }
  return ticket;
}

/** Only whoever may see a restricted ticket moves one there or back, and only staff who may answer it are given it. */
async function refuseStranger(
  client: pg.ClientBase,
  context: RouteContext,
  before: Ticket,
  { queue, assigneeId }: TicketChange,
): Promise<void> {
  if (queue === 'vulnerability' && before.queue !== queue && !mayStaff(context, 'tickets.security')) {
    const message = 'To move a ticket into the restricted queue needs tickets.security: you would lose sight of it.';
    throw new AppError('ticket_restricted', message);
  }
  const after: Queue = queue ?? before.queue;
  const assignee = assigneeId === undefined ? before.assigneeId : assigneeId;
  if (assignee === null || (assignee === before.assigneeId && after === before.queue)) return;
  const { rowCount } = await client.query(
    `select 1 from accounts where id = $1 and state = 'active' and staff_role = any($2)`,
    [assignee, rolesFor(after)],
  );
  if (rowCount === 1) return;
  throw new AppError(
    'assignee_invalid',
    'Give it to a member of staff who may answer tickets of this queue, or to nobody.',
  );
}

function snoozeRoute(parts: DeskParts): Route {
  return route({
    method: 'POST',
    path: `${base}/snooze`,
    summary: 'Put a ticket aside until a time; null wakes it',
    access: 'staff:tickets.write',
    params: byTicket,
    body: z.object({ until: time.nullable() }),
    responses: { 200: ticketShape },
    problems: only(
      'ticket_not_found',
      'ticket_merged',
      'ticket_state_invalid',
      'ticket_tags_invalid',
      'snooze_invalid',
    ),
    async handle(context, { params, body }) {
      const nowMs = parts.clock.now();
      const snoozedUntilMs = body.until === null ? null : Date.parse(body.until);
      if (snoozedUntilMs !== null && (snoozedUntilMs <= nowMs || snoozedUntilMs > nowMs + yearMs)) {
        throw new AppError('snooze_invalid', 'Name a time that lies ahead, within a year.');
      }
      const ticket = await inTransaction(parts.pool, async (client) => {
        const { number } = await seenAndLocked(client, context, params.ticket);
        const options = { actor: eventActorOf(context.actor), expectedVersion: null, nowMs };
        return changeTicket(client, number, { snoozedUntilMs }, options);
      });
      return { status: 200, body: await bodyOf(parts, ticket) };
    },
  });
}

function mergeRoute(parts: DeskParts): Route {
  return route({
    method: 'POST',
    path: `${base}/merge`,
    summary: 'Merge a ticket into another of the same customer',
    access: 'staff:tickets.write',
    params: byTicket,
    body: z.object({ into: ticketText, version: versionShape }),
    responses: { 200: ticketShape.describe('The ticket that it was merged into.') },
    problems: only(
      'ticket_not_found',
      'ticket_changed',
      'ticket_merged',
      'ticket_merge_refused',
      'ticket_state_invalid',
      'ticket_tags_invalid',
    ),
    async handle(context, { params, body }) {
      const ticket = await inTransaction(parts.pool, async (client) => {
        // In one order, whichever is merged into which: two merges at once do not wait for each other.
        const [first, second] = [params.ticket, body.into].sort();
        const held = [
          await seenAndLocked(client, context, first ?? ''),
          await seenAndLocked(client, context, second ?? ''),
        ];
        const [from, into] = first === params.ticket ? held : held.toReversed();
        if (from === undefined || into === undefined) throw new TypeError('two tickets are held');
        const doing = { actor: eventActorOf(context.actor), nowMs: parts.clock.now(), version: body.version };
        await mergeTickets(client, from, into, doing);
        await appendAudit(client, context.actor, {
          action: 'ticket.merged',
          organizationId: null,
          subject: { kind: 'ticket', id: ticketName(from.number) },
          after: { into: ticketName(into.number) },
        });
        return readTicket(client, into.number);
      });
      return { status: 200, body: await bodyOf(parts, ticket) };
    },
  });
}

function splitRoute(parts: DeskParts): Route {
  return route({
    method: 'POST',
    path: `${base}/split`,
    summary: 'Move messages into a ticket of their own',
    access: 'staff:tickets.write',
    params: byTicket,
    body: z.object({ messages: z.array(idText).min(1).max(200), subject: text(300) }),
    responses: { 201: ticketShape },
    problems: only('ticket_not_found', 'ticket_split_invalid'),
    async handle(context, { params, body }) {
      const ticket = await inTransaction(parts.pool, async (client) => {
        const from = await seenAndLocked(client, context, params.ticket);
        const subject = cleanLine(body.subject, parts.redaction).text;
        const doing = { actor: eventActorOf(context.actor), nowMs: parts.clock.now() };
        return readTicket(client, await splitTicket(client, from, { messages: body.messages, subject }, doing));
      });
      return { status: 201, body: await bodyOf(parts, ticket) };
    },
  });
}

async function bodyOf({ pool }: DeskParts, ticket: Ticket) {
  const [body] = await bodiesOf(pool, [ticket]);
  if (body === undefined) throw new TypeError('one ticket has one body');
  return body;
}

/** Without members that were not named: under `exactOptionalPropertyTypes` they are not the same as absent ones. */
function defined<T extends Record<string, unknown>>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
