import { expect, test } from 'vitest';
import { freeId, fridayEvening, hoursOfMs, msOfHours, rangesOf, textOf } from './hours.ts';

test('hours of a day are read as people write them', () => {
  expect(rangesOf('9:00-12:00, 13:00–17:30')).toEqual([
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '17:30' },
  ]);
  expect(rangesOf('00:00 - 24:00')).toEqual([{ from: '00:00', to: '24:00' }]);
  expect(rangesOf('9:00至12:00，14:00~18:00')).toHaveLength(2);
  expect(rangesOf('  ')).toEqual([]);
  expect(textOf(rangesOf('9:00-12:00') ?? [])).toBe('09:00–12:00');
});

test.each(['9-17', '17:00-09:00', '09:00-09:00', '09:00-25:00', '24:00-24:30', '09:00-12:00, 11:00-13:00', 'open'])(
  '%s is no hours',
  (text) => expect(rangesOf(text)).toBeNull(),
);

test('work time is typed in hours', () => {
  expect(['', '8', '0.5', '1,25', '0'].map(msOfHours)).toEqual([null, 28_800_000, 1_800_000, 4_500_000, 60_000]);
  expect([null, 28_800_000, 5_400_000].map(hoursOfMs)).toEqual(['', '8', '1.5']);
});

test('ids come of names', () => {
  expect(freeId('Büro Wien', ['office-hours'], 'calendar')).toBe('buro-wien');
  expect(freeId('上海办公室', ['calendar', 'calendar-2'], 'calendar')).toBe('calendar-3');
});

test('Friday evening', () => {
  expect(fridayEvening(Date.UTC(2026, 10, 21, 12))).toBe('2026-11-27T17:30');
  expect(fridayEvening(Date.UTC(2026, 10, 27, 23))).toBe('2026-11-27T17:30');
});
