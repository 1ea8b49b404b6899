import { describe, expect, test } from 'vitest';
import { newKey } from '../src/base/key-format.ts';
import { errorEnvelope, matchEndpoint, modelListBody } from '../src/vendors/index.ts';
import { keyProblem } from '../web/src/pages/connect/key-check.ts';
import { modelsCall, readModels, readRefusal, smallCall } from '../web/src/pages/connect/test-call.ts';
import { families } from '../web/src/pages/connect/tools.ts';

/** What the console does by itself with keys and calls, held against the gateway that it does it for. */

const { secret, prefix } = newKey('lodge');
const swapped = secret.endsWith('0') ? '1' : '0';

test('a key that was made here is a key to the console', () => {
  for (let count = 0; count < 50; count++) {
    const made = newKey('lodge');
    expect(keyProblem(made.secret, made.prefix)).toBeNull();
    expect(keyProblem(` ${made.secret}\n`, made.prefix)).toBeNull();
  }
});

test.each([
  ['empty', '  '],
  ['quotes', `"${secret}"`],
  ['space', `Bearer ${secret}`],
  ['space', `${secret.slice(0, 20)}\u200b${secret.slice(20)}`],
  ['shortened', `${prefix}…`],
  ['otherSite', newKey('other').secret],
  ['otherSite', 'AIzaSyA-not-one-of-ours'],
  ['otherKey', newKey('lodge').secret],
  ['truncated', secret.slice(0, -1)],
  ['truncated', prefix],
  ['truncated', prefix.slice(0, -3)],
  ['long', `${secret}x`],
  ['mistyped', secret.slice(0, -1) + swapped],
] as const)('a pasted key is told to be %s: %s', (problem, text) => {
  expect(keyProblem(text, prefix)).toBe(problem);
});

describe.each(families)('the test of a key of %s', (family) => {
  const pathOf = (target: string) => target.replace(/\?.*$/, '');

  test('asks endpoints of that family, with the key in a header', () => {
    const calls = [modelsCall(family, secret), smallCall({ id: family, family }, secret, 'any-model')];
    const found = calls.map(({ method, path }) => matchEndpoint(method, pathOf(path), family));
    expect(found).toMatchObject([{ endpoint: { family, local: true } }, { endpoint: { family, metering: 'usage' } }]);
    for (const { path, headers } of calls) {
      expect(path).not.toContain(secret);
      expect(Object.values(headers).join()).toContain(secret);
    }
  });

  test('reads the list of models', () => {
    const facts = {
      displayName: 'A',
      createdAtMs: 0,
      ownedBy: 'x',
      mode: 'chat',
      maxInputTokens: 1,
      maxOutputTokens: 1,
    };
    const models = Array.from({ length: 120 }, (_, index) => ({ ...facts, id: `m-${index}` }));
    const query = modelsCall(family, secret).path.replace(/^[^?]*/, '');
    const read = readModels(family, JSON.parse(modelListBody(family, models, query)));
    expect(new Set(read)).toEqual(new Set(models.map(({ id }) => id)));
    expect(readModels(family, { error: {} })).toBeNull();
  });

  test('reads the code and the words of a refusal', () => {
    const refusal = {
      status: 401,
      code: 'key_disabled',
      message: 'The key is disabled.',
      requestId: 'req_1',
      retryAfterSeconds: null,
      docsUrl: 'https://lodge.example/docs/errors',
      actor: 'you',
      charged: false,
      action: 'Enable it.',
      param: null,
    } as const;
    const read = readRefusal(JSON.parse(errorEnvelope(family, refusal)));
    expect(read?.code).toBe('key_disabled');
    expect(read?.message).toContain('The key is disabled. Enable it.');
  });
});

test('vendors that speak OpenAI’s older protocol are asked in it', () => {
  const { path, body } = smallCall({ id: 'deepseek', family: 'openai' }, secret, 'chat');
  expect(path).toBe('/v1/chat/completions');
  expect(JSON.parse(body ?? '')).toMatchObject({ model: 'chat', max_tokens: 16 });
});
