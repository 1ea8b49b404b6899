import { expect, test } from 'vitest';
import { LocalCounters, minuteMs } from './local-counters.ts';

const start = Date.UTC(2026, 0, 1);

test('keys that are idle for two minutes are forgotten, those in use are not', () => {
  const counters = new LocalCounters();
  for (let i = 0; i < 1_000; i++) {
    counters.take(`key_${i}`, 'calls', 5, start);
    counters.addTokens(`key_${i}`, 10, start);
  }
  expect(counters.size).toBe(2_000);
  for (let i = 0; i < 5; i++) counters.take('key_0', 'calls', 5, start + 30_000);
  expect(counters.take('key_0', 'calls', 5, start + minuteMs + 1)).toMatchObject({ used: 5, allowed: true });
  expect(counters.take('key_0', 'calls', 5, start + minuteMs + 2).allowed).toBe(false);
  expect(counters.take('key_0', 'calls', 5, start + 3 * minuteMs).allowed).toBe(true);
  expect(counters.tokensUsed('key_0', start + 3 * minuteMs)).toBe(0);
  expect(counters.size).toBe(1);
});

test('a key in steady use keeps its count over many minutes', () => {
  const counters = new LocalCounters();
  for (let second = 0; second < 900; second += 10) {
    const nowMs = start + second * 1000;
    expect(counters.take('key_1', 'calls', 6, nowMs)).toMatchObject({
      allowed: true,
      used: Math.min(second / 10 + 1, 6),
    });
    if (second >= 50) expect(counters.take('key_1', 'calls', 6, nowMs + 1).allowed).toBe(false);
  }
});

test('the state of a key that never called is an empty window', () => {
  const counters = new LocalCounters();
  expect(counters.state('key_1', 'calls', 60, start)).toEqual({
    allowed: true,
    limit: 60,
    used: 0,
    remaining: 60,
    resetAtMs: start,
  });
  expect(counters.size).toBe(0);
});
