/**
 * The OpenAPI document as TypeScript for the console: `Paths` with an operation per method, and a named type per
 * component. Understands what `src/http/openapi.ts` writes, the common part of JSON Schema 2020-12.
 */

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [name: string]: Json | undefined;
}

const componentPrefix = '#/components/schemas/';
const methods = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * Deterministic: the same document gives the same text.
 *
 * @throws TypeError for a reference that leads nowhere, and for a document that is none
 */
export function clientTypes(openApiText: string): string {
  const document = asObject(JSON.parse(openApiText) as Json);
  const schemas = asObject(asObject(document['components'])['schemas']);
  const paths = asObject(document['paths']);
  checkReferences(openApiText, schemas);
  const parts = [
    '// Made by `npm run generate` from docs/openapi.json. Not edited.',
    ...entries(schemas).map(([name, schema]) => component(name, asObject(schema))),
    `export interface Paths {\n${entries(paths).map(pathMember).join('')}}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function component(name: string, schema: JsonObject): string {
  const comment = docComment(schema, 0);
  const type = typeOf(schema, 0);
  return type.startsWith('{\n')
    ? `${comment}export interface ${name} ${type}`
    : `${comment}export type ${name} = ${type};`;
}

function pathMember([path, operations]: [string, Json]): string {
  const given = asObject(operations);
  const members = methods
    .filter((method) => given[method] !== undefined)
    .map((method) => `    ${method}: ${operation(asObject(given[method]))};\n`);
  return `  ${quoted(path)}: {\n${members.join('')}  };\n`;
}

/** `{ params, query, body, answer }`, each only where there is one. */
function operation(declared: JsonObject): string {
  const parameters = asArray(declared['parameters']).map(asObject);
  const members: string[] = [];
  for (const [member, place] of [
    ['params', 'path'],
    ['query', 'query'],
  ] as const) {
    const own = parameters.filter((parameter) => parameter['in'] === place);
    if (own.length > 0) members.push(`      ${member}: ${parameterType(own)};\n`);
  }
  const body = asObject(declared['requestBody']);
  const sent = jsonContent(body);
  if (sent) members.push(`      body${body['required'] === true ? '' : '?'}: ${typeOf(sent, 3)};\n`);
  members.push(`      answer: ${answerType(asObject(declared['responses']))};\n`);
  return `{\n${members.join('')}    }`;
}

function parameterType(parameters: readonly JsonObject[]): string {
  const properties = Object.fromEntries(
    parameters.map((parameter) => [
      String(parameter['name']),
      { ...asObject(parameter['schema']), description: parameter['description'] },
    ]),
  );
  const required = parameters.filter((parameter) => parameter['required'] === true).map((each) => String(each['name']));
  return objectType({ properties, required }, 3);
}

/** Of all 2xx answers; what has no body is undefined, what is no JSON is read as a stream. */
function answerType(responses: JsonObject): string {
  const types = entries(responses)
    .filter(([status]) => /^2/.test(status))
    .map(([, response]) => {
      const schema = jsonContent(asObject(response));
      if (schema) return typeOf(schema, 3);
      return asObject(response)['content'] === undefined ? 'undefined' : 'unknown';
    });
  return union(types.length > 0 ? types : ['undefined']);
}

function jsonContent(place: JsonObject): JsonObject | null {
  const schema = asObject(asObject(place['content'])['application/json'])['schema'];
  return schema === undefined ? null : asObject(schema);
}

function typeOf(schema: JsonObject, depth: number): string {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return reference.slice(componentPrefix.length);
  if (schema['const'] !== undefined) return literal(schema['const']);
  if (Array.isArray(schema['enum'])) return union(schema['enum'].map(literal));
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) return union(choices.map((choice) => typeOf(asObject(choice), depth)));
  if (Array.isArray(schema['allOf'])) {
    const { allOf: parts, ...own } = schema;
    // Parts may only narrow the schema's own type, as patterns do.
    const types = [own, ...asArray(parts)].map((part) => grouped(typeOf(asObject(part), depth)));
    const known = types.filter((type) => type !== 'unknown');
    return known.length === 0 ? 'unknown' : known.join(' & ');
  }
  if (Array.isArray(schema['type'])) return union(schema['type'].map((type) => typeOf({ ...schema, type }, depth)));
  return plainType(schema, depth);
}

function plainType(schema: JsonObject, depth: number): string {
  switch (schema['type']) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return arrayType(schema, depth);
    case 'object':
      return objectType(schema, depth);
    default:
      return schema['properties'] === undefined ? 'unknown' : objectType(schema, depth);
  }
}

function arrayType(schema: JsonObject, depth: number): string {
  const tuple = schema['prefixItems'];
  if (Array.isArray(tuple)) return `[${tuple.map((item) => typeOf(asObject(item), depth)).join(', ')}]`;
  return `${grouped(typeOf(asObject(schema['items']), depth))}[]`;
}

function objectType(schema: JsonObject, depth: number): string {
  const required = new Set(asArray(schema['required']).map(String));
  const indent = '  '.repeat(depth + 1);
  const members = Object.entries(asObject(schema['properties'])).map(([name, value]) => {
    const member = asObject(value);
    const mark = required.has(name) ? '' : '?';
    return `${docComment(member, depth + 1)}${indent}${quoted(name)}${mark}: ${typeOf(member, depth + 1)};\n`;
  });
  const more = schema['additionalProperties'];
  const isOpen = more === true || (typeof more === 'object' && more !== null);
  const rest = typeof more === 'object' ? typeOf(asObject(more), depth) : 'unknown';
  if (members.length === 0) return isOpen ? `Record<string, ${rest}>` : 'Record<string, never>';
  const own = `{\n${members.join('')}${'  '.repeat(depth)}}`;
  return isOpen && Object.keys(asObject(more)).length > 0 ? `${own} & Record<string, ${rest}>` : own;
}

function docComment(schema: JsonObject, depth: number): string {
  const text = schema['description'];
  if (typeof text !== 'string' || text === '') return '';
  const safe = text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ');
  return `${'  '.repeat(depth)}/** ${safe} */\n`;
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  return distinct.includes('unknown') ? 'unknown' : distinct.join(' | ');
}

/** In brackets where an operator would otherwise bind to the last part only. */
function grouped(type: string): string {
  let depth = 0;
  for (const [index, character] of [...type].entries()) {
    if ('{[(<'.includes(character)) depth++;
    else if ('}])>'.includes(character)) depth--;
    else if (depth === 0 && '|&'.includes(character) && type[index - 1] === ' ') return `(${type})`;
  }
  return type;
}

function literal(value: Json | undefined): string {
  return typeof value === 'string' ? quote(value) : JSON.stringify(value);
}

function quoted(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function checkReferences(text: string, schemas: JsonObject): void {
  for (const [, target = ''] of text.matchAll(/"\$ref":\s*"([^"]*)"/g)) {
    if (!target.startsWith(componentPrefix) || schemas[target.slice(componentPrefix.length)] === undefined)
      throw new TypeError(`The document refers to ${target}, which it does not have.`);
  }
}

function entries(value: JsonObject): [string, Json][] {
  return Object.entries(value)
    .map(([name, member]): [string, Json] => [name, member ?? null])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function asArray(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
