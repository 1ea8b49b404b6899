import { expect, test } from 'vitest';
import { judge } from './verdict.ts';

test.each([200, 201, 204])('%d goes down', (status) =>
  expect(judge('openai', status, undefined)).toEqual({ serve: true }),
);

test.each([400, 404, 409, 413, 422])('%d is about the request: it goes down as it is', (status) => {
  expect(judge('anthropic', status, undefined)).toEqual({ serve: true });
});

test.each([401, 402, 403])('%d is about the site’s account, never the customer’s key', (status) => {
  expect(judge('openai', status, undefined)).toMatchObject({
    refusal: { code: 'upstream_credentials', status: 502 },
    elsewhere: true,
  });
});

test('the vendor’s 429 is not the customer’s limit, and its wait is capped', () => {
  expect(judge('openai', 429, '7')).toMatchObject({
    refusal: { code: 'upstream_rate_limited', status: 503, retryAfterSeconds: 7 },
  });
  expect(judge('openai', 429, '3600')).toMatchObject({ refusal: { retryAfterSeconds: 60 } });
  expect(judge('openai', 429, 'Wed, 21 Oct 2026 07:28:00 GMT')).toMatchObject({ refusal: { retryAfterSeconds: 2 } });
});

test('an overloaded vendor keeps Anthropic’s 529 on Anthropic’s wire', () => {
  expect(judge('anthropic', 529, undefined)).toMatchObject({ refusal: { code: 'upstream_overloaded', status: 529 } });
  expect(judge('openai', 503, undefined)).toMatchObject({ refusal: { code: 'upstream_overloaded', status: 503 } });
});

test.each([500, 502, 504])('%d is tried elsewhere', (status) => {
  expect(judge('gemini', status, undefined)).toMatchObject({
    refusal: { code: 'upstream_error' },
    elsewhere: true,
    sick: true,
  });
});

test.each([301, 302, 307])('%d is never followed', (status) => {
  expect(judge('openai', status, undefined)).toMatchObject({ serve: false, elsewhere: false });
});
