import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import {
  type AccountContext,
  decodeCursor,
  encodeCursor,
  FileBody,
  type OrganizationContext,
  pageOf,
  pageQuery,
  type Route,
  route,
} from '../../http/index.ts';
import { attachmentFile, messageDocument } from '../content.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import { rateTicket } from '../rating.ts';
import { localeShape, messageMax, text, ticketText, uploadsShape } from '../shapes.ts';
import { piecesOf } from '../staff/route-content.ts';
import { eventActorOf, findMessage, readTicket, ticketName } from '../store/index.ts';
import { organizationsOf } from '../threading/index.ts';
import { findingBody } from '../writing/index.ts';
import { categories, customerPageShape, customerTicketBody, customerTicketShape } from './json.ts';
import { listForCustomer } from './list.ts';
import { customerPage, isTold } from './page.ts';
import { type CustomerSight, customersTicket, customersTicketLocked } from './sight.ts';
import { openByCustomer, replyByCustomer, settleByCustomer } from './write.ts';

/** One of the two places where customers find tickets; what is done there is the same. */
export interface CustomerDoor<Context extends AccountContext> {
  readonly path: string;
  readonly access: 'account' | 'organization:organization.read';
  readonly params: z.ZodObject;
  readonly sightOf: (context: Context) => CustomerSight;
}

const placeShape = z.tuple([z.string().regex(/^-?\d{1,18}$/), z.string().regex(/^\d{1,18}$/)]);
const redactedShape = z
  .array(z.object({ kind: z.string(), issuer: z.string().nullable(), last_four: z.string() }))
  .describe('Secrets that were taken out of what was written. A key that was among them should be replaced.');
const uploadProblems = ['upload_not_found', 'upload_incomplete', 'ticket_attachment_infected', 'scanner_away'] as const;

type Contexts = AccountContext & OrganizationContext;

/** Customers’ tickets: the same as by mail. */
export function customerTicketRoutes(parts: DeskParts, door: CustomerDoor<Contexts>): Route[] {
  return [
    ...readRoutes(parts, door),
    ...writeRoutes(parts, door),
    ...settleRoutes(parts, door),
    ...fileRoutes(parts, door),
  ];
}

function readRoutes(parts: DeskParts, { path, access, params, sightOf }: CustomerDoor<Contexts>): Route[] {
  return [
    route({
      method: 'GET',
      path,
      summary: access === 'account' ? 'List your tickets' : 'List your tickets, or all of the organization',
      access,
      params,
      query: z.object({ ...pageQuery, state: z.enum(['open', 'done']).optional() }),
      responses: { 200: pageOf(customerTicketShape) },
      async handle(context, { query }) {
        const sight = sightOf(context as Contexts);
        const place = query.cursor === undefined ? null : decodeCursor(query.cursor, placeShape);
        const after = place === null ? null : { atUs: place[0], number: place[1] };
        const { tickets, next } = await listForCustomer(parts.pool, sight, { state: query.state }, query.limit, after);
        const data = tickets.map((ticket) => customerTicketBody(ticket, sight.accountId));
        const next_cursor = next === null ? null : encodeCursor([next.atUs, next.number]);
        return { status: 200, body: { data, next_cursor } };
      },
    }),
    route({
      method: 'GET',
      path: `${path}/{ticket}`,
      summary: 'Show a ticket with its messages',
      access,
      params: params.extend({ ticket: ticketText }),
      responses: { 200: customerPageShape },
      problems: only('ticket_not_found'),
      async handle(context, input) {
        const sight = sightOf(context as Contexts);
        const ticket = await customersTicket(parts.pool, sight, String(input.params['ticket']));
        return { status: 200, body: await customerPage(parts, ticket, sight.accountId) };
      },
    }),
  ];
}

function writeRoutes(parts: DeskParts, { path, access, params, sightOf }: CustomerDoor<Contexts>): Route[] {
  const created = z.object({ ticket: customerTicketShape, redacted: redactedShape });
  return [
    route({
      method: 'POST',
      path,
      summary: 'Open a ticket',
      access,
      params,
      body: z.object({
        category: z.enum(categories),
        subject: text(300),
        text: text(messageMax),
        locale: localeShape.optional().describe('In which you want to be answered. Absent: your account’s.'),
        uploads: uploadsShape,
      }),
      responses: { 201: created },
      problems: only('ticket_limit_reached', 'ticket_tags_invalid', ...uploadProblems),
      async handle(context, { body }) {
        const sight = sightOf(context as Contexts);
        const organizationId =
          sight.organizationId ?? (await organizationsOf(parts.pool, sight.accountId))[0]?.id ?? null;
        const { number, findings } = await openByCustomer(parts, context as AccountContext, {
          ...body,
          organizationId,
        });
        const ticket = customerTicketBody(await readTicket(parts.pool, number), sight.accountId);
        return { status: 201, body: { ticket, redacted: findings.map(findingBody) } };
      },
    }),
    route({
      method: 'POST',
      path: `${path}/{ticket}/messages`,
      summary: 'Write on a ticket; one that was solved is open again',
      access,
      params: params.extend({ ticket: ticketText }),
      body: z.object({ text: text(messageMax), uploads: uploadsShape }),
      responses: { 201: created.extend({ message: z.string() }) },
      problems: only('ticket_not_found', 'ticket_closed_long_ago', 'ticket_limit_reached', ...uploadProblems),
      async handle(context, { params: named, body }) {
        const sight = sightOf(context as Contexts);
        const input = { ...body, ticket: String(named['ticket']) };
        const { ticket, messageId, findings } = await replyByCustomer(parts, context as AccountContext, sight, input);
        const shown = customerTicketBody(ticket, sight.accountId);
        return { status: 201, body: { ticket: shown, message: messageId, redacted: findings.map(findingBody) } };
      },
    }),
  ];
}

