import { describe, expect, test } from 'vitest';
import { mergeLive } from './merge-live.ts';

const row = (second: number, name = 'a', state = 'ended') => ({
  id: `req_${second}${name}`,
  received_at: new Date(Date.UTC(2026, 10, 21, 12, 0, second)).toISOString(),
  state,
});
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
const shown = [row(30), row(20), row(10)];

describe('rows that come while a list is seen', () => {
  test('stand at the top, newest first, each once', () => {
    const { rows, fresh } = mergeLive(shown, [row(40), row(50), row(40)], { hold: false, hasMore: true });
    expect(ids(rows)).toEqual(['req_50a', 'req_40a', 'req_30a', 'req_20a', 'req_10a']);
    expect(ids(fresh)).toEqual(['req_50a', 'req_40a']);
  });

  test('wait while the list is held, and those that are shown still change', () => {
    const { rows, fresh } = mergeLive([row(30, 'a', 'open')], [row(40), row(30)], { hold: true, hasMore: false });
    expect(rows).toEqual([row(30)]);
    expect(ids(fresh)).toEqual(['req_40a']);
  });

  test('take the latest word on a row that waits already', () => {
    const { rows } = mergeLive(shown, [row(40, 'a', 'ended'), row(40, 'a', 'open')], { hold: false, hasMore: false });
    expect(rows[0]?.state).toBe('ended');
  });

  test('go where they belong, and behind the end only when there is nothing more', () => {
    const late = [row(25), row(5)];
    expect(ids(mergeLive(shown, late, { hold: false, hasMore: true }).rows)).toEqual([
      'req_30a',
      'req_25a',
      'req_20a',
      'req_10a',
    ]);
    expect(ids(mergeLive(shown, late, { hold: false, hasMore: false }).rows).at(-1)).toBe('req_5a');
    expect(ids(mergeLive([], late, { hold: false, hasMore: false }).rows)).toEqual(['req_25a', 'req_5a']);
  });

  test('of the same moment are in the order of their ids', () => {
    const { rows } = mergeLive([row(30, 'b')], [row(30, 'c'), row(30, 'a')], { hold: false, hasMore: false });
    expect(ids(rows)).toEqual(['req_30c', 'req_30b', 'req_30a']);
  });
});
