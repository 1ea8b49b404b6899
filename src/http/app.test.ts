import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { silentLog } from '../base/log.ts';
import { parseRequestId } from '../base/request-id.ts';
import { createControlApp } from './app.ts';
import type { Problem } from './problem.ts';
import { type Route, route } from './route.ts';

const adminToken = 'a-token-of-more-than-24-characters';
const thing = z.object({ id: z.string(), size: z.int() }).meta({ id: 'Thing' });
const shown = {
  method: 'GET',
  summary: 'Show a thing',
  access: 'staff:catalogue.read',
  responses: { 200: thing },
  problems: { thing_not_found: 404 },
} as const;

const routes: readonly Route[] = [
  route({
    ...shown,
    path: '/admin/v1/things/{id}',
    params: z.object({ id: z.string() }),
    async handle(_context, { params }) {
      if (params.id === 'gone') throw new AppError('thing_not_found', 'There is no thing gone.');
      if (params.id === 'broken') throw new Error('the inner text of a failure');
      if (params.id === 'away') throw new Error('connection refused by db.internal');
      if (params.id === 'undeclared') throw new AppError('thing_undeclared', 'the inner text of a failure');
      return { status: 200, body: { id: params.id, size: 1 } };
    },
  }),
  route({
    ...shown,
    path: '/admin/v1/things/largest',
    handle: async () => ({ status: 200, body: { id: 'L', size: 9 } }),
  }),
  route({
    method: 'PUT',
    path: '/admin/v1/things/{id}',
    summary: 'Set a thing',
    access: 'staff:catalogue.read',
    params: z.object({ id: z.string() }),
    query: z.object({ tag: z.array(z.string()).optional() }),
    body: z.object({ size: z.int() }),
    responses: { 200: thing, 204: null },
    handle: async (_context, { params, body }) =>
      body.size === 0 ? { status: 204, body: null } : { status: 200, body: { id: params.id, size: body.size } },
  }),
];

const databaseAway = (error: unknown) => error instanceof Error && error.message.startsWith('connection refused');

let server: Server;
let base = '';

beforeAll(async () => {
  const listener = createControlApp({ routes, adminToken, log: silentLog, version: '1.2.3', databaseAway });
  server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** node:http, because fetch repairs what we want to send broken. */
function call(method: string, path: string, body: string | null = null, headers: Record<string, string> = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const authorized = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json', ...headers };
    const outgoing = httpRequest(base + path, { method, headers: authorized, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body ?? undefined);
  });
}

function problem(answer: Answer): Problem {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const parsed = JSON.parse(answer.text) as Problem;
  expect(parsed.status).toBe(answer.status);
  expect(parsed.request_id).toBe(answer.headers['x-request-id']);
  return parsed;
}

test('an answer carries its id and the headers that keep it private', async () => {
  const answer = await call('GET', '/admin/v1/things/a');
  expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { id: 'a', size: 1 }]);
  expect(parseRequestId(String(answer.headers['x-request-id']))).not.toBeNull();
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
});

test('placeholders are decoded, and a fixed path wins over one', async () => {
  expect(JSON.parse((await call('GET', '/admin/v1/things/meta%2Fllama%203')).text).id).toBe('meta/llama 3');
  expect(JSON.parse((await call('GET', '/admin/v1/things/largest')).text).id).toBe('L');
});

test('bodies: set, empty answer, and every way to get one wrong', async () => {
  const path = '/admin/v1/things/a';
  expect((await call('PUT', path, '{"size":3}')).text).toBe('{"id":"a","size":3}');
  const empty = await call('PUT', path, '{"size":0}');
  expect([empty.status, empty.text]).toEqual([204, '']);
  const wrong = problem(await call('PUT', path, '{"size":"3","siez":1}'));
  expect(wrong).toMatchObject({ status: 400, code: 'input_invalid', title: 'Bad Request' });
  expect(wrong.errors.map((error) => error.field)).toEqual(['body.size', 'body']);
  expect(problem(await call('PUT', path)).errors[0]?.message).toContain('JSON body is needed');
  const broken = await call('PUT', path, '{"size": CANARY');
  expect(problem(broken).code).toBe('json_invalid');
  expect(broken.text).not.toContain('CANARY');
  expect(problem(await call('PUT', path, '{}', { 'content-type': 'text/plain' })).status).toBe(415);
  expect(problem(await call('PUT', path, `"${'x'.repeat(1024 * 1024)}"`)).code).toBe('body_too_large');
  const chunked = await call('PUT', path, `"${'x'.repeat(1024 * 1024)}"`, { 'transfer-encoding': 'chunked' });
  expect(problem(chunked).code).toBe('body_too_large');
});

