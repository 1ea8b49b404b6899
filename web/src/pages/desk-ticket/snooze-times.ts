import { fromZoned, toZoned } from '../../zoned-time.ts';

export const snoozeNames = ['hours3', 'tomorrow', 'monday', 'week'] as const;
export type SnoozeName = (typeof snoozeNames)[number];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** When somebody who says "tomorrow" means, in their zone. ISO 8601. Pure. */
export function snoozeUntil(name: SnoozeName, nowMs: number, timeZone: string | undefined): string {
  if (name === 'hours3') return new Date(nowMs + 3 * hourMs).toISOString();
  if (name === 'week') return morningAfter(7, nowMs, timeZone);
  if (name === 'tomorrow') return morningAfter(1, nowMs, timeZone);
  const [day = ''] = toZoned(new Date(nowMs).toISOString(), timeZone).split('T');
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return morningAfter((8 - weekday) % 7 || 7, nowMs, timeZone);
}

/** 9 o'clock of a day that lies ahead. */
function morningAfter(days: number, nowMs: number, timeZone: string | undefined): string {
  const [today = ''] = toZoned(new Date(nowMs).toISOString(), timeZone).split('T');
  const day = new Date(Date.parse(`${today}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
  return fromZoned(`${day}T09:00`, timeZone) ?? new Date(nowMs + days * dayMs).toISOString();
}
