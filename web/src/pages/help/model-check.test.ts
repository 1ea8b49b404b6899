import { expect, test } from 'vitest';
import type { OfferedModel } from '../../api/schema.ts';
import { modelVerdict } from './model-check.ts';

const price = { id: 'p', valid_from: '2026-01-01T00:00:00Z', ends_at: null, tiers: [] };

function model(id: string, more: Partial<OfferedModel> = {}): OfferedModel {
  return {
    group: 'g',
    group_name: 'Group',
    vendor: 'openai',
    vendor_name: 'OpenAI',
    multiplier: '1',
    id,
    display_name: id,
    aliases: [],
    mode: 'chat',
    released_at: '2026-01-01',
    max_input_tokens: null,
    max_output_tokens: null,
    inputs: [],
    outputs: [],
    price,
    ...more,
  };
}

const models = [
  model('gpt-5.5', { aliases: ['gpt-4'] }),
  model('gpt-5.5-mini'),
  model('claude-sonnet-5'),
  model('old', { price: null }),
];
const everything = { allowed_models: null };

test('a name of the group is in order, an alias leads to its model', () => {
  expect(modelVerdict(' gpt-5.5 ', models, everything)).toMatchObject({ is: 'ok', isAlias: false });
  expect(modelVerdict('gpt-4', models, everything)).toMatchObject({
    is: 'ok',
    isAlias: true,
    model: { id: 'gpt-5.5' },
  });
});

test('a model that the key may not use, or that has no price, is told apart from one that is not there', () => {
  const some = { allowed_models: ['claude-sonnet-5'] };
  expect(modelVerdict('gpt-4', models, some)).toMatchObject({ is: 'notAllowed' });
  expect(modelVerdict('claude-sonnet-5', models, some)).toMatchObject({ is: 'ok' });
  expect(modelVerdict('old', models, everything)).toMatchObject({ is: 'noPrice' });
});

test.each([
  ['GPT-5.5', ['gpt-5.5', 'gpt-5.5-mini']],
  ['claude-sonet-5', ['claude-sonnet-5']],
  ['gpt-5.5-mini-preview', ['gpt-5.5-mini', 'gpt-5.5']],
  ['openai/gpt-5.5-mini-20260101', ['gpt-5.5-mini']],
  ['nothing-like-it', []],
  ['', []],
])('near %s: %j', (name, near) => {
  const verdict = modelVerdict(name, models, everything);
  expect(verdict.is).toBe('unknown');
  expect(verdict.is === 'unknown' && verdict.near.slice(0, near.length)).toEqual(near);
});
