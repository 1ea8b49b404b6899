import { expect, test } from 'vitest';
import { TokenWindow } from './token-window.ts';

const start = Date.UTC(2026, 0, 1);

test('counts each token for a minute and less than a second longer', () => {
  let state = 3;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const window = new TokenWindow(60);
  const added: { atMs: number; tokens: number }[] = [];
  let nowMs = start;
  for (let i = 0; i < 3_000; i++) {
    nowMs += Math.floor(random() ** 8 * 90_000);
    const tokens = Math.floor(random() * 1_000);
    window.add(tokens, nowMs);
    added.push({ atMs: nowMs, tokens });
    const since = (ms: number) => added.filter((a) => a.atMs > nowMs - ms).reduce((sum, a) => sum + a.tokens, 0);
    expect(window.used(nowMs)).toBeGreaterThanOrEqual(since(60_000));
    expect(window.used(nowMs)).toBeLessThanOrEqual(since(61_000));
  }
  expect(window.used(nowMs + 61_000)).toBe(0);
});

test('a clock set back keeps what is counted for its minute', () => {
  const window = new TokenWindow(60);
  window.add(10, start);
  const back = start - 3_600_000;
  expect(window.used(back)).toBe(10);
  expect(window.used(back + 59_000)).toBe(10);
  expect(window.used(back + 61_000)).toBe(0);
});
