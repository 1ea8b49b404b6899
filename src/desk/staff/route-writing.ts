import type pg from 'pg';
import { z } from 'zod';
import { appendAudit } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, type RouteContext, route } from '../../http/index.ts';
import { isMailAddress } from '../../mail/index.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import {
  byTicket,
  idText,
  localeShape,
  messageMax,
  priorityShape,
  queueShape,
  stateShape,
  text,
  time,
  timeText,
  uploadsShape,
  versionShape,
} from '../shapes.ts';
import { eventActorOf, openTicketByStaff, type Ticket, ticketName } from '../store/index.ts';
import { organizationsOf } from '../threading/index.ts';
import { addNote, cleanLine, findingBody, replyTo, undoReply } from '../writing/index.ts';
import { replierOf } from './replier.ts';
import { mayStaff, seenAndLocked } from './sight.ts';

const base = '/admin/v1/tickets/{ticket}';
const redactedShape = z
  .array(z.object({ kind: z.string(), issuer: z.string().nullable(), last_four: z.string() }))
  .describe('Secrets that were taken out of what was written.');
const address = text(254);

/** What staff write: replies with undo, notes, tickets of their own. */
export function writingRoutes(parts: DeskParts): Route[] {
  return [openRoute(parts), replyRoute(parts), undoRoute(parts), noteRoute(parts)];
}

function replyRoute(parts: DeskParts): Route {
  return route({
    method: 'POST',
    path: `${base}/reply`,
    summary: 'Reply to the customer; the mail leaves after 15 seconds',
    access: 'staff:tickets.write',
    params: byTicket,
    body: z.object({
      text: text(messageMax),
      cc: z.array(address).max(20).optional().describe('Absent: whoever is in copy already.'),
      state: stateShape.default('waiting'),
      uploads: uploadsShape,
      version: versionShape,
    }),
    responses: {
      201: z.object({
        message: z.string(),
        undo_until: time.nullable(),
        redacted: redactedShape,
        left_out: z.array(z.string()).describe('Addresses that nothing is sent to any more: mail to them came back.'),
      }),
    },
    problems: only(
      'ticket_not_found',
      'ticket_changed',
      'ticket_merged',
      'ticket_state_invalid',
      'mail_recipient_invalid',
      'letter_subject_refused',
      'letter_empty',
      'letter_too_large',
      'upload_not_found',
      'upload_incomplete',
      'ticket_attachment_infected',
      'scanner_away',
    ),
    async handle(context, { params, body }) {
      const by = replierOf(context, parts.siteName());
      const replied = await inTransaction(parts.pool, async (client) =>
        replyTo(parts, client, await seenAndLocked(client, context, params.ticket), body, by),
      );
      return {
        status: 201,
        body: {
          message: replied.messageId,
          undo_until: timeText(replied.undoUntilMs),
          redacted: replied.findings.map(findingBody),
          left_out: [...replied.leftOut],
        },
      };
    },
  });
}

function undoRoute(parts: DeskParts): Route {
  return route({
    method: 'POST',
    path: `${base}/undo`,
    summary: 'Take a reply back before it leaves',
    access: 'staff:tickets.write',
    params: byTicket,
    body: z.object({ message: idText }),
    responses: { 200: z.object({ text: z.string().describe('What was written, to go on with.') }) },
    problems: only('ticket_not_found', 'reply_not_found', 'reply_left'),
    async handle(context, { params, body }) {
      const actor = eventActorOf(context.actor);
      const written = await inTransaction(parts.pool, async (client) => {
        const ticket = await seenAndLocked(client, context, params.ticket);
        return undoReply(client, ticket, body.message, { actor, nowMs: parts.clock.now() });
      });
      return { status: 200, body: { text: written } };
    },
  });
}

