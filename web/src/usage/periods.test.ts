import { describe, expect, test } from 'vitest';
import { dateIn, datesOf, intervalsFor, isDate, lengthInDays } from './periods.ts';

describe('presets', () => {
  test.each([
    ['today', '2026-03-01', '2026-03-01', 1],
    ['7d', '2026-02-23', '2026-03-01', 7],
    ['30d', '2026-01-31', '2026-03-01', 30],
    ['this_month', '2026-03-01', '2026-03-01', 1],
    ['last_month', '2026-02-01', '2026-02-28', 28],
  ] as const)('%s', (preset, from, to, days) => {
    const dates = datesOf(preset, '2026-03-01');
    expect(dates).toEqual({ from, to });
    expect(lengthInDays(dates)).toBe(days);
  });

  test('last month in January is December', () => {
    expect(datesOf('last_month', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  });
});

test('a date is the zone’s own', () => {
  const atMs = Date.UTC(2026, 10, 21, 20);
  expect(dateIn('UTC', atMs)).toBe('2026-11-21');
  expect(dateIn('Asia/Shanghai', atMs)).toBe('2026-11-22');
});

test('steps are offered that a picture can show', () => {
  expect(intervalsFor({ from: '2026-03-01', to: '2026-03-01' })).toEqual(['hour']);
  expect(intervalsFor({ from: '2026-03-01', to: '2026-03-30' })).toEqual(['hour', 'day', 'week', 'month']);
  expect(intervalsFor({ from: '2024-01-01', to: '2026-12-31' })).toEqual(['week', 'month']);
});

test('what is no date is none', () => {
  expect(isDate('2026-02-28')).toBe(true);
  expect([undefined, '', '2026-13-01', '2026-2-1', 'today'].some(isDate)).toBe(false);
});
