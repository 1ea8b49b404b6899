import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { accessProblems } from './access.ts';
import { commonProblems, mergeProblems, problemSchema } from './problem.ts';
import { FileBody, type Route } from './route.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { [name: string]: Json };

export interface DocumentInfo {
  readonly version: string;
  readonly siteName: string;
}

/** Schemas that have an id (`.meta({ id: 'Group' })`), hoisted out of the places that name them. */
type Components = Map<string, JsonObject>;

const securitySchemes: JsonObject = {
  session: { type: 'apiKey', in: 'cookie', name: 'lodge.session_token', description: 'Of the console.' },
  accessToken: { type: 'http', scheme: 'bearer', description: 'A personal access token.' },
  adminToken: { type: 'http', scheme: 'bearer', description: 'The operator’s admin token.' },
};

const methodOrder = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * The OpenAPI 3.1 document of a route table, as text that ends in a line feed. The same routes give the same bytes, in
 * whatever order they come.
 *
 * @throws TypeError when two different schemas share an id
 */
export function openApiDocument(
  routes: readonly Route[],
  info: DocumentInfo = { version: '1', siteName: 'Lodge' },
): string {
  const components: Components = new Map();
  const paths: Record<string, JsonObject> = {};
  for (const route of sorted(routes)) {
    const operations = paths[route.path] ?? {};
    operations[route.method.toLowerCase()] = operation(route, components);
    paths[route.path] = operations;
  }
  jsonSchema(problemSchema, 'output', components);
  const schemas = Object.fromEntries([...components].sort(([a], [b]) => compare(a, b)));
  const document: JsonObject = {
    openapi: '3.1.0',
    info: {
      title: `${info.siteName} control API`,
      version: info.version,
      description:
        'Everything that the console does. `/control/v1/` is for customers: a session, or a personal access token. `/admin/v1/` is for staff: the same, or the operator’s admin token. Every answer carries X-Request-Id; every write takes an Idempotency-Key.',
    },
    paths,
    components: { schemas, securitySchemes },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function sorted(routes: readonly Route[]): Route[] {
  return [...routes].sort(
    (a, b) => compare(a.path, b.path) || methodOrder.indexOf(a.method) - methodOrder.indexOf(b.method),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function operation(route: Route, components: Components): JsonObject {
  const parameters = [
    ...parametersOf('path', route.params, components),
    ...parametersOf('query', route.query, components),
  ];
  const result: JsonObject = { operationId: operationId(route), summary: route.summary, tags: [tagOf(route.path)] };
  if (parameters.length > 0) result['parameters'] = parameters;
  if (route.body !== null) {
    result['requestBody'] = {
      required: !route.body.safeParse(undefined).success,
      content: { 'application/json': { schema: jsonSchema(route.body, 'input', components) } },
    };
  }
  result['responses'] = responsesOf(route, components);
  const security = securityOf(route);
  if (security.length > 0) result['security'] = security;
  result['x-access'] = route.access;
  return result;
}

function securityOf(route: Route): JsonObject[] {
  if (route.access === 'public') return [];
  const staff = route.access.startsWith('staff:');
  return [{ session: [] }, { accessToken: [] }, ...(staff ? [{ adminToken: [] }] : [])];
}

function parametersOf(place: 'path' | 'query', schema: z.ZodObject, components: Components): JsonObject[] {
  const whole = jsonSchema(schema, 'input', components);
  const required = new Set(Array.isArray(whole['required']) ? whole['required'] : []);
  const properties = (whole['properties'] ?? {}) as Record<string, JsonObject>;
  return Object.entries(properties).map(([name, { description, ...member }]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    ...(description === undefined ? {} : { description }),
    schema: member as JsonObject,
  }));
}

function responsesOf(route: Route, components: Components): JsonObject {
  const responses: JsonObject = {};
  for (const [status, schema] of Object.entries(route.responses)) {
    const description = STATUS_CODES[status] ?? 'Answer';
    if (schema instanceof FileBody) {
      responses[status] = { description, content: { [schema.contentType]: { schema: { type: 'string' } } } };
      continue;
    }
    responses[status] =
      schema === null
        ? { description }
        : { description, content: { 'application/json': { schema: jsonSchema(schema, 'output', components) } } };
  }
  for (const [status, codes] of problemsByStatus(route)) {
    responses[status] = {
      description: codes.map((code) => `\`${code}\``).join(', '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return responses;
}

/** Its own codes, and those of the common ones that can befall it. */
function problemsByStatus(route: Route): [string, string[]][] {
  const byStatus = new Map<string, string[]>();
  for (const [code, status] of Object.entries(mergeProblems([commonProblems, route.problems]))) {
    if (['request_malformed', 'endpoint_not_found', 'method_not_allowed'].includes(code)) continue;
    if (code in accessProblems && !canRefuse(route, code)) continue;
    if (code.startsWith('idempotency_') && (route.method === 'GET' || route.access === 'public')) continue;
    if (/^(json|body|media)_/.test(code) && route.body === null) continue;
    if (code === 'cursor_invalid' && !('cursor' in route.query.shape)) continue;
    byStatus.set(String(status), [...(byStatus.get(String(status)) ?? []), code].sort(compare));
  }
  return [...byStatus].sort(([a], [b]) => compare(a, b));
}

/** Whether one of the common refusals can befall a route. */
function canRefuse({ access, method, openness }: Route, code: string): boolean {
  if (code === 'cross_site_request') return method !== 'GET';
  if (access === 'public') return false;
  if (code.startsWith('admin_')) return access.startsWith('staff:');
  if (code === 'organization_not_found') return access.startsWith('organization:');
  if (code === 'permission_missing') return access !== 'account';
  if (code === 'password_change_needed') return !openness.beforePasswordChange;
  if (code === 'not_while_acting') return method !== 'GET' && !openness.whileActing;
  return true;
}

function operationId(route: Route): string {
  const [, plane = '', , ...rest] = route.path.split('/');
  const words = [...(plane === 'admin' ? ['staff'] : []), ...rest.join('/').split(/[^a-z0-9]+/i)].filter(Boolean);
  return [route.method.toLowerCase(), ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}

function tagOf(path: string): string {
  const [, plane, , first = 'site', place = '', third = ''] = path.split('/');
  if (plane === 'admin') return `staff: ${first}`;
  return place === '{organization}' && third !== '' ? third : first;
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output', components: Components): JsonObject {
  const whole = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject;
  const {
    $schema: _dialect,
    $defs: definitions,
    ...own
  } = JSON.parse(JSON.stringify(whole).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonObject;
  for (const [id, definition] of Object.entries((definitions ?? {}) as Record<string, JsonObject>)) {
    const before = components.get(id);
    if (before && JSON.stringify(before) !== JSON.stringify(definition)) {
      throw new TypeError(`Two schemas have the id ${id}; one used for input and output must read the same both ways.`);
    }
    components.set(id, definition);
  }
  return own;
}
