/**
 * Times as `<input type="datetime-local">` has them, which knows no zone: `2026-11-21T13:30`, in the zone of the reader.
 * Pure.
 */
export function toZoned(iso: string, timeZone: string | undefined): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() + offsetMs(date.getTime(), timeZone)).toISOString().slice(0, 16);
}

/** ISO 8601 in UTC; null for what is no time. One that the clocks jump over or show twice is the earlier way to read it. */
export function fromZoned(text: string, timeZone: string | undefined): string | null {
  const localMs = Date.parse(`${text}Z`);
  if (Number.isNaN(localMs)) return null;
  // The offset there is found in two steps, because the first guess may lie on the other side of a change of clocks.
  const guessMs = localMs - offsetMs(localMs, timeZone);
  return new Date(localMs - offsetMs(guessMs, timeZone)).toISOString();
}

function offsetMs(atMs: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...(timeZone === undefined ? {} : { timeZone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (
    ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
  ).map((type) => Number(parts.find((part) => part.type === type)?.value));
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1_000) * 1_000;
}
