import { expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { decideCondition } from './channel-health.ts';
import { Kept } from './kept.ts';
import { refuseChange } from './suspension.ts';
import type { ChannelTraffic } from './traffic.ts';

function traffic(calls: number, failures: number): ChannelTraffic {
  return { channelId: 'c', calls, failures, mainFailure: null, headP50Ms: 1, headP95Ms: 1, lastCallAtMs: 0 };
}

const state = { channelId: 'c', failures: 1, restsForMs: 0, lastFailureAtMs: 0 };

test.each([
  [false, { ...state, restsForMs: 1 }, traffic(9, 9), 'disabled'],
  [true, { ...state, restsForMs: 1 }, null, 'resting'],
  [true, state, traffic(9, 0), 'failing'],
  [true, null, null, 'idle'],
  [true, null, traffic(4, 4), 'healthy'],
  [true, null, traffic(10, 4), 'healthy'],
  [true, null, traffic(10, 5), 'failing'],
] as const)('enabled %s, state %o, traffic %o: %s', (enabled, breaker, seen, condition) => {
  expect(decideCondition(enabled, breaker, seen)).toBe(condition);
});

test.each([
  ['suspended', 'org_a', 'active', null],
  ['suspended', 'org_a', 'suspended', 'customer_not_active'],
  ['suspended', 'org_a', 'deleted', 'customer_not_active'],
  ['suspended', 'org_a', null, 'customer_not_found'],
  ['suspended', 'org_site', 'active', 'customer_is_site'],
  ['active', 'org_a', 'suspended', null],
  ['active', 'org_a', 'active', 'customer_not_suspended'],
] as const)('to %s: %s, which is %s', (to, id, was, code) => {
  if (code === null) expect(() => refuseChange(to, id, was)).not.toThrow();
  else expect(() => refuseChange(to, id, was)).toThrow(expect.objectContaining({ code }));
});

test('many who ask at once cost one reading, and a failure is asked for again', async () => {
  const clock = new ManualClock();
  let readings = 0;
  let fails = false;
  const kept = new Kept(clock, 5_000, async () => {
    readings++;
    if (fails) throw new Error('away');
    return readings;
  });
  expect(await Promise.all([kept.read(), kept.read()])).toEqual([1, 1]);
  clock.advance(4_999);
  expect(await kept.read()).toBe(1);
  clock.advance(1);
  fails = true;
  await expect(kept.read()).rejects.toThrow('away');
  fails = false;
  expect(await kept.read()).toBe(3);
});
