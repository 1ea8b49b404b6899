import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { checkKey } from '../base/key-format.ts';
import { siteOrganizationId } from '../base/site-organization.ts';
import type { KeyPosition } from './list.ts';
import { keysOf } from './scope.ts';
import { addOrganization, createKeyTestSite, type KeyTestSite, siteKeys } from './testing.ts';

let site: KeyTestSite;
beforeAll(async () => {
  site = await createKeyTestSite();
});
afterAll(() => site.drop());

const create = (name: string, more: object = {}) =>
  site.store.create(siteOrganizationId, siteKeys, { groupId: 'acme-standard', name, ...more }, systemActor);

describe('create', () => {
  test('returns the secret once and stores only its keyed hash and its prefix', async () => {
    const { key, secret } = await create('  backend-service ', { note: 'for the backend' });
    expect(checkKey(secret, 'lodge')).toEqual({ ok: true, prefix: key.prefix });
    expect(key).toMatchObject({
      name: 'backend-service',
      note: 'for the backend',
      organizationId: siteOrganizationId,
      groupId: 'acme-standard',
      vendorId: 'acme',
      multiplier: 9000,
      state: 'enabled',
      expired: false,
      allowedModels: null,
      lastUsedAtMs: null,
      limits: { requestsPerMinute: 60, countsPerMinute: 600, tokensPerMinute: null, concurrency: null, spend: {} },
    });
    expect(site.changes.at(-1)).toBe(key.id);
    const { rows } = await site.database.pool.query('select * from keys where id = $1', [key.id]);
    expect(rows[0].hash).toEqual(site.secrets.hashKey(secret));
    const dump = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value));
    expect(dump).not.toContain(secret.slice(key.prefix.length, -6));
    expect(JSON.stringify(await site.store.show(siteKeys, key.id), (_, v) => String(v))).not.toContain(secret);
  });

  test('stores limits, expiry and allowed models as canonical ids', async () => {
    const expiresAtMs = Date.now() + 86_400_000;
    const { key } = await create('limited', {
      expiresAtMs,
      allowedModels: ['large', 'acme-small', 'acme-large'],
      limits: {
        requestsPerMinute: 5,
        tokensPerMinute: 40_000_000_000,
        concurrency: 2,
        spend: { total: 12_500_000_000n, '5h': 0n },
      },
    });
    expect(key.allowedModels).toEqual(['acme-large', 'acme-small']);
    expect(key.expiresAtMs).toBe(expiresAtMs);
    expect(key.limits).toEqual({
      requestsPerMinute: 5,
      countsPerMinute: 600,
      tokensPerMinute: 40_000_000_000,
      concurrency: 2,
      spend: { total: 12_500_000_000n, '5h': 0n },
    });
    expect(key.spend.map((window) => [window.span, window.remaining])).toEqual([
      ['total', 12_500_000_000n],
      ['5h', 0n],
    ]);
  });

  test.each([
    ['a group that is not there', { groupId: 'acme-standart' }, 'group_not_found', 'acme-standard'],
    ['a model of no group', { allowedModels: ['acme-larg'] }, 'model_not_in_group', 'acme-large'],
    ["another group's model", { allowedModels: ['beta-one'] }, 'model_not_in_group', 'beta-one'],
    ['a model of the vendor that the group lacks', { allowedModels: ['acme-image'] }, 'model_not_in_group', ''],
    ['no model at all', { allowedModels: [] }, 'key_input_invalid', 'null'],
    ['no name', { name: ' ' }, 'key_input_invalid', 'name'],
    ['a long name', { name: 'x'.repeat(101) }, 'key_input_invalid', '100'],
    ['a control character', { note: 'a\u0000b' }, 'key_input_invalid', 'control'],
    ['an expiry in the past', { expiresAtMs: Date.now() - 1 }, 'key_input_invalid', 'expires_at'],
    ['no calls', { limits: { requestsPerMinute: 0 } }, 'key_input_invalid', 'requests_per_minute'],
    ['half a call', { limits: { concurrency: 1.5 } }, 'key_input_invalid', 'concurrency'],
    ['a negative cap', { limits: { spend: { '1d': -1n } } }, 'key_input_invalid', 'limits.spend.1d'],
  ])('refuses %s', async (_what, more, code, words) => {
    await expect(create('x', more)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('set', () => {
  test('changes what is named and leaves the rest', async () => {
    const { key } = await create('before', { note: 'kept', limits: { concurrency: 3, spend: { '7d': 5n } } });
    const renamed = await site.store.set(
      siteKeys,
      key.prefix,
      { name: 'after', allowedModels: ['large'] },
      systemActor,
    );
    expect(renamed).toMatchObject({ id: key.id, name: 'after', note: 'kept', allowedModels: ['acme-large'] });
    expect(renamed.limits).toMatchObject({ concurrency: 3, spend: { '7d': 5n } });
    const freed = await site.store.set(
      siteKeys,
      key.id,
      {
        allowedModels: null,
        limits: { concurrency: null, spend: { '7d': null, '1d': 9n } },
      },
      systemActor,
    );
    expect(freed).toMatchObject({ name: 'after', allowedModels: null });
    expect(freed.limits).toMatchObject({ concurrency: null, spend: { '1d': 9n } });
    expect(freed.limits.spend).not.toHaveProperty('7d');
    expect(freed.updatedAtMs).toBeGreaterThanOrEqual(key.updatedAtMs);
  });

  test('of nothing changes nothing and announces nothing', async () => {
    const { key } = await create('same');
    const before = site.changes.length;
    expect(await site.store.set(siteKeys, key.id, {}, systemActor)).toEqual(key);
    expect(site.changes).toHaveLength(before);
  });

  test('a refused part leaves the whole key as it was', async () => {
    const { key } = await create('whole');
    const change = { name: 'other', allowedModels: ['nothing-like-it'] };
    await expect(site.store.set(siteKeys, key.id, change, systemActor)).rejects.toMatchObject({
      code: 'model_not_in_group',
    });
    expect(await site.store.show(siteKeys, key.id)).toEqual(key);
  });
});

describe('states', () => {
  test('disable, enable, and delete, which is final', async () => {
    const { key, secret } = await create('states');
    expect((await site.store.disable(siteKeys, key.id, systemActor)).state).toBe('disabled');
    expect((await site.store.disable(siteKeys, key.id, systemActor)).state).toBe('disabled');
    expect((await site.store.enable(siteKeys, key.prefix, systemActor)).state).toBe('enabled');
    // A leaked key, named by the whole of it.
    expect((await site.store.delete(siteKeys, secret, systemActor)).state).toBe('deleted');
    expect((await site.store.delete(siteKeys, key.id, systemActor)).state).toBe('deleted');
    await expect(site.store.enable(siteKeys, key.id, systemActor)).rejects.toMatchObject({ code: 'key_deleted' });
    await expect(site.store.set(siteKeys, key.id, { name: 'x' }, systemActor)).rejects.toMatchObject({
      code: 'key_deleted',
    });
    expect((await site.store.show(siteKeys, key.id)).state).toBe('deleted');
    expect(site.changes.filter((id) => id === key.id)).toHaveLength(4);
  });

  test('every change stands in the table that gateways read', async () => {
    const { key } = await create('announced');
    await site.store.disable(siteKeys, key.id, systemActor);
    const { rows } = await site.database.pool.query("select 1 from changes where kind = 'key' and subject = $1", [
      key.id,
    ]);
    expect(rows).toHaveLength(2);
  });

  test.each(['key_nothing', 'sk-lodge-AAAAAAAA', '', 'a\u0000b', 'x'.repeat(10_000)])(
    'no such key: %#',
    async (name) => {
      await expect(site.store.show(siteKeys, name)).rejects.toMatchObject({ code: 'key_not_found' });
      await expect(site.store.disable(siteKeys, name, systemActor)).rejects.toMatchObject({ code: 'key_not_found' });
    },
  );

  test("another organization's key is not there", async () => {
    const { key } = await create('mine');
    await expect(site.store.show(keysOf('org_other'), key.id)).rejects.toMatchObject({ code: 'key_not_found' });
    await expect(site.store.delete(keysOf('org_other'), key.id, systemActor)).rejects.toMatchObject({
      code: 'key_not_found',
    });
    expect((await site.store.list(keysOf('org_other'), { limit: 10 })).keys).toEqual([]);
  });
});

describe('list', () => {
  test('pages through all keys, newest first, none twice and none left out', async () => {
    const organization = await addOrganization(site, 'org_paging');
    const made: string[] = [];
    for (let i = 0; i < 7; i++) {
      made.push(
        (
          await site.store.create(
            organization,
            keysOf(organization),
            { groupId: 'beta-standard', name: `key ${i}` },
            systemActor,
          )
        ).key.id,
      );
    }
    // Keys of one moment are told apart by their ids.
    await site.database.pool.query(
      `update keys set created_at = '2026-03-01 00:00:00.123456+00' where organization_id = $1 and name <> 'key 6'`,
      [organization],
    );
    const seen: string[] = [];
    let after: KeyPosition | undefined;
    for (let page = 0; page < 10; page++) {
      const { keys, next } = await site.store.list(keysOf(organization), { limit: 2, after });
      seen.push(...keys.map((key) => key.id));
      if (!next) break;
      after = next;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set(made));
    expect(seen[0]).toBe(made[6]);
  });

  test('filters by group, state and words', async () => {
    const organization = await addOrganization(site, 'org_filter');
    const add = async (name: string, groupId: string, more: object = {}) =>
      (await site.store.create(organization, keysOf(organization), { name, groupId, ...more }, systemActor)).key;
    const on = await add('production 100%', 'acme-standard');
    const off = await add('staging', 'acme-standard', { note: 'Team_A' });
    const gone = await add('old', 'beta-standard');
    const past = await add('event', 'beta-standard', { expiresAtMs: Date.now() + 60_000 });
    await site.store.disable(keysOf(organization), off.id, systemActor);
    await site.store.delete(keysOf(organization), gone.id, systemActor);
    await site.database.pool.query("update keys set expires_at = now() - interval '1 minute' where id = $1", [past.id]);
    const ids = async (filter: object) =>
      (await site.store.list(keysOf(organization), { limit: 50, ...filter })).keys.map((key) => key.id).sort();
    expect(await ids({})).toEqual([on.id, off.id, past.id].sort());
    expect(await ids({ state: 'all' })).toEqual([on.id, off.id, gone.id, past.id].sort());
    expect(await ids({ state: 'disabled' })).toEqual([off.id]);
    expect(await ids({ state: 'deleted' })).toEqual([gone.id]);
    expect(await ids({ state: 'expired' })).toEqual([past.id]);
    expect(await ids({ groupId: 'beta-standard' })).toEqual([past.id]);
    expect(await ids({ search: '100%' })).toEqual([on.id]);
    expect(await ids({ search: 'team_a' })).toEqual([off.id]);
    expect(await ids({ search: '%' })).toEqual([on.id]);
    expect(await ids({ search: past.prefix })).toEqual([past.id]);
    expect(await ids({ search: 'a\u0000' })).not.toContain(gone.id);
  });

  test('shows when a key was last used and what it has spent', async () => {
    const { key } = await create('used', { limits: { spend: { '1d': 100n } } });
    const { pool } = site.database;
    await pool.query("insert into key_activity values ($1, '2026-02-01T10:00:00Z')", [key.id]);
    await pool.query(
      `insert into key_spend values ($1, 'total', 'epoch', 900), ($1, '1d', now() - interval '1 hour', 40),
       ($1, '5h', now() - interval '6 hours', 70)`,
      [key.id],
    );
    const seen = await site.store.show(siteKeys, key.id);
    expect(seen.lastUsedAtMs).toBe(Date.UTC(2026, 1, 1, 10));
    expect(seen.spend).toMatchObject([
      { span: 'total', spent: 900n, windowStartMs: null, resetAtMs: null },
      { span: '5h', spent: 0n, windowStartMs: null, resetAtMs: null },
      { span: '1d', spent: 40n, limit: 100n, remaining: 60n },
    ]);
    expect(seen.spend[0]).not.toHaveProperty('limit');
  });
});
