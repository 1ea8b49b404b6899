import { expect, test } from 'vitest';
import { withoutSecret } from './without-secret.ts';

const prefix = 'sk-lodge-3iu6tjRn';

test.each([
  [`${prefix}bbks0q6unWeWY0Y5SkAjr5LvsojNxuKj4dlDzT`, prefix],
  [`Authorization: Bearer ${prefix}bbks0q6unWeWY0Y5SkAjr5LvsojNxu`, `Authorization: Bearer ${prefix}`],
  [prefix, prefix],
  ['Acme sk-lodge', 'Acme sk-lodge'],
  ['', ''],
])('%s', (pasted, kept) => {
  expect(withoutSecret(pasted)).toBe(kept);
});
