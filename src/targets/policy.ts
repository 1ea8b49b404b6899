import { AppError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';

/** Least urgent first. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];

/** Work time in milliseconds. Null: best effort; no clock runs, and the customer is told so. */
export interface Targets {
  /** From the opening to a person's first public reply. */
  readonly firstResponseMs: number | null;
  /** From the first unanswered message to the next reply. */
  readonly nextResponseMs: number | null;
  readonly resolutionMs: number | null;
}

/** One version of what is promised. Versions never change: a ticket keeps the one that it began with. */
export interface Policy {
  readonly id: string;
  /** 1, 2, … */
  readonly version: number;
  readonly name: string;
  /** Null: around the clock. */
  readonly calendarId: string | null;
  readonly targets: Readonly<Record<Priority, Targets>>;
}

const hourMs = 3_600_000;
/** One business day of `officeHours`. */
const dayMs = 8 * hourMs;

const bestEffort: Targets = { firstResponseMs: null, nextResponseMs: null, resolutionMs: null };

function responses(firstResponseMs: number, nextResponseMs: number): Targets {
  return { firstResponseMs, nextResponseMs, resolutionMs: null };
}

function sameForAll(targets: Targets): Record<Priority, Targets> {
  return { low: targets, normal: targets, high: targets, urgent: targets };
}

/** What a site begins with. Its operator adds versions; the ids stay. */
export const defaultPolicies = {
  starter: {
    id: 'starter',
    version: 1,
    name: 'Best effort',
    calendarId: null,
    targets: sameForAll(bestEffort),
  },
  pro: {
    id: 'pro',
    version: 1,
    name: 'Standard',
    calendarId: 'office-hours',
    targets: {
      low: responses(2 * dayMs, 2 * dayMs),
      normal: responses(dayMs, dayMs),
      high: responses(dayMs / 2, dayMs / 2),
      urgent: responses(dayMs / 4, dayMs / 4),
    },
  },
  /** Until a contract's own row takes its place. */
  enterprise: {
    id: 'enterprise',
    version: 1,
    name: 'By contract',
    calendarId: null,
    targets: {
      low: responses(24 * hourMs, 24 * hourMs),
      normal: responses(8 * hourMs, 8 * hourMs),
      high: responses(4 * hourMs, 4 * hourMs),
      urgent: responses(hourMs, 2 * hourMs),
    },
  },
  /** For anyone, customer or not. On a calendar of other hours, `businessDayMs` says how long a day may be. */
  vulnerability: {
    id: 'vulnerability',
    version: 1,
    name: 'Vulnerability report',
    calendarId: 'office-hours',
    targets: sameForAll(responses(dayMs, dayMs)),
  },
} as const satisfies Readonly<Record<string, Policy>>;

/**
 * Reads targets from JSON: priority → `first_response_ms`, `next_response_ms`, `resolution_ms`, each a whole number of
 * milliseconds of work time, or null. All four priorities must be there.
 *
 * @throws AppError `targets_invalid`, naming the field
 */
export function checkTargets(input: unknown): Record<Priority, Targets> {
  const all = members(input, 'targets');
  const of = (priority: Priority): Targets => {
    const { first_response_ms, next_response_ms, resolution_ms } = members(all[priority], priority);
    return {
      firstResponseMs: duration(first_response_ms, `${priority}.first_response_ms`),
      nextResponseMs: duration(next_response_ms, `${priority}.next_response_ms`),
      resolutionMs: duration(resolution_ms, `${priority}.resolution_ms`),
    };
  };
  return { low: of('low'), normal: of('normal'), high: of('high'), urgent: of('urgent') };
}

/** Targets as JSON, as `checkTargets` reads them. */
export function targetsJson(targets: Policy['targets']) {
  const of = ({ firstResponseMs, nextResponseMs, resolutionMs }: Targets) => ({
    first_response_ms: firstResponseMs,
    next_response_ms: nextResponseMs,
    resolution_ms: resolutionMs,
  });
  return { low: of(targets.low), normal: of(targets.normal), high: of(targets.high), urgent: of(targets.urgent) };
}

function duration(input: unknown, field: string): number | null {
  if (input === null) return null;
  if (typeof input === 'number' && Number.isInteger(input) && input >= 60_000 && input <= limits.responseTargetMs)
    return input;
  throw invalid(`${field} must be null or whole milliseconds from a minute to 90 days`);
}

function members(input: unknown, field: string): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw invalid(`${field} must be an object`);
  return { ...input };
}

function invalid(message: string): AppError {
  return new AppError('targets_invalid', `${message}.`);
}
