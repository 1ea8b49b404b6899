import { describe, expect, test } from 'vitest';
import { applyMultiplier, parseUsd } from '../base/money.ts';
import { costOf, estimateCost, explainCost, hasRate, priceAt } from './prices.ts';
import type { Price, Rates, Usage } from './types.ts';

const none: Rates = {
  input: null,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  audioInput: null,
  imageInput: null,
  output: null,
  audioOutput: null,
  imageOutput: null,
  perRequest: null,
  perImage: null,
};

const nothing: Usage = {
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  audioInput: 0,
  imageInput: 0,
  output: 0,
  reasoning: 0,
  audioOutput: 0,
  imageOutput: 0,
  images: 0,
};

/** Rates in USD per million tokens, as price pages print them. */
function rates(usd: Partial<Record<keyof Rates, string>>): Rates {
  const all: Record<string, bigint | null> = { ...none };
  for (const [name, text] of Object.entries(usd)) all[name] = parseUsd(text);
  return all as unknown as Rates;
}

function price(base: Parameters<typeof rates>[0], ...tiers: Price['tiers']): Price {
  return { id: 'p1', validFromMs: 0, rates: rates(base), tiers };
}

const gpt55 = price(
  { input: '5', cacheRead: '0.5', output: '30' },
  { overInputTokens: 271_999, rates: rates({ input: '10', cacheRead: '1', output: '45' }) },
);
const opus = price({ input: '5', cacheRead: '0.5', cacheWrite5m: '6.25', cacheWrite1h: '10', output: '25' });
const geminiPro = price(
  { input: '1.25', cacheRead: '0.125', output: '10' },
  { overInputTokens: 200_000, rates: rates({ input: '2.5', cacheRead: '0.25', output: '15' }) },
);
const gptAudio = price({ input: '2.5', output: '10', audioInput: '32', audioOutput: '64' });
const flashImage = price({ input: '0.3', output: '2.5', imageOutput: '30' });

