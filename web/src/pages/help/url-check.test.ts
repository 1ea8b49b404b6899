import { expect, test } from 'vitest';
import { urlFault } from './url-check.ts';

const openai = 'https://api.site.example/v1';
const anthropic = 'https://api.site.example';

test.each([
  [openai, openai],
  ['  https://api.site.example/v1/ ', openai],
  ['https://API.site.example', anthropic],
  ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
])('%s is right for %s', (given, wanted) => {
  expect(urlFault(given, wanted)).toBeNull();
});

test.each([
  ['"https://api.site.example/v1"', openai, 'marks', ''],
  ['https://api.site.example/ v1', openai, 'marks', ''],
  ['api.site.example/v1', openai, 'notUrl', ''],
  ['ftp://api.site.example/v1', openai, 'notUrl', ''],
  ['https://api.site.example/v1?key=abc', openai, 'query', ''],
  ['https://api.openai.com/v1', openai, 'otherHost', 'api.openai.com'],
  ['http://api.site.example/v1', openai, 'plain', ''],
  ['https://api.site.example/v1/v1', openai, 'twice', '/v1/v1'],
  ['https://api.site.example/v1/chat/completions', openai, 'endpoint', '/chat/completions'],
  ['https://api.site.example/v1/messages', anthropic, 'endpoint', '/messages'],
  ['https://api.site.example', openai, 'noVersion', '/v1'],
  ['https://api.site.example/v1', anthropic, 'hasVersion', '/v1'],
  ['https://api.site.example/v1beta', anthropic, 'hasVersion', '/v1beta'],
  ['https://api.site.example/openai', openai, 'otherPath', '/openai'],
])('%s for %s: %s', (given, wanted, fault, part) => {
  expect(urlFault(given, wanted)).toEqual({ fault, part });
});
