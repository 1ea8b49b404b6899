import { describe, expect, it } from 'vitest';
import { applyMultiplier, divideHalfUp, formatMultiplier, formatUsd, parseMultiplier, parseUsd } from './money.ts';

describe('USD', () => {
  it.each([
    ['0', 0n],
    ['12.5', 12_500_000_000n],
    [' 3 ', 3_000_000_000n],
    ['0.000000001', 1n],
    ['007', 7_000_000_000n],
    ['999999999999.999999999', 999_999_999_999_999_999_999n],
  ])('%o is %s nano-USD', (text, nano) => {
    expect(parseUsd(text)).toBe(nano);
  });

  it.each(['', '-1', '+1', '1.', '.5', '1,5', '1e3', '0x1', 'NaN', '0.0000000001', '1000000000000', '1 2', '१'])(
    'refuses %o',
    (text) => {
      expect(parseUsd(text)).toBeNull();
    },
  );

  it.each([
    [0n, '0'],
    [1n, '0.000000001'],
    [12_500_000_000n, '12.5'],
    [-12_500_000_000n, '-12.5'],
    [-1n, '-0.000000001'],
    [1_000_000_000n, '1'],
  ])('%s is written %s', (nano, text) => {
    expect(formatUsd(nano)).toBe(text);
  });

  it('comes back as it was written, whatever the size', () => {
    for (let i = 0n; i < 2_000n; i++) {
      const nano = (i * 7_919_000_000_033n) % 10n ** 20n;
      expect(parseUsd(formatUsd(nano))).toBe(nano);
    }
  });
});

describe('multiplier', () => {
  it.each([
    ['1', 10_000],
    ['0.9', 9_000],
    ['0.0001', 1],
    ['9999', 99_990_000],
    ['0', 0],
  ])('%o is %d ten-thousandths and is written the same', (text, multiplier) => {
    expect(parseMultiplier(text)).toBe(multiplier);
    expect(formatMultiplier(multiplier)).toBe(text);
  });

  it.each(['', '-1', '0.00001', '10000', '1.', 'x'])('refuses %o', (text) => {
    expect(parseMultiplier(text)).toBeNull();
  });
});

describe('rounding', () => {
  it.each([
    [0n, 2n, 0n],
    [1n, 2n, 1n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [5n, 10n, 1n],
    [4n, 10n, 0n],
    [15n, 10n, 2n],
    [25n, 10n, 3n],
  ])('%s / %s, half up, is %s', (numerator, denominator, quotient) => {
    expect(divideHalfUp(numerator, denominator)).toBe(quotient);
  });

  it('happens once, at the end', () => {
    expect(applyMultiplier(12_345n, 9_000)).toBe(11_111n); // 12,345 × 0.9 = 11,110.5
    expect(applyMultiplier(1n, 4_999)).toBe(0n); // 0.4999
    expect(applyMultiplier(1n, 5_000)).toBe(1n); // 0.5
    expect(applyMultiplier(10n ** 18n, 10_000)).toBe(10n ** 18n);
  });
});
