import { expect, test } from 'vitest';
import { linkTarget } from './notification-link.ts';

test.each([
  ['/console', { to: '/', search: {} }],
  ['/console/keys', { to: '/keys', search: {} }],
  ['/console/account/security?tab=sessions', { to: '/account/security', search: { tab: 'sessions' } }],
  [null, null],
  ['/docs', null],
  ['//evil.example/console/', null],
  ['/console/../docs', null],
  ['/consolekeys', null],
])('%s', (link, target) => {
  expect(linkTarget(link)).toEqual(target);
});
