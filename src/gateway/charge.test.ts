import { describe, expect, test } from 'vitest';
import type { Outcome } from '../journal/index.ts';
import type { ObservedFacts, Usage } from '../vendors/index.ts';
import { type ChargeFacts, decideCharge } from './charge.ts';
import { testPrice } from './testing.ts';

const usage: Usage = {
  input: 1_000,
  cacheRead: 200,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  audioInput: 0,
  imageInput: 0,
  output: 50,
  reasoning: 20,
  audioOutput: 0,
  imageOutput: 0,
  images: 0,
};

function facts(outcome: Outcome, change: Partial<ChargeFacts> = {}): ChargeFacts {
  return {
    outcome,
    metered: true,
    runningUsage: false,
    observed: observed(),
    bytesIn: 4_000,
    price: testPrice,
    multiplier: 9_000,
    ...change,
  };
}

function observed(change: Partial<ObservedFacts> = {}): ObservedFacts {
  return { usage, responseId: null, model: null, complete: true, error: null, outputBytes: 400, ...change };
}

describe('the published policy', () => {
  test('completed: the vendor’s usage', () => {
    // 1,000 × $5 + 200 × $0.50 + 50 × $30 per million = 5,000,000 + 100,000 + 1,500,000 nano; × 0.9 = 5,940,000.
    expect(decideCharge(facts('completed'))).toEqual({
      rule: 'actual_usage',
      usage,
      source: 'vendor',
      cost: 6_600_000n,
      actualCost: 5_940_000n,
    });
  });

  test('completed without usage: what was relayed is counted, and it shows', () => {
    const charge = decideCharge(facts('completed', { observed: observed({ usage: null }) }));
    // 4,000 bytes in = 1,000 tokens; 400 bytes out = 100 tokens: 1,000 × $5 + 100 × $30 per million.
    expect(charge).toMatchObject({ rule: 'estimated_output', source: 'estimated', cost: 8_000_000n });
    expect(charge.usage).toMatchObject({ input: 1_000, output: 100 });
  });

  test('client left in midstream: input as told, output as relayed', () => {
    const early = observed({ usage: { ...usage, output: 1 }, complete: false, outputBytes: 401 });
    const charge = decideCharge(facts('client_left_midstream', { observed: early }));
    expect(charge).toMatchObject({ rule: 'estimated_output', source: 'estimated' });
    expect(charge.usage).toMatchObject({ input: 1_000, cacheRead: 200, output: 101 });
  });

  test('client left in midstream of a wire with running totals: the vendor’s figure', () => {
    const running = observed({ complete: false, outputBytes: 4_000 });
    const charge = decideCharge(facts('client_left_midstream', { observed: running, runningUsage: true }));
    expect(charge).toMatchObject({ rule: 'actual_usage', source: 'vendor', usage });
  });

  test('client left before anything was generated: nothing', () => {
    const nothing = observed({ usage: null, complete: false, outputBytes: 0 });
    expect(decideCharge(facts('client_left_midstream', { observed: nothing }))).toMatchObject({
      rule: 'no_output',
      cost: 0n,
    });
    expect(decideCharge(facts('client_left_early', { observed: null }))).toMatchObject({ rule: 'no_output', cost: 0n });
  });

  test.each([
    ['refused', 'refused'],
    ['vendor_error', 'vendor_error'],
    ['stream_broken', 'vendor_error'],
    ['gateway_error', 'our_error'],
    ['interrupted', 'interrupted'],
  ] as const)('%s: nothing, though the vendor reported usage', (outcome, rule) => {
    expect(decideCharge(facts(outcome))).toMatchObject({ rule, cost: 0n, actualCost: 0n, usage });
  });

  test('an answer that is an error: nothing', () => {
    const failed = observed({ error: 'server_error' });
    expect(decideCharge(facts('completed', { observed: failed }))).toMatchObject({ rule: 'vendor_error', cost: 0n });
  });

  test('a free endpoint: nothing, and the usage is kept', () => {
    expect(decideCharge(facts('completed', { metered: false }))).toMatchObject({
      rule: 'free_endpoint',
      usage,
      cost: 0n,
    });
  });

  test('usage that nobody can price is never charged as 0 in silence', () => {
    const noRates = { ...testPrice, rates: { ...testPrice.rates, input: null } };
    expect(decideCharge(facts('completed', { price: noRates }))).toMatchObject({ rule: 'unpriced', usage, cost: 0n });
    expect(decideCharge(facts('completed', { price: null }))).toMatchObject({ rule: 'unpriced', usage, cost: 0n });
  });
});
