import { expect, test } from 'vitest';
import { plainSearch } from './navigation.tsx';

test.each([
  [{}, ''],
  [{ status: 'failed', model: 'gpt-4.1' }, '?status=failed&model=gpt-4.1'],
  [{ search: 'a b&c=1', cursor: undefined, none: null, empty: '' }, '?search=a+b%26c%3D1'],
  [{ code: '401', flag: 'true' }, '?code=401&flag=true'],
])('%j is written %s', (search, text) => {
  expect(plainSearch.stringify(search)).toBe(text);
});

test('what looks like a number or JSON stays text', () => {
  expect(plainSearch.parse('?code=401&flag=true&list=[1]')).toEqual({ code: '401', flag: 'true', list: '[1]' });
});
