import { expect, test } from 'vitest';
import { holdRows, questionOf, viewOf } from './question.ts';

test('an address that says nothing asks for the inbox, and nonsense is left out', () => {
  expect(questionOf({})).toMatchObject({ view: 'inbox', queue: undefined, limit: 50 });
  expect(questionOf({ view: 'x', queue: 'toString', priority: 'urgent' })).toMatchObject({
    view: 'inbox',
    queue: undefined,
    priority: 'urgent',
  });
});

test('spam is in no view but all', () => {
  expect(viewOf({ queue: 'spam' })).toBe('all');
  expect(viewOf({ queue: 'bug' })).toBe('inbox');
  expect(viewOf({ queue: 'bug', view: 'solved' })).toBe('solved');
});

const rows = (...ids: string[]) => ids.map((id) => ({ id, text: id }));

test('rows that are read stay where they are', () => {
  const shown = rows('a', 'b', 'c');
  const fresh = [{ id: 'new', text: 'new' }, { id: 'c', text: 'changed' }, ...rows('a', 'd')];
  expect(holdRows(shown, fresh)).toEqual({
    rows: [...rows('a', 'b'), { id: 'c', text: 'changed' }, ...rows('d')],
    waiting: 1,
  });
});

test('an empty list waits for nothing', () => {
  expect(holdRows([], rows('a'))).toEqual({ rows: rows('a'), waiting: 0 });
});
