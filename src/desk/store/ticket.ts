import type pg from 'pg';
import { AppError } from '../../base/errors.ts';
import { ticketName } from './ticket-name.ts';

/** A pool, or the client of a transaction. */
export type Db = pg.ClientBase | pg.Pool;

export const ticketStates = ['open', 'waiting', 'solved', 'closed'] as const;
export type TicketState = (typeof ticketStates)[number];
export const queues = ['general', 'bug', 'billing', 'enterprise', 'vulnerability', 'spam'] as const;
export type Queue = (typeof queues)[number];
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];
export type SupportPlan = 'starter' | 'pro' | 'enterprise';

/** What was promised when the ticket began: it stays so, whatever becomes of plans and policies. */
export interface FrozenTarget {
  readonly plan: SupportPlan;
  readonly policyId: string;
  readonly policyVersion: number;
  /**
   * In place of the policy's own; null: the policy's. The calendar itself is read as it is today, so that a holiday that
   * is entered late counts.
   */
  readonly calendarId: string | null;
}

/** A ticket as it stands. Times are Unix milliseconds. */
export interface Ticket {
  readonly number: bigint;
  readonly subject: string;
  readonly state: TicketState;
  readonly queue: Queue;
  readonly priority: Priority;
  readonly mailboxId: string | null;
  readonly cameBy: 'mail' | 'console' | 'api' | 'staff';
  readonly requester: { readonly address: string; readonly name: string };
  /** Whose account wrote first; null: a stranger's. */
  readonly accountId: string | null;
  readonly organizationId: string | null;
  /** The first message was proven to be from its address. */
  readonly verified: boolean;
  readonly locale: 'en' | 'zh';
  readonly assigneeId: string | null;
  readonly tags: readonly string[];
  readonly snoozedUntilMs: number | null;
  readonly mergedInto: bigint | null;
  readonly target: FrozenTarget;
  readonly dueAtMs: number | null;
  readonly dueKind: 'first_response' | 'next_response' | 'resolution' | null;
  readonly breached: boolean;
  readonly version: number;
  readonly openedAtMs: number;
  readonly changedAtMs: number;
  readonly lastMessageAtMs: number;
  readonly lastAuthor: 'customer' | 'staff' | 'system';
  readonly firstRepliedAtMs: number | null;
  readonly solvedAtMs: number | null;
  readonly closedAtMs: number | null;
  readonly rating: number | null;
  readonly ratingComment: string | null;
  readonly ratedAtMs: number | null;
  readonly unread: boolean;
}

export interface StoredTicket {
  readonly number: bigint;
  readonly subject: string;
  readonly state: TicketState;
  readonly queue: Queue;
  readonly priority: Priority;
  readonly mailbox_id: string | null;
  readonly came_by: Ticket['cameBy'];
  readonly requester_address: string;
  readonly requester_name: string;
  readonly account_id: string | null;
  readonly organization_id: string | null;
  readonly verified: boolean;
  readonly locale: 'en' | 'zh';
  readonly assignee_id: string | null;
  readonly tags: string[];
  readonly snoozed_until: Date | null;
  readonly merged_into: bigint | null;
  readonly target: FrozenTarget;
  readonly due_at: Date | null;
  readonly due_kind: Ticket['dueKind'];
  readonly breached: boolean;
  readonly version: number;
  readonly opened_at: Date;
  readonly changed_at: Date;
  readonly last_message_at: Date;
  readonly last_author: Ticket['lastAuthor'];
  readonly first_replied_at: Date | null;
  readonly solved_at: Date | null;
  readonly closed_at: Date | null;
  readonly rating: number | null;
  readonly rating_comment: string | null;
  readonly rated_at: Date | null;
  readonly unread: boolean;
}

/** Null: there is no such ticket. A merged one is itself: see `followMerges`. */
export async function findTicket(db: Db, number: bigint): Promise<Ticket | null> {
  const { rows } = await db.query<StoredTicket>('select * from tickets where number = $1', [number]);
  return rows[0] ? ticketOf(rows[0]) : null;
}

/** @throws AppError `ticket_not_found` */
export async function readTicket(db: Db, number: bigint): Promise<Ticket> {
  const ticket = await findTicket(db, number);
  if (ticket === null) throw ticketNotFound(number);
  return ticket;
}

/** Holds the ticket until the transaction ends: changes of one ticket come one after the other. */
export async function lockTicket(client: pg.ClientBase, number: bigint): Promise<Ticket> {
  const { rows } = await client.query<StoredTicket>('select * from tickets where number = $1 for update', [number]);
  if (rows[0] === undefined) throw ticketNotFound(number);
  return ticketOf(rows[0]);
}

/** More merges in a row than anybody makes; a ring cannot be made, but must not hang us either. */
const mergesMax = 20;

/** Where what is said to a ticket lands: the ticket itself, or what it was merged into. Null: there is none. */
export async function followMerges(db: Db, number: bigint): Promise<Ticket | null> {
  let at: bigint | null = number;
  for (let steps = 0; steps < mergesMax && at !== null; steps++) {
    const ticket = await findTicket(db, at);
    if (ticket === null || ticket.mergedInto === null) return ticket;
    at = ticket.mergedInto;
  }
  return null;
}

export function ticketNotFound(number: bigint | string): AppError {
  const name = typeof number === 'string' ? number : ticketName(number);
  return new AppError('ticket_not_found', `There is no ticket ${name.slice(0, 40)} that you can see.`);
}

export function ticketOf(row: StoredTicket): Ticket {
  return {
    number: row.number,
    subject: row.subject,
    state: row.state,
    queue: row.queue,
    priority: row.priority,
    mailboxId: row.mailbox_id,
    cameBy: row.came_by,
    requester: { address: row.requester_address, name: row.requester_name },
    accountId: row.account_id,
    organizationId: row.organization_id,
    verified: row.verified,
    locale: row.locale,
    assigneeId: row.assignee_id,
    tags: row.tags,
    snoozedUntilMs: msOf(row.snoozed_until),
    mergedInto: row.merged_into,
    target: row.target,
    dueAtMs: msOf(row.due_at),
    dueKind: row.due_kind,
    breached: row.breached,
    version: row.version,
    openedAtMs: row.opened_at.getTime(),
    changedAtMs: row.changed_at.getTime(),
    lastMessageAtMs: row.last_message_at.getTime(),
    lastAuthor: row.last_author,
    firstRepliedAtMs: msOf(row.first_replied_at),
    solvedAtMs: msOf(row.solved_at),
    closedAtMs: msOf(row.closed_at),
    rating: row.rating,
    ratingComment: row.rating_comment,
    ratedAtMs: msOf(row.rated_at),
    unread: row.unread,
  };
}

export function msOf(time: Date | null): number | null {
  return time === null ? null : time.getTime();
}
