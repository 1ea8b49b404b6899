import { expect, test } from 'vitest';
import { instantOf, offsetMs } from './time-zone.ts';

test.each([
  ['UTC', '2026-11-21T14:05Z', '2026-11-21T14:05Z'],
  ['Europe/Paris', '2026-11-21T14:05Z', '2026-11-21T13:05Z'],
  ['Asia/Shanghai', '2026-11-21T00:30Z', '2026-11-20T16:30Z'],
  ['Pacific/Kiritimati', '2026-11-21T10:00Z', '2026-11-20T20:00Z'],
  // Just before and after clocks go forward, and what they leave out.
  ['Europe/Paris', '2026-03-29T01:59Z', '2026-03-29T00:59Z'],
  ['Europe/Paris', '2026-03-29T03:00Z', '2026-03-29T01:00Z'],
  ['Europe/Paris', '2026-03-29T02:30Z', '2026-03-29T01:30Z'],
  // Just before and after they go back, and what they show twice.
  ['Europe/Paris', '2026-10-25T01:59Z', '2026-10-24T23:59Z'],
  ['Europe/Paris', '2026-10-25T02:30Z', '2026-10-25T00:30Z'],
  ['Europe/Paris', '2026-10-25T03:00Z', '2026-10-25T02:00Z'],
  ['Australia/Lord_Howe', '2026-10-04T02:30Z', '2026-10-03T15:30Z'],
])('in %s clocks show %s at %s', (zone, wall, instant) => {
  expect(instantOf(zone, Date.parse(wall))).toBe(Date.parse(instant));
});

test('what a clock shows leads back to its instant, but for the second of two', () => {
  for (const zone of ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca'])
    for (let atMs = Date.UTC(2025, 0, 1); atMs < Date.UTC(2026, 0, 1); atMs += 85 * 60_000) {
      const back = instantOf(zone, atMs + offsetMs(zone, atMs));
      expect(atMs - back >= 0 && atMs - back <= 3_600_000, `${zone} ${atMs}`).toBe(true);
      expect(back + offsetMs(zone, back)).toBe(atMs + offsetMs(zone, atMs));
    }
});
