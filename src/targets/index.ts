/**
 * Response targets: when somebody works, how long an answer may take, and how a ticket's clocks stand.
 *
 * Promises: clocks are reckoned from a ticket's events alone, on instants, by the zone's own rules; a holiday never makes
 * anything due earlier; a missed target stays missed; a warning is due once.
 * Never: keeps a running count, reads a clock or a database, tells anybody.
 */
export {
  alwaysOpen,
  businessDayMs,
  type Calendar,
  type CalendarException,
  officeHours,
  type Range,
  type Weekday,
  weekdays,
} from './calendar.ts';
export { calendarJson, checkCalendar } from './check-calendar.ts';
export { type ClockEvent, type Clocks, clocksOf, type Terms, type TermsBook } from './clocks.ts';
export type { ClockState, ClockStateName } from './meter.ts';
export { type ClockNotice, dueNotices } from './notices.ts';
export { due, openBetween } from './open-time.ts';
export {
  checkTargets,
  defaultPolicies,
  type Policy,
  type Priority,
  priorities,
  type Targets,
  targetsJson,
} from './policy.ts';
