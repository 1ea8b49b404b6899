import type pg from 'pg';
import type { Actor } from '../../base/actor.ts';
import { reckonTargets } from './reckon.ts';
import type { Db } from './ticket.ts';

/**
 * What may happen to a ticket. Rows name these, so they are never renamed. The clocks of the response targets are
 * reckoned from those in `clockEvents`.
 */
export const eventKinds = [
  'opened',
  'customer_wrote',
  'unverified_wrote',
  'staff_replied',
  'reply_undone',
  'note_added',
  'automatic_answer',
  'automatic_mail',
  'waiting_for_customer',
  'resumed',
  'solved',
  'closed',
  'reopened',
  'priority_changed',
  'policy_changed',
  'queue_changed',
  'assigned',
  'tags_changed',
  'subject_changed',
  'snoozed',
  'woken',
  'merged',
  'took_over',
  'split',
  'linked',
  'unlinked',
  'participants_changed',
  'routed',
  'prefix_noted',
  'facts_read',
  'facts_told',
  'facts_withheld',
  'facts_seen',
  'key_reported',
  'bounced',
  'half_used',
  'most_used',
  'breached',
  'customer_told',
  'rating_asked',
  'rated',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** Those that start, stop or pause a clock. */
export const clockEvents: ReadonlySet<string> = new Set<EventKind>([
  'opened',
  'customer_wrote',
  'staff_replied',
  'reply_undone',
  'waiting_for_customer',
  'resumed',
  'solved',
  'closed',
  'reopened',
  'priority_changed',
  'policy_changed',
]);

/** Who did something to a ticket; a null id is the program, or somebody outside. */
export interface EventActor {
  readonly id: string | null;
  readonly name: string;
}

export const programActor: EventActor = { id: null, name: '' };

export function eventActorOf(actor: Actor): EventActor {
  return actor.kind === 'system' ? programActor : { id: actor.accountId, name: actor.name };
}

export interface NewEvent {
  readonly kind: EventKind;
  readonly actor: EventActor;
  readonly data?: Readonly<Record<string, unknown>>;
  /** What may happen once to a ticket: the same name adds nothing a second time. */
  readonly once?: string;
  /** When it happened; absent: now. */
  readonly atMs?: number;
}

export interface TicketEvent {
  readonly id: bigint;
  readonly kind: EventKind;
  readonly atMs: number;
  readonly actor: EventActor;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Adds to what happened, in the transaction of what it tells of, and reckons when the ticket is due.
 *
 * @returns false when it stood there already, by its `once`
 */
export async function appendEvent(client: Db, ticketNumber: bigint, event: NewEvent): Promise<boolean> {
  const { kind, actor, data = {}, once = null, atMs = null } = event;
  const { rowCount } = await client.query(
    `insert into ticket_events (ticket_number, at, kind, actor_id, actor_name, data, once)
       values ($1, coalesce($2, clock_timestamp()), $3, $4, $5, $6, $7)
     on conflict (ticket_number, once) do nothing`,
    [
      ticketNumber,
      atMs === null ? null : new Date(atMs),
      kind,
      actor.id,
      actor.name,
      JSON.stringify(data, textOfBigint),
      once,
    ],
  );
  if (rowCount === 0) return false;
  if (clockEvents.has(kind)) await reckonTargets(client, ticketNumber, atMs ?? Date.now());
  return true;
}

/** Events of one ticket that are shown at once: a ticket with more has a loop behind it. */
const shownMax = 2_000;

/** In the order in which they were added. */
export async function readEvents(
  db: Db,
  ticketNumber: bigint,
  kinds: ReadonlySet<string> | null = null,
): Promise<readonly TicketEvent[]> {
  const { rows } = await db.query<EventRow>(
    `select id, kind, at, actor_id, actor_name, data from ticket_events
      where ticket_number = $1 and ($2::text[] is null or kind = any($2)) order by id limit $3`,
    [ticketNumber, kinds === null ? null : [...kinds], shownMax],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    atMs: row.at.getTime(),
    actor: { id: row.actor_id, name: row.actor_name },
    data: row.data,
  }));
}

interface EventRow extends pg.QueryResultRow {
  readonly id: bigint;
  readonly kind: EventKind;
  readonly at: Date;
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function textOfBigint(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
