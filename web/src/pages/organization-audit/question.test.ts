import { expect, test } from 'vitest';
import { askedOf } from './question.ts';

test('days are the reader’s, the last one included', () => {
  expect(askedOf({ since: '2026-03-01', until: '2026-03-01' }, 'Asia/Shanghai')).toMatchObject({
    since: '2026-02-28T16:00:00.000Z',
    until: '2026-03-01T16:00:00.000Z',
  });
});

test('a day of 23 hours ends with the day', () => {
  expect(askedOf({ since: '2026-03-29', until: '2026-03-29' }, 'Europe/Berlin')).toMatchObject({
    since: '2026-03-28T23:00:00.000Z',
    until: '2026-03-29T22:00:00.000Z',
  });
});

test('what the address says wrong counts as not said', () => {
  expect(askedOf({ since: 'yesterday', until: '2026-99-99', kind: 'weather', search: 'Ada' }, 'UTC')).toEqual({
    search: 'Ada',
    subject_kind: undefined,
    since: undefined,
    until: undefined,
  });
});
