/**
 * Dates in a time zone, in whole hours of UTC: sums are kept by those. An hour belongs to the date on which it begins, so
 * in a zone that is half an hour off (Asia/Kolkata) days run from 00:30 to 00:30: see `dayShiftMinutes`.
 */

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

const formats = new Map<string, Intl.DateTimeFormat>();
/** There are about 600 names, with aliases; what callers make up is refused by Intl. */
const mostFormats = 1_000;

/** Whether it is a name of the IANA database, such as `Europe/Paris` or `UTC`. Offsets such as `+02:00` are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  if (formats.size < mostFormats) formats.set(zone, format);
  return format;
}

/** What must be added to UTC to get the local time, in milliseconds of whole minutes. */
export function offsetMs(zone: string, atMs: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(atMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) - (atMs - (atMs % 60_000));
}

/** `2026-11-21`: the local date at a time. */
export function dateAt(zone: string, atMs: number): string {
  return isoDate(atMs + offsetMs(zone, atMs));
}

/** The first whole hour that begins on the local date. Where clocks go forward at midnight, that is the hour after. */
export function startOfDate(zone: string, date: string): number {
  const wall = Date.parse(`${date}T00:00:00Z`);
  const near = wall - offsetMs(zone, wall);
  const guess = ceilHour(wall - offsetMs(zone, near));
  if (dateAt(zone, guess) >= date && dateAt(zone, guess - hourMs) < date) return guess;
  let hour = guess - 3 * hourMs;
  for (let steps = 0; steps < 30 && dateAt(zone, hour) < date; steps++) hour += hourMs;
  return hour;
}

/** By how many minutes days are counted late in this zone, because hours cannot be divided. 0 for most. */
export function dayShiftMinutes(zone: string, atMs: number): number {
  const past = ((offsetMs(zone, atMs) % hourMs) + hourMs) % hourMs;
  return past / 60_000;
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  return isoDate(Date.parse(`${date}T00:00:00Z`) + days * dayMs);
}

export function floorHour(atMs: number): number {
  return Math.floor(atMs / hourMs) * hourMs;
}

export function ceilHour(atMs: number): number {
  return Math.ceil(atMs / hourMs) * hourMs;
}

function isoDate(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
