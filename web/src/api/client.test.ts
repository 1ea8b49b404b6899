import { describe, expect, test } from 'vitest';
import { addressOf, newIdempotencyKey } from './client.ts';
import { ApiProblem } from './problem.ts';
import { isWorthRetrying } from './queries.ts';

describe('addresses', () => {
  test.each([
    ['/control/v1/site', {}, {}, '/control/v1/site'],
    ['/control/v1/keys/{key}', { key: 'a/b c' }, {}, '/control/v1/keys/a%2Fb%20c'],
    ['/a/{one_id}/b/{two}', { one_id: '1', two: '2' }, {}, '/a/1/b/2'],
    ['/list', {}, { limit: 5, cursor: undefined, status: null, search: 'a&b' }, '/list?limit=5&search=a%26b'],
    ['/list', {}, { model: ['x', 'y'], live: false }, '/list?model=x&model=y&live=false'],
  ])('%s', (path, params, query, address) => {
    expect(addressOf(path, params, query)).toBe(address);
  });

  test.each([{}, { key: '' }, { other: 'x' }])(
    'a placeholder without a value is a mistake of the page: %j',
    (params) => {
      expect(() => addressOf('/keys/{key}', params)).toThrow('/keys/{key} needs key.');
    },
  );
});

test('idempotency keys differ', () => {
  const keys = Array.from({ length: 100 }, newIdempotencyKey);
  expect(new Set(keys).size).toBe(100);
  for (const key of keys) expect(key).toMatch(/^[\da-f-]{32,36}$/);
});

describe('what is asked again', () => {
  const problem = (status: number, code: string) =>
    new ApiProblem({ status, code, detail: '', errors: [], request_id: null });

  test.each([
    [0, problem(0, 'network_unreachable'), true],
    [1, problem(503, 'database_unavailable'), true],
    [2, problem(503, 'database_unavailable'), false],
    [0, problem(404, 'key_not_found'), false],
    [0, problem(401, 'session_missing'), false],
    [0, problem(429, 'rate_limited'), false],
    [0, new TypeError('a mistake of ours'), false],
  ])('after %i failures: %s', (failures, error, expected) => {
    expect(isWorthRetrying(failures, error)).toBe(expected);
  });
});
