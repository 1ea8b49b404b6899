import { expect, test } from 'vitest';
import { consoleLink, pieces } from './links.ts';

const text = 'Open it:\n\nhttp://127.0.0.1:8080/console/verify-email?token=a-b_c\n\nSee https://example.org/docs.';

test('addresses of a text are links, and nothing of it is lost', () => {
  const found = pieces(text);
  expect(found.map((piece) => piece.text).join('')).toBe(text);
  expect(found.flatMap(({ href }) => href ?? [])).toEqual([
    'http://127.0.0.1:8080/console/verify-email?token=a-b_c',
    'https://example.org/docs',
  ]);
  expect(pieces('')).toEqual([]);
});

test('the link of a mail is followed on this site, whatever name the site has', () => {
  expect(consoleLink(text)).toBe('/console/verify-email?token=a-b_c');
  expect(consoleLink('http://127.0.0.1:8080/console/account/security')).toBeNull();
  expect(consoleLink('https://example.org/?token=1 http://x')).toBeNull();
});
