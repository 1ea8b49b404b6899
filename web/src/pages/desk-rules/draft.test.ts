import { expect, test } from 'vitest';
import { conditionsOf, draftOf, emptyKinds } from './draft.ts';

test('conditions are edited as text and come back as lists', () => {
  const conditions = { subject: ['refund', 'invoice'], plan: ['pro' as const], impact: true, verified: false };
  const draft = draftOf(conditions);
  expect(draft).toEqual({ subject: 'refund\ninvoice', plan: ['pro'], impact: true, verified: false });
  expect(conditionsOf(draft)).toEqual(conditions);
});

test('what was begun and left empty is no condition', () => {
  const draft = { subject: ' \n', plan: [], domain: 'a.example，b.example\na.example' };
  expect(conditionsOf(draft)).toEqual({ domain: ['a.example', 'b.example'] });
  expect(emptyKinds(draft)).toEqual(['subject', 'plan']);
});
