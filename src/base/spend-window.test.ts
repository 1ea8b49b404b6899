import { describe, expect, test } from 'vitest';
import {
  addSpend,
  laterSpend,
  type SpendSpan,
  type SpendState,
  spendReport,
  spendReports,
  spendSpanMs,
  spendSpans,
  spendWindowAt,
} from './spend-window.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);

/** A fixed generator, so that a failure can be repeated. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('a window', () => {
  test('begins with the first charge and ends its span later, to the millisecond', () => {
    const state = addSpend(undefined, '5h', start, 7n);
    expect(spendWindowAt(state, '5h', start)).toEqual({ startedAtMs: start, spent: 7n, resetAtMs: start + 5 * hour });
    expect(spendWindowAt(state, '5h', start + 5 * hour - 1).spent).toBe(7n);
    expect(spendWindowAt(state, '5h', start + 5 * hour)).toEqual({ startedAtMs: null, spent: 0n, resetAtMs: null });
    expect(addSpend(state, '5h', start + 9 * hour, 2n)).toEqual({ startedAtMs: start + 9 * hour, spent: 2n });
  });

  test('is not begun by a request that cost nothing', () => {
    expect(addSpend(undefined, '1d', start, 0n)).toBeUndefined();
    const over = { startedAtMs: start, spent: 5n };
    expect(addSpend(over, '1d', start + 30 * hour, 0n)).toBe(over);
  });

  test('takes a late charge without moving, and leaves out one of a window that is over', () => {
    const state = { startedAtMs: start, spent: 10n };
    expect(addSpend(state, '5h', start - hour, 1n)).toEqual({ startedAtMs: start, spent: 11n });
    expect(addSpend(state, '5h', start - 5 * hour, 1n)).toBe(state);
    expect(addSpend(state, 'total', start - 500 * hour, 1n)).toEqual({ startedAtMs: 0, spent: 11n });
  });

  test('refuses a negative charge', () => {
    expect(() => addSpend(undefined, 'total', start, -1n)).toThrow(RangeError);
  });
});

describe('over many charges in order', () => {
  for (const span of spendSpans) {
    test(`${span}: the sum is that of the charges since the window began, and no window is longer than its span`, () => {
      const random = numbers(spendSpanMs['7d'] % 97);
      for (let run = 0; run < 40; run++) {
        let state: SpendState | undefined;
        let atMs = start;
        const charges: { atMs: number; amount: bigint }[] = [];
        let begins: number | null = null;
        for (let i = 0; i < 120; i++) {
          atMs += Math.floor(random() ** 4 * 40 * hour);
          const amount = BigInt(Math.floor(random() * 4)) * 1_000_000_007n;
          const before = spendWindowAt(state, span, atMs);
          state = addSpend(state, span, atMs, amount);
          const after = spendWindowAt(state, span, atMs);
          // The model: the plain list of charges.
          charges.push({ atMs, amount });
          if (span === 'total') begins = 0;
          else if (begins === null || atMs >= begins + spendSpanMs[span]) begins = amount > 0n ? atMs : null;
          const from = begins;
          const expected =
            from === null ? 0n : charges.filter((c) => c.atMs >= from).reduce((sum, c) => sum + c.amount, 0n);
          expect(after.spent).toBe(expected);
          expect(after.spent - before.spent).toBe(amount);
          expect(after.startedAtMs).toBe(begins);
          if (after.resetAtMs !== null) {
            expect(after.resetAtMs).toBeGreaterThan(atMs);
            expect(after.resetAtMs - atMs).toBeLessThanOrEqual(spendSpanMs[span]);
          }
        }
      }
    });
  }

  test('splitting a charge in two at the same moment changes nothing', () => {
    const random = numbers(5);
    for (let i = 0; i < 300; i++) {
      const span = spendSpans[i % 4] as SpendSpan;
      const state = random() < 0.3 ? undefined : { startedAtMs: span === 'total' ? 0 : start, spent: 3n };
      const atMs = start + Math.floor((random() - 0.3) * 300 * hour);
      const [a, b] = [BigInt(Math.floor(random() * 100)), BigInt(Math.floor(random() * 100))];
      expect(addSpend(addSpend(state, span, atMs, a), span, atMs, b)).toEqual(addSpend(state, span, atMs, a + b));
    }
  });
});

describe('what is stored and what was counted', () => {
  test('one window: the larger sum, the earlier start', () => {
    const stored = { startedAtMs: start + 5, spent: 40n };
    const counted = { startedAtMs: start, spent: 55n };
    expect(laterSpend(stored, counted, '5h')).toEqual({ startedAtMs: start, spent: 55n });
    expect(laterSpend(counted, stored, '5h')).toEqual({ startedAtMs: start, spent: 55n });
  });

  test('two windows: the later one', () => {
    const over = { startedAtMs: start, spent: 900n };
    const running = { startedAtMs: start + 6 * hour, spent: 1n };
    expect(laterSpend(over, running, '5h')).toBe(running);
    expect(laterSpend(running, over, '5h')).toBe(running);
    expect(laterSpend(undefined, running, '5h')).toBe(running);
    expect(laterSpend(over, undefined, '5h')).toBe(over);
    expect(laterSpend(undefined, undefined, 'total')).toBeUndefined();
  });
});

test('a report shows what is left, never less than nothing', () => {
  const state = { startedAtMs: start, spent: 12n };
  expect(spendReport(10n, state, '1d', start + hour)).toEqual({
    span: '1d',
    limit: 10n,
    used: 12n,
    remaining: 0n,
    windowStartMs: start,
    resetAtMs: start + 24 * hour,
  });
  expect(spendReport(10n, state, '1d', start + 25 * hour)).toMatchObject({ used: 0n, remaining: 10n, resetAtMs: null });
  const all = spendReports({ '7d': 9n, total: 20n }, { total: { startedAtMs: 0, spent: 12n } }, start);
  expect(all.map((report) => [report.span, report.remaining])).toEqual([
    ['total', 8n],
    ['7d', 9n],
  ]);
});
