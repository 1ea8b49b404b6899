import { expect, test } from 'vitest';
import { amountPattern, expiresAt, limitsOf } from './key-body.ts';

function form(values: Readonly<Record<string, string>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

test('an empty field takes its limit away, and leaves the requests per minute alone', () => {
  expect(limitsOf(form({}))).toEqual({
    tokens_per_minute: null,
    concurrency: null,
    spend_usd: { '5h': null, '1d': null, '7d': null, total: null },
  });
});

test('amounts stay text, to the last place', () => {
  const values = {
    'limits.requests_per_minute': ' 30 ',
    'limits.tokens_per_minute': '100000',
    'limits.spend_usd.1d': '2.500000001',
  };
  expect(limitsOf(form(values))).toEqual({
    requests_per_minute: 30,
    tokens_per_minute: 100_000,
    concurrency: null,
    spend_usd: { '5h': null, '1d': '2.500000001', '7d': null, total: null },
  });
});

test.each(['12', '12.5', '0.000000001', '1000000000'])('%s is an amount', (text) => {
  expect(text).toMatch(new RegExp(`^(?:${amountPattern})$`));
});

test.each(['', '-1', '1,5', '1.', '.5', '1e3', '0.0000000001', '$5'])('"%s" is none', (text) => {
  expect(text).not.toMatch(new RegExp(`^(?:${amountPattern})$`));
});

test('when a key ends', () => {
  const nowMs = Date.UTC(2026, 10, 21, 12);
  expect(expiresAt('never', null, nowMs)).toBeNull();
  expect(expiresAt('7', null, nowMs)).toBe('2026-11-28T12:00:00.000Z');
  expect(expiresAt('at', '2027-01-01T00:00:00.000Z', nowMs)).toBe('2027-01-01T00:00:00.000Z');
});
