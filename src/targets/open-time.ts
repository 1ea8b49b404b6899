import { type Calendar, type Range, timeOfDayMs, weekdays } from './calendar.ts';
import { zoneSpansOf } from './zone-spans.ts';

const dayMs = 24 * 3_600_000;
/** Instants that are reckoned with. Outside of them something else is wrong. */
const firstMs = Date.UTC(1970);
const lastMs = Date.UTC(2300);
/** How far a due time is looked for. One open hour per week makes 90 days of work in 41 years. */
const horizonYears = 60;

/**
 * Work time between two instants, in milliseconds; 0 where the second is not later. A calendar is open at an instant
 * when its zone's clocks then show a time within a range of that local date, so hours that come twice count twice and
 * hours that are left out count nothing.
 */
export function openBetween(calendar: Calendar, fromMs: number, toMs: number): number {
  let sum = 0;
  walk(calendar, fromMs, checked(toMs), (startMs, endMs) => {
    sum += endMs - startMs;
    return true;
  });
  return sum;
}

/**
 * The first instant at which so much work time has passed. Work that is used up at closing time is due then, not at the
 * next opening; no work at all is due at once.
 *
 * @throws RangeError when that is more than 60 years away, which no checked calendar and policy make
 */
export function due(calendar: Calendar, fromMs: number, workMs: number): number {
  if (!(workMs >= 0)) throw new RangeError('Work time cannot be negative.');
  if (workMs === 0) return checked(fromMs);
  let restMs = workMs;
  let dueMs: number | null = null;
  const untilMs = Math.min(fromMs + horizonYears * 366 * dayMs, lastMs);
  walk(calendar, fromMs, untilMs, (startMs, endMs) => {
    if (endMs - startMs >= restMs) dueMs = startMs + restMs;
    restMs -= endMs - startMs;
    return dueMs === null;
  });
  if (dueMs === null) throw new RangeError(`The calendar ${calendar.id} is not open long enough.`);
  return dueMs;
}

/**
 * Visits the open stretches between two instants in the order of time, until the visitor returns false. Within a span of
 * a zone local time only grows, so days can be counted there as numbers.
 */
function walk(
  calendar: Calendar,
  fromMs: number,
  toMs: number,
  visit: (startMs: number, endMs: number) => boolean,
): void {
  const opens = compiled(calendar);
  for (let year = new Date(checked(fromMs)).getUTCFullYear(); Date.UTC(year) < toMs; year++)
    for (const span of zoneSpansOf(calendar.timeZone, year)) {
      const startMs = Math.max(span.startMs, fromMs);
      const endMs = Math.min(span.endMs, toMs);
      const lastDay = Math.floor((endMs - 1 + span.offsetMs) / dayMs);
      for (let day = Math.floor((startMs + span.offsetMs) / dayMs); day <= lastDay && startMs < endMs; day++)
        for (const { from, to } of opens.of(day)) {
          const opensMs = Math.max(day * dayMs + from - span.offsetMs, startMs);
          const closesMs = Math.min(day * dayMs + to - span.offsetMs, endMs);
          if (opensMs < closesMs && !visit(opensMs, closesMs)) return;
        }
    }
}

interface OpenMs {
  readonly from: number;
  readonly to: number;
}

interface Compiled {
  /** Ranges of a local date, by its number: 0 is 1970-01-01. */
  of(day: number): readonly OpenMs[];
}

const compiledCalendars = new WeakMap<Calendar, Compiled>();

function compiled(calendar: Calendar): Compiled {
  const known = compiledCalendars.get(calendar);
  if (known !== undefined) return known;
  const week = weekdays.map((day) => calendar.week[day].map(openMs));
  const exceptions = new Map(
    calendar.exceptions.map(({ date, ranges }) => [Date.parse(`${date}T00:00:00Z`) / dayMs, ranges.map(openMs)]),
  );
  // 1970-01-01 was a Thursday.
  const of = (day: number) => exceptions.get(day) ?? week[(((day + 4) % 7) + 7) % 7] ?? [];
  compiledCalendars.set(calendar, { of });
  return { of };
}

function openMs({ from, to }: Range): OpenMs {
  return { from: timeOfDayMs(from), to: timeOfDayMs(to) };
}

function checked(atMs: number): number {
  if (!(atMs >= firstMs && atMs <= lastMs)) throw new RangeError('A time must lie between 1970 and 2300.');
  return atMs;
}
