import { expect, test } from 'vitest';
import { SlidingWindow } from './sliding-window.ts';

const minute = 60_000;
const start = Date.UTC(2026, 0, 1);

/** A fixed generator, so that a failure can be repeated. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('lets exactly the limit through, and the next when the oldest has left, to the millisecond', () => {
  const window = new SlidingWindow(minute);
  for (let i = 0; i < 60; i++) {
    expect(window.take(60, start + i)).toEqual({
      allowed: true,
      limit: 60,
      used: i + 1,
      remaining: 59 - i,
      resetAtMs: start + minute,
    });
  }
  expect(window.take(60, start + minute - 1)).toEqual({
    allowed: false,
    limit: 60,
    used: 60,
    remaining: 0,
    resetAtMs: start + minute,
  });
  expect(window.take(60, start + minute)).toMatchObject({ allowed: true, used: 60, resetAtMs: start + 1 + minute });
});

test('agrees with a plain list of times, and no minute holds more than the limit', () => {
  const random = numbers(11);
  for (let run = 0; run < 30; run++) {
    const window = new SlidingWindow(minute);
    const limit = 1 + Math.floor(random() * 40);
    const passed: number[] = [];
    let nowMs = start;
    for (let i = 0; i < 400; i++) {
      nowMs += Math.floor(random() ** 6 * 50_000);
      const counted = passed.filter((atMs) => atMs > nowMs - minute);
      const result = window.take(limit, nowMs);
      expect(result.allowed).toBe(counted.length < limit);
      if (result.allowed) passed.push(nowMs);
      else expect(result.resetAtMs).toBe((counted[0] ?? 0) + minute);
      expect(result.used).toBe(counted.length + (result.allowed ? 1 : 0));
    }
    for (let i = 0; i + limit < passed.length; i++) {
      expect((passed[i + limit] ?? 0) - (passed[i] ?? 0)).toBeGreaterThanOrEqual(minute);
    }
  }
});

test('refused calls are not counted', () => {
  const window = new SlidingWindow(minute);
  window.take(1, start);
  for (let i = 0; i < 1_000; i++) expect(window.take(1, start + 1 + i).allowed).toBe(false);
  expect(window.take(1, start + minute).allowed).toBe(true);
});

test('a changed limit holds at once and tells when a call will pass', () => {
  const window = new SlidingWindow(minute);
  for (let i = 0; i < 10; i++) window.take(10, start + i * 100);
  const lowered = window.take(4, start + 1_000);
  expect(lowered).toEqual({ allowed: false, limit: 4, used: 10, remaining: 0, resetAtMs: start + 600 + minute });
  expect(window.take(4, lowered.resetAtMs - 1).allowed).toBe(false);
  expect(window.take(4, lowered.resetAtMs).allowed).toBe(true);
  expect(window.take(100, lowered.resetAtMs).allowed).toBe(true);
});

test('a limit of 0 lets nothing through, an infinite one everything', () => {
  const window = new SlidingWindow(minute);
  expect(window.take(0, start)).toEqual({ allowed: false, limit: 0, used: 0, remaining: 0, resetAtMs: start + minute });
  for (let i = 0; i < 5_000; i++) expect(window.take(Number.POSITIVE_INFINITY, start + i).allowed).toBe(true);
  expect(window.state(Number.POSITIVE_INFINITY, start + 5_000).used).toBe(5_000);
});

test('asking for the state counts nothing', () => {
  const window = new SlidingWindow(minute);
  expect(window.state(2, start)).toEqual({ allowed: true, limit: 2, used: 0, remaining: 2, resetAtMs: start });
  window.take(2, start);
  expect(window.state(2, start + 5)).toMatchObject({ allowed: true, used: 1, remaining: 1, resetAtMs: start + minute });
  expect(window.state(2, start + minute)).toMatchObject({ used: 0, resetAtMs: start + minute });
});

test('a clock set back by an hour neither blocks the key nor opens the window', () => {
  const window = new SlidingWindow(minute);
  for (let i = 0; i < 5; i++) window.take(5, start);
  const back = start - 3_600_000;
  expect(window.take(5, back).allowed).toBe(false);
  expect(window.take(5, back + minute - 1).allowed).toBe(false);
  expect(window.take(5, back + minute).allowed).toBe(true);
});
