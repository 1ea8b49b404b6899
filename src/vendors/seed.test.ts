import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseUsd } from '../base/money.ts';
import { costOf, hasRate, priceAt } from './prices.ts';
import { familiarNames, libraryPrices, priceDataVersion, type SeedModel, seedModels, seedVendors } from './seed.ts';

const models = await seedModels();
const today = Date.UTC(2026, 10, 21);

function find(id: string): SeedModel {
  const found = models.find((model) => model.id === id);
  if (!found) throw new Error(`${id} is not in the seed`);
  return found;
}

function current(id: string, atMs = today) {
  const prices = find(id).prices.map((price, index) => ({ id: String(index), ...price }));
  const price = priceAt(prices.toReversed(), atMs);
  if (!price) throw new Error(`${id} has no price`);
  return price;
}

const usd = (text: string) => parseUsd(text);

test('names the installed version of the price library', () => {
  const manifest: unknown = JSON.parse(readFileSync('node_modules/@pydantic/genai-prices/package.json', 'utf8'));
  expect(manifest).toMatchObject({ version: priceDataVersion });
});

test('every model of every vendor has a price that is valid today, and no id stands twice', () => {
  expect(models.length).toBeGreaterThan(70);
  for (const model of models) {
    const price = current(model.id);
    expect(hasRate(price.rates), model.id).toBe(true);
    expect(Number.isNaN(model.releasedAtMs), model.id).toBe(false);
    expect(model.releasedAtMs, model.id).toBeLessThan(today);
    expect(
      [...model.inputs, ...model.outputs].every((word) => word.length > 1),
      model.id,
    ).toBe(true);
    const starts = model.prices.map((version) => version.validFromMs);
    expect(starts, model.id).toEqual([...new Set(starts)].sort((a, b) => a - b));
  }
  expect(new Set(models.map((model) => `${model.vendorId}/${model.id}`)).size).toBe(models.length);
});

test('familiar names lead to models of their vendor and hide none', () => {
  for (const vendor of seedVendors()) {
    const ids = new Set(models.filter((model) => model.vendorId === vendor.id).map((model) => model.id));
    for (const [name, target] of familiarNames(vendor.id)) {
      expect(ids.has(target), `${name} → ${target}`).toBe(true);
      expect(ids.has(name), name).toBe(false);
    }
  }
  expect(familiarNames('nobody').size).toBe(0);
});

describe('figures as the vendors publish them', () => {
  test.each([
    ['gpt-5.5', '5', '0.5', '30'],
    ['gpt-5.4-mini', '0.75', '0.075', '4.5'],
    ['claude-opus-4-8', '5', '0.5', '25'],
    ['claude-haiku-4-5-20251001', '1', '0.1', '5'],
    ['claude-sonnet-5-5', '2', '0.1', '10'],
    ['gemini-3.5-flash', '1.5', '0.15', '9'],
    ['gemini-3.1-pro-preview-customtools', '2', '0.2', '12'],
    ['gemini-2.5-flash', '0.3', '0.03', '2.5'],
  ])('%s', (id, input, cacheRead, output) => {
    expect(current(id).rates).toMatchObject({ input: usd(input), cacheRead: usd(cacheRead), output: usd(output) });
  });

  test('cache writes: Anthropic 1.25 × and 2 × of the input, also where the row does not say so', () => {
    expect(current('claude-opus-5-5').rates).toMatchObject({ cacheWrite5m: usd('5'), cacheWrite1h: usd('8') });
    expect(current('claude-sonnet-5-5').rates).toMatchObject({ cacheWrite5m: usd('2.5'), cacheWrite1h: usd('4') });
    const haiku = current('claude-haiku-5-5');
    expect(haiku.rates).toMatchObject({ cacheWrite5m: usd('0.125'), cacheWrite1h: usd('0.2') });
    expect(haiku.tiers[0]).toMatchObject({
      overInputTokens: 100_000,
      rates: { input: usd('0.5'), cacheWrite5m: usd('0.625'), cacheWrite1h: usd('1'), cacheRead: usd('0.05') },
    });
  });

  test('tiers keep the classes that do not change', () => {
    expect(current('gemini-2.5-pro').tiers).toEqual([
      {
        overInputTokens: 200_000,
        rates: { ...current('gemini-2.5-pro').rates, input: usd('2.5'), cacheRead: usd('0.25'), output: usd('15') },
      },
    ]);
    expect(current('gpt-5.5').tiers[0]?.overInputTokens).toBe(271_999);
    expect(current('gpt-6-sol').tiers[0]?.overInputTokens).toBe(272_000);
  });

  test('history and what is to come', () => {
    expect(find('gpt-5.6-luna').prices.map((price) => price.rates.input)).toEqual([usd('1'), usd('0.2')]);
    expect(current('gpt-5.6-luna', Date.UTC(2026, 6, 29)).rates.input).toBe(usd('1'));
    expect(current('gpt-5.6-luna', Date.UTC(2026, 6, 30)).rates.input).toBe(usd('0.2'));
    expect(current('gemini-3.8-flash').rates.input).toBe(usd('0.75'));
    expect(current('gemini-3.8-flash', Date.UTC(2027, 0, 1)).rates.input).toBe(usd('1.5'));
    expect(current('claude-opus-4-6', Date.UTC(2026, 2, 1)).tiers).toHaveLength(1);
    expect(current('claude-opus-4-6').tiers).toHaveLength(0);
  });

  test('audio, images, and what is free', () => {
    expect(current('gpt-audio').rates).toMatchObject({ audioInput: usd('32'), audioOutput: usd('64') });
    expect(current('gpt-image-1.5').rates).toMatchObject({ imageInput: usd('8'), imageOutput: usd('32') });
    expect(current('gpt-image-2.5-flare').rates).toEqual(current('gpt-image-2').rates);
    expect(current('gemini-3.1-flash-image').rates.imageOutput).toBe(usd('60'));
    expect(current('omni-moderation-latest').rates.input).toBe(0n);
  });
});

test('a seeded price charges a usage: Sonnet 4.5 with 250,000 input tokens', () => {
  // over 200,000: 250,000 × 6 = 1,500,000 + 1,000 × 22.5 = 22,500 → $1.5225
  const usage = { cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, audioInput: 0, imageInput: 0, reasoning: 0 };
  const rest = { audioOutput: 0, imageOutput: 0, images: 0 };
  const price = current('claude-sonnet-4-5-20250929');
  expect(costOf(price, { ...usage, ...rest, input: 250_000, output: 1_000 })).toBe(1_522_500_000n);
});

describe('reading the library', () => {
  test('an entry by the hour has no price that we can charge', () => {
    expect(libraryPrices({ audio_hours: 0.36, input_audio_hours: 0.36 }, 0)).toEqual([]);
    expect(libraryPrices({}, 0)).toEqual([]);
  });

  test('a price per thousand requests becomes one per request', () => {
    expect(libraryPrices({ input_mtok: 1, requests_kcount: 5 }, 0)[0]?.rates.perRequest).toBe(usd('0.005'));
  });

  test.each([
    [{ input_mtok: 'dear' }],
    [{ input_mtok: 1e-12 }],
    [{ input_mtok: -1 }],
    [{ input_mtok: { base: 1, tiers: 3 } }],
    [[{ constraint: { type: 'start_date', start_date: 'soon' }, prices: { input_mtok: 1 } }]],
    [null],
  ])('refuses %j', (entry) => {
    expect(() => libraryPrices(entry, 0)).toThrow(expect.objectContaining({ code: 'price_data_unreadable' }));
  });
});
