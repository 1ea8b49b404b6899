import { describe, expect, test } from 'vitest';
import { canGrow, questionOf, requestIdIn } from './question.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);

describe('what the list asks', () => {
  test('filters go as they are, numbers as numbers', () => {
    expect(questionOf({ status: '4xx', key: 'sk-lodge-AAAAAAAA', min_duration_ms: '500' }, nowMs)).toEqual({
      limit: 50,
      status: '4xx',
      key: 'sk-lodge-AAAAAAAA',
      min_duration_ms: 500,
    });
  });

  test('a span ends now, and stands before a time', () => {
    expect(questionOf({ last: '1h', since: '2026-01-01T00:00:00Z' }, nowMs)).toEqual({
      limit: 50,
      since: '2026-11-21T11:00:00.000Z',
    });
    expect(questionOf({ last: 'toString', since: '2026-01-01T00:00:00Z' }, nowMs)).toEqual({
      limit: 50,
      since: '2026-01-01T00:00:00Z',
    });
  });

  test('nothing new comes into a span that has ended', () => {
    expect(canGrow({}, nowMs)).toBe(true);
    expect(canGrow({ until: '2026-11-21T11:59:00Z' }, nowMs)).toBe(false);
    expect(canGrow({ until: '2026-11-21T12:01:00Z' }, nowMs)).toBe(true);
    expect(canGrow({ until: 'soon' }, nowMs)).toBe(true);
  });
});

test.each([
  ['req_01M7Y9KYSPY97C41N0583Q0KS0ZB', 'req_01M7Y9KYSPY97C41N0583Q0KS0ZB'],
  [' REQ-01m7y9kyspy97c41n0583q0ks0zb\n', 'req_01M7Y9KYSPY97C41N0583Q0KS0ZB'],
  ['The key is unknown. (request id: req_01M7Y9KYSPY97C41N0583Q0KS0ZB)', 'req_01M7Y9KYSPY97C41N0583Q0KS0ZB'],
  ['x-request-id:req_01M7Y9KYSPY97C41N0583Q0KS0ZB"', 'req_01M7Y9KYSPY97C41N0583Q0KS0ZB'],
  ['req_01M7Y9KYSPY97C41N0583Q0KS0Z', null],
  ['req_01M7Y9KYSPY97C41N0583Q0KS0ZBB', null],
  ['unreq_01M7Y9KYSPY97C41N0583Q0KS0ZB', null],
  ['chatcmpl-123', null],
])('the request id in %s', (text, id) => {
  expect(requestIdIn(text)).toBe(id);
});
