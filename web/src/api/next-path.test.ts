import { expect, test } from 'vitest';
import { safeNext, signInPath } from './next-path.ts';

test.each(['/console/keys', '/console/keys/key_1?tab=limits#spend', '/console/requests?status=failed&model=gpt-4.1'])(
  '%s is a page to come back to',
  (next) => {
    expect(safeNext(next)).toBe(next);
  },
);

test.each([
  null,
  undefined,
  '',
  '/',
  'keys',
  '/docs',
  '/consolekeys',
  'https://evil.example/console/',
  '//evil.example/console/',
  '/\\evil.example',
  '/console/\\..\\..\\evil',
  '/console/../control/v1/session',
  '/console/%2e%2e/control/v1/session',
  '/\t/evil.example',
  '/console/\n//evil.example',
  'javascript:alert(1)',
  ' /console/keys',
  '/console/sign-in?next=/console/keys',
  '/console/register',
])('%j is none', (next) => {
  expect(safeNext(next)).toBe('/console/');
});

test('the sign-in page leads back', () => {
  expect(signInPath('/console/keys?a=b')).toBe('/sign-in?next=%2Fconsole%2Fkeys%3Fa%3Db');
  expect(signInPath('/console/')).toBe('/sign-in');
});
