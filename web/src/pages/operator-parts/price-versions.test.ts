import { expect, test } from 'vitest';
import type { Price } from '../../api/schema.ts';
import { pricesInForce, versionsOf } from './price-versions.ts';

const price = (id: string, valid_from: string, model = 'gpt-5.5'): Price => ({
  id,
  vendor: 'openai',
  model,
  valid_from,
  rates: { input: '1' },
  tiers: [],
  source: 'operator',
});

const versions = [
  price('b', '2026-06-01T00:00:00Z'),
  price('c', '2027-01-01T00:00:00Z'),
  price('a', '2026-01-01T00:00:00Z'),
];
const nowMs = Date.parse('2026-11-21T00:00:00Z');

test('newest first, and one in force', () => {
  expect(versionsOf(versions, nowMs).map(({ price: { id }, state }) => [id, state])).toEqual([
    ['c', 'future'],
    ['b', 'now'],
    ['a', 'past'],
  ]);
  expect(versionsOf(versions, 0).map(({ state }) => state)).toEqual(['future', 'future', 'future']);
});

test('the price in force, by model', () => {
  const others = [...versions, price('later', '2027-01-01T00:00:00Z', 'gpt-7')];
  expect([...pricesInForce(others, nowMs)].map(([name, { id }]) => [name, id])).toEqual([['openai/gpt-5.5', 'b']]);
});
