import { expect, test } from 'vitest';
import { graceIn, graceUnits, minutesOf } from './grace.ts';

test.each([
  [1, { value: 1, unit: 'minutes' }],
  [60, { value: 1, unit: 'hours' }],
  [90, { value: 90, unit: 'minutes' }],
  [1_440, { value: 1, unit: 'days' }],
  [10_080, { value: 7, unit: 'days' }],
] as const)('%i minutes are %o, and back', (minutes, grace) => {
  expect(graceIn(minutes)).toEqual(grace);
  expect(minutesOf(grace.value, grace.unit)).toBe(minutes);
});

test('no unit allows more than the API does', () => {
  for (const { minutes, most } of Object.values(graceUnits)) expect(minutes * most).toBe(10_080);
});
