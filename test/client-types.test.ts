import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clientTypes } from '../scripts/client-types.ts';

type Schema = Record<string, unknown>;

/** The document of one endpoint whose answer has the schema. */
function documentOf(schema: Schema, operation: Schema = {}, schemas: Schema = {}): string {
  const responses = {
    200: { content: { 'application/json': { schema } } },
    404: { content: { 'application/problem+json': { schema: { type: 'string' } } } },
  };
  return JSON.stringify({
    paths: { '/things/{thing}': { get: { responses, ...operation } } },
    components: { schemas },
  });
}

function answerOf(schema: Schema): string {
  const text = clientTypes(documentOf(schema, {}, { Thing: { type: 'object' } }));
  return /answer: ([\s\S]*?);\n {4}\};/.exec(text)?.[1]?.replaceAll(/\s+/g, ' ') ?? '';
}

test.each([
  [{ type: 'string', format: 'date-time' }, 'string'],
  [{ type: 'integer', minimum: 0 }, 'number'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 'number | null'],
  [{ oneOf: [{ type: 'string' }, { type: 'string' }] }, 'string'],
  [
    { allOf: [{ $ref: '#/components/schemas/Thing' }, { anyOf: [{ type: 'null' }, { type: 'string' }] }] },
    'Thing & (null | string)',
  ],
  [{ type: 'string', minLength: 1, allOf: [{ pattern: '^a' }, { pattern: 'b$' }] }, 'string'],
  [{ type: 'string', enum: ['a', "it's", null, 3] }, "'a' | 'it\\'s' | null | 3"],
  [{ const: 'x' }, "'x'"],
  [{}, 'unknown'],
  [{ anyOf: [{ type: 'string' }, {}] }, 'unknown'],
  [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
  [
    { type: 'array', items: { type: 'object', properties: { a: { type: ['string', 'null'] } } } },
    '{ a?: string | null; }[]',
  ],
  [{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, '[string, number]'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
  [{ type: 'object', additionalProperties: {} }, 'Record<string, unknown>'],
  [{ type: 'object', properties: {}, additionalProperties: false }, 'Record<string, never>'],
  [
    { type: 'object', required: ['5h'], properties: { '5h': { type: 'string' }, name: { type: 'string' } } },
    "{ '5h': string; name?: string; }",
  ],
  [{ $ref: '#/components/schemas/Thing' }, 'Thing'],
])('%j', (schema, type) => {
  expect(answerOf(schema)).toBe(type);
});

test('an endpoint has what it declares and nothing else', () => {
  const operation = {
    parameters: [
      { name: 'thing', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'limit', in: 'query', required: false, description: 'How many.', schema: { type: 'integer' } },
      { name: 'since', in: 'query', required: true, schema: { type: 'string' } },
    ],
    requestBody: {
      required: false,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
    },
    responses: { 204: { description: 'No Content' } },
  };
  const schemas = {
    Thing: { type: 'object', required: ['id'], properties: { id: { type: 'string', description: 'Ends */ here.' } } },
  };
  expect(
    clientTypes(documentOf({}, operation, schemas)),
  ).toBe(`// Made by \`npm run generate\` from docs/openapi.json. Not edited.

export interface Thing {
  /** Ends * / here. */
  id: string;
}

export interface Paths {
  '/things/{thing}': {
    get: {
      params: {
        thing: string;
      };
      query: {
        /** How many. */
        limit?: number;
        since: string;
      };
      body?: Thing;
      answer: undefined;
    };
  };
}
`);
});

test('a file that is streamed has no type', () => {
  const responses = { 200: { content: { 'text/csv': {} } } };
  expect(clientTypes(documentOf({}, { responses }))).toContain('answer: unknown;');
});

test('a reference that leads nowhere is a mistake', () => {
  expect(() => clientTypes(documentOf({ $ref: '#/components/schemas/Nothing' }))).toThrow(
    '#/components/schemas/Nothing',
  );
});

test('the order of a document does not matter', () => {
  const text = readFileSync('docs/openapi.json', 'utf8');
  const document = JSON.parse(text) as { paths: object };
  const turned = { ...document, paths: Object.fromEntries(Object.entries(document.paths).reverse()) };
  expect(clientTypes(JSON.stringify(turned))).toBe(clientTypes(text));
});
