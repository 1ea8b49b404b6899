import { expect, test } from 'vitest';
import { pages } from './routes.tsx';
import { missingNeed, navigationPage } from './shell/access.ts';

test('every path is there once, and plain', () => {
  const paths = pages.map((page) => page.path);
  expect(new Set(paths).size).toBe(paths.length);
  for (const path of paths)
    expect(path).toMatch(/^\/(?:$|(?:\$?[a-z][a-z0-9-]*|\$)(?:\/\$?[a-z][a-z0-9_-]*)*$)|^\/\$$/);
});

test('a page of the navigation has an icon, needs no parameter, and stands in the frame', () => {
  for (const page of pages.filter(({ section }) => section)) {
    expect(page.icon, page.path).toBeDefined();
    expect(page.path).not.toContain('$');
    expect(page.frame ?? 'shell').toBe('shell');
  }
});

test('who may see a page', () => {
  const organization = { permissions: ['keys.read'] };
  const staff = { permissions: ['customers.read'] };
  expect(missingNeed({}, { organization: null, staff: null })).toBeNull();
  expect(missingNeed({ needs: { permission: 'keys.read' } }, { organization, staff: null })).toBeNull();
  expect(missingNeed({ needs: { permission: 'keys.write' } }, { organization, staff })).toBe('permission');
  expect(missingNeed({ needs: { permission: 'keys.read' } }, { organization: null, staff })).toBe('permission');
  expect(missingNeed({ needs: { staff: 'customers.read' } }, { organization: null, staff })).toBeNull();
  expect(missingNeed({ needs: { staff: 'customers.read' } }, { organization, staff: null })).toBe('staff');
});

test('which line of the navigation is marked', () => {
  const listed = [{ path: '/' }, { path: '/keys' }, { path: '/keys/archive' }] as const;
  const at = (path: string) => navigationPage(path, listed)?.path ?? null;
  expect(at('/')).toBe('/');
  expect(at('/keys/key_1')).toBe('/keys');
  expect(at('/keys/archive/2026')).toBe('/keys/archive');
  expect(at('/keysmith')).toBeNull();
});
