import { describe, expect, test } from 'vitest';
import { ApiProblem, asProblem, fieldErrors, problemFrom } from './problem.ts';

const document = {
  type: '/docs/errors#input_invalid',
  title: 'Bad Request',
  status: 400,
  detail: 'name: is needed',
  code: 'input_invalid',
  errors: [{ field: 'body.name', message: 'is needed' }],
  request_id: 'req_1',
};

describe('the problem in an answer', () => {
  test('a problem document is taken as it is', () => {
    const problem = problemFrom(400, JSON.stringify(document), new Headers({ 'retry-after': '7' }));
    expect(problem).toMatchObject({
      status: 400,
      code: 'input_invalid',
      detail: 'name: is needed',
      errors: document.errors,
      request_id: 'req_1',
      retryAfterSeconds: 7,
    });
  });

  test.each([
    ['a page of a proxy', '<html>502</html>'],
    ['nothing', ''],
    ['other JSON', '{"error":{"message":"no"}}'],
    ['a list', '[1]'],
    ['null', 'null'],
  ])('%s is told apart, and keeps its request id', (_, text) => {
    const problem = problemFrom(502, text, new Headers({ 'x-request-id': 'req_2' }));
    expect(problem).toMatchObject({ status: 502, code: 'answer_unreadable', request_id: 'req_2', errors: [] });
  });

  test('entries that are no field errors are left out, and a date to wait for is none', () => {
    const text = JSON.stringify({ ...document, errors: [null, 'x', { field: 'body.a' }, ...document.errors] });
    const problem = problemFrom(429, text, new Headers({ 'retry-after': 'Sat, 21 Nov 2026 00:00:00 GMT' }));
    expect(problem.errors).toEqual(document.errors);
    expect(problem.retryAfterSeconds).toBeNull();
  });
});

test('whatever was thrown can be shown', () => {
  const known = new ApiProblem({ ...document, errors: [] });
  expect(asProblem(known)).toBe(known);
  expect(asProblem(new TypeError('x is undefined'))).toMatchObject({ status: 0, code: 'page_failed' });
  expect(asProblem('text')).toMatchObject({ detail: 'text' });
});

describe('errors find their fields', () => {
  const names = ['name', 'limits.requests_per_minute', 'limits.spend_usd.5h', 'allowed_models', ''];
  const sort = (...fields: string[]) =>
    fieldErrors({ ...document, errors: fields.map((field) => ({ field, message: `${field} is wrong` })) }, names);

  test.each([
    ['body.name', 'name'],
    ['body.limits.requests_per_minute', 'limits.requests_per_minute'],
    ['body.limits.spend_usd.5h', 'limits.spend_usd.5h'],
    ['body.allowed_models.3', 'allowed_models'],
    ['query.name', 'name'],
  ])('%s → %s', (field, name) => {
    expect(sort(field)).toEqual({ byField: { [name]: `${field} is wrong` }, others: [] });
  });

  test.each(['body', 'body.limits', 'body.note', 'params.key'])('%s belongs to the whole form', (field) => {
    expect(sort(field)).toEqual({ byField: {}, others: [{ field, message: `${field} is wrong` }] });
  });

  test('the first error of a field is the one that is shown', () => {
    expect(sort('body.allowed_models.0', 'body.allowed_models.1').byField).toEqual({
      allowed_models: 'body.allowed_models.0 is wrong',
    });
  });
});
