import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { silentLog } from '../base/log.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { loadSecrets } from '../secrets/index.ts';
import { type CatalogueView, firstStart, pruneChanges, setGroup, watchCatalogue } from './index.ts';
import type { ChangeSource } from './watch.ts';

const secrets = await loadSecrets({ secret: 's'.repeat(32), adminToken: 'a'.repeat(24), dataDir: '/nowhere' });
const group = 'openai-standard';
let home: TestDatabase;
let pool: TestDatabase['database']['pool'];
let view: CatalogueView | null = null;
let keys: (string | null)[] = [];

beforeEach(async () => {
  home = await createTestDatabase();
  pool = home.database.pool;
  await firstStart(pool, secrets, { sandbox: true });
  keys = [];
});
afterEach(async () => {
  await view?.stop();
  view = null;
  await home.drop();
});

async function watch(source: ChangeSource, pollMs: number): Promise<CatalogueView> {
  view = await watchCatalogue(source, secrets, {
    sandboxOrigin: 'http://127.0.0.1:9',
    log: silentLog,
    pollMs,
    onKeyChange: (key) => keys.push(key),
  });
  return view;
}

/** Waits until it holds, for at most five seconds. */
async function until(holds: () => boolean): Promise<void> {
  const startedMs = performance.now();
  while (!holds()) {
    if (performance.now() - startedMs > 5_000) throw new Error('it did not happen within five seconds');
    await sleep(2);
  }
}

function multiplier(): number | undefined {
  return view?.current().groups.get(group)?.multiplier;
}

async function makeKey(db: pg.Pool | pg.ClientBase, id: string): Promise<void> {
  await db.query(
    `insert into keys (id, organization_id, group_id, name, prefix, hash) values ($1, 'a', $2, 'n', $1, $3)`,
    [id, group, Buffer.from(id)],
  );
}

describe('a change arrives', () => {
  test('by notification, long before the poll', async () => {
    await watch(home.database, 60_000);
    const tookMs: number[] = [];
    for (let value = 9_000; value < 9_020; value++) {
      const startedMs = performance.now();
      await setGroup(pool, systemActor, group, { multiplier: value });
      await until(() => multiplier() === value);
      tookMs.push(performance.now() - startedMs);
    }
    console.log(`write, notification and load: ${tookMs.map((ms) => ms.toFixed(0)).join(' ')} ms`);
    await makeKey(pool, 'k1');
    await until(() => keys.includes('k1'));
    await pool.query(`update keys set state = 'disabled' where id = 'k1'`);
    await until(() => keys.length === 2);
    expect(keys).toEqual(['k1', 'k1']);
  });

  test('by polling where no notification comes', async () => {
    await watch({ pool, listen: async () => async () => undefined }, 20);
    await setGroup(pool, systemActor, group, { multiplier: 8_000 });
    await makeKey(pool, 'k1');
    await until(() => multiplier() === 8_000 && keys.includes('k1'));
  });

  test('at once for who asks', async () => {
    const own = await watch({ pool, listen: async () => async () => undefined }, 60_000);
    await setGroup(pool, systemActor, group, { multiplier: 7_000 });
    await Promise.all([own.refresh(), own.refresh(), own.refresh()]);
    expect(multiplier()).toBe(7_000);
  });

  test('also when it commits after a later one, and began before the watcher', async () => {
    const late = await pool.connect();
    await late.query('begin');
    await makeKey(late, 'late');
    await makeKey(pool, 'early');
    await watch(home.database, 20);
    await makeKey(pool, 'next');
    await until(() => keys.includes('next'));
    await late.query('commit');
    late.release();
    await until(() => keys.includes('late'));
    expect(keys).toEqual(['next', 'late']);
  });
});

test('what has not changed is not loaded again', async () => {
  const own = await watch(home.database, 5);
  const before = own.current();
  await makeKey(pool, 'k1');
  await until(() => keys.includes('k1'));
  await own.refresh();
  expect(own.current()).toBe(before);
});

test('the last view stands while the database is away, and changes are caught up with', async () => {
  const own = await watch(home.database, 20);
  const admin = new pg.Client({ connectionString: Object.assign(new URL(home.url), { pathname: '/postgres' }).href });
  await admin.connect();
  const name = new URL(home.url).pathname.slice(1);
  const before = own.current();
  await admin.query(`alter database ${name} with allow_connections false`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await expect(own.refresh()).rejects.toThrow();
  expect(own.current()).toBe(before);
  await admin.query(`alter database ${name} with allow_connections true`);
  await admin.end();
  await setGroup(pool, systemActor, group, { multiplier: 6_000 });
  await makeKey(pool, 'after');
  await until(() => multiplier() === 6_000 && keys.includes('after'));
});

test('many changes at once are all heard of', async () => {
  await watch(home.database, 50);
  await pool.query(
    `insert into keys (id, organization_id, group_id, name, prefix, hash)
     select 'k' || n, 'a', $1, 'n', 'k' || n, int4send(n) from generate_series(1, 2500) n`,
    [group],
  );
  await until(() => keys.length >= 2_500);
  expect(new Set(keys).size).toBe(2_500);
  expect(keys.length).toBe(2_500);
});

test('old changes are pruned, new ones stay', async () => {
  await pool.query(`update changes set changed_at = now() - interval '3 days' where number <= 3`);
  expect(await pruneChanges(pool, Date.now())).toBe(3);
  const left = await pool.query('select 1 from changes');
  expect(left.rowCount).toBeGreaterThan(0);
});

test('a first load that fails is told to who started it', async () => {
  const other = await createTestDatabase();
  await other.drop();
  await expect(watch(other.database, 20)).rejects.toThrow();
});
