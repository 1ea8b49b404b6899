import { AppError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { isTimeZone } from '../base/time-zone.ts';
import {
  type Calendar,
  type CalendarException,
  type Range,
  rangesMs,
  timeOfDayMs,
  type Weekday,
  weekdays,
} from './calendar.ts';

/**
 * Reads a calendar from JSON: `id`, `name`, `time_zone`, `week` (weekday → list of `{ from, to }`; a weekday that is
 * missing is closed) and `exceptions` (list of `{ date, name, ranges }`).
 *
 * @throws AppError `calendar_invalid`, naming the field
 */
export function checkCalendar(input: unknown): Calendar {
  const { id, name, time_zone: timeZone, week, exceptions = [] } = members(input, 'The calendar');
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9_-]{0,63}$/.test(id))
    throw invalid('id must be 1 to 64 small letters, digits, "-" or "_"');
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone))
    throw invalid('time_zone must be a name of the IANA database, such as Europe/Paris');
  const checked = {
    id,
    name: nameOf(name, 'name'),
    timeZone,
    week: weekOf(week),
    exceptions: exceptionsOf(exceptions),
  };
  const openMs = weekdays.reduce((sum, day) => sum + rangesMs(checked.week[day]), 0);
  // Else a target of some days would be due in some centuries.
  if (openMs < limits.calendarWeekMs) throw invalid('week must have at least one open hour');
  return checked;
}

/** A calendar as JSON, as `checkCalendar` reads it. */
export function calendarJson({ timeZone, ...calendar }: Calendar) {
  return { ...calendar, time_zone: timeZone };
}

function weekOf(input: unknown): Record<Weekday, readonly Range[]> {
  const week = members(input, 'week');
  const stranger = Object.keys(week).find((day) => !weekdays.some((known) => known === day));
  if (stranger !== undefined) throw invalid(`week has the days ${weekdays.join(', ')} and no others`);
  const ranges = (day: Weekday) => rangesOf(week[day] ?? [], `week.${day}`);
  return {
    sunday: ranges('sunday'),
    monday: ranges('monday'),
    tuesday: ranges('tuesday'),
    wednesday: ranges('wednesday'),
    thursday: ranges('thursday'),
    friday: ranges('friday'),
    saturday: ranges('saturday'),
  };
}

function exceptionsOf(input: unknown): readonly CalendarException[] {
  const most = limits.calendarExceptions;
  const seen = new Map<string, string>();
  return list(input, 'exceptions', most).map((entry, index) => {
    const field = `exceptions[${index}]`;
    const { date, name, ranges } = members(entry, field);
    if (typeof date !== 'string' || !isDate(date)) throw invalid(`${field}.date must be a date, such as 2026-12-25`);
    const other = seen.get(date);
    if (other !== undefined) throw invalid(`${field}.date is the same as that of ${other}`);
    seen.set(date, field);
    return { date, name: nameOf(name, `${field}.name`), ranges: rangesOf(ranges ?? [], `${field}.ranges`) };
  });
}

function rangesOf(input: unknown, field: string): readonly Range[] {
  let openUntilMs = 0;
  return list(input, field, limits.calendarRangesPerDay).map((entry, index) => {
    const at = `${field}[${index}]`;
    const { from, to } = members(entry, at);
    if (!isTimeOfDay(from) || from === '24:00') throw invalid(`${at}.from must be a time from 00:00 to 23:59`);
    if (!isTimeOfDay(to)) throw invalid(`${at}.to must be a time from 00:01 to 24:00`);
    if (timeOfDayMs(to) <= timeOfDayMs(from))
      throw invalid(
        `${at}.to must be later than its from; a range over midnight is one until 24:00 and one from 00:00`,
      );
    if (timeOfDayMs(from) < openUntilMs) throw invalid(`${at}.from must not be before the end of the range before it`);
    openUntilMs = timeOfDayMs(to);
    return { from, to };
  });
}

function nameOf(input: unknown, field: string): string {
  const name = typeof input === 'string' ? input.trim() : '';
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) throw invalid(`${field} must be 1 to 100 characters`);
  return name;
}

function isTimeOfDay(input: unknown): input is string {
  return typeof input === 'string' && /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(input);
}

/** A date that there is, from 2000 to 2099. */
function isDate(input: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(input)) return false;
  const atMs = Date.parse(`${input}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(input);
}

function members(input: unknown, field: string): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw invalid(`${field} must be an object`);
  return { ...input };
}

function list(input: unknown, field: string, most: number): readonly unknown[] {
  if (!Array.isArray(input) || input.length > most) throw invalid(`${field} must be a list of at most ${most}`);
  return input;
}

function invalid(message: string): AppError {
  return new AppError('calendar_invalid', `${message}.`);
}
