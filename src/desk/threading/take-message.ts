import type pg from 'pg';
import {
  addMessage,
  appendEvent,
  changeTicket,
  type EventActor,
  type NewMessage,
  noteMessage,
  type Ticket,
} from '../store/index.ts';

export interface Taking {
  /**
   * party: it speaks for the customer. stranger: staff see it, it changes nothing. automatic: nobody wrote it, so that it
   * reopens nothing and stops no clock.
   */
  readonly as: 'party' | 'stranger' | 'automatic';
  readonly actor: EventActor;
  /** When it reached us. */
  readonly atMs: number;
}

/**
 * Adds what came from outside to a ticket that is locked, and does to it what such a message does: one that waits or was
 * solved or closed is open again, one that was put aside wakes.
 *
 * @returns the id of the message, and whether the ticket was done with before
 */
export async function takeMessage(
  client: pg.ClientBase,
  ticket: Ticket,
  message: NewMessage,
  { as, actor, atMs }: Taking,
): Promise<{ readonly messageId: string; readonly reopened: boolean }> {
  const messageId = await addMessage(client, ticket.number, { ...message, atMs });
  const data = { message: messageId, from: message.author.address };
  if (as === 'automatic') {
    await appendEvent(client, ticket.number, { kind: 'automatic_mail', actor, data, atMs });
    return { messageId, reopened: false };
  }
  if (as === 'stranger') {
    // The version goes up, so that whoever is about to reply is shown it first.
    await client.query(
      'update tickets set unread = true, version = version + 1, changed_at = now() where number = $1',
      [ticket.number],
    );
    await appendEvent(client, ticket.number, { kind: 'unverified_wrote', actor, data, atMs });
    return { messageId, reopened: false };
  }
  const change = { state: 'open', snoozedUntilMs: null } as const;
  await changeTicket(client, ticket.number, change, { actor, expectedVersion: null, nowMs: atMs });
  await noteMessage(client, ticket.number, 'customer', atMs);
  await appendEvent(client, ticket.number, { kind: 'customer_wrote', actor, data, atMs });
  return { messageId, reopened: ticket.state === 'solved' || ticket.state === 'closed' };
}
