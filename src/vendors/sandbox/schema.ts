import { isObject, type Json, list, number, object, string } from './json.ts';

const maxDepth = 12;
const maxItems = 20;

/** A small value that a JSON Schema accepts (also Gemini's, whose types are in capitals). The same one every time. */
export function exampleOf(schema: unknown): unknown {
  return example(schema, object(schema), 0);
}

function example(schema: unknown, root: Json, depth: number): unknown {
  if (!isObject(schema) || depth > maxDepth) return null;
  const reference = string(schema['$ref']);
  if (reference !== null) return example(resolve(reference, root), root, depth + 1);
  if ('const' in schema) return schema['const'];
  const choices = list(schema['enum']);
  if (choices.length > 0) return choices[0];
  for (const word of ['anyOf', 'oneOf']) {
    const branches = list(schema[word]);
    if (branches.length > 0)
      return example(
        branches.find((b) => object(b)['type'] !== 'null'),
        root,
        depth + 1,
      );
  }
  const all = list(schema['allOf']);
  if (all.length > 0) return example(Object.assign({}, schema, { allOf: undefined }, ...all), root, depth + 1);
  return ofType(typeOf(schema), schema, root, depth);
}

function typeOf(schema: Json): string {
  const type = schema['type'];
  const named = Array.isArray(type) ? type.find((one) => one !== 'null') : type;
  if (typeof named === 'string') return named.toLowerCase();
  if (isObject(schema['properties'])) return 'object';
  return isObject(schema['items']) ? 'array' : 'string';
}

function ofType(type: string, schema: Json, root: Json, depth: number): unknown {
  switch (type) {
    case 'object':
      return exampleObject(schema, root, depth);
    case 'array': {
      const length = Math.min(Math.max(number(schema['minItems']) ?? 1, 0), maxItems);
      return Array.from({ length }, () => example(schema['items'], root, depth + 1));
    }
    case 'integer':
    case 'number':
      return exampleNumber(schema);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return exampleString(schema);
  }
}

function exampleObject(schema: Json, root: Json, depth: number): Json {
  const properties = object(schema['properties']);
  const required = list(schema['required']);
  const value: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    // Optional members too, while it stays small: a tool loop then sees the arguments it offers.
    if (depth < 4 || required.includes(name)) value[name] = example(property, root, depth + 1);
  }
  return value;
}

function exampleNumber(schema: Json): number {
  const least = number(schema['minimum']) ?? (number(schema['exclusiveMinimum']) ?? 0) + 1;
  const step = number(schema['multipleOf']);
  const value = step !== null && step > 0 ? Math.ceil(least / step) * step : least;
  const most = number(schema['maximum']) ?? number(schema['exclusiveMaximum']);
  return most !== null && value > most ? most : value;
}

const formats: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'date-time': '2026-01-01T00:00:00Z',
    date: '2026-01-01',
    time: '00:00:00Z',
    email: 'someone@example.com',
    uri: 'https://example.com/',
    url: 'https://example.com/',
    uuid: '00000000-0000-4000-8000-000000000000',
    ipv4: '192.0.2.1',
    hostname: 'example.com',
  }),
);

function exampleString(schema: Json): string {
  const text = formats.get(string(schema['format']) ?? '') ?? 'sandbox';
  const least = Math.min(number(schema['minLength']) ?? 0, 1000);
  const most = number(schema['maxLength']) ?? text.length;
  return text.padEnd(least, 'x').slice(0, Math.max(most, least));
}

function resolve(reference: string, root: Json): unknown {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return null;
  let at: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    at = object(at)[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return at;
}
