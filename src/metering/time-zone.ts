import { dateAt, offsetMs } from '../base/time-zone.ts';

/**
 * Dates in a time zone, in whole hours of UTC: sums are kept by those. An hour belongs to the date on which it begins, so
 * in a zone that is half an hour off (Asia/Kolkata) days run from 00:30 to 00:30: see `dayShiftMinutes`.
 */

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

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

export function floorHour(atMs: number): number {
  return Math.floor(atMs / hourMs) * hourMs;
}

export function ceilHour(atMs: number): number {
  return Math.ceil(atMs / hourMs) * hourMs;
}
