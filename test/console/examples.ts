import type { Json } from './api.ts';

type Schema = { readonly [name: string]: Json };

/**
 * A smallest value that a JSON Schema of our documents takes: required members only, the first of several choices. What a
 * schema cannot say (a rule between two members) is the caller's to add.
 */
export function exampleOf(schema: Schema, components: Readonly<Record<string, Schema>>): Json {
  const ref = schema['$ref'];
  if (typeof ref === 'string') return exampleOf(components[ref.split('/').at(-1) ?? ''] ?? {}, components);
  if ('const' in schema) return schema['const'] ?? null;
  if ('default' in schema) return schema['default'] ?? null;
  const choices = (schema['enum'] ?? schema['anyOf'] ?? schema['oneOf']) as readonly Json[] | undefined;
  if (Array.isArray(schema['enum'])) return (choices?.[0] ?? null) as Json;
  if (choices !== undefined) return exampleOf((choices[0] ?? {}) as Schema, components);
  if (Array.isArray(schema['allOf'])) return exampleOf((schema['allOf'][0] ?? {}) as Schema, components);
  switch (schema['type']) {
    case 'object':
      return objectOf(schema, components);
    case 'array':
      return Number(schema['minItems'] ?? 0) === 0 ? [] : [exampleOf((schema['items'] ?? {}) as Schema, components)];
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return Number(schema['minimum'] ?? schema['exclusiveMinimum'] ?? 0) + ('exclusiveMinimum' in schema ? 1 : 0);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function objectOf(schema: Schema, components: Readonly<Record<string, Schema>>): Json {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const required = (schema['required'] ?? []) as readonly string[];
  return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {}, components)]));
}

function textOf(schema: Schema): string {
  if (schema['format'] === 'email') return 'somebody@example.test';
  if (schema['format'] === 'date-time') return '2030-01-01T00:00:00Z';
  if (schema['format'] === 'base64') return 'eA==';
  if (schema['format'] === 'uri') return 'https://example.test/';
  return 'x'.repeat(Math.max(1, Number(schema['minLength'] ?? 1)));
}
