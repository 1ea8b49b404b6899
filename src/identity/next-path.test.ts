import { expect, test } from 'vitest';
import { safeNext } from './next-path.ts';

test.each([
  ['/console/keys?group=a#top', '/console/keys?group=a#top'],
  ['/console/', '/console/'],
  [undefined, '/console/'],
  ['', '/console/'],
  ['https://evil.test/console/', '/console/'],
  ['//evil.test/console/', '/console/'],
  ['/\\evil.test/console/', '/console/'],
  ['/console/\\..\\..\\evil', '/console/'],
  ['/console/../admin/v1/keys', '/console/'],
  ['/console/..//evil.test', '/console/'],
  ['/console/%2e%2e/%2e%2e//evil.test', '/console/'],
  ['/console//evil.test', '/console//evil.test'],
  ['/console/\t//evil', '/console/'],
  ['/console/\u0000', '/console/'],
  ['javascript:alert(1)', '/console/'],
  ['/consoleevil', '/console/'],
  ['/control/v1/session', '/console/'],
  [`/console/${'x'.repeat(600)}`, '/console/'],
])('%s leads to %s', (next, path) => {
  expect(safeNext(next)).toBe(path);
});
