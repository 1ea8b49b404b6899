import { expect, test } from 'vitest';
import { testWords } from './test-words.ts';

test.each([
  [200, 'served'],
  [302, 'moved'],
  [400, 'refused'],
  [401, 'credential'],
  [402, 'paid'],
  [403, 'credential'],
  [404, 'noList'],
  [429, 'limits'],
  [503, 'error'],
] as const)('the status %i', (status, words) => {
  expect(testWords({ ok: status === 200, status, failure: null, duration_ms: 1, message: '' })).toBe(words);
});

test('a failure without a status', () => {
  const result = { ok: false, status: null, duration_ms: 1, message: '' };
  expect(testWords({ ...result, failure: 'connect' })).toBe('connect');
  expect(testWords({ ...result, failure: null })).toBe('broken');
});
