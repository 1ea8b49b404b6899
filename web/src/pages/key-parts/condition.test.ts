import { expect, test } from 'vitest';
import { conditionOf, shareOf, toneOfShare } from './condition.ts';

function window(used: string, limit: string | null, remaining: string | null) {
  const times = { window_start: null, reset_at: null };
  return { window: '1d', used_usd: used, limit_usd: limit, remaining_usd: remaining, ...times } as const;
}

test.each([
  ['enabled', { state: 'enabled', expired: false, spend: [] }],
  ['enabled', { state: 'enabled', expired: false, spend: [window('3', '10', '7'), window('3', null, null)] }],
  ['limited', { state: 'enabled', expired: false, spend: [window('3', null, null), window('10', '10', '0')] }],
  ['expired', { state: 'enabled', expired: true, spend: [window('10', '10', '0')] }],
  ['disabled', { state: 'disabled', expired: true, spend: [] }],
  ['deleted', { state: 'deleted', expired: true, spend: [] }],
] as const)('%s', (condition, key) => {
  expect(conditionOf({ ...key, spend: [...key.spend] })).toBe(condition);
});

test('the share of a limit', () => {
  expect(shareOf(window('2.5', '10', '7.5'))).toBe(0.25);
  expect(shareOf(window('11', '10', '0'))).toBe(1);
  expect(shareOf(window('0', '0', '0'))).toBe(1);
  expect(shareOf(window('3', null, null))).toBeNull();
  expect([0.5, 0.8, 1].map(toneOfShare)).toEqual(['good', 'warn', 'bad']);
});
