import { expect, test } from 'vitest';
import { isRounded, isZero, nanoToUsd } from './amounts.ts';

test.each([
  [0, '0'],
  [1, '0.000000001'],
  [1_500_000_000, '1.5'],
  [-25_000_000, '-0.025'],
  [9_007_199_254_740_991, '9007199.254740991'],
])('%s billionths are %s dollars', (nano, usd) => {
  expect(nanoToUsd(nano)).toBe(usd);
});

test('an amount is rounded when its parts make another sum', () => {
  expect(isRounded('0.000965', ['0.000035', '0.00093'])).toBe(false);
  expect(isRounded('3', ['1', '2.0'])).toBe(false);
  expect(isRounded('0.000000001', ['0.0000000004', '0.00000000035'])).toBe(true);
});

test.each([
  ['0', true],
  ['0.000', true],
  ['0.000000001', false],
])('%s is nothing: %s', (amount, nothing) => {
  expect(isZero(amount)).toBe(nothing);
});
