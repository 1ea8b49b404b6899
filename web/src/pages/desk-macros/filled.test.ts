import { expect, test } from 'vitest';
import { filled, variables } from './filled.ts';

const values = Object.fromEntries(variables.map((name) => [name, `<${name}>`])) as Record<
  (typeof variables)[number],
  string
>;

test('variables are filled in, and what is none is shown as it would be sent', () => {
  expect(filled('Hello {customer_name}, {nobody} and { ticket }.', values)).toEqual([
    { text: 'Hello ', kind: 'plain' },
    { text: '<customer_name>', kind: 'filled' },
    { text: ', ', kind: 'plain' },
    { text: '{nobody}', kind: 'unknown' },
    { text: ' and ', kind: 'plain' },
    { text: '<ticket>', kind: 'filled' },
    { text: '.', kind: 'plain' },
  ]);
  expect(filled('', values)).toEqual([]);
  expect(filled('{ "json": 1 }', values)).toEqual([{ text: '{ "json": 1 }', kind: 'plain' }]);
});
