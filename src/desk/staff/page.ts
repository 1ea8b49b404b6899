import type { z } from 'zod';
import type { RouteContext } from '../../http/index.ts';
import {
  type Db,
  readEvents,
  readFacts,
  readLinks,
  readMessages,
  readParticipants,
  reckon,
  type Ticket,
  ticketName,
} from '../store/index.ts';
import {
  type clockShape,
  type Delivery,
  eventBody,
  factBody,
  linkBody,
  messageBody,
  namesOf,
  participantBody,
  ticketBody,
} from './json.ts';
import { mayStaff, viewerOf } from './sight.ts';

const messagesShown = 500;

/** A ticket with all that staff see beside it. */
export async function ticketPage(db: Db, context: RouteContext, ticket: Ticket, nowMs: number) {
  const { number } = ticket;
  const messages = await readMessages(db, number, { limit: messagesShown, latest: true });
  const deliveries = await deliveriesOf(
    db,
    messages.flatMap(({ outboxId }) => (outboxId === null ? [] : [outboxId])),
  );
  const participants = await readParticipants(db, number);
  const links = await readLinks(db, number);
  const security = mayStaff(context, 'tickets.security');
  const { clocks } = await reckon(db, number, nowMs);
  const viewer = viewerOf(context);
  return {
    ...ticketBody(ticket, await namesOf(db, [ticket])),
    messages: messages.map((message) => messageBody(message, deliveries.get(message.outboxId ?? '') ?? null)),
    earlier: messages.length < messagesShown ? 0 : (await countMessages(db, number)) - messages.length,
    participants: participants.map(participantBody),
    following: participants.some(
      ({ role, accountId }) => role === 'follower' && accountId !== null && accountId === viewer,
    ),
    facts: (await readFacts(db, number)).map(factBody),
    // Not even the subject of a restricted one is shown to others.
    links: links.filter(({ queue }) => security || queue !== 'vulnerability').map(linkBody),
    merged: await mergedInto(db, number),
    events: (await readEvents(db, number)).map(eventBody),
    clocks: {
      first_response: clockBody(clocks.firstResponse),
      next_response: clockBody(clocks.nextResponse),
      resolution: clockBody(clocks.resolution),
    },
    policy: { id: ticket.target.policyId, version: ticket.target.policyVersion },
  };
}

type Clock = Awaited<ReturnType<typeof reckon>>['clocks']['firstResponse'];

function clockBody({ state, dueAtMs, targetMs, usedMs, metAtMs }: Clock): z.input<typeof clockShape> {
  const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return { state, due_at: at(dueAtMs), target_ms: targetMs, used_ms: Math.round(usedMs), met_at: at(metAtMs) };
}

async function countMessages(db: Db, number: bigint): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::int as count from ticket_messages where ticket_number = $1',
    [number],
  );
  return rows[0]?.count ?? 0;
}

async function mergedInto(db: Db, number: bigint): Promise<string[]> {
  const { rows } = await db.query<{ number: bigint }>(
    'select number from tickets where merged_into = $1 order by number limit 100',
    [number],
  );
  return rows.map((row) => ticketName(row.number));
}

export async function deliveriesOf(db: Db, outboxIds: readonly string[]): Promise<ReadonlyMap<string, Delivery>> {
  const { rows } = await db.query<{
    id: string;
    state: string;
    attempts: number;
    next_attempt_at: Date;
    bounced_at: Date | null;
    last_error: string | null;
  }>('select id, state, attempts, next_attempt_at, bounced_at, last_error from outbox where id = any($1)', [outboxIds]);
  return new Map(
    rows.map((row) => {
      const undoUntilMs = row.state === 'waiting' && row.attempts === 0 ? row.next_attempt_at.getTime() : null;
      const bouncedAtMs = row.bounced_at === null ? null : row.bounced_at.getTime();
      return [row.id, { state: row.state, undoUntilMs, bouncedAtMs, error: row.last_error }];
    }),
  );
}
