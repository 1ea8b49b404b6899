import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import type { Counters } from '../gateway/ports.ts';
import { LocalCounters } from './local-counters.ts';
import { RedisCounters, type RedisCountersOptions } from './redis-counters.ts';
import { startTestRedis, type TestRedis } from './testing.ts';

const windowMs = 1_000;
let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.remove());

/** Waits for a condition, for at most ten seconds. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 5) {
    if (await condition()) return;
    await sleep(5);
  }
  throw new Error('the condition was not met within ten seconds');
}

let runs = 0;
const freshPrefix = (): string => `test${process.pid}x${++runs}`;

async function openRedis(more: Partial<RedisCountersOptions> = {}): Promise<RedisCounters> {
  const options = { url: redis.url, node: 'node-1', log: silentLog, prefix: freshPrefix(), windowMs, beatMs: 50 };
  const counters = new RedisCounters({ ...options, ...more });
  await until(() => counters.mode === 'shared');
  return counters;
}

interface Subject {
  readonly counters: Counters;
  now(): number;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const kinds: readonly [string, () => Promise<Subject>][] = [
  [
    'in process',
    async () => {
      let nowMs = Date.UTC(2026, 0, 1);
      const counters = new LocalCounters(windowMs);
      const pass = async (ms: number): Promise<void> => {
        nowMs += ms;
      };
      return { counters, now: () => nowMs, pass, close: async () => undefined };
    },
  ],
  [
    'in Redis',
    async () => {
      const counters = await openRedis();
      // Its clock is the server's, so time has to pass in truth.
      return { counters, now: () => Date.now(), pass: (ms) => sleep(ms), close: () => counters.close() };
    },
  ],
];

describe.each(kinds)('%s', (_kind, open) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await open();
  });
  afterAll(() => subject.close());

  test('counts exactly the limit, refuses the rest, and lets the next through when the oldest has left', async () => {
    const { counters } = subject;
    const answers = [];
    const startedAtMs = subject.now();
    for (let i = 0; i < 8; i++) answers.push(await counters.take('key_a', 'calls', 5, subject.now()));
    const lastedMs = subject.now() - startedAtMs;
    expect(answers.map((answer) => answer.allowed)).toEqual([true, true, true, true, true, false, false, false]);
    expect(answers.map((answer) => answer.used)).toEqual([1, 2, 3, 4, 5, 5, 5, 5]);
    expect(answers.map((answer) => answer.remaining)).toEqual([4, 3, 2, 1, 0, 0, 0, 0]);
    for (const { limit, resetAtMs } of answers) {
      expect(limit).toBe(5);
      expect(Math.abs(resetAtMs - startedAtMs - windowMs)).toBeLessThanOrEqual(lastedMs + 2);
    }
    await subject.pass(windowMs + 2);
    expect(await counters.take('key_a', 'calls', 5, subject.now())).toMatchObject({ allowed: true, used: 1 });
  });

  test('a thousand at once: exactly the limit passes', async () => {
    const nowMs = subject.now();
    const asked = Array.from({ length: 1_000 }, () => subject.counters.take('key_b', 'calls', 137, nowMs));
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(137);
  });

  test('keys and classes have windows of their own', async () => {
    const { counters } = subject;
    const take = (keyId: string, limitClass: 'calls' | 'counting') =>
      counters.take(keyId, limitClass, 1, subject.now());
    expect((await take('key_c', 'calls')).allowed).toBe(true);
    expect((await take('key_c', 'calls')).allowed).toBe(false);
    expect((await take('key_c', 'counting')).allowed).toBe(true);
    expect((await take('key_d', 'calls')).allowed).toBe(true);
  });

  test('a lowered limit holds at once; 0 lets nothing through, an infinite one everything', async () => {
    const { counters } = subject;
    for (let i = 0; i < 6; i++) await counters.take('key_e', 'calls', 6, subject.now());
    expect(await counters.take('key_e', 'calls', 2, subject.now())).toMatchObject({
      allowed: false,
      used: 6,
      remaining: 0,
    });
    const none = await counters.take('key_f', 'calls', 0, subject.now());
    expect(none).toMatchObject({ allowed: false, limit: 0, used: 0, remaining: 0 });
    expect(none.resetAtMs).toBeGreaterThan(subject.now());
    const endless = await counters.take('key_f', 'calls', Number.POSITIVE_INFINITY, subject.now());
    expect(endless.allowed).toBe(true);
  });

  test('as many calls run as may, and the next when one has ended', async () => {
    const { counters } = subject;
    const acquire = () => counters.acquire('key_g', 3, subject.now());
    expect([await acquire(), await acquire(), await acquire(), await acquire()]).toEqual([
      { allowed: true, running: 1 },
      { allowed: true, running: 2 },
      { allowed: true, running: 3 },
      { allowed: false, running: 3 },
    ]);
    counters.release('key_g');
    expect(await acquire()).toEqual({ allowed: true, running: 3 });
    for (let i = 0; i < 5; i++) counters.release('key_g');
    expect(await acquire()).toEqual({ allowed: true, running: 1 });
    counters.release('key_g');
    expect(await counters.acquire('key_g', 0, subject.now())).toEqual({ allowed: false, running: 0 });
  });

  test('tokens are counted for the length of the window, and less than a second longer', async () => {
    const { counters } = subject;
    expect(await counters.tokensUsed('key_h', subject.now())).toBe(0);
    counters.addTokens('key_h', 1_000_000_000, subject.now());
    counters.addTokens('key_h', 23, subject.now());
    counters.addTokens('key_h', 0, subject.now());
    expect(await counters.tokensUsed('key_h', subject.now())).toBe(1_000_000_023);
    await subject.pass(windowMs * 0.8);
    counters.addTokens('key_h', 5, subject.now());
    expect(await counters.tokensUsed('key_h', subject.now())).toBe(1_000_000_028);
    await subject.pass(windowMs + 1_002);
    expect(await counters.tokensUsed('key_h', subject.now())).toBe(0);
  });
});

describe('several nodes on one Redis', () => {
  test('share a window, running calls and tokens', async () => {
    const prefix = freshPrefix();
    const [one, two] = [await openRedis({ prefix }), await openRedis({ prefix, node: 'node-2' })];
    await until(() => one.nodes === 2 && two.nodes === 2);
    const asked = Array.from({ length: 100 }, (_, i) => (i % 2 ? one : two).take('key', 'calls', 30, Date.now()));
    expect((await Promise.all(asked)).filter((answer) => answer.allowed)).toHaveLength(30);
    expect(await one.acquire('key', 2)).toEqual({ allowed: true, running: 1 });
    expect(await two.acquire('key', 2)).toEqual({ allowed: true, running: 2 });
    expect(await one.acquire('key', 2)).toEqual({ allowed: false, running: 2 });
    two.release('key');
    await until(async () => {
      const { allowed } = await one.acquire('key', 2);
      return allowed;
    });
    one.addTokens('key', 7, Date.now());
    await until(async () => (await two.tokensUsed('key', Date.now())) === 7);
    await two.close();
    await until(() => one.nodes === 1);
    await one.close();
  });

  test('never let more than the limit into any stretch of the window, and use it up', async () => {
    const prefix = freshPrefix();
    const nodes = [await openRedis({ prefix }), await openRedis({ prefix, node: 'node-2' })];
    const limit = 40;
    const passed: { sentMs: number; answeredMs: number }[] = [];
    const endsMs = performance.now() + 2.6 * windowMs;
    for (let i = 0; performance.now() < endsMs; i++) {
      const sentMs = performance.now();
      const answer = await nodes[i % 2]?.take('key', 'calls', limit, Date.now());
      if (answer?.allowed) passed.push({ sentMs, answeredMs: performance.now() });
      // Uneven, so that the window is left in pieces.
      await sleep(i % 7);
    }
    for (let i = 0; i + limit < passed.length; i++) {
      const stretchMs = (passed[i + limit]?.answeredMs ?? 0) - (passed[i]?.sentMs ?? 0);
      expect(stretchMs).toBeGreaterThanOrEqual(windowMs - 1);
    }
    expect(passed.length).toBeGreaterThanOrEqual(2 * limit);
    await Promise.all(nodes.map((node) => node.close()));
  });

  test('the running calls of a node that died run out, those of one that lives do not', async () => {
    const prefix = freshPrefix();
    const leaseMs = 300;
    const dying = await openRedis({ prefix, leaseMs, node: 'node-2', beatMs: 100_000 });
    const living = await openRedis({ prefix, leaseMs });
    expect((await dying.acquire('key', 2)).allowed).toBe(true);
    expect((await living.acquire('key', 2)).allowed).toBe(true);
    expect((await living.acquire('key', 2)).allowed).toBe(false);
    await dying.close();
    // Its lease runs out; the other is renewed for three lifetimes.
    await until(async () => (await living.acquire('key', 2)).allowed);
    await sleep(3 * leaseMs);
    expect(await living.acquire('key', 2)).toEqual({ allowed: false, running: 2 });
    await living.close();
  });
});

describe('a Redis that goes away', () => {
  test('leaves each node its part of the limit, knowing what it has counted, and is shared again when it is back', async () => {
    const prefix = freshPrefix();
    const [one, two] = [await openRedis({ prefix, windowMs: 60_000 }), await openRedis({ prefix, node: 'node-2' })];
    await until(() => one.nodes === 2);
    for (let i = 0; i < 3; i++) await one.take('key', 'calls', 10, Date.now());
    expect((await one.acquire('key', 2)).allowed).toBe(true);
    await redis.kill();
    await until(() => one.mode === 'local');
    const answers = [];
    for (let i = 0; i < 5; i++) answers.push(one.take('key', 'calls', 10, Date.now()));
    // At once, in process: half of ten, of which three were counted before.
    expect(answers).toMatchObject([
      { allowed: true, limit: 5, used: 4 },
      { allowed: true, used: 5 },
      { allowed: false, used: 5 },
      { allowed: false },
      { allowed: false },
    ]);
    expect(one.take('tight', 'calls', 1, Date.now())).toMatchObject({ allowed: true, limit: 1 });
    expect(one.acquire('key', 4)).toEqual({ allowed: true, running: 2 });
    expect(one.acquire('key', 4)).toEqual({ allowed: false, running: 2 });
    one.addTokens('key', 50, Date.now());
    expect(one.tokensUsed('key', Date.now())).toBe(100);
    one.release('key');
    await redis.start();
    await until(() => one.mode === 'shared' && two.mode === 'shared');
    await until(() => one.nodes === 2);
    // What began while it was away is known to the other node.
    expect(await two.acquire('key', 1)).toEqual({ allowed: false, running: 1 });
    one.release('key');
    await until(async () => (await two.acquire('key', 1)).allowed);
    await one.close();
    await two.close();
  });

  test('a Redis that hangs costs a call no more than the time-out', async () => {
    const counters = await openRedis();
    redis.freeze();
    try {
      const startedMs = performance.now();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => counters.take('key', 'calls', 10, Date.now())),
      );
      expect(performance.now() - startedMs).toBeLessThan(2_000);
      expect(answers.filter((answer) => answer.allowed)).toHaveLength(10);
      expect(counters.mode).toBe('local');
    } finally {
      redis.thaw();
    }
    await until(() => counters.mode === 'shared');
    await counters.close();
  });

  test('a start without it counts in process, and shares as soon as it is there', async () => {
    await redis.kill();
    const options = { url: redis.url, node: 'node-1', log: silentLog, prefix: freshPrefix(), beatMs: 50 };
    const counters = new RedisCounters(options);
    expect(counters.take('key', 'calls', 1, Date.now())).toMatchObject({ allowed: true, limit: 1 });
    expect(counters.mode).toBe('local');
    await redis.start();
    await until(() => counters.mode === 'shared');
    await counters.close();
  });
});
