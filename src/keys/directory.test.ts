import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { ManualClock } from '../base/clock.ts';
import { newKey } from '../base/key-format.ts';
import { limits } from '../base/limits.ts';
import { silentLog } from '../base/log.ts';
import { siteOrganizationId } from '../base/site-organization.ts';
import type { Key, KeyLookup } from '../gateway/ports.ts';
import { type DirectoryOptions, WarmKeyDirectory } from './directory.ts';
import { type CuttablePool, createCuttablePool, createKeyTestSite, type KeyTestSite, siteKeys } from './testing.ts';

let site: KeyTestSite;
let way: CuttablePool;
let directory: WarmKeyDirectory;
let clock: ManualClock;

beforeAll(async () => {
  site = await createKeyTestSite();
  way = await createCuttablePool(site);
});
afterAll(async () => {
  await way.close();
  await site.drop();
});
beforeEach(() => {
  directory = makeDirectory();
});

function makeDirectory(more: Partial<DirectoryOptions> = {}): WarmKeyDirectory {
  clock = new ManualClock();
  return new WarmKeyDirectory({ pool: way.pool, hashKey: site.secrets.hashKey, log: silentLog, clock, ...more });
}

async function create(more: object = {}): Promise<{ id: string; secret: string }> {
  const { key, secret } = await site.store.create(
    siteOrganizationId,
    siteKeys,
    {
      groupId: 'acme-standard',
      name: 'x',
      ...more,
    },
    systemActor,
  );
  return { id: key.id, secret };
}

function asKey(found: KeyLookup | Promise<KeyLookup>): Key {
  if (found instanceof Promise || typeof found === 'string') throw new Error(`not a warm key: ${String(found)}`);
  return found;
}

/** Statements that went through the pool meanwhile. */
async function queriesDuring(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const { query } = way.pool;
  way.pool.query = ((...args: unknown[]) => {
    count++;
    return Reflect.apply(query, way.pool, args);
  }) as typeof query;
  try {
    await work();
  } finally {
    way.pool.query = query;
  }
  return count;
}

describe('a key', () => {
  test('is looked up once, then found at once, with all its facts', async () => {
    const { id, secret } = await create({
      expiresAtMs: Date.UTC(2100, 0, 1),
      allowedModels: ['large'],
      limits: { tokensPerMinute: 9, spend: { total: 3n, '5h': 4n } },
    });
    await site.database.pool.query("insert into key_spend values ($1, '5h', '2026-02-01T10:00:00.250Z', 77)", [id]);
    const found = asKey(await directory.find(secret));
    expect(found).toEqual({
      id,
      prefix: secret.slice(0, 17),
      organizationId: siteOrganizationId,
      projectId: null,
      groupId: 'acme-standard',
      state: 'enabled',
      expiresAtMs: Date.UTC(2100, 0, 1),
      allowedModels: new Set(['acme-large']),
      limits: {
        requestsPerMinute: 60,
        countsPerMinute: 600,
        tokensPerMinute: 9,
        concurrency: null,
        spend: { total: 3n, '5h': 4n },
      },
      spend: { '5h': { startedAtMs: Date.UTC(2026, 1, 1, 10, 0, 0, 250), spent: 77n } },
    });
    expect(asKey(directory.find(secret))).toBe(found);
  });

  test('that many ask for at once is read by one statement', async () => {
    const { id, secret } = await create();
    const others = await Promise.all([create(), create()]);
    const count = await queriesDuring(async () => {
      const asked = Array.from({ length: 200 }, () => directory.find(secret));
      const found = await Promise.all([...asked, ...others.map((other) => directory.find(other.secret))]);
      expect(found.filter((key) => asKey(key).id === id)).toHaveLength(200);
    });
    expect(count).toBe(1);
  });

  test('that is disabled or deleted is found in that state', async () => {
    const { id, secret } = await create();
    await site.store.disable(siteKeys, id, systemActor);
    expect(asKey(await directory.find(secret)).state).toBe('disabled');
    await site.store.delete(siteKeys, id, systemActor);
    directory.changed(id);
    expect(asKey(await directory.find(secret)).state).toBe('deleted');
  });
});

