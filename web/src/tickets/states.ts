import type { Tone } from '../ui/badge.tsx';

export const ticketStates = ['open', 'waiting', 'solved', 'closed'] as const;
export type TicketState = (typeof ticketStates)[number];
export const ticketPriorities = ['low', 'normal', 'high', 'urgent'] as const;
export type TicketPriority = (typeof ticketPriorities)[number];
export const ticketQueues = ['general', 'bug', 'billing', 'enterprise', 'vulnerability', 'spam'] as const;
export type TicketQueue = (typeof ticketQueues)[number];
export type TicketLocale = 'en' | 'zh';

/** As the view "Breaching soon" counts it. */
const soonMs = 2 * 3_600_000;

/** How urgent a due time looks. Pure. */
export function dueTone(dueMs: number, breached: boolean, nowMs: number): Tone {
  if (breached || dueMs <= nowMs) return 'bad';
  return dueMs - nowMs <= soonMs ? 'warn' : 'neutral';
}

/** Where a ticket may go from where it is. The API decides; this is what is offered. */
export const nextStates: Readonly<Record<TicketState, readonly TicketState[]>> = {
  open: ['open', 'waiting', 'solved', 'closed'],
  waiting: ['open', 'waiting', 'solved', 'closed'],
  solved: ['open', 'waiting', 'solved', 'closed'],
  closed: ['open', 'closed'],
};
