import type { Calendar } from './calendar.ts';
import {
  advance,
  begin,
  type ClockState,
  type Meter,
  meet,
  noClock,
  pause,
  resume,
  retarget,
  stateOf,
  undoMeeting,
} from './meter.ts';
import type { Policy, Priority, Targets } from './policy.ts';

/** What a ticket was promised: a version of a policy, and the calendar that its hours are counted by. */
export interface Terms {
  readonly policyId: string;
  readonly policyVersion: number;
  /** In place of the policy's own. Null: the policy's. */
  readonly calendarId: string | null;
}

/** What happened to a ticket, as far as clocks care. `answered_automatically` stands here to say that it does nothing. */
export type ClockEvent = { readonly atMs: number } & (
  | {
      readonly kind: 'opened';
      readonly by: 'customer' | 'staff';
      readonly terms: Terms;
      readonly priority: Priority;
    }
  | { readonly kind: 'policy_changed'; readonly terms: Terms }
  | { readonly kind: 'calendar_changed'; readonly calendarId: string | null }
  | { readonly kind: 'priority_changed'; readonly priority: Priority }
  | {
      readonly kind:
        | 'customer_wrote'
        /** A person's public reply, and nothing else. */
        | 'staff_replied'
        /** The reply before it was taken back before it left: it stopped nothing. */
        | 'reply_undone'
        | 'answered_automatically'
        | 'waiting_for_customer'
        | 'resumed'
        | 'solved'
        | 'closed'
        | 'reopened';
    }
);

/** Where the clocks look up what terms name. */
export interface TermsBook {
  policyOf(id: string, version: number): Policy;
  /** Null: around the clock. */
  calendarOf(id: string | null): Calendar;
}

export interface Clocks {
  readonly firstResponse: ClockState;
  /** Of the last message that waited or waits for a reply. */
  readonly nextResponse: ClockState;
  readonly resolution: ClockState;
  /** Of the messages before, oldest first. */
  readonly earlierResponses: readonly ClockState[];
}

interface Ticket {
  readonly policy: Policy;
  readonly terms: Terms;
  readonly calendar: Calendar;
  readonly priority: Priority;
  readonly waiting: boolean;
  readonly solved: boolean;
  readonly meters: Readonly<Record<'firstResponse' | 'nextResponse' | 'resolution', Meter | null>>;
  readonly earlier: readonly ClockState[];
}

/**
 * How a ticket's clocks stand at an instant, from all of its events. Nothing else is remembered anywhere: the same events
 * give the same clocks. Events of later than that instant are left out.
 */
export function clocksOf(events: readonly ClockEvent[], book: TermsBook, nowMs: number): Clocks {
  const ordered = events.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs);
  let ticket: Ticket | null = null;
  for (const event of withoutUndone(ordered)) {
    if (ticket !== null) ticket = run(changed(brought(ticket, event.atMs), event, book), event.atMs);
    else if (event.kind === 'opened') ticket = run(opened(event, book), event.atMs);
  }
  if (ticket === null)
    return { firstResponse: noClock, nextResponse: noClock, resolution: noClock, earlierResponses: [] };
  const { calendar, meters, earlier } = brought(ticket, nowMs);
  const state = (meter: Meter | null) => (meter === null ? noClock : stateOf(meter, calendar));
  return {
    firstResponse: state(meters.firstResponse),
    nextResponse: state(meters.nextResponse),
    resolution: state(meters.resolution),
    earlierResponses: earlier,
  };
}

function withoutUndone(events: readonly ClockEvent[]): ClockEvent[] {
  const left: ClockEvent[] = [];
  for (const event of events) {
    if (event.kind !== 'reply_undone') left.push(event);
    else {
      const reply = left.findLastIndex(({ kind }) => kind === 'staff_replied');
      if (reply !== -1) left.splice(reply, 1);
    }
  }
  return left;
}

function opened(event: ClockEvent & { kind: 'opened' }, book: TermsBook): Ticket {
  const { atMs, by, priority, terms } = event;
  const policy = book.policyOf(terms.policyId, terms.policyVersion);
  const calendar = book.calendarOf(terms.calendarId ?? policy.calendarId);
  const targets = policy.targets[priority];
  const meters = {
    firstResponse: by === 'customer' ? begin(atMs, targets.firstResponseMs) : null,
    nextResponse: null,
    resolution: begin(atMs, targets.resolutionMs),
  };
  return { policy, terms, calendar, priority, waiting: false, solved: false, meters, earlier: [] };
}

