import { expect, test } from 'vitest';
import { quantile, spreadOf } from './statistics.ts';

test('the spread of values in any order', () => {
  expect(spreadOf([30, 10, 20])).toEqual({ median: 20, least: 10, most: 30 });
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 });
  expect(spreadOf([7])).toEqual({ median: 7, least: 7, most: 7 });
});

test('quantiles lie between neighbours', () => {
  const sorted = Float64Array.from({ length: 101 }, (_, index) => index);
  expect(quantile(sorted, 0.99)).toBeCloseTo(99);
  expect(quantile([10, 20], 0.25)).toBeCloseTo(12.5);
  expect(() => quantile([], 0.5)).toThrow('no values');
});
