import { expect, test } from 'vitest';
import { moved } from './moved.ts';

test('one place up or down', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
  expect(moved([], 0, 1)).toEqual([]);
});
