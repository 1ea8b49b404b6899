import type { Calendar } from './calendar.ts';
import { due, openBetween } from './open-time.ts';

/** One run of one clock, as far as it has been reckoned. */
export interface Meter {
  readonly startedAtMs: number;
  /** Null: best effort. */
  readonly targetMs: number | null;
  /** Work time until `runningSinceMs`, or until it was paused. */
  readonly usedMs: number;
  /** Null: it is paused or has ended. */
  readonly runningSinceMs: number | null;
  /** When half of the target, four fifths and all of it were used up. Null: not yet. */
  readonly reached: Readonly<Record<Mark, number | null>>;
  readonly breached: boolean;
  readonly metAtMs: number | null;
}

export type ClockStateName = 'none' | 'running' | 'paused' | 'met' | 'breached';

/** How a clock stands. Instants that lie ahead are expected, should nothing pause it; null while it is paused. */
export interface ClockState {
  /** `none`: it has not begun, or the target is best effort. `breached` stays, whatever comes after. */
  readonly state: ClockStateName;
  readonly startedAtMs: number | null;
  readonly targetMs: number | null;
  /** Work time. */
  readonly usedMs: number;
  readonly dueAtMs: number | null;
  readonly warn50AtMs: number | null;
  readonly warn80AtMs: number | null;
  /** When it was fulfilled, in time or too late. */
  readonly metAtMs: number | null;
}

const marks = ['half', 'most', 'all'] as const;
type Mark = (typeof marks)[number];

export const noClock: ClockState = {
  state: 'none',
  startedAtMs: null,
  targetMs: null,
  usedMs: 0,
  dueAtMs: null,
  warn50AtMs: null,
  warn80AtMs: null,
  metAtMs: null,
};

export function begin(atMs: number, targetMs: number | null): Meter {
  const reached = { half: null, most: null, all: null };
  return { startedAtMs: atMs, targetMs, usedMs: 0, runningSinceMs: null, reached, breached: false, metAtMs: null };
}

/** Brought to an instant. It is too late only when the clock still ran after it was due. */
export function advance(meter: Meter, calendar: Calendar, atMs: number): Meter {
  const sinceMs = meter.runningSinceMs;
  if (sinceMs === null || atMs <= sinceMs) return meter;
  const usedMs = meter.usedMs + openBetween(calendar, sinceMs, atMs);
  const at = (mark: Mark): number | null => {
    const workMs = markMs(meter.targetMs, mark);
    if (workMs === null || usedMs < workMs) return null;
    return due(calendar, sinceMs, Math.max(0, workMs - meter.usedMs));
  };
  const allAtMs = at('all');
  const reached = {
    half: meter.reached.half ?? at('half'),
    most: meter.reached.most ?? at('most'),
    all: meter.reached.all ?? allAtMs,
  };
  const breached = meter.breached || (allAtMs !== null && allAtMs < atMs);
  return { ...meter, usedMs, runningSinceMs: atMs, reached, breached };
}

export function pause(meter: Meter): Meter {
  return meter.runningSinceMs === null ? meter : { ...meter, runningSinceMs: null };
}

export function resume(meter: Meter, atMs: number): Meter {
  return meter.runningSinceMs === null && meter.metAtMs === null ? { ...meter, runningSinceMs: atMs } : meter;
}

/** Fulfilled, in time or too late. */
export function meet(meter: Meter, atMs: number): Meter {
  return { ...meter, runningSinceMs: null, metAtMs: atMs };
}

/** Begun again after it was fulfilled; the time between does not count. */
export function undoMeeting(meter: Meter): Meter {
  return { ...meter, metAtMs: null };
}

/**
 * Another target from an instant to which the meter was brought. What was used up counts on, but a shorter target gives
 * its whole time from now if that is sooner than the former end: nobody is late because a ticket became urgent. What is
 * late already stays late.
 */
export function retarget(meter: Meter, targetMs: number | null, atMs: number): Meter {
  if (meter.metAtMs !== null || meter.breached) return meter;
  if (targetMs === null) return { ...meter, targetMs, reached: { half: null, most: null, all: null } };
  const { usedMs } = meter;
  const formerRestMs = meter.targetMs === null ? Number.POSITIVE_INFINITY : meter.targetMs - usedMs;
  const wholeMs = usedMs + Math.max(targetMs - usedMs, Math.min(formerRestMs, targetMs));
  const at = (mark: Mark) => (usedMs < (markMs(wholeMs, mark) ?? 0) ? null : (meter.reached[mark] ?? atMs));
  // The same target again changes nothing.
  return { ...meter, targetMs: wholeMs, reached: { half: at('half'), most: at('most'), all: at('all') } };
}

/** How it stands at the instant to which it was brought. */
export function stateOf(meter: Meter, calendar: Calendar): ClockState {
  const sinceMs = meter.runningSinceMs;
  const at = (mark: Mark): number | null => {
    const workMs = markMs(meter.targetMs, mark);
    const reachedMs = meter.reached[mark];
    if (reachedMs !== null || workMs === null || sinceMs === null) return reachedMs;
    return due(calendar, sinceMs, workMs - meter.usedMs);
  };
  return {
    state: nameOf(meter),
    startedAtMs: meter.startedAtMs,
    targetMs: meter.targetMs,
    usedMs: meter.usedMs,
    dueAtMs: at('all'),
    warn50AtMs: at('half'),
    warn80AtMs: at('most'),
    metAtMs: meter.metAtMs,
  };
}

function nameOf(meter: Meter): ClockStateName {
  if (meter.targetMs === null) return 'none';
  if (meter.breached) return 'breached';
  if (meter.metAtMs !== null) return 'met';
  return meter.runningSinceMs === null ? 'paused' : 'running';
}

function markMs(targetMs: number | null, mark: Mark): number | null {
  if (targetMs === null) return null;
  if (mark === 'half') return Math.ceil(targetMs / 2);
  return mark === 'most' ? Math.ceil((targetMs * 4) / 5) : targetMs;
}