describe('costOf, against arithmetic by hand (nano-USD = tokens × USD per million × 1000)', () => {
  test.each<[string, Price, Partial<Usage>, bigint]>([
    // 20,000 × 5 = 100,000 + 80,000 × 0.5 = 40,000 + 1,000 × 30 = 30,000 → 170,000 millionths = $0.17
    ['cached input', gpt55, { input: 20_000, cacheRead: 80_000, output: 1_000 }, 170_000_000n],
    // 50 × 5 = 250 + 1,000 × 0.5 = 500 + 2,000 × 6.25 = 12,500 + 1,000 × 10 = 10,000 + 255 × 25 = 6,375 → 29,625
    [
      'cache writes of 5 minutes and 1 hour',
      opus,
      { input: 50, cacheRead: 1_000, cacheWrite5m: 2_000, cacheWrite1h: 1_000, output: 255 },
      29_625_000n,
    ],
    // Reasoning is inside the output: 100 × 5 = 500 + 120 × 30 = 3,600 → 4,100; the 100 reasoning tokens add nothing
    ['reasoning', gpt55, { input: 100, output: 120, reasoning: 100 }, 4_100_000n],
    // 10 × 2.5 = 25 + 200 × 32 = 6,400 + 15 × 10 = 150 + 300 × 64 = 19,200 → 25,775
    ['audio in and out', gptAudio, { input: 10, audioInput: 200, output: 15, audioOutput: 300 }, 25_775_000n],
    // 12 × 0.3 = 3.6 + 258 × 0.3 (image input as input) = 77.4 + 20 × 2.5 = 50 + 1,290 × 30 = 38,700 → 38,831
    [
      'image in and out',
      flashImage,
      { input: 12, imageInput: 258, output: 20, imageOutput: 1_290, images: 1 },
      38_831_000n,
    ],
    // Exactly 200,000 is still the lower tier: 200,000 × 1.25 = 250,000 + 1,000 × 10 = 10,000 → 260,000
    ['long context, at the threshold', geminiPro, { input: 200_000, output: 1_000 }, 260_000_000n],
    // One more: the whole request at the upper rates: 200,001 × 2.5 = 500,002.5 + 1,000 × 15 = 15,000 → 515,002.5
    ['long context, one token over', geminiPro, { input: 200_001, output: 1_000 }, 515_002_500n],
    // The tier goes by all input classes: 50,000 + 200,000 = 250,000 > 200,000:
    // 50,000 × 2.5 = 125,000 + 200,000 × 0.25 = 50,000 + 100 × 15 = 1,500 → 176,500
    ['long context by cached tokens', geminiPro, { input: 50_000, cacheRead: 200_000, output: 100 }, 176_500_000n],
    // OpenAI's step is "272K and more": 272,000 × 10 = 2,720,000 + 10 × 45 = 450 → 2,720,450
    ['long context of OpenAI', gpt55, { input: 272_000, output: 10 }, 2_720_450_000n],
    // 3 images × $0.04; the tokens are part of that price
    ['by image', price({ perImage: '0.04' }), { input: 30, images: 3 }, 120_000_000n],
    // $0.005 + 1,000 × 1 = 1,000 + 200 × 2 = 400 → $0.005 + $0.0014
    [
      'by request and by token',
      price({ perRequest: '0.005', input: '1', output: '2' }),
      { input: 1_000, output: 200 },
      6_400_000n,
    ],
    // 8 × 0.02 = 0.16 millionths = 160 nano
    ['embedding', price({ input: '0.02' }), { input: 8 }, 160n],
    ['no tokens at all', gpt55, {}, 0n],
  ])('%s', (_name, version, used, cost) => {
    expect(costOf(version, { ...nothing, ...used })).toBe(cost);
    const explained = explainCost(version, { ...nothing, ...used });
    expect(explained.cost).toBe(cost);
    const sum = explained.lines.reduce((total, line) => total + line.femtoUsd, 0n);
    expect((sum + 500_000n) / 1_000_000n).toBe(cost);
  });

  test('rounds half up once, over the whole sum and not line by line', () => {
    // 1 token at 500,000 nano per million = 0.5 nano → 1; two such lines = 1.0 → 1, not 2
    const half = { ...price({}), rates: { ...none, input: 500_000n, output: 500_000n } };
    expect(costOf(half, { ...nothing, input: 1 })).toBe(1n);
    expect(costOf(half, { ...nothing, input: 1, output: 1 })).toBe(1n);
    // 0.499999 nano → 0
    expect(costOf({ ...half, rates: { ...none, input: 499_999n } }, { ...nothing, input: 1 })).toBe(0n);
  });

  test('the multiplier is applied to the rounded cost', () => {
    // $0.029625 × 0.9 = $0.0266625
    expect(applyMultiplier(29_625_000n, 9_000)).toBe(26_662_500n);
  });

  test('stays exact where floats do not', () => {
    // 3 × 0.1 + 7 × 0.7 = 5.2 millionths; floats say 5.199999999999999
    expect(costOf(price({ input: '0.1', output: '0.7' }), { ...nothing, input: 3, output: 7 })).toBe(5_200n);
    // 9,007,199,254,740,991 tokens × $150 → no overflow
    expect(costOf(price({ input: '150' }), { ...nothing, input: Number.MAX_SAFE_INTEGER })).toBe(
      9_007_199_254_740_991n * 150_000n,
    );
  });
});

