import type { EventKind } from './events.ts';
import type { Priority, Queue, Ticket, TicketState } from './ticket.ts';
import { ticketName } from './ticket-name.ts';

/** What is to be different. What is absent stays. */
export interface TicketChange {
  readonly state?: TicketState;
  readonly queue?: Queue;
  readonly priority?: Priority;
  readonly assigneeId?: string | null;
  /** All of them; or some that come and go. */
  readonly tags?: readonly string[];
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly subject?: string;
  readonly locale?: 'en' | 'zh';
  readonly snoozedUntilMs?: number | null;
  readonly unread?: boolean;
}

export type ChangeProblem = 'ticket_changed' | 'ticket_state_invalid' | 'ticket_merged' | 'ticket_tags_invalid';

export interface ChangeRefusal {
  readonly code: ChangeProblem;
  readonly message: string;
}

export interface ChangePlan {
  /** Columns of the ticket with their new values; empty: there is nothing to do. */
  readonly columns: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly kind: EventKind; readonly data: Readonly<Record<string, unknown>> }[];
}

/** Where a ticket may go from where it is. A closed one is reopened, or stays. */
export const transitions: Readonly<Record<TicketState, readonly TicketState[]>> = {
  open: ['waiting', 'solved', 'closed'],
  waiting: ['open', 'solved', 'closed'],
  solved: ['open', 'waiting', 'closed'],
  closed: ['open'],
};

export const tagsMax = 20;
const tagForm = /^[\p{L}\p{N}][\p{L}\p{N}_.:-]{0,39}$/u;

/** Pure: what a change makes of a ticket, and what is told of it, or why it may not be. */
export function decideChange(ticket: Ticket, change: TicketChange, nowMs: number): ChangePlan | ChangeRefusal {
  if (ticket.mergedInto !== null) {
    const into = ticketName(ticket.mergedInto);
    return { code: 'ticket_merged', message: `${ticketName(ticket.number)} was merged into ${into}; change that one.` };
  }
  const tags = tagsAfter(ticket.tags, change);
  if ('code' in tags) return tags;
  const columns: Record<string, unknown> = {};
  const events: { kind: EventKind; data: Record<string, unknown> }[] = [];
  const refusal = refusalOfSnooze(ticket, change) ?? decideState(ticket, change, nowMs, columns, events);
  if (refusal !== null) return refusal;
  const tell = (kind: EventKind, column: string, from: unknown, to: unknown): void => {
    if (to === undefined || from === to) return;
    columns[column] = to;
    events.push({ kind, data: { from, to } });
  };
  tell('queue_changed', 'queue', ticket.queue, change.queue);
  tell('priority_changed', 'priority', ticket.priority, change.priority);
  tell('assigned', 'assignee_id', ticket.assigneeId, change.assigneeId);
  tell('subject_changed', 'subject', ticket.subject, change.subject);
  if (tags.join('\n') !== ticket.tags.join('\n')) {
    columns['tags'] = tags;
    events.push({ kind: 'tags_changed', data: { from: ticket.tags, to: tags } });
  }
  decideSnooze(ticket, change, columns, events);
  if (change.locale !== undefined && change.locale !== ticket.locale) columns['locale'] = change.locale;
  if (change.unread !== undefined && change.unread !== ticket.unread) columns['unread'] = change.unread;
  return { columns, events };
}

type Events = { kind: EventKind; data: Record<string, unknown> }[];

function decideState(
  ticket: Ticket,
  { state }: TicketChange,
  nowMs: number,
  columns: Record<string, unknown>,
  events: Events,
): ChangeRefusal | null {
  if (state === undefined || state === ticket.state) return null;
  if (!transitions[ticket.state].includes(state)) {
    const message = `A ticket that is ${ticket.state} cannot become ${state}. Reopen it first.`;
    return { code: 'ticket_state_invalid', message };
  }
  columns['state'] = state;
  columns['solved_at'] = state === 'solved' ? new Date(nowMs) : state === 'closed' ? dateOf(ticket.solvedAtMs) : null;
  columns['closed_at'] = state === 'closed' ? new Date(nowMs) : null;
  if (ticket.snoozedUntilMs !== null) columns['snoozed_until'] = null;
  events.push({ kind: stateEvent(ticket.state, state), data: { from: ticket.state, to: state } });
  return null;
}

function stateEvent(from: TicketState, to: TicketState): EventKind {
  if (to === 'solved') return 'solved';
  if (to === 'closed') return 'closed';
  if (to === 'waiting') return 'waiting_for_customer';
  return from === 'waiting' ? 'resumed' : 'reopened';
}

function refusalOfSnooze(ticket: Ticket, { state = ticket.state, snoozedUntilMs }: TicketChange): ChangeRefusal | null {
  if (snoozedUntilMs == null || state === 'open' || state === 'waiting') return null;
  const message = `A ticket that is ${state} waits for nobody; reopen it to put it aside.`;
  return { code: 'ticket_state_invalid', message };
}

function decideSnooze(
  ticket: Ticket,
  { snoozedUntilMs, state }: TicketChange,
  columns: Record<string, unknown>,
  events: Events,
): void {
  if (snoozedUntilMs === undefined || snoozedUntilMs === ticket.snoozedUntilMs) return;
  if (state === 'solved' || state === 'closed') return;
  columns['snoozed_until'] = dateOf(snoozedUntilMs);
  if (snoozedUntilMs === null) events.push({ kind: 'woken', data: {} });
  else events.push({ kind: 'snoozed', data: { until: new Date(snoozedUntilMs).toISOString() } });
}

function tagsAfter(had: readonly string[], change: TicketChange): readonly string[] | ChangeRefusal {
  const wanted = change.tags ?? had;
  const removed = new Set((change.removeTags ?? []).map(tagOf));
  const tags = [...new Set([...wanted, ...(change.addTags ?? [])].map(tagOf))]
    .filter((tag) => !removed.has(tag))
    .sort();
  const wrong = tags.find((tag) => !tagForm.test(tag));
  if (wrong !== undefined) {
    const message = `"${wrong.slice(0, 60)}" is no tag: up to 40 letters, digits, "-", "_", "." and ":", no spaces.`;
    return { code: 'ticket_tags_invalid', message };
  }
  if (tags.length <= tagsMax) return tags;
  return { code: 'ticket_tags_invalid', message: `A ticket has at most ${tagsMax} tags.` };
}

function tagOf(text: string): string {
  return text.trim().toLowerCase();
}

function dateOf(timeMs: number | null): Date | null {
  return timeMs === null ? null : new Date(timeMs);
}
