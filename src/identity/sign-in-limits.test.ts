import { expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { SignInLimits, signInLimits, type Try, waitSeconds } from './sign-in-limits.ts';

const none = { pair: null, address: null, account: null, known: false };
const failures = (count: number, firstAtMs = 0, lastAtMs = 0) => ({ count, firstAtMs, lastAtMs });
const stranger = (ipAddress: string, account = 'victim'): Try => ({
  account,
  ipAddress,
  knownDevice: null,
  recorded: null,
});

test.each([
  ['nothing yet', none, 0],
  ['a few of a pair', { ...none, pair: failures(9) }, 0],
  ['too many of a pair', { ...none, pair: failures(10) }, 900],
  ['an address with many', { ...none, address: failures(100) }, 900],
  ['an address with many, from a known browser', { ...none, address: failures(100), known: true }, 0],
  ['an account with some', { ...none, account: failures(19) }, 0],
  ['an account with many', { ...none, account: failures(20) }, 1],
  ['an account with more', { ...none, account: failures(23) }, 8],
  ['an account under fire', { ...none, account: failures(5_000) }, 60],
  ['an account under fire, from a known browser', { ...none, account: failures(5_000), known: true }, 0],
])('%s', (_words, tries, seconds) => {
  expect(waitSeconds(tries, 0)).toBe(seconds);
});

test('waits end', () => {
  expect(waitSeconds({ ...none, pair: failures(10) }, signInLimits.windowMs)).toBe(0);
  expect(waitSeconds({ ...none, account: failures(99) }, signInLimits.accountDelayMaxMs)).toBe(0);
});

test('many at once from one address are not one', () => {
  const limits = new SignInLimits(new ManualClock());
  let passed = 0;
  for (let i = 0; i < 50; i++) {
    try {
      limits.begin(stranger('192.0.2.1'));
      passed++;
    } catch {
      // Throttled, as expected after the tenth.
    }
  }
  expect(passed).toBe(signInLimits.perPair);
});

test('a thousand addresses get some twenty tries and then one a minute; the owner is not waiting', () => {
  const clock = new ManualClock();
  const limits = new SignInLimits(clock);
  let passed = 0;
  for (let i = 0; i < 1_000; i++) {
    try {
      limits.begin(stranger(`2001:db8::${i.toString(16)}`));
      passed++;
    } catch {
      // The account is slowed down.
    }
    clock.advance(100);
  }
  expect(passed).toBeLessThanOrEqual(signInLimits.perAccount + 8);
  expect(() => limits.begin({ ...stranger('192.0.2.9'), knownDevice: 'browser' })).not.toThrow();
  expect(() => limits.begin(stranger('192.0.2.9', 'somebody else'))).not.toThrow();
});

test('a success takes its own try back and forgives the pair', () => {
  const limits = new SignInLimits(new ManualClock());
  for (let i = 0; i < 9; i++) limits.begin(stranger('192.0.2.1'));
  limits.begin(stranger('192.0.2.1')).passed();
  for (let i = 0; i < 10; i++) limits.begin(stranger('192.0.2.1'));
  expect(() => limits.begin(stranger('192.0.2.1'))).toThrow(/wait/i);
});

test('what the database remembers counts after a restart', () => {
  const clock = new ManualClock();
  const nowMs = clock.now();
  const recorded = { count: 40, firstAtMs: nowMs - 1_000, lastAtMs: nowMs };
  expect(() => new SignInLimits(clock).begin({ ...stranger('192.0.2.1'), recorded })).toThrow(/60 seconds/);
});
