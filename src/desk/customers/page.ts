import type { DeskParts } from '../parts.ts';
import {
  type EventKind,
  readEvents,
  readMessages,
  readParticipants,
  type Ticket,
  type TicketMessage,
} from '../store/index.ts';
import { reopenableMs } from '../threading/index.ts';
import { customerMessageBody, customerTicketBody } from './json.ts';

/** What customers are told of what happened; all else is among staff. */
const toldEvents: ReadonlySet<EventKind> = new Set<EventKind>([
  'opened',
  'waiting_for_customer',
  'resumed',
  'solved',
  'closed',
  'reopened',
  'merged',
  'rated',
]);

/** A ticket as its customer sees it: no notes, no strangers’ words, nothing that may still be taken back. */
export async function customerPage({ pool, clock, siteName }: DeskParts, ticket: Ticket, viewerId: string) {
  const messages = await readMessages(pool, ticket.number, { latest: true });
  const held = await heldBack(pool, messages);
  const visible = messages.filter((message) => isTold(message, ticket) && !held.has(message.id));
  const participants = await readParticipants(pool, ticket.number);
  const events = await readEvents(pool, ticket.number, toldEvents);
  return {
    ...customerTicketBody(ticket, viewerId),
    messages: visible.map((message) => customerMessageBody(message, siteName())),
    participants: participants
      .filter(({ role }) => role !== 'follower')
      .map(({ address, name }) => ({ address, name })),
    can_reply: canReply(ticket, clock.now()),
    history: events.map(({ kind, atMs }) => ({ kind, at: new Date(atMs).toISOString() })),
    plan: ticket.target.plan,
  };
}

/** What a stranger has sent to the ticket’s address is for staff to judge. */
export function isTold({ kind, verified, author, automatic }: TicketMessage, ticket: Ticket): boolean {
  if (kind === 'note') return false;
  if (kind !== 'in') return true;
  if (automatic !== null) return false;
  // On a ticket that was proven, a mail that was not is somebody else's, whatever it says.
  return verified || (!ticket.verified && author.address === ticket.requester.address);
}

export function canReply({ mergedInto, state, closedAtMs }: Ticket, nowMs: number): boolean {
  if (mergedInto !== null) return false;
  return state !== 'closed' || nowMs - (closedAtMs ?? 0) <= reopenableMs;
}

/** Replies that staff can still take back. */
async function heldBack(pool: DeskParts['pool'], messages: readonly TicketMessage[]): Promise<ReadonlySet<string>> {
  const outbox = messages.flatMap(({ outboxId }) => (outboxId === null ? [] : [outboxId]));
  const { rows } = await pool.query<{ id: string }>(
    `select m.id from outbox o join ticket_messages m on m.outbox_id = o.id
      where o.id = any($1) and m.kind = 'out' and o.state = 'waiting' and o.attempts = 0 and o.next_attempt_at > now()`,
    [outbox],
  );
  return new Set(rows.map(({ id }) => id));
}
