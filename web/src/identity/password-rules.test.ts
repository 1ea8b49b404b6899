import { expect, test } from 'vitest';
import { passwordStanding } from './password-rules.ts';

const owner = { email: 'ada.king@example.org', name: 'Ada Lovelace', siteName: 'Lodge' };

test.each([
  ['', { length: false, own: true }],
  ['short', { length: false, own: true }],
  ['correct horse battery', { length: true, own: true }],
  ['十二个字符的密码应该可以用的', { length: true, own: true }],
  ['Lovelace2026!', { length: true, own: false }],
  ['ada.king@example.org', { length: true, own: false }],
  ['lovelace likes long walks', { length: true, own: true }],
  ['x'.repeat(129), { length: false, own: true }],
])('%s', (password, standing) => {
  expect(passwordStanding(password, owner)).toEqual(standing);
});

test('an address and a name that are not typed yet forbid nothing', () => {
  expect(passwordStanding('correct horse', { email: '', name: '', siteName: '' }).own).toBe(true);
});
