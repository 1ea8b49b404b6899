import { describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { ChannelBreakers } from './health.ts';
import { orderChannels } from './route.ts';
import { testChannel, testGroup } from './testing.ts';

const all = { usable: () => true };
const channels = [
  testChannel('a', { weight: 300 }),
  testChannel('b', { weight: 100 }),
  testChannel('c', { weight: 100 }),
];
const group = testGroup({ channels });

function ids(order: readonly { id: string }[]): string {
  return order.map(({ id }) => id).join('');
}

describe('the order of channels', () => {
  test('chance falls on the wheel of weights', () => {
    expect(ids(orderChannels(group, all, null, 0))).toBe('abc');
    expect(ids(orderChannels(group, all, null, 0.599))).toBe('abc');
    expect(ids(orderChannels(group, all, null, 0.61))).toBe('bca');
    expect(ids(orderChannels(group, all, null, 0.81))).toBe('cab');
  });

  test('a conversation stays with its channel whatever chance says', () => {
    const first = orderChannels(group, all, 'thread-7', 0.1)[0];
    for (let i = 0; i < 20; i++) expect(orderChannels(group, all, 'thread-7', i / 20)[0]).toBe(first);
  });

  test('conversations spread by weight', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 5_000; i++) {
      const id = orderChannels(group, all, `thread-${i}`, 0)[0]?.id ?? '';
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    // Expected 3,000, 1,000 and 1,000; four standard deviations are about 140.
    expect(Math.abs((counts.get('a') ?? 0) - 3_000)).toBeLessThan(140);
    expect(Math.abs((counts.get('b') ?? 0) - 1_000)).toBeLessThan(120);
  });

  test('resting channels come last, but come', () => {
    const health = { usable: (id: string) => id === 'c' };
    expect(ids(orderChannels(group, health, null, 0))).toBe('cab');
  });
});

describe('the breaker', () => {
  test('rests after five failures in a row, for ten seconds', () => {
    const clock = new ManualClock();
    const breakers = new ChannelBreakers(clock);
    for (let i = 0; i < 4; i++) breakers.failed('a');
    expect(breakers.usable('a')).toBe(true);
    breakers.failed('a');
    expect(breakers.usable('a')).toBe(false);
    clock.advance(10_000);
    expect(breakers.usable('a')).toBe(true);
    breakers.failed('a');
    expect(breakers.usable('a')).toBe(false);
    breakers.succeeded('a');
    expect(breakers.state()).toEqual([]);
  });
});
