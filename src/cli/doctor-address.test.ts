import { expect, test } from 'vitest';
import { modelsUrl, readAddress } from './doctor-address.ts';
import { modelsIn, nearNames } from './doctor-calls.ts';

test.each([
  ['https://a.test/v1', 'https://a.test', '/v1', null, 'https://a.test/v1/models'],
  ['https://a.test/', 'https://a.test', '', null, 'https://a.test/v1/models'],
  ['https://a.test/v1beta', 'https://a.test', '/v1beta', 'gemini', 'https://a.test/v1beta/models'],
  ['https://a.test/anthropic', 'https://a.test', '/anthropic', 'anthropic', 'https://a.test/anthropic/v1/models'],
  ['https://a.test/gemini', 'https://a.test', '/gemini', 'gemini', 'https://a.test/gemini/v1beta/models'],
  ['https://a.test/openai/v1/', 'https://a.test', '/openai/v1', 'openai', 'https://a.test/openai/v1/models'],
  ['http://a.test:81/ai/v1', 'http://a.test:81/ai', '/v1', null, 'http://a.test:81/ai/v1/models'],
])('%s is a base URL', (text, root, form, family, models) => {
  const read = readAddress(text);
  if (!read.ok) throw new Error(read.message);
  expect(read.address).toMatchObject({ root, form, family });
  expect(modelsUrl(read.address)).toBe(models);
});

test.each([
  [' https://a.test/v1', 'base_url_whitespace'],
  ['a.test/v1', 'base_url_invalid'],
  ['https://', 'base_url_invalid'],
  ['https://u:p@a.test/v1', 'base_url_credentials'],
  ['https://a.test/v1?key=x', 'base_url_query'],
  ['https://a.test/v1/v1', 'base_url_doubled'],
  ['https://a.test/v1/chat/completions', 'base_url_endpoint'],
  ['https://a.test/v1/messages', 'base_url_endpoint'],
])('%s is none: %s', (text, code) => {
  expect(readAddress(text)).toMatchObject({ ok: false, code });
});

test('lists of models in the three shapes', () => {
  expect(modelsIn({ object: 'list', data: [{ id: 'a' }] })).toEqual({ family: 'openai', names: ['a'] });
  expect(modelsIn({ data: [{ id: 'a', type: 'model' }], has_more: false })).toEqual({
    family: 'anthropic',
    names: ['a'],
  });
  expect(modelsIn({ models: [{ name: 'models/a' }] })).toEqual({ family: 'gemini', names: ['a'] });
  expect(modelsIn('<html>')).toBeNull();
});

test('near names come nearest first', () => {
  expect(nearNames('gpt5.5', ['gpt-5.4', 'gpt-5.5', 'claude-opus-4-8'])).toEqual(['gpt-5.5', 'gpt-5.4']);
});
