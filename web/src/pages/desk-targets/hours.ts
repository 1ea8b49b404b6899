export interface Range {
  readonly from: string;
  readonly to: string;
}

const rangeText = /^(\d{1,2}):(\d{2})\s*(?:-|–|—|~|至|to)\s*(\d{1,2}):(\d{2})$/;

/** "9:00-12:00, 13:00–17:30" as ranges; empty: closed. Null: cannot be read. Pure. */
export function rangesOf(text: string): Range[] | null {
  const parts = text
    .split(/[,，;；、\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const ranges: Range[] = [];
  for (const part of parts) {
    const [, fromHour = '', fromMinute = '', toHour = '', toMinute = ''] = rangeText.exec(part) ?? [];
    const [from, to] = [timeOf(fromHour, fromMinute), timeOf(toHour, toMinute)];
    const last = ranges.at(-1);
    if (from === null || to === null || from >= to || (last !== undefined && from < last.to)) return null;
    ranges.push({ from, to });
  }
  return ranges;
}

function timeOf(hour: string, minute: string): string | null {
  const [hours, minutes] = [Number(hour), Number(minute)];
  if (hour === '' || hours > 24 || minutes > 59 || (hours === 24 && minutes > 0)) return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}

export function textOf(ranges: readonly Range[]): string {
  return ranges.map(({ from, to }) => `${from}–${to}`).join(', ');
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Hours as they are typed, "1.5", in milliseconds of whole minutes. Null: none, best effort. Pure. */
export function msOfHours(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  return Math.max(1, Math.round((Number(trimmed) * hourMs) / minuteMs)) * minuteMs;
}

/** The reverse: 5 400 000 → "1.5". */
export function hoursOfMs(ms: number | null): string {
  return ms === null ? '' : String(Math.round((ms / hourMs) * 100) / 100);
}

/** An id for a calendar or a policy, of its name where that has Latin letters; none that is taken. Pure. */
export function freeId(name: string, taken: readonly string[], fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const base = plain === '' ? fallback : plain;
  if (!taken.includes(base)) return base;
  for (let number = 2; ; number++) if (!taken.includes(`${base}-${number}`)) return `${base}-${number}`;
}

/** The next Friday at 17:30, as a field for local times has it: what everybody asks of an office. Pure. */
export function fridayEvening(nowMs: number): string {
  const date = new Date(nowMs);
  const days = (5 - date.getUTCDay() + 7) % 7;
  return `${new Date(nowMs + days * 24 * hourMs).toISOString().slice(0, 10)}T17:30`;
}
