/** Instants and dates in time zones of the IANA database, by the rules that Node's ICU brings along. */

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

/**
 * The instant at which clocks in the zone show a time, given as if it were UTC: the first of two where clocks go back;
 * where they go forward over it, as if they had not yet.
 */
export function instantOf(zone: string, wallMs: number): number {
  const before = offsetMs(zone, wallMs - 86_400_000);
  const after = offsetMs(zone, wallMs + 86_400_000);
  if (offsetMs(zone, wallMs - before) === before) return wallMs - before;
  return offsetMs(zone, wallMs - after) === after ? wallMs - after : wallMs - before;
}

/** `2026-11-21`: the local date at a time. */
export function dateAt(zone: string, atMs: number): string {
  return isoDate(atMs + offsetMs(zone, atMs));
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  return isoDate(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000);
}

function isoDate(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