function changed(ticket: Ticket, event: ClockEvent, book: TermsBook): Ticket {
  switch (event.kind) {
    case 'policy_changed':
      return underTerms(ticket, event.terms, event.atMs, book);
    case 'calendar_changed':
      return underTerms(ticket, { ...ticket.terms, calendarId: event.calendarId }, event.atMs, book);
    case 'priority_changed':
      return retargeted({ ...ticket, priority: event.priority }, event.atMs);
    case 'customer_wrote':
      return wrote({ ...ticket, waiting: false }, event.atMs);
    case 'staff_replied':
      return replied(ticket, event.atMs);
    case 'waiting_for_customer':
      return { ...ticket, waiting: true };
    case 'resumed':
      return { ...ticket, waiting: false };
    case 'solved':
    case 'closed':
      return ticket.solved ? ticket : { ...ticket, solved: true, meters: resolved(ticket, event.atMs) };
    case 'reopened':
      return retargeted({ ...ticket, waiting: false, solved: false, meters: unresolved(ticket) }, event.atMs);
    case 'opened':
    case 'reply_undone':
    case 'answered_automatically':
      return ticket;
  }
}

function underTerms(ticket: Ticket, terms: Terms, atMs: number, book: TermsBook): Ticket {
  const policy = book.policyOf(terms.policyId, terms.policyVersion);
  const calendar = book.calendarOf(terms.calendarId ?? policy.calendarId);
  return retargeted({ ...ticket, terms, policy, calendar }, atMs);
}

function retargeted(ticket: Ticket, atMs: number): Ticket {
  const targets: Targets = ticket.policy.targets[ticket.priority];
  const { firstResponse, nextResponse, resolution } = ticket.meters;
  const meters = {
    firstResponse: firstResponse && retarget(firstResponse, targets.firstResponseMs, atMs),
    nextResponse: nextResponse && retarget(nextResponse, targets.nextResponseMs, atMs),
    resolution: resolution && retarget(resolution, targets.resolutionMs, atMs),
  };
  return { ...ticket, meters };
}

/** The first of several unanswered messages is the one that counts. */
function wrote(ticket: Ticket, atMs: number): Ticket {
  const { firstResponse, nextResponse } = ticket.meters;
  const answered = firstResponse === null || firstResponse.metAtMs !== null;
  if (!answered || (nextResponse !== null && nextResponse.metAtMs === null)) return ticket;
  const earlier = nextResponse ? [...ticket.earlier, stateOf(nextResponse, ticket.calendar)] : ticket.earlier;
  const begun = begin(atMs, ticket.policy.targets[ticket.priority].nextResponseMs);
  return { ...ticket, earlier, meters: { ...ticket.meters, nextResponse: begun } };
}

function replied(ticket: Ticket, atMs: number): Ticket {
  const answer = (meter: Meter | null) => (meter === null || meter.metAtMs !== null ? meter : meet(meter, atMs));
  const { firstResponse, nextResponse } = ticket.meters;
  const meters = { ...ticket.meters, firstResponse: answer(firstResponse), nextResponse: answer(nextResponse) };
  return { ...ticket, meters };
}

function resolved(ticket: Ticket, atMs: number): Ticket['meters'] {
  const { resolution } = ticket.meters;
  return { ...ticket.meters, resolution: resolution && meet(resolution, atMs) };
}

function unresolved(ticket: Ticket): Ticket['meters'] {
  const { resolution } = ticket.meters;
  return { ...ticket.meters, resolution: resolution && undoMeeting(resolution) };
}

/** Lets run what runs now, and stand what stands. */
function run(ticket: Ticket, atMs: number): Ticket {
  const stands = ticket.waiting || ticket.solved;
  return mapAll(ticket, (meter) => (stands ? pause(meter) : resume(meter, atMs)));
}

function brought(ticket: Ticket, atMs: number): Ticket {
  return mapAll(ticket, (meter) => advance(meter, ticket.calendar, atMs));
}

function mapAll(ticket: Ticket, change: (meter: Meter) => Meter): Ticket {
  const { firstResponse, nextResponse, resolution } = ticket.meters;
  const meters = {
    firstResponse: firstResponse && change(firstResponse),
    nextResponse: nextResponse && change(nextResponse),
    resolution: resolution && change(resolution),
  };
  return { ...ticket, meters };
}
