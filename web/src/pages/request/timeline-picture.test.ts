import { describe, expect, test } from 'vitest';
import type { Timeline } from '../../api/schema.ts';
import { phasesOf, stepsOf, ticksOf } from './timeline-picture.ts';

const served: Timeline = {
  length_ms: 812,
  marks: [
    { kind: 'received', at_ms: 0 },
    { kind: 'admitted', at_ms: 1 },
    { kind: 'head', at_ms: 200 },
    { kind: 'first_token', at_ms: 210 },
    { kind: 'end', at_ms: 812 },
  ],
  attempts: [
    { number: 1, from_ms: 1, head_ms: 5, to_ms: 6, failed: true },
    { number: 2, from_ms: 6, head_ms: 200, to_ms: 812, failed: false },
  ],
};
const refused: Timeline = {
  length_ms: 2,
  marks: [
    { kind: 'received', at_ms: 0 },
    { kind: 'end', at_ms: 2 },
  ],
  attempts: [],
};
const going = [{ number: 1, from_ms: 1, head_ms: null, to_ms: null, failed: false }];
const running: Timeline = { length_ms: null, marks: served.marks.slice(0, 2), attempts: served.attempts.slice(0, 1) };

describe('the phases of a call', () => {
  test('follow each other from its receipt to its end', () => {
    expect(phasesOf(served, 812)).toEqual([
      { kind: 'admission', fromMs: 0, toMs: 1 },
      { kind: 'waiting', fromMs: 1, toMs: 210 },
      { kind: 'answer', fromMs: 210, toMs: 812 },
    ]);
  });

  test('of one that no vendor was asked for are one', () => {
    expect(phasesOf(refused, 2)).toEqual([{ kind: 'whole', fromMs: 0, toMs: 2 }]);
  });

  test('reach to the present while it runs, also when the clock here is behind', () => {
    expect(phasesOf({ ...running, attempts: going }, 5_000).at(-1)).toEqual({
      kind: 'waiting',
      fromMs: 1,
      toMs: 5_000,
    });
    const answering = [{ number: 1, from_ms: 1, head_ms: 900, to_ms: null, failed: false }];
    expect(phasesOf({ ...running, attempts: answering }, 5_000).at(-1)).toEqual({
      kind: 'answer',
      fromMs: 900,
      toMs: 5_000,
    });
    expect(stepsOf({ ...running, attempts: answering }).at(-1)?.kind).toBe('head');
    expect(phasesOf(running, 0)).toEqual([]);
  });

  test('of one whose tries all failed end with the site’s own answer', () => {
    const failed = { ...served, attempts: served.attempts.slice(0, 1) };
    expect(phasesOf(failed, 9)).toEqual([
      { kind: 'admission', fromMs: 0, toMs: 1 },
      { kind: 'waiting', fromMs: 1, toMs: 6 },
      { kind: 'whole', fromMs: 6, toMs: 9 },
    ]);
    expect(stepsOf(failed).map(({ kind }) => kind)).not.toContain('head');
  });
});

test.each([
  [812, [0, 200, 400, 600, 800]],
  [2, [0, 1, 2]],
  [61_000, [0, 20_000, 40_000, 60_000]],
  [0, [0]],
])('the scale below %s ms', (endMs, ticks) => {
  expect(ticksOf(endMs)).toEqual(ticks);
});

test('the steps are in their order, tries among them', () => {
  expect(stepsOf(served).map(({ kind, number }) => [kind, number])).toEqual([
    ['received', null],
    ['admitted', null],
    ['attempt', 1],
    ['attemptFailed', 1],
    ['attempt', 2],
    ['head', null],
    ['first_token', null],
    ['end', null],
  ]);
  const together = { ...served, marks: served.marks.map((mark) => ({ ...mark, at_ms: Math.min(mark.at_ms, 200) })) };
  expect(stepsOf(together).map(({ kind }) => kind)).not.toContain('head');
});
