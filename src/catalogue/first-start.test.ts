import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { silentLog } from '../base/log.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { loadSecrets } from '../secrets/index.ts';
import { seedModels } from '../vendors/index.ts';
import {
  firstStart,
  listPrices,
  loadCatalogue,
  refreshPrices,
  removeAlias,
  removeGroup,
  setChannel,
  setGroup,
} from './index.ts';

const secrets = await loadSecrets({ secret: 's'.repeat(32), adminToken: 'a'.repeat(24), dataDir: '/nowhere' });
const sandbox = { sandboxOrigin: 'http://127.0.0.1:9', log: silentLog };
let home: TestDatabase;
let pool: TestDatabase['database']['pool'];

beforeAll(async () => {
  home = await createTestDatabase();
  pool = home.database.pool;
});
afterAll(() => home.drop());

describe('first start', () => {
  test('two nodes at once seed once', async () => {
    const results = await Promise.all([
      firstStart(pool, secrets, { sandbox: true }),
      firstStart(pool, secrets, { sandbox: true }),
    ]);
    expect(results.map((result) => result.seeded).sort()).toEqual([false, true]);
    expect(results.map((result) => result.sandboxGroupsMade).sort()).toEqual([false, true]);
  });

  test('the catalogue has three groups that lead to the sandbox', async () => {
    const { groups, version } = await loadCatalogue(pool, secrets, sandbox);
    expect(version).toBeGreaterThan(0);
    expect([...groups.keys()]).toEqual(['anthropic-standard', 'gemini-standard', 'openai-standard']);
    for (const group of groups.values()) {
      expect(group).toMatchObject({ kind: 'wallet', multiplier: 10_000, passThrough: true, enabled: true });
      expect(group.models.size).toBeGreaterThan(10);
      for (const target of group.aliases.values()) expect(group.models.has(target), target).toBe(true);
      for (const model of group.models.values()) {
        const starts = model.prices.map((price) => price.validFromMs);
        expect(starts.length, model.id).toBeGreaterThan(0);
        expect(starts).toEqual(starts.toSorted((a, b) => b - a));
      }
    }
    expect(groups.get('openai-standard')?.channels).toEqual([
      {
        id: 'ch_sandbox_openai',
        name: 'sandbox',
        origin: 'http://127.0.0.1:9',
        basePath: '/openai/v1',
        credential: 'sandbox',
        weight: 100,
        region: null,
        wire: 'openai',
      },
    ]);
    expect(groups.get('anthropic-standard')?.channels[0]?.basePath).toBe('/anthropic');
    expect(groups.get('gemini-standard')?.channels[0]?.basePath).toBe('/gemini');
    expect(groups.get('openai-standard')?.aliases.get('gpt-4')).toBe('gpt-4.1');
    expect(groups.get('anthropic-standard')?.aliases.get('claude-3-opus')).toBe('claude-opus-5-5');
    expect([...(groups.get('gemini-standard')?.models.keys() ?? [])][0]).toBe('gemini-3.8-flash');
  });

  test('stored prices are those of the seed, to the last digit', async () => {
    const { groups } = await loadCatalogue(pool, secrets, sandbox);
    for (const seeded of await seedModels()) {
      const model = groups.get(`${seeded.vendorId}-standard`)?.models.get(seeded.id);
      expect(
        model?.prices.map(({ validFromMs, rates, tiers }) => ({ validFromMs, rates, tiers })).toReversed(),
        seeded.id,
      ).toEqual(seeded.prices.map(({ validFromMs, rates, tiers }) => ({ validFromMs, rates, tiers })));
    }
    const report = await refreshPrices(pool, systemActor, { nowMs: Date.now(), dryRun: true });
    expect(report.changes).toEqual([]);
    expect(report.modelsNotInCatalogue).toEqual([]);
  });

  test('without the sandbox its channels are left out; a channel with a foreign credential as well', async () => {
    const without = await loadCatalogue(pool, secrets, { ...sandbox, sandboxOrigin: null });
    expect(without.groups.get('openai-standard')?.channels).toEqual([]);
    const others = await loadSecrets({ secret: 'o'.repeat(32), adminToken: 'a'.repeat(24), dataDir: '/nowhere' });
    expect((await loadCatalogue(pool, others, sandbox)).groups.get('openai-standard')?.channels).toEqual([]);
  });

  test('what the operator changed or removed stays so', async () => {
    await setGroup(pool, systemActor, 'openai-standard', { multiplier: 9_000 });
    await removeAlias(pool, systemActor, 'openai-standard', 'gpt-4');
    await removeGroup(pool, systemActor, 'gemini-standard');
    await setChannel(pool, systemActor, { sealer: secrets, allowPrivate: false }, 'ch_sandbox_anthropic', {
      enabled: false,
    });
    expect(await firstStart(pool, secrets, { sandbox: true })).toEqual({ seeded: false, sandboxGroupsMade: false });
    const { groups } = await loadCatalogue(pool, secrets, sandbox);
    expect([...groups.keys()]).toEqual(['anthropic-standard', 'openai-standard']);
    expect(groups.get('openai-standard')?.multiplier).toBe(9_000);
    expect(groups.get('openai-standard')?.aliases.has('gpt-4')).toBe(false);
    expect(groups.get('anthropic-standard')?.channels).toEqual([]);
  });
});

test('the sandbox can be turned on later', async () => {
  const other = await createTestDatabase();
  try {
    expect(await firstStart(other.database.pool, secrets, { sandbox: false })).toEqual({
      seeded: true,
      sandboxGroupsMade: false,
    });
    expect((await loadCatalogue(other.database.pool, secrets, sandbox)).groups.size).toBe(0);
    expect(await listPrices(other.database.pool, { vendorId: 'gemini', modelId: 'gemini-3.8-flash' })).toHaveLength(2);
    expect(await firstStart(other.database.pool, secrets, { sandbox: true })).toEqual({
      seeded: false,
      sandboxGroupsMade: true,
    });
    expect((await loadCatalogue(other.database.pool, secrets, sandbox)).groups.size).toBe(3);
  } finally {
    await other.drop();
  }
});
