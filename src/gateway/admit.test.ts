import { describe, expect, test } from 'vitest';
import { newKey } from '../base/key-format.ts';
import { matchEndpoint } from '../vendors/index.ts';
import {
  decideCredential,
  decideGroup,
  decideKeyState,
  decideModel,
  decideOccupancy,
  decideQuery,
  decideRate,
  decideSpend,
  decideTokens,
} from './admit.ts';
import type { Refusal } from './errors.ts';
import { testGroup, testKey } from './testing.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);

function codeOf(result: unknown): string | null {
  return result !== null && typeof result === 'object' && 'code' in result ? (result as Refusal).code : null;
}

function endpoint(path: string, family: 'openai' | 'anthropic' | 'gemini') {
  const match = matchEndpoint('POST', path, family);
  if (!('endpoint' in match)) throw new Error(`no endpoint ${path}`);
  return match.endpoint;
}

describe('a key in the query', () => {
  test.each(['?key=abc', '?alt=sse&key=abc', '?api_key=x', '?apikey=x', '?API-KEY=x', '?access_token=x'])(
    '%s is refused',
    (query) => {
      expect(codeOf(decideQuery(query, 'sk-lodge-'))).toBe('api_key_in_query');
    },
  );

  test('so is a key of this site under any name', () => {
    expect(codeOf(decideQuery('?tag=sk-lodge-abc', 'sk-lodge-'))).toBe('api_key_in_query');
  });

  test.each(['', '?', '?beta=true', '?alt=sse', '?pageToken=abc&limit=5', '?keyword=x'])('%s passes', (query) => {
    expect(decideQuery(query, 'sk-lodge-')).toBeNull();
  });
});

describe('credentials', () => {
  const good = newKey('lodge').secret;

  test('none at all', () => expect(codeOf(decideCredential([], 'lodge'))).toBe('key_missing'));

  test('the first that is a key of this site counts, wherever it stands', () => {
    expect(decideCredential(['sk-ant-other', good], 'lodge')).toMatchObject({ secret: good });
  });

  test.each([
    ['a trailing blank', `${good} `, 'space'],
    ['cut off', good.slice(0, -3), 'missing'],
    ['mistyped', good.slice(0, -1) + (good.endsWith('A') ? 'B' : 'A'), 'mistyped'],
    ['quoted', `"${good}"`, 'quotation'],
    ['a vendor’s own', 'sk-proj-0123456789abcdef', 'vendor'],
  ])('%s is told apart', (_, presented, word) => {
    const refused = decideCredential([presented], 'lodge');
    expect(codeOf(refused)).toBe('key_malformed');
    expect(String((refused as Refusal).detail['hint'])).toContain(word);
    expect(JSON.stringify(refused)).not.toContain(good.slice(20, 40));
  });
});

describe('the state of a key', () => {
  test('enabled passes', () => expect(decideKeyState(testKey(), nowMs)).toBeNull());
  test('disabled', () => expect(codeOf(decideKeyState(testKey({ state: 'disabled' }), nowMs))).toBe('key_disabled'));
  test('deleted', () => expect(codeOf(decideKeyState(testKey({ state: 'deleted' }), nowMs))).toBe('key_deleted'));
  test('expired at that very moment', () =>
    expect(codeOf(decideKeyState(testKey({ expiresAtMs: nowMs }), nowMs))).toBe('key_expired'));
  test('not yet expired', () => expect(decideKeyState(testKey({ expiresAtMs: nowMs + 1 }), nowMs)).toBeNull());
});

describe('group and endpoint', () => {
  const chat = endpoint('/v1/chat/completions', 'openai');
  const messages = endpoint('/v1/messages', 'anthropic');

  test('the group’s own vendor passes', () =>
    expect(decideGroup(testGroup(), 'g', chat, '/v1/chat/completions')).toBeNull());

  test('another vendor’s endpoint names both', () => {
    const refused = decideGroup(testGroup(), 'openai-standard', messages, '/v1/messages');
    expect(refused).toMatchObject({
      code: 'wrong_vendor',
      status: 403,
      detail: { vendor: 'OpenAI', group: 'openai-standard', wanted: 'Anthropic' },
    });
  });

  test('a closed or vanished group', () => {
    expect(codeOf(decideGroup(testGroup({ enabled: false }), 'g', chat, '/'))).toBe('group_disabled');
    expect(codeOf(decideGroup(undefined, 'g', chat, '/'))).toBe('group_disabled');
  });
});

