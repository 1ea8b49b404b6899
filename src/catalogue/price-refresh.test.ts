import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { parseUsd } from '../base/money.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { loadSecrets } from '../secrets/index.ts';
import { noRates, type SeedPrice } from '../vendors/index.ts';
import { firstStart, listPrices, refreshPrices, removeGroup, removeModel, setPrice } from './index.ts';
import { type PriceStep, planRefresh, type StoredPrice } from './price-refresh.ts';

const now = Date.UTC(2026, 10, 21);
const past = Date.UTC(2026, 5, 1);
const future = Date.UTC(2027, 0, 1);

function data(validFromMs: number, input: string): SeedPrice {
  return { validFromMs, rates: { ...noRates, input: parseUsd(input) }, tiers: [], source: 'data' };
}

function stored(validFromMs: number, input: string, source = 'data'): StoredPrice {
  return { ...data(validFromMs, input), id: `${validFromMs}`, source };
}

function brief(steps: readonly PriceStep[]): string[] {
  return steps.map((step) => `${step.kind} ${step.validFromMs === now ? 'now' : step.validFromMs}`);
}

describe('planRefresh', () => {
  test.each<[string, StoredPrice[], SeedPrice[], string[]]>([
    ['nothing is known of the model', [stored(past, '1')], [], []],
    ['the model has no price yet', [], [data(past, '1'), data(future, '2')], [`add ${past}`, `add ${future}`]],
    ['both agree', [stored(past, '1')], [data(past, '1')], []],
    [
      'both agree on what is to come',
      [stored(future, '2'), stored(past, '1')],
      [data(past, '1'), data(future, '2')],
      [],
    ],
    ['history differs, today does not', [stored(past, '1')], [data(0, '9'), data(past + 1, '1')], []],
    ['the price was corrected', [stored(past, '1')], [data(past, '2')], ['add now']],
    ['the price changed since', [stored(past, '1')], [data(past, '1'), data(past + 5, '2')], ['add now']],
    ['a change is announced', [stored(past, '1')], [data(past, '1'), data(future, '2')], [`add ${future}`]],
    [
      'an announced change is called off',
      [stored(future, '2'), stored(past, '1')],
      [data(past, '1')],
      [`withdraw ${future}`],
    ],
    [
      'an announced change is announced otherwise',
      [stored(future, '2'), stored(past, '1')],
      [data(past, '1'), data(future, '3')],
      [`withdraw ${future}`, `add ${future}`],
    ],
    ["the operator's price stands", [stored(past, '1', 'operator')], [data(past, '2')], ['keep now']],
    ["the operator's price agrees", [stored(past, '2', 'operator')], [data(past, '2')], []],
    [
      "the operator's announced price stands",
      [stored(future, '5', 'operator'), stored(past, '1')],
      [data(past, '1')],
      [],
    ],
    [
      'what is announced would override the operator',
      [stored(past, '1', 'operator')],
      [data(past, '1'), data(future, '2')],
      [`keep ${future}`],
    ],
    [
      'today and what is to come both change',
      [stored(past, '1')],
      [data(past, '2'), data(future, '3')],
      ['add now', `add ${future}`],
    ],
  ])('%s', (_what, have, want, steps) => {
    expect(brief(planRefresh(have, want, now))).toEqual(steps);
  });
});

describe('refreshPrices', () => {
  let home: TestDatabase;
  let pool: TestDatabase['database']['pool'];
  const model = { vendorId: 'openai', modelId: 'gpt-5.5' };

  beforeAll(async () => {
    home = await createTestDatabase();
    pool = home.database.pool;
    const secrets = await loadSecrets({ secret: 's'.repeat(32), adminToken: 'a'.repeat(24), dataDir: '/nowhere' });
    await firstStart(pool, secrets, { sandbox: true });
  });
  afterAll(() => home.drop());

  test('a dry run reports and changes nothing; the real one does what it reported, once', async () => {
    // As if an older version of the program had seeded another price.
    await pool.query(
      `update prices set rates = '{"input": "4000000000", "output": "20000000000"}', tiers = '[]' where model_id = 'gpt-5.5'`,
    );
    const dry = await refreshPrices(pool, systemActor, { nowMs: now, dryRun: true });
    expect(dry.changes).toEqual([
      {
        ...model,
        kind: 'added',
        validFromMs: now,
        before: { input: '4', output: '20' },
        after: { input: '5', cacheRead: '0.5', output: '30' },
        source: 'genai-prices 0.1.8',
      },
    ]);
    expect(await listPrices(pool, model)).toHaveLength(1);
    const done = await refreshPrices(pool, systemActor, { nowMs: now, dryRun: false });
    expect(done.changes).toEqual(dry.changes);
    expect((await listPrices(pool, model)).map((price) => price.rates.input)).toEqual(['4', '5']);
    expect((await refreshPrices(pool, systemActor, { nowMs: now + 1, dryRun: false })).changes).toEqual([]);
  });

  test("an operator's price is never overridden", async () => {
    await setPrice(pool, systemActor, { ...model, rates: { input: '1', output: '2' } }, now + 1_000);
    const report = await refreshPrices(pool, systemActor, { nowMs: now + 2_000, dryRun: false });
    expect(report.changes).toMatchObject([
      { ...model, kind: 'operator_price_kept', before: { input: '1' }, after: { input: '5' } },
    ]);
    expect((await listPrices(pool, model)).at(-1)).toMatchObject({ source: 'operator', rates: { input: '1' } });
  });

  test('a model that was removed is named, and stays removed', async () => {
    await removeGroup(pool, systemActor, 'openai-standard');
    await removeModel(pool, systemActor, 'openai', 'o3');
    const report = await refreshPrices(pool, systemActor, { nowMs: now, dryRun: false });
    expect(report.modelsNotInCatalogue).toEqual(['openai/o3']);
  });
});
