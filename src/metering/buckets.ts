import { addDays, dateAt } from '../base/time-zone.ts';
import { ceilHour, dayMs, floorHour, hourMs, startOfDate } from './time-zone.ts';

/** How a range of time is cut into the steps of a series. Pure. */

export const intervals = ['hour', 'day', 'week', 'month'] as const;
export type Interval = (typeof intervals)[number];

/** Whole hours of UTC, the end excluded. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Bucket {
  readonly startMs: number;
  readonly endMs: number;
  /** The local date on which it begins: of a week its Monday, of a month its first. Null for hours. */
  readonly date: string | null;
}

/** Points that a series has at most: a month by hour, two years by day. */
export const mostBuckets = 750;

export interface RangeInput {
  /** A date of the zone, or a time in ISO 8601. */
  readonly from?: string | undefined;
  /** A date, which is included, or a time, which is not. */
  readonly to?: string | undefined;
}

const defaultDays = 30;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/** What was asked for, in whole hours. Without an end: today's. Without a beginning: thirty days before the end. */
export function rangeOf(input: RangeInput, zone: string, nowMs: number): Range {
  const toMs = input.to === undefined ? startOfDate(zone, addDays(dateAt(zone, nowMs), 1)) : endOf(input.to, zone);
  if (input.from !== undefined) {
    const fromMs = datePattern.test(input.from) ? startOfDate(zone, input.from) : floorHour(Date.parse(input.from));
    return { fromMs, toMs };
  }
  return { fromMs: startOfDate(zone, addDays(dateAt(zone, toMs - 1), 1 - defaultDays)), toMs };
}

function endOf(text: string, zone: string): number {
  return datePattern.test(text) ? startOfDate(zone, addDays(text, 1)) : ceilHour(Date.parse(text));
}

/** As fine as a picture of the range can be read. */
export function intervalOf({ fromMs, toMs }: Range): Interval {
  const days = (toMs - fromMs) / dayMs;
  if (days <= 2.1) return 'hour';
  if (days <= 93) return 'day';
  return days <= 800 ? 'week' : 'month';
}

/** The steps of a range, in order and without gaps; the first and last are as long as the range lets them. */
export function bucketsOf({ fromMs, toMs }: Range, interval: Interval, zone: string): Bucket[] {
  const buckets: Bucket[] = [];
  if (interval === 'hour') {
    for (let startMs = fromMs; startMs < toMs && buckets.length <= mostBuckets; startMs += hourMs)
      buckets.push({ startMs, endMs: startMs + hourMs, date: null });
    return buckets;
  }
  let date = firstDate(dateAt(zone, fromMs), interval);
  let startMs = fromMs;
  while (startMs < toMs && buckets.length <= mostBuckets) {
    const next = nextDate(date, interval);
    const endMs = Math.min(startOfDate(zone, next), toMs);
    // A zone that crossed the date line has a date on which no hour begins.
    if (endMs > startMs) buckets.push({ startMs, endMs, date });
    date = next;
    startMs = Math.max(startMs, endMs);
  }
  return buckets;
}

/** How many steps a range would have, without making them. */
export function bucketCount({ fromMs, toMs }: Range, interval: Interval): number {
  const lengthMs = { hour: hourMs, day: dayMs, week: 7 * dayMs, month: 30 * dayMs }[interval];
  return Math.ceil((toMs - fromMs) / lengthMs);
}

/** The range of the same length before. */
export function rangeBefore({ fromMs, toMs }: Range): Range {
  return { fromMs: fromMs - (toMs - fromMs), toMs: fromMs };
}

function firstDate(date: string, interval: Exclude<Interval, 'hour'>): string {
  if (interval === 'day') return date;
  if (interval === 'month') return `${date.slice(0, 8)}01`;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

function nextDate(date: string, interval: Exclude<Interval, 'hour'>): string {
  if (interval === 'day') return addDays(date, 1);
  if (interval === 'week') return addDays(date, 7);
  const [year = 0, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

/**
 * Which sums tell a range: those of whole days in UTC, and hours for the rest. A day that lies in two steps is taken
 * whole for the step of its noon; its hours that belong to the other one are `strays`, to be added there and taken off
 * here. So a month by day in Shanghai reads thirty days and eight hours of each, and not 720 hours.
 */
export interface Pieces {
  /** Whole days in UTC; empty when from equals to. */
  readonly days: Range;
  /** Beginnings of hours outside of those days. */
  readonly edgesMs: readonly number[];
  readonly straysMs: readonly number[];
}

export function piecesOf(range: Range, buckets: readonly Bucket[]): Pieces {
  const firstDay = Math.ceil(range.fromMs / dayMs) * dayMs;
  const endDay = Math.floor(range.toMs / dayMs) * dayMs;
  const days = firstDay < endDay ? { fromMs: firstDay, toMs: endDay } : { fromMs: firstDay, toMs: firstDay };
  const edgesMs: number[] = [];
  for (let at = range.fromMs; at < Math.min(days.fromMs, range.toMs); at += hourMs) edgesMs.push(at);
  for (let at = days.toMs; at < range.toMs; at += hourMs) edgesMs.push(at);
  const strays = new Set<number>();
  for (const { startMs } of buckets) {
    const midnight = startMs - (startMs % dayMs);
    if (startMs === midnight || midnight < days.fromMs || midnight >= days.toMs) continue;
    // A step begins within this day: the hours on the other side of it than noon are strays.
    const noon = midnight + dayMs / 2;
    const [from, to] = startMs <= noon ? [midnight, startMs] : [startMs, midnight + dayMs];
    for (let at = from; at < to; at += hourMs) strays.add(at);
  }
  return { days, edgesMs, straysMs: [...strays] };
}