describe('the model', () => {
  const group = testGroup();

  test('by canonical name and by alias', () => {
    expect(decideModel(group, testKey(), 'gpt-5.5')).toMatchObject({ id: 'gpt-5.5' });
    expect(decideModel(group, testKey(), 'gpt-4')).toMatchObject({ id: 'gpt-5.5' });
  });

  test('an unknown one names near ones', () => {
    const refused = decideModel(group, testKey(), 'gpt-5.4-mimi') as Refusal;
    expect(refused.code).toBe('model_not_found');
    expect(refused.detail['near']).toContain('gpt-5.4-mini');
  });

  test('the allow-list of the key holds for aliases too', () => {
    const key = testKey({ allowedModels: new Set(['gpt-5.4-mini']) });
    expect(codeOf(decideModel(group, key, 'gpt-4'))).toBe('model_not_allowed');
    expect(decideModel(group, key, 'gpt-5.4-mini')).toMatchObject({ id: 'gpt-5.4-mini' });
  });

  test('names of JavaScript’s own objects are names like others', () => {
    for (const name of ['__proto__', 'constructor', 'toString'])
      expect(codeOf(decideModel(group, testKey(), name))).toBe('model_not_found');
  });
});

describe('limits', () => {
  test('a full window says in whole seconds when to come back', () => {
    const window = { allowed: false, limit: 60, used: 60, remaining: 0, resetAtMs: nowMs + 1_200 };
    expect(decideRate(window, nowMs)).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 2 });
    expect(decideRate({ ...window, resetAtMs: nowMs - 5 }, nowMs)?.retryAfterSeconds).toBe(1);
    expect(decideRate({ ...window, resetAtMs: nowMs + 3_600_000 }, nowMs)?.retryAfterSeconds).toBe(60);
  });

  test('concurrency and tokens', () => {
    expect(decideOccupancy({ allowed: true, running: 3 }, 3)).toBeNull();
    expect(codeOf(decideOccupancy({ allowed: false, running: 3 }, 3))).toBe('concurrency_limited');
    expect(decideTokens(100, 99)).toBeNull();
    expect(codeOf(decideTokens(100, 100))).toBe('token_rate_limited');
  });
});

describe('spending caps', () => {
  const usd = 1_000_000_000n;

  test('no caps, no state', () => expect(decideSpend({}, {}, nowMs)).toEqual({ refusal: null, closest: null }));

  test('passes below the cap and refuses at it, naming window and reset', () => {
    const startedAtMs = nowMs - 3_600_000;
    const at = (spent: bigint) => decideSpend({ '5h': 2n * usd }, { '5h': { startedAtMs, spent } }, nowMs);
    expect(at(2n * usd - 1n).refusal).toBeNull();
    const { refusal, closest } = at(2n * usd);
    expect(refusal).toMatchObject({ code: 'spending_limit_reached', status: 402, retryAfterSeconds: null });
    expect(refusal?.detail).toMatchObject({ used: '2', limit: '2', window: ' in 5h' });
    expect(closest).toMatchObject({ kind: 'spend_5h', resetAt: (startedAtMs + 5 * 3_600_000) / 1000 });
  });

  test('a window that is over counts for nothing', () => {
    const startedAtMs = nowMs - 5 * 3_600_000;
    expect(decideSpend({ '5h': usd }, { '5h': { startedAtMs, spent: 9n * usd } }, nowMs).refusal).toBeNull();
  });

  test('a cap of 0 refuses everything', () => {
    expect(codeOf(decideSpend({ total: 0n }, {}, nowMs).refusal)).toBe('spending_limit_reached');
  });

  test('of several the one nearest to its limit is told', () => {
    const caps = { total: 100n * usd, '1d': 10n * usd };
    const states = { total: { startedAtMs: 0, spent: 50n * usd }, '1d': { startedAtMs: nowMs, spent: 9n * usd } };
    expect(decideSpend(caps, states, nowMs).closest?.kind).toBe('spend_1d');
  });
});
