import { describe, expect, test } from 'vitest';
import {
  formatCompact,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRelative,
  formatTime,
  formatUtc,
} from './formats.ts';

describe('money keeps every digit that counts', () => {
  test.each([
    ['0', '$0.00'],
    ['0.000000000', '$0.00'],
    ['12.5', '$12.50'],
    ['12.500000000', '$12.50'],
    ['0.000123000', '$0.000123'],
    ['0.000000001', '$0.000000001'],
    ['1284.07312', '$1,284.07312'],
    ['9007199254740993.100000001', '$9,007,199,254,740,993.100000001'],
    ['-3', '−$3.00'],
    ['-0.00', '$0.00'],
    ['007.10', '$7.10'],
  ])('%s → %s', (amount, written) => {
    expect(formatMoney(amount, 'en')).toBe(written);
  });

  test('in Chinese', () => {
    expect(formatMoney('1284.07312', 'zh-CN')).toBe('US$1,284.07312');
  });

  test.each(['', 'free', '1e5', '1,5', '.5', 'NaN'])('%j is no amount, and stays what it is', (text) => {
    expect(formatMoney(text, 'en')).toBe(text);
  });
});

test('numbers', () => {
  expect(formatNumber(1_234_567, 'en')).toBe('1,234,567');
  expect(formatNumber('90071992547409931', 'en')).toBe('90,071,992,547,409,931');
  expect(formatNumber('n/a', 'en')).toBe('n/a');
  expect(formatCompact(9_999, 'en')).toBe('9,999');
  expect(formatCompact(1_284_073, 'en')).toBe('1.28M');
  expect(formatCompact(1_284_073, 'zh-CN')).toBe('128万');
  expect(formatPercent(0.0123, 'en')).toBe('1.23%');
  expect(formatPercent(0.5, 'en')).toBe('50%');
});

test.each([
  [0, '0ms'],
  [849.6, '850ms'],
  [1_240, '1.24s'],
  [12_340, '12.3s'],
  [60_000, '1m'],
  [125_000, '2m 5s'],
  [12_000_000, '3h 20m'],
  [352_800_000, '4d 2h'],
])('%i ms is %s', (ms, written) => {
  expect(formatDuration(ms, 'en')).toBe(written);
});

describe('times', () => {
  const at = new Date('2026-11-21T20:30:05.999Z');
  test('in the reader’s zone and language', () => {
    expect(formatTime(at, 'minute', 'en', 'Asia/Shanghai')).toBe('Nov 22, 2026, 04:30');
    expect(formatTime(at, 'second', 'zh-CN', 'UTC')).toBe('2026年11月21日 20:30:05');
    expect(formatTime(at, 'day', 'en', 'UTC')).toBe('Nov 21');
  });

  test('midnight is 00:00', () => {
    expect(formatTime(new Date('2026-11-21T00:00:00Z'), 'time', 'en', 'UTC')).toBe('00:00:00');
  });

  test('UTC reads alike everywhere', () => {
    expect(formatUtc(at)).toBe('2026-11-21 20:30:05 UTC');
  });

  test.each([
    [0, 'now'],
    [-4_000, 'now'],
    [4_000, 'now'],
    [-59_000, '59 seconds ago'],
    [-61_000, '1 minute ago'],
    [-3_599_000, '59 minutes ago'],
    [-7_200_000, '2 hours ago'],
    [-86_400_000, 'yesterday'],
    [3 * 86_400_000, 'in 3 days'],
    [-8 * 86_400_000, null],
  ])('%i ms from now is %s', (ms, written) => {
    expect(formatRelative(new Date(at.getTime() + ms), at.getTime(), 'en')).toBe(written);
  });
});
