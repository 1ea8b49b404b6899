import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ManualClock } from '../base/clock.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { route } from '../http/index.ts';
import { startControlServer } from '../http/testing.ts';
import { loadSecrets, type Secrets } from '../secrets/index.ts';
import { createReplays, type ReplayStore } from './index.ts';

let home: TestDatabase;
let secrets: Secrets;
let clock: ManualClock;
let replays: ReplayStore;
let other: ReplayStore;

beforeAll(async () => {
  home = await createTestDatabase();
  secrets = await loadSecrets({ secret: 's'.repeat(40), adminToken: 't'.repeat(40), dataDir: '' });
});
afterAll(() => home.drop());
beforeEach(async () => {
  await home.database.pool.query('delete from replays');
  clock = new ManualClock();
  const options = { pool: home.database.pool, seal: secrets.seal, open: secrets.open, clock };
  replays = createReplays(options);
  // Another node on the same database.
  other = createReplays(options);
});

const print = (text: string) => Buffer.from(text.padEnd(32));
const asked = print('asked');
const reply = { status: 201, text: '{"secret":"sk-lodge-shown-once"}' };
const minuteMs = 60_000;

describe('a key', () => {
  test('is new once, runs, and is answered from then on', async () => {
    expect(await replays.begin('acc_a', 'k', asked)).toEqual({ kind: 'new' });
    expect(await other.begin('acc_a', 'k', asked)).toEqual({ kind: 'running' });
    await replays.finish('acc_a', 'k', reply);
    expect(await other.begin('acc_a', 'k', asked)).toEqual({ kind: 'done', reply });
    expect(await other.begin('acc_a', 'k', print('other'))).toEqual({ kind: 'mismatch' });
  });

  test('belongs to its caller', async () => {
    await replays.begin('acc_a', 'k', asked);
    expect(await replays.begin('acc_b', 'k', asked)).toEqual({ kind: 'new' });
  });

  test('for another body is refused while the first call runs, too', async () => {
    await replays.begin('acc_a', 'k', asked);
    expect(await other.begin('acc_a', 'k', print('other'))).toEqual({ kind: 'mismatch' });
  });

  test('is free again after a refusal', async () => {
    await replays.begin('acc_a', 'k', asked);
    await replays.abandon('acc_a', 'k');
    expect(await other.begin('acc_a', 'k', asked)).toEqual({ kind: 'new' });
  });

  test('keeps an answer without a body', async () => {
    await replays.begin('acc_a', 'k', asked);
    await replays.finish('acc_a', 'k', { status: 204, text: '' });
    expect(await replays.begin('acc_a', 'k', asked)).toEqual({ kind: 'done', reply: { status: 204, text: '' } });
  });
});

describe('time', () => {
  test('frees the claim of a process that died, after two minutes', async () => {
    await replays.begin('acc_a', 'k', asked);
    clock.advance(2 * minuteMs - 1);
    expect(await other.begin('acc_a', 'k', asked)).toEqual({ kind: 'running' });
    clock.advance(1);
    expect(await other.begin('acc_a', 'k', asked)).toEqual({ kind: 'new' });
    await other.finish('acc_a', 'k', reply);
    // The dead one was only slow.
    await replays.finish('acc_a', 'k', { status: 200, text: 'late' });
    await replays.abandon('acc_a', 'k');
    expect(await replays.begin('acc_a', 'k', asked)).toEqual({ kind: 'done', reply });
  });

  test('ends an answer after a day', async () => {
    await replays.begin('acc_a', 'k', asked);
    await replays.finish('acc_a', 'k', reply);
    clock.advance(24 * 60 * minuteMs - 1);
    expect(await replays.begin('acc_a', 'k', asked)).toMatchObject({ kind: 'done' });
    clock.advance(1);
    expect(await replays.begin('acc_a', 'k', print('other'))).toEqual({ kind: 'new' });
  });

  test('a sweep deletes what is older than a day, and nothing else', async () => {
    await replays.begin('acc_a', 'old', asked);
    clock.advance(12 * 60 * minuteMs);
    await replays.begin('acc_a', 'young', asked);
    clock.advance(12 * 60 * minuteMs + 1);
    expect(await replays.sweep()).toBe(1);
    expect(await replays.sweep()).toBe(0);
  });
});

test('of twenty calls at once on two nodes one is new', async () => {
  const states = await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? replays : other).begin('acc_a', 'k', asked)),
  );
  expect(states.filter((state) => state.kind === 'new')).toHaveLength(1);
  expect(states.filter((state) => state.kind === 'running')).toHaveLength(19);
});

test('answers are sealed, each for its own place', async () => {
  await replays.begin('acc_a', 'k', asked);
  await replays.finish('acc_a', 'k', reply);
  const { rows } = await home.database.pool.query<{ reply_sealed: Buffer }>('select * from replays');
  const sealed = rows[0]?.reply_sealed ?? Buffer.alloc(0);
  expect(sealed.toString('latin1')).not.toContain('sk-lodge');
  await replays.begin('acc_b', 'k', asked);
  await home.database.pool.query("update replays set status = 200, reply_sealed = $1 where caller = 'acc_b'", [sealed]);
  await expect(replays.begin('acc_b', 'k', asked)).rejects.toMatchObject({ code: 'sealed_unreadable' });
});

test('over HTTP: the second call gets the first one’s answer, another body is refused', async () => {
  let made = 0;
  const things = route({
    method: 'POST',
    path: '/admin/v1/things',
    summary: 'Make a thing',
    access: 'staff:keys.write',
    body: z.object({ size: z.int() }),
    responses: { 201: z.object({ number: z.int(), size: z.int() }) },
    handle: async (_context, { body }) => ({ status: 201, body: { number: ++made, size: body.size } }),
  });
  const server = await startControlServer([things], { replays, clock });
  try {
    const make = (size: number) =>
      server.call('POST', '/admin/v1/things', {
        as: 'admin',
        body: { size },
        headers: { 'idempotency-key': 'once' },
      });
    const first = await make(1);
    expect([first.status, await first.json()]).toEqual([201, { number: 1, size: 1 }]);
    const second = await make(1);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect([second.status, await second.json()]).toEqual([201, { number: 1, size: 1 }]);
    expect((await make(2)).status).toBe(422);
  } finally {
    server.close();
  }
});
