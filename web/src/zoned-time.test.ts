import { expect, test } from 'vitest';
import { fromZoned, toZoned } from './zoned-time.ts';

test.each([
  ['UTC', '2026-11-21T12:30', '2026-11-21T12:30:00.000Z'],
  ['Asia/Shanghai', '2026-11-21T20:30', '2026-11-21T12:30:00.000Z'],
  ['America/New_York', '2026-07-01T23:05', '2026-07-02T03:05:00.000Z'],
  ['Asia/Kathmandu', '2026-01-01T00:00', '2025-12-31T18:15:00.000Z'],
  // Within hours of the change of clocks.
  ['Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
  ['Europe/Berlin', '2026-03-29T03:01', '2026-03-29T01:01:00.000Z'],
  ['America/New_York', '2026-11-01T06:00', '2026-11-01T11:00:00.000Z'],
])('in %s, %s is %s, and back', (zone, local, iso) => {
  expect(fromZoned(local, zone)).toBe(iso);
  expect(toZoned(iso, zone)).toBe(local);
});

test('an hour that is skipped or comes twice is still some time', () => {
  expect(fromZoned('2026-03-29T02:30', 'Europe/Berlin')).toMatch(/^2026-03-29T0[01]:30/);
  expect(fromZoned('2026-10-25T02:30', 'Europe/Berlin')).toMatch(/^2026-10-25T0[01]:30/);
});

test('what is no time is none', () => {
  expect(fromZoned('', 'UTC')).toBeNull();
  expect(fromZoned('soon', 'UTC')).toBeNull();
  expect(toZoned('soon', 'UTC')).toBe('');
});