function noteRoute(parts: DeskParts): Route {
  return route({
    method: 'POST',
    path: `${base}/notes`,
    summary: 'Write a note that only staff see; @name tells somebody',
    access: 'staff:tickets.write',
    params: byTicket,
    body: z.object({ text: text(messageMax), uploads: uploadsShape }),
    responses: {
      201: z.object({ message: z.string(), mentioned: z.array(z.string()), redacted: redactedShape }),
    },
    problems: only(
      'ticket_not_found',
      'upload_not_found',
      'upload_incomplete',
      'ticket_attachment_infected',
      'scanner_away',
    ),
    async handle(context, { params, body }) {
      const by = replierOf(context, parts.siteName());
      const note = await inTransaction(parts.pool, async (client) =>
        addNote(parts, client, await seenAndLocked(client, context, params.ticket), body, by),
      );
      const { messageId: message, mentioned, findings } = note;
      return { status: 201, body: { message, mentioned, redacted: findings.map(findingBody) } };
    },
  });
}

function openRoute(parts: DeskParts): Route {
  return route({
    method: 'POST',
    path: '/admin/v1/tickets',
    summary: 'Write to a customer, which opens a ticket',
    access: 'staff:tickets.write',
    body: z.object({
      to: address,
      name: z.string().trim().max(200).default(''),
      subject: text(300),
      text: text(messageMax),
      queue: queueShape.default('general'),
      priority: priorityShape.default('normal'),
      locale: localeShape.optional().describe('Absent: the account’s, or English.'),
      state: stateShape.default('waiting'),
      uploads: uploadsShape,
    }),
    responses: { 201: z.object({ ticket: z.string(), message: z.string(), undo_until: time.nullable() }) },
    problems: only(
      'ticket_restricted',
      'ticket_state_invalid',
      'mail_recipient_invalid',
      'letter_empty',
      'letter_too_large',
      'upload_not_found',
      'upload_incomplete',
      'ticket_attachment_infected',
      'scanner_away',
    ),
    async handle(context, { body }) {
      if (body.queue === 'vulnerability' && !mayStaff(context, 'tickets.security')) {
        throw new AppError('ticket_restricted', 'This queue needs the permission tickets.security.');
      }
      const by = replierOf(context, parts.siteName());
      const done = await inTransaction(parts.pool, async (client) => {
        const ticket = await openFor(parts, client, context, body);
        const input = { text: body.text, state: body.state, uploads: body.uploads, version: ticket.version, cc: [] };
        const replied = await replyTo(parts, client, ticket, input, by);
        return { ticket, replied };
      });
      const { ticket, replied } = done;
      const undo = timeText(replied.undoUntilMs);
      return { status: 201, body: { ticket: ticketName(ticket.number), message: replied.messageId, undo_until: undo } };
    },
  });
}

interface Opening {
  readonly to: string;
  readonly name: string;
  readonly subject: string;
  readonly queue: Ticket['queue'];
  readonly priority: Ticket['priority'];
  readonly locale?: Ticket['locale'] | undefined;
}

/** Of an address that an account has proved, the ticket is that account's. */
async function openFor(
  { redaction, clock }: DeskParts,
  client: pg.ClientBase,
  { actor }: RouteContext,
  { to, name, subject, queue, priority, locale }: Opening,
): Promise<Ticket> {
  if (!isMailAddress(to)) throw new AppError('mail_recipient_invalid', `${to} is no mail address.`);
  const { rows } = await client.query<{ id: string; name: string; locale: Ticket['locale'] }>(
    `select id, name, locale from accounts where email = lower($1) and email_verified and state = 'active'`,
    [to],
  );
  const customer = rows[0] ?? null;
  const organizations = customer === null ? [] : await organizationsOf(client, customer.id);
  const ticket = await openTicketByStaff(client, {
    subject: cleanLine(subject, redaction).text,
    queue,
    priority,
    mailboxId: null,
    cameBy: 'staff',
    requester: { address: to, name: name || (customer?.name ?? '') },
    accountId: customer?.id ?? null,
    organizationId: organizations[0]?.id ?? null,
    verified: customer !== null,
    locale: locale ?? customer?.locale ?? 'en',
    actor: eventActorOf(actor),
    atMs: clock.now(),
  });
  const after = { to: ticket.requester.address, queue };
  await appendAudit(client, actor, {
    action: 'ticket.opened_by_staff',
    organizationId: null,
    subject: { kind: 'ticket', id: ticketName(ticket.number) },
    after,
  });
  return ticket;
}
