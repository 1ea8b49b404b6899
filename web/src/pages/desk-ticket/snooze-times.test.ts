import { expect, test } from 'vitest';
import { snoozeUntil } from './snooze-times.ts';

/** A Saturday, late in the evening in Shanghai. */
const nowMs = Date.UTC(2026, 10, 21, 15, 30);

test.each([
  ['hours3', 'UTC', '2026-11-21T18:30:00.000Z'],
  ['tomorrow', 'UTC', '2026-11-22T09:00:00.000Z'],
  ['tomorrow', 'Asia/Shanghai', '2026-11-22T01:00:00.000Z'],
  ['monday', 'UTC', '2026-11-23T09:00:00.000Z'],
  ['week', 'America/New_York', '2026-11-28T14:00:00.000Z'],
] as const)('%s in %s', (name, zone, until) => {
  expect(snoozeUntil(name, nowMs, zone)).toBe(until);
});

test('on a Monday, Monday is the next one', () => {
  expect(snoozeUntil('monday', Date.UTC(2026, 10, 23, 8), 'UTC')).toBe('2026-11-30T09:00:00.000Z');
});