function settleRoutes(parts: DeskParts, { path, access, params, sightOf }: CustomerDoor<Contexts>): Route[] {
  const settle = (verb: 'close' | 'reopen', summary: string): Route =>
    route({
      method: 'POST',
      path: `${path}/{ticket}/${verb}`,
      summary,
      access,
      params: params.extend({ ticket: ticketText }),
      responses: { 200: customerTicketShape },
      problems: only('ticket_not_found', 'ticket_closed_long_ago', 'ticket_state_invalid', 'ticket_merged'),
      async handle(context, input) {
        const sight = sightOf(context as Contexts);
        const state = verb === 'close' ? 'closed' : 'open';
        const name = String(input.params['ticket']);
        const ticket = await settleByCustomer(parts, context as AccountContext, sight, name, state);
        return { status: 200, body: customerTicketBody(ticket, sight.accountId) };
      },
    });
  return [
    settle('close', 'Close a ticket: it is done'),
    settle('reopen', 'Reopen a ticket: it is not done'),
    route({
      method: 'POST',
      path: `${path}/{ticket}/rating`,
      summary: 'Say how you were served, once a ticket is solved',
      access,
      params: params.extend({ ticket: ticketText }),
      body: z.object({ stars: z.int().min(1).max(5), comment: text(2_000).nullable().default(null) }),
      responses: { 200: customerTicketShape },
      problems: only('ticket_not_found', 'ticket_not_solved'),
      async handle(context, input) {
        const sight = sightOf(context as Contexts);
        const actor = eventActorOf(context.actor);
        const ticket = await inTransaction(parts.pool, async (client) => {
          const { number } = await customersTicketLocked(client, sight, String(input.params['ticket']));
          return rateTicket(parts, client, number, input.body, actor);
        });
        return { status: 200, body: customerTicketBody(ticket, sight.accountId) };
      },
    }),
  ];
}

function fileRoutes(parts: DeskParts, { path, access, params, sightOf }: CustomerDoor<Contexts>): Route[] {
  const { pool, files, url } = parts;
  return [
    route({
      method: 'GET',
      path: `${path}/{ticket}/messages/{message}/html`,
      summary: 'A message’s HTML as a document for a frame without scripts',
      access,
      params: params.extend({ ticket: ticketText, message: z.string().max(100) }),
      query: z.object({ lang: localeShape.default('en') }),
      responses: { 200: new FileBody('text/html; charset=utf-8') },
      problems: only('ticket_not_found', 'ticket_message_not_found'),
      async handle(context, { params: named, query }) {
        const ticket = await customersTicket(pool, sightOf(context as Contexts), String(named['ticket']));
        const message = await findMessage(pool, ticket.number, String(named['message']));
        if (message?.html == null || !isTold(message, ticket)) {
          const words = `There is no such message with HTML on ${ticketName(ticket.number)}.`;
          throw new AppError('ticket_message_not_found', words);
        }
        const { html, headers } = await messageDocument(files, message, {
          locale: query.lang,
          url: url(),
          remote: null,
        });
        return { status: 200, body: piecesOf(html), headers };
      },
    }),
    route({
      method: 'GET',
      path: `${path}/{ticket}/attachments/{attachment}`,
      summary: 'Download an attachment; safe images may be shown',
      access,
      params: params.extend({ ticket: ticketText, attachment: z.string().max(100) }),
      query: z.object({ inline: z.enum(['1']).optional() }),
      responses: { 200: new FileBody('application/octet-stream') },
      problems: only('ticket_not_found', 'ticket_attachment_not_found', 'ticket_attachment_infected'),
      async handle(context, { params: named, query }) {
        const ticket = await customersTicket(pool, sightOf(context as Contexts), String(named['ticket']));
        const shown = { inline: query.inline === '1', publicOnly: true };
        const found = await attachmentFile(pool, files, ticket.number, String(named['attachment']), shown);
        return { status: 200, body: found.body, headers: found.headers };
      },
    }),
  ];
}
