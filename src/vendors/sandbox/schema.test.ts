import { expect, test } from 'vitest';
import { exampleOf } from './schema.ts';

test.each([
  [
    { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } } },
    { a: 'sandbox', b: 1 },
  ],
  [{ type: 'OBJECT', properties: { a: { type: 'ARRAY', items: { type: 'NUMBER' } } } }, { a: [1] }],
  [{ enum: ['x', 'y'] }, 'x'],
  [{ const: 5 }, 5],
  [{ anyOf: [{ type: 'null' }, { type: 'boolean' }] }, true],
  [{ type: ['null', 'integer'], minimum: 7, maximum: 9 }, 7],
  [{ type: 'string', format: 'date' }, '2026-01-01'],
  [{ type: 'string', minLength: 10 }, 'sandboxxxx'],
  [{ type: 'string', maxLength: 3 }, 'san'],
  [{ $ref: '#/$defs/p', $defs: { p: { type: 'object', properties: { q: { type: 'boolean' } } } } }, { q: true }],
  [{ allOf: [{ type: 'object', properties: { a: { const: 1 } } }] }, { a: 1 }],
  [null, null],
])('an example of %j', (schema, value) => {
  expect(exampleOf(schema)).toEqual(value);
});

test('a schema that holds itself ends', () => {
  const text = JSON.stringify(exampleOf({ type: 'object', properties: { next: { $ref: '#' } } }));
  expect(text.length).toBeLessThan(1000);
});
