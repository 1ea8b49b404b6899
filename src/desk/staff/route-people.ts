import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, route } from '../../http/index.ts';
import { isMailAddress } from '../../mail/index.ts';
import type { DeskParts } from '../parts.ts';
import { only } from '../problems.ts';
import { byTicket, text, ticketText, time } from '../shapes.ts';
import {
  addParticipants,
  appendEvent,
  eventActorOf,
  linkTickets,
  removeParticipant,
  ticketName,
  unlinkTickets,
} from '../store/index.ts';
import { seenAndLocked, seenTicket, viewerOf } from './sight.ts';

const base = '/admin/v1/tickets/{ticket}';
/** Whoever was not heard of for so long has gone. */
const presentMs = 45_000;

/** Who takes part, who follows, who looks, and which other tickets a ticket has to do with. */
export function peopleRoutes(parts: DeskParts): Route[] {
  return [...participantRoutes(parts), followRoute(parts), presenceRoute(parts), ...linkRoutes(parts)];
}

function participantRoutes({ pool }: DeskParts): Route[] {
  return [
    route({
      method: 'POST',
      path: `${base}/participants`,
      summary: 'Put somebody in copy of a ticket',
      access: 'staff:tickets.write',
      params: byTicket,
      body: z.object({ address: text(254), name: z.string().trim().max(200).default('') }),
      responses: { 204: null },
      problems: only('ticket_not_found', 'mail_recipient_invalid'),
      async handle(context, { params, body: { address, name } }) {
        if (!isMailAddress(address)) {
          throw new AppError('mail_recipient_invalid', `${address} is no mail address.`);
        }
        await inTransaction(pool, async (client) => {
          const { number } = await seenAndLocked(client, context, params.ticket);
          await addParticipants(client, number, [{ address, name, accountId: null, role: 'cc' }]);
          const data = { added: address.toLowerCase() };
          await appendEvent(client, number, { kind: 'participants_changed', actor: eventActorOf(context.actor), data });
        });
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'DELETE',
      path: `${base}/participants/{address}`,
      summary: 'Take somebody out of a ticket; the requester stays',
      access: 'staff:tickets.write',
      params: byTicket.extend({ address: z.string().max(254) }),
      responses: { 204: null },
      problems: only('ticket_not_found', 'participant_not_found'),
      async handle(context, { params }) {
        await inTransaction(pool, async (client) => {
          const { number } = await seenAndLocked(client, context, params.ticket);
          if (!(await removeParticipant(client, number, params.address))) {
            throw new AppError('participant_not_found', 'Nobody with this address can be taken out of the ticket.');
          }
          const data = { removed: params.address.toLowerCase() };
          await appendEvent(client, number, { kind: 'participants_changed', actor: eventActorOf(context.actor), data });
        });
        return { status: 204, body: null };
      },
    }),
  ];
}

function followRoute({ pool }: DeskParts): Route {
  return route({
    method: 'PUT',
    path: `${base}/following`,
    summary: 'Follow a ticket, or no longer',
    access: 'staff:tickets.read',
    params: byTicket,
    body: z.object({ following: z.boolean() }),
    responses: { 200: z.object({ following: z.boolean() }) },
    problems: only('ticket_not_found', 'ticket_restricted'),
    async handle(context, { params, body: { following } }) {
      const { caller } = context;
      if (caller.kind !== 'person') {
        throw new AppError('ticket_restricted', 'The admin token is nobody, and nobody cannot follow a ticket.');
      }
      await inTransaction(pool, async (client) => {
        const { number } = await seenAndLocked(client, context, params.ticket);
        await client.query(
          `delete from ticket_participants where ticket_number = $1 and account_id = $2 and role = 'follower'`,
          [number, caller.accountId],
        );
        const { email: address, name, accountId } = caller;
        if (following) await addParticipants(client, number, [{ address, name, accountId, role: 'follower' }]);
      });
      return { status: 200, body: { following } };
    },
  });
}

function presenceRoute({ pool, clock }: DeskParts): Route {
  return route({
    method: 'PUT',
    path: `${base}/presence`,
    summary: 'Say that you have a ticket open, and see who else has; every 15 seconds',
    access: 'staff:tickets.read',
    params: byTicket,
    body: z.object({ typing: z.boolean() }),
    responses: {
      200: z.object({
        others: z.array(z.object({ id: z.string(), name: z.string(), typing: z.boolean(), seen_at: time })),
        version: z.int().describe('Of the ticket now: another one than what you have read means that it was changed.'),
      }),
    },
    problems: only('ticket_not_found'),
    async handle(context, { params, body: { typing } }) {
      const { number, version } = await seenTicket(pool, context, params.ticket);
      const viewer = viewerOf(context);
      const now = new Date(clock.now());
      if (viewer !== null) {
        await pool.query(
          `insert into ticket_presence (ticket_number, account_id, typing, seen_at) values ($1, $2, $3, $4)
           on conflict (ticket_number, account_id) do update set typing = excluded.typing, seen_at = excluded.seen_at`,
          [number, viewer, typing, now],
        );
      }
      const { rows } = await pool.query<{ id: string; name: string; typing: boolean; seen_at: Date }>(
        `select a.id, a.name, p.typing, p.seen_at from ticket_presence p join accounts a on a.id = p.account_id
          where p.ticket_number = $1 and p.seen_at > $2 and p.account_id is distinct from $3 order by a.name, a.id`,
        [number, new Date(now.getTime() - presentMs), viewer],
      );
      const others = rows.map((row) => ({ ...row, seen_at: row.seen_at.toISOString() }));
      return { status: 200, body: { others, version } };
    },
  });
}

function linkRoutes({ pool }: DeskParts): Route[] {
  return [
    route({
      method: 'POST',
      path: `${base}/links`,
      summary: 'Link a ticket with another',
      access: 'staff:tickets.write',
      params: byTicket,
      body: z.object({ ticket: ticketText, kind: z.enum(['related', 'duplicate', 'follow_up']).default('related') }),
      responses: { 204: null },
      problems: only('ticket_not_found', 'ticket_link_invalid'),
      async handle(context, { params, body }) {
        const actor = eventActorOf(context.actor);
        await inTransaction(pool, async (client) => {
          const { number } = await seenTicket(client, context, params.ticket);
          const other = await seenTicket(client, context, body.ticket);
          if (number === other.number) throw new AppError('ticket_link_invalid', 'A ticket is not linked with itself.');
          if (!(await linkTickets(client, number, other.number, body.kind, actor.id))) return;
          const data = (of: bigint) => ({ ticket: ticketName(of), link: body.kind });
          await appendEvent(client, number, { kind: 'linked', actor, data: data(other.number) });
          await appendEvent(client, other.number, { kind: 'linked', actor, data: data(number) });
        });
        return { status: 204, body: null };
      },
    }),
    route({
      method: 'DELETE',
      path: `${base}/links/{other}`,
      summary: 'Unlink two tickets',
      access: 'staff:tickets.write',
      params: byTicket.extend({ other: ticketText }),
      responses: { 204: null },
      problems: only('ticket_not_found', 'ticket_link_not_found'),
      async handle(context, { params }) {
        const actor = eventActorOf(context.actor);
        await inTransaction(pool, async (client) => {
          const { number } = await seenTicket(client, context, params.ticket);
          const other = await seenTicket(client, context, params.other);
          if (!(await unlinkTickets(client, number, other.number))) {
            throw new AppError('ticket_link_not_found', 'These tickets are not linked.');
          }
          const data = (of: bigint) => ({ ticket: ticketName(of) });
          await appendEvent(client, number, { kind: 'unlinked', actor, data: data(other.number) });
          await appendEvent(client, other.number, { kind: 'unlinked', actor, data: data(number) });
        });
        return { status: 204, body: null };
      },
    }),
  ];
}
