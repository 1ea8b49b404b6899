import { expect, test } from 'vitest';
import { perMinute } from './per-minute.ts';

test('a step that goes on counts as long as it has lasted', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute)).toISOString();
  const steps = [0, 60, 120].map((minute) => ({ start: at(minute), end: at(minute + 60), date: null }));
  const zero = [0, 0, 0];
  const points = {
    requests: [120, 30, 0],
    failures: zero,
    input_tokens: [600, 300, 0],
    output_tokens: zero,
    cache_write_tokens: zero,
    cache_read_tokens: zero,
    cost_usd: ['0', '0', '0'],
    actual_cost_usd: ['0', '0', '0'],
    average_duration_ms: zero,
  };
  expect(perMinute({ steps, points }, Date.UTC(2026, 10, 21, 13, 30))).toEqual({
    requests: [2, 1, null],
    tokens: [10, 10, null],
  });
});