describe('a change', () => {
  test('holds from the next request on', async () => {
    const { id, secret } = await create();
    expect(asKey(await directory.find(secret)).state).toBe('enabled');
    await site.store.disable(siteKeys, id, systemActor);
    directory.changed(id);
    expect(directory.find(secret)).toBeInstanceOf(Promise);
    expect(asKey(await directory.find(secret)).state).toBe('disabled');
  });

  test('made while the key is being read is not missed', async () => {
    for (let i = 0; i < 20; i++) {
      const { id, secret } = await create();
      const fresh = makeDirectory();
      const reading = fresh.find(secret);
      await site.store.disable(siteKeys, id, systemActor);
      fresh.changed(id);
      await reading;
      expect(asKey(await fresh.find(secret)).state).toBe('disabled');
    }
  });

  test('that makes a key which somebody has tried before is noticed at once', async () => {
    const { secret, prefix } = newKey('lodge');
    expect(await directory.find(secret)).toBe('unknown');
    await site.database.pool.query(
      "insert into keys (id, organization_id, group_id, name, prefix, hash) values ($1, 'a', 'acme-standard', 'x', $2, $3)",
      [`key_${prefix.slice(-8)}`, prefix, site.secrets.hashKey(secret)],
    );
    expect(directory.find(secret)).toBe('unknown');
    directory.changed(`key_${prefix.slice(-8)}`);
    expect(asKey(await directory.find(secret)).prefix).toBe(prefix);
  });
});

describe('an unknown key', () => {
  test('is remembered as unknown for a while', async () => {
    const { secret } = newKey('lodge');
    expect(await directory.find(secret)).toBe('unknown');
    expect(directory.find(secret)).toBe('unknown');
    clock.advance(limits.unknownKeyMs - 1);
    expect(directory.find(secret)).toBe('unknown');
    clock.advance(1);
    expect(directory.find(secret)).toBeInstanceOf(Promise);
  });

  test('is forgotten when too many others follow', async () => {
    const small = makeDirectory({ unknownKeys: 10 });
    const secrets = Array.from({ length: 30 }, () => newKey('lodge').secret);
    for (const secret of secrets) await small.find(secret);
    expect(small.find(secrets[29] ?? '')).toBe('unknown');
    expect(small.find(secrets[0] ?? '')).toBeInstanceOf(Promise);
  });

  test('a flood of them takes a handful of statements', async () => {
    const count = await queriesDuring(async () => {
      const found = await Promise.all(Array.from({ length: 2_000 }, () => directory.find(newKey('lodge').secret)));
      expect(new Set(found)).toEqual(new Set(['unknown']));
    });
    expect(count).toBeLessThan(12);
  });
});

describe('without the database', () => {
  test('warm keys are found, all others are unavailable, never unknown; then all is as before', async () => {
    const warm = await create();
    const cold = await create();
    await directory.find(warm.secret);
    await way.cut();
    expect(asKey(directory.find(warm.secret)).id).toBe(warm.id);
    expect(await directory.find(cold.secret)).toBe('unavailable');
    expect(await directory.find(newKey('lodge').secret)).toBe('unavailable');
    await expect(directory.resync()).rejects.toThrow();
    expect(asKey(directory.find(warm.secret)).id).toBe(warm.id);
    await way.restore();
    expect(asKey(await directory.find(cold.secret)).id).toBe(cold.id);
  });

  test('a connection that breaks in the middle of a look-up is unavailable too', async () => {
    const { secret } = await create();
    await way.pool.query('select 1');
    const finding = directory.find(secret);
    await way.cut();
    const found = await finding;
    if (typeof found === 'string') expect(found).toBe('unavailable');
    await way.restore();
    expect(asKey(await directory.find(secret)).state).toBe('enabled');
  });
});

describe('resync', () => {
  test('brings what was missed: changes and rows that are gone', async () => {
    const kept = await create();
    const off = await create();
    const gone = await create();
    const { secret: tried } = newKey('lodge');
    for (const secret of [kept.secret, off.secret, gone.secret, tried]) await directory.find(secret);
    await site.store.disable(siteKeys, off.id, systemActor);
    await site.database.pool.query('delete from keys where id = $1', [gone.id]);
    await directory.resync();
    expect(asKey(directory.find(kept.secret)).state).toBe('enabled');
    expect(asKey(directory.find(off.secret)).state).toBe('disabled');
    expect(await directory.find(gone.secret)).toBe('unknown');
    expect(directory.find(tried)).toBeInstanceOf(Promise);
  });
});

describe('memory', () => {
  test('holds no more keys than it may, and keeps those in use', async () => {
    const small = makeDirectory({ warmKeys: 5 });
    const busy = await create();
    await small.find(busy.secret);
    for (let i = 0; i < 20; i++) {
      await small.find((await create()).secret);
      expect(asKey(small.find(busy.secret)).id).toBe(busy.id);
      expect(small.size).toBeLessThanOrEqual(5);
    }
  });

  test('preload warms the keys that were used last', async () => {
    const old = await create();
    const recent = await create();
    await site.database.pool.query("insert into key_activity values ($1, '2100-01-01'), ($2, '2100-01-02')", [
      old.id,
      recent.id,
    ]);
    expect(await directory.preload(1)).toBe(1);
    await way.cut();
    expect(asKey(directory.find(recent.secret)).id).toBe(recent.id);
    expect(await directory.find(old.secret)).toBe('unavailable');
    directory.changed(recent.id);
    expect(await directory.find(recent.secret)).toBe('unavailable');
    await way.restore();
  });
});
