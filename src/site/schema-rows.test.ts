import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type JsonSchema, sampleOf, schemaRows, valueType } from './schema-rows.ts';

const schemas: Record<string, JsonSchema> = {
  Key: {
    type: 'object',
    properties: { id: { type: 'string' }, tree: { $ref: '#/components/schemas/Tree' } },
    required: ['id'],
  },
  Tree: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } } },
};
const of = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
const rows = (schema: z.ZodType) => schemaRows(of(schema), schemas);

describe('a type', () => {
  test.each([
    [z.string().min(1).max(60), { name: 'string', least: 1, most: 60, counts: 'characters' }],
    [z.int().min(0).max(200).default(50), { name: 'integer', least: 0, most: 200, counts: 'value', fallback: '50' }],
    [z.int(), { name: 'integer', least: null, most: null }],
    [z.string().nullable(), { name: 'string', nullable: true, lists: 0 }],
    [z.array(z.int().min(1)).max(9), { name: 'integer', lists: 1, most: 9, counts: 'items', nullable: false }],
    [z.array(z.string().nullable()).nullable(), { name: 'string', lists: 1, nullable: true }],
    [z.enum(['a', 'b']).nullable(), { name: 'string', choices: ['"a"', '"b"'], nullable: true }],
    [z.literal(true), { name: 'boolean', choices: ['true'] }],
    [z.record(z.string(), z.boolean()), { name: 'boolean', map: true }],
    [z.iso.datetime({ offset: true }), { name: 'string', format: 'date-time' }],
    [z.union([z.string(), z.int()]), { name: 'string | integer' }],
    [z.unknown(), { name: 'any' }],
  ])('%#', (schema, expected) => {
    expect(valueType(of(schema), schemas)).toMatchObject(expected);
  });

  test('carries the name of the schema that it refers to', () => {
    const list = { type: 'array', items: { $ref: '#/components/schemas/Key' } };
    expect(valueType(list, schemas)).toMatchObject({ name: 'Key', lists: 1 });
  });
});

describe('rows', () => {
  test('go inwards through lists, "or null" and references', () => {
    const schema = {
      type: 'object',
      properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Key' } } },
    };
    const found = schemaRows(schema, schemas).map(({ depth, name, required }) => [depth, name, required]);
    expect(found.slice(0, 3)).toEqual([
      [0, 'data', false],
      [1, 'id', true],
      [1, 'tree', false],
    ]);
    expect(rows(z.object({ a: z.object({ b: z.int() }).nullable() })).map((row) => row.name)).toEqual(['a', 'b']);
  });

  test('end where a schema refers to itself', () => {
    expect(schemaRows(schemas['Tree'] ?? {}, schemas).length).toBeLessThan(10);
    expect(schemaRows({ $ref: '#/components/schemas/None' }, schemas)).toEqual([]);
  });

  test('show each form of a body that has several', () => {
    const either = z.union([z.strictObject({ ids: z.array(z.string()) }), z.strictObject({ all: z.literal(true) })]);
    expect(rows(either).map(({ depth, name, type }) => [depth, name, type.name])).toEqual([
      [0, '1', 'form'],
      [1, 'ids', 'string'],
      [0, '2', 'form'],
      [1, 'all', 'boolean'],
    ]);
  });
});

test('a sample has what is needed, and would be taken', () => {
  const schema = z.object({
    name: z.string().min(1),
    count: z.int().min(5),
    kind: z.enum(['wallet', 'subscription']),
    until: z.iso.datetime().nullable(),
    inner: z.object({ list: z.array(z.email()) }),
    note: z.string().optional(),
  });
  const sample = sampleOf(of(schema), schemas);
  expect(schema.safeParse(sample).success).toBe(true);
  expect(sample).not.toHaveProperty('note');
  const either = z.union([z.strictObject({ ids: z.array(z.string()) }), z.strictObject({ all: z.literal(true) })]);
  expect(either.safeParse(sampleOf(of(either), schemas)).success).toBe(true);
});