test('a query is read with its repetitions, and an unknown name is refused', async () => {
  expect((await call('PUT', '/admin/v1/things/a?tag=x&tag=y', '{"size":1}')).status).toBe(200);
  expect(problem(await call('GET', '/admin/v1/things/a?limt=3')).errors[0]?.message).toContain('limt');
});

test('what is thrown: a declared code with its text, everything else without', async () => {
  expect(problem(await call('GET', '/admin/v1/things/gone'))).toMatchObject({
    status: 404,
    code: 'thing_not_found',
    detail: 'There is no thing gone.',
    type: '/docs/errors#thing_not_found',
  });
  for (const id of ['broken', 'undeclared']) {
    const answer = await call('GET', `/admin/v1/things/${id}`);
    expect(problem(answer)).toMatchObject({ status: 500, code: 'internal_error' });
    expect(answer.text).not.toContain('inner text');
  }
});

test('a database that is away is said to be, and when to come again', async () => {
  const answer = await call('GET', '/admin/v1/things/away');
  expect([problem(answer).code, answer.status, answer.headers['retry-after']]).toEqual([
    'database_unavailable',
    503,
    '5',
  ]);
  expect(answer.text).not.toContain('db.internal');
});

test('unknown paths and methods are problems too', async () => {
  expect(problem(await call('GET', '/admin/v1/nothing')).code).toBe('endpoint_not_found');
  const wrongMethod = await call('PATCH', '/admin/v1/things/a', '{}');
  expect(problem(wrongMethod).code).toBe('method_not_allowed');
  expect(wrongMethod.headers['allow']).toBe('GET, PUT');
  expect(JSON.parse((await call('GET', '/admin/v1/things/%E0%A4%A')).text).id).toBe('%E0%A4%A');
  const badHost = await call('GET', '/admin/v1/things/a', null, { host: 'a b/c' });
  expect(problem(badHost).code).toBe('request_malformed');
});

test('the admin token is needed; wrong ones are throttled, the right one still passes', async () => {
  const path = '/admin/v1/things/a';
  const missing = await call('GET', path, null, { authorization: '' });
  expect([problem(missing).code, missing.headers['www-authenticate']]).toEqual(['session_missing', 'Bearer']);
  const codes: string[] = [];
  for (let i = 0; i < 25; i++) {
    const wrong = { authorization: `Bearer ${adminToken.slice(0, -1)}${i}` };
    codes.push(problem(await call('GET', path, null, wrong)).code);
  }
  expect([codes[0], codes.at(-1)]).toEqual(['admin_token_wrong', 'admin_auth_throttled']);
  expect((await call('GET', path)).status).toBe(200);
});

test('an id that the server has already given is kept', async () => {
  const listener = createControlApp({ routes, adminToken, log: silentLog, version: '1' });
  const second = createServer((incoming, outgoing) => {
    outgoing.setHeader('x-request-id', 'req_given');
    listener(incoming, outgoing);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => second.once('listening', resolve));
  const answer = await fetch(`http://127.0.0.1:${(second.address() as AddressInfo).port}/admin/v1/nothing`);
  expect(answer.headers.get('x-request-id')).toBe('req_given');
  expect(((await answer.json()) as Problem).request_id).toBe('req_given');
  second.closeAllConnections();
  second.close();
});

test('a code with two statuses and a route declared twice stop the start', () => {
  const [first] = routes as [Route];
  const options = { adminToken, log: silentLog, version: '1' };
  expect(() => createControlApp({ ...options, routes: [first, first] })).toThrow('twice');
  expect(() => createControlApp({ ...options, routes, problems: { thing_not_found: 410 } })).toThrow('two statuses');
});

test('the document is served, and does not depend on the order of routes', async () => {
  const served = await call('GET', '/openapi.json', null, { authorization: '' });
  const document = JSON.parse(served.text);
  expect(document.openapi).toBe('3.1.0');
  expect(document.info.version).toBe('1.2.3');
  const put = document.paths['/admin/v1/things/{id}'].put;
  expect(put.operationId).toBe('putStaffThingsId');
  expect(put.security).toEqual([{ session: [] }, { accessToken: [] }, { adminToken: [] }]);
  expect(put['x-access']).toBe('staff:catalogue.read');
  expect(Object.keys(put.responses)).toEqual([
    '200',
    '204',
    '400',
    '401',
    '403',
    '409',
    '413',
    '415',
    '422',
    '429',
    '500',
    '503',
  ]);
  expect(Object.keys(document.components.schemas)).toEqual(['Problem', 'Thing']);
  const { openApiDocument } = await import('./openapi.ts');
  expect(openApiDocument([...routes].reverse())).toBe(openApiDocument(routes));
});
