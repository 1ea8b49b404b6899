import { expect, test } from 'vitest';
import type { OfferedModel } from '../key-parts/offers.ts';
import { addressOf, lineOf, narrowed } from './list.ts';

function model(id: string, group: string, input: string | null, differs: Partial<OfferedModel> = {}): OfferedModel {
  const line = (usd: string) =>
    ({ class: 'input', unit: 'million_tokens', list_usd: usd, effective_usd: usd }) as const;
  return {
    group,
    group_name: group,
    vendor: 'openai',
    vendor_name: 'OpenAI',
    multiplier: '1',
    id,
    display_name: id.toUpperCase(),
    aliases: [],
    mode: 'chat',
    released_at: '2026-01-01T00:00:00.000Z',
    max_input_tokens: null,
    max_output_tokens: null,
    inputs: ['text'],
    outputs: ['text'],
    price:
      input === null
        ? null
        : { id: 'p', valid_from: '', ends_at: null, tiers: [{ over_input_tokens: 0, lines: [line(input)] }] },
    ...differs,
  };
}

const models = [
  model('b', 'fast', '2', { aliases: ['bee'], released_at: '2026-02-01T00:00:00.000Z' }),
  model('a', 'fast', '10'),
  model('a', 'slow', null, { vendor: 'anthropic', mode: 'embedding' }),
];

function shown(narrowing: Parameters<typeof narrowed>[1]): string[] {
  return narrowed(models, narrowing).map(addressOf);
}

test('newest first, then by name and group', () => {
  expect(shown({})).toEqual(['fast/b', 'fast/a', 'slow/a']);
  expect(shown({ sort: 'name' })).toEqual(['fast/a', 'slow/a', 'fast/b']);
});

test('by price, as numbers, those without one last', () => {
  expect(shown({ sort: 'input' })).toEqual(['fast/b', 'fast/a', 'slow/a']);
  expect(shown({ sort: '-input' })).toEqual(['fast/a', 'fast/b', 'slow/a']);
});

test.each([
  [{ search: ' BEE ' }, ['fast/b']],
  [{ vendor: 'anthropic' }, ['slow/a']],
  [{ group: 'fast' }, ['fast/b', 'fast/a']],
  [{ mode: 'embedding' }, ['slow/a']],
  [{ search: 'nothing' }, []],
])('narrowed by %o', (narrowing, addresses) => {
  expect(shown(narrowing)).toEqual(addresses);
});

test('the price of a class that a model does not have', () => {
  const [first] = models;
  expect(first && lineOf(first, 'input')?.list_usd).toBe('2');
  expect(first && lineOf(first, 'output')).toBeNull();
});