describe('a class without a rate', () => {
  test('falls back to its plain class, and the explanation says so', () => {
    const plain = price({ input: '2', output: '8' });
    // (10 + 20 + 30 + 40 + 50 + 60) × 2 = 420 + (5 + 6 + 7) × 8 = 144 → 564
    const used: Usage = {
      ...nothing,
      input: 10,
      cacheRead: 20,
      cacheWrite5m: 30,
      cacheWrite1h: 40,
      audioInput: 50,
      imageInput: 60,
      output: 5,
      audioOutput: 6,
      imageOutput: 7,
    };
    expect(costOf(plain, used)).toBe(564_000n);
    const line = explainCost(plain, used).lines.find((candidate) => candidate.class === 'audioOutput');
    expect(line).toEqual({
      class: 'audioOutput',
      quantity: 6,
      rate: 8_000_000_000n,
      ratedAs: 'output',
      femtoUsd: 48_000_000_000n,
    });
  });

  test('an hour of cache falls back to five minutes before it falls back to input', () => {
    // 100 × 2.5 = 250
    const write = price({ input: '2', cacheWrite5m: '2.5', output: '8' });
    expect(costOf(write, { ...nothing, cacheWrite1h: 100 })).toBe(250_000n);
  });

  test('is never free: usage that no rate covers is told as such', () => {
    expect(costOf(price({ input: '2' }), { ...nothing, input: 5, output: 5 })).toEqual({ unpriced: ['output'] });
    expect(costOf(price({ output: '2' }), { ...nothing, cacheRead: 5, output: 5 })).toEqual({
      unpriced: ['cacheRead'],
    });
    expect(costOf(price({}), { ...nothing, input: 1, images: 1 })).toEqual({ unpriced: ['input', 'images'] });
    expect(costOf(price({ perImage: '0.04' }), { ...nothing, output: 9 })).toEqual({ unpriced: ['output'] });
    expect(costOf(price({ input: '1' }), { ...nothing, input: 9, images: 1 })).toEqual({ unpriced: ['images'] });
    expect(explainCost(price({ input: '2' }), { ...nothing, input: 5, output: 5 }).cost).toEqual({
      unpriced: ['output'],
    });
  });

  test('a known price of zero is a price', () => {
    expect(costOf(price({ input: '0', output: '0' }), { ...nothing, input: 9 })).toBe(0n);
  });

  test.each([Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 60])('%s is no count', (count) => {
    expect(costOf(gpt55, { ...nothing, input: count })).toEqual({ unpriced: ['input'] });
    expect(costOf(price({ perRequest: '1' }), { ...nothing, images: count })).toEqual({ unpriced: ['images'] });
  });
});

describe('priceAt', () => {
  const at = (id: string, validFromMs: number): Price => ({ ...gpt55, id, validFromMs });
  const versions = [at('future', 3_000), at('now', 2_000), at('old', 1_000)];

  test.each<[number, string | null]>([
    [999, null],
    [1_000, 'old'],
    [1_999, 'old'],
    [2_000, 'now'],
    [2_999, 'now'],
    [3_000, 'future'],
  ])('at %i: %s', (atMs, id) => {
    expect(priceAt(versions, atMs)?.id ?? null).toBe(id);
  });
});

describe('estimateCost', () => {
  test('covers what the request can come to', () => {
    // 1,000 × 10 (all written to an hour of cache) = 10,000 + 100 × 25 = 2,500 → 12,500
    expect(estimateCost(opus, { inputTokens: 1_000, outputTokens: 100 })).toBe(12_500_000n);
    // 300,000 × 2.5 = 750,000 + 10 × 15 = 150
    expect(estimateCost(geminiPro, { inputTokens: 300_000, outputTokens: 10 })).toBe(750_150_000n);
    expect(
      estimateCost(price({ perImage: '0.04', perRequest: '0.01' }), { inputTokens: 5, outputTokens: 0, images: 2 }),
    ).toBe(90_000_000n);
    expect(estimateCost(price({ input: '0.02' }), { inputTokens: 8, outputTokens: 4_000 })).toBe(160n);
  });
});

test('the explanation names tier and price version', () => {
  const explained = explainCost(geminiPro, {
    ...nothing,
    input: 50_000,
    cacheRead: 200_000,
    output: 100,
    reasoning: 60,
  });
  expect(explained).toMatchObject({
    priceId: 'p1',
    totalInputTokens: 250_000,
    tierOverInputTokens: 200_000,
    reasoningTokens: 60,
  });
  expect(explained.lines.map((line) => [line.class, line.quantity, line.rate])).toEqual([
    ['input', 50_000, 2_500_000_000n],
    ['cacheRead', 200_000, 250_000_000n],
    ['output', 100, 15_000_000_000n],
  ]);
  expect(hasRate(none)).toBe(false);
  expect(hasRate({ ...none, perImage: 1n })).toBe(true);
});

test('a call costs no more than the budget of the hot path allows', () => {
  const used: Usage = { ...nothing, input: 4_740, cacheRead: 1_000, cacheWrite5m: 3_000, output: 255, reasoning: 100 };
  for (let i = 0; i < 20_000; i++) costOf(opus, used);
  const startedMs = performance.now();
  for (let i = 0; i < 100_000; i++) costOf(opus, used);
  const perCallUs = ((performance.now() - startedMs) * 1_000) / 100_000;
  console.log(`costOf: ${perCallUs.toFixed(2)} µs per call`);
  // The budget is 2 µs; a busy machine gets ten times that before it fails for a wrong reason.
  expect(perCallUs).toBeLessThan(20);
});
