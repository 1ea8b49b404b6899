import { expect, test } from 'vitest';
import { auditChanges, shownValue } from './audit-changes.ts';

test('every member with what it was and what it is', () => {
  expect(auditChanges({ state: 'active' }, { state: 'disabled', reason: 'lost laptop' })).toEqual([
    { name: 'state', before: 'active', after: 'disabled' },
    { name: 'reason', before: undefined, after: 'lost laptop' },
  ]);
  expect(auditChanges(null, null)).toEqual([]);
});

test('objects within are opened, lists are not', () => {
  expect(auditChanges(null, { limits: { rpm: 60, spend: { day: '2' } }, models: ['a'] })).toEqual([
    { name: 'limits.rpm', before: undefined, after: 60 },
    { name: 'limits.spend.day', before: undefined, after: '2' },
    { name: 'models', before: undefined, after: ['a'] },
  ]);
});

test('values in words', () => {
  expect([undefined, null, '', 'text', 0, false, ['a', 1]].map(shownValue)).toEqual([
    '–',
    '–',
    '–',
    'text',
    '0',
    'false',
    '["a",1]',
  ]);
});
