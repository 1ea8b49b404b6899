import { expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { ChannelBreakers } from './health.ts';

test('the state names failing channels, how long they rest, and none that serves again', () => {
  const clock = new ManualClock();
  const breakers = new ChannelBreakers(clock);
  expect(breakers.state()).toEqual([]);
  breakers.failed('a');
  expect(breakers.state()).toEqual([{ channelId: 'a', failures: 1, restsForMs: 0, lastFailureAtMs: clock.now() }]);
  for (let i = 0; i < 4; i++) breakers.failed('a');
  expect(breakers.state()[0]).toMatchObject({ failures: 5, restsForMs: 10_000 });
  clock.advance(4_000);
  expect(breakers.state()[0]).toMatchObject({ restsForMs: 6_000 });
  expect(breakers.usable('a')).toBe(false);
  breakers.succeeded('a');
  expect(breakers.state()).toEqual([]);
});
