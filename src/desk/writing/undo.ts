import type pg from 'pg';
import { AppError } from '../../base/errors.ts';
import { withdrawLetter } from '../../mail/index.ts';
import {
  appendEvent,
  changeTicket,
  type EventActor,
  findMessage,
  readEvents,
  type Ticket,
  type TicketState,
} from '../store/index.ts';

/**
 * Takes a reply back before it leaves: the message is gone, the ticket is where it was, and no clock has stopped.
 *
 * @returns what was written, to go on with
 * @throws AppError `reply_not_found`, `reply_left`
 */
export async function undoReply(
  client: pg.ClientBase,
  ticket: Ticket,
  messageId: string,
  { actor, nowMs }: { readonly actor: EventActor; readonly nowMs: number },
): Promise<string> {
  const message = await findMessage(client, ticket.number, messageId);
  if (message === null || message.kind !== 'out' || message.outboxId === null) {
    throw new AppError('reply_not_found', 'There is no such reply on this ticket.');
  }
  if (!(await withdrawLetter(client, message.outboxId))) {
    throw new AppError('reply_left', 'The reply is on its way already. Write another one to correct it.');
  }
  const events = await readEvents(client, ticket.number, new Set(['staff_replied']));
  const was = events.find(({ data }) => data['message'] === messageId)?.data['was'];
  await client.query('delete from ticket_messages where id = $1', [messageId]);
  await appendEvent(client, ticket.number, { kind: 'reply_undone', actor, data: { message: messageId }, atMs: nowMs });
  await forgetReply(client, ticket.number);
  const state = stateBefore(ticket, was);
  if (state !== null) {
    await changeTicket(client, ticket.number, { state, unread: true }, { actor, expectedVersion: null, nowMs });
  }
  return message.body;
}

/** A ticket that was closed before stays open: somebody is about to write. */
function stateBefore(ticket: Ticket, was: unknown): TicketState | null {
  const before = was === 'waiting' || was === 'solved' || was === 'open' ? was : 'open';
  return ticket.state === before ? null : before;
}

/** What the ticket knows of its last message is that of what is left. */
async function forgetReply(client: pg.ClientBase, number: bigint): Promise<void> {
  await client.query(
    `update tickets t set version = version + 1, changed_at = now(),
       last_message_at = coalesce(last.at, t.opened_at),
       last_author = case when last.kind = 'out' then 'staff' else 'customer' end,
       first_replied_at = (select min(at) from ticket_messages where ticket_number = $1 and kind = 'out')
      from (select 1) one left join lateral (
        select at, kind from ticket_messages where ticket_number = $1 and kind in ('in', 'out') and automatic is null
         order by at desc, id desc limit 1) last on true
      where t.number = $1`,
    [number],
  );
}
