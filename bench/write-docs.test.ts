import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withFigures } from './write-docs.ts';

const document = readFileSync(new URL('../docs/performance.md', import.meta.url), 'utf8');

test('figures replace figures and nothing else', () => {
  const once = withFigures(document, '| new |');
  expect(withFigures(once, '| new |')).toBe(once);
  expect(once).toContain('-->\n\n| new |\n\n<!--');
  expect(once.split('\n')[0]).toBe(document.split('\n')[0]);
  expect(once.split('\n').at(-2)).toBe(document.split('\n').at(-2));
});

test('a document without the marks is left alone', () => {
  expect(() => withFigures('# Performance', '')).toThrow('must hold');
});
