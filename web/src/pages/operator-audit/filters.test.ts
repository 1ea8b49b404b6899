import { expect, test } from 'vitest';
import { nextDay } from './filters.ts';

test.each([
  ['2026-02-28', '2026-03-01'],
  ['2026-12-31', '2027-01-01'],
  ['2028-02-28', '2028-02-29'],
  ['soon', null],
])('the day after %s', (day, next) => {
  expect(nextDay(day)).toBe(next);
});
