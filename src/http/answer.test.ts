import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { builtInRoles } from '../base/permissions.ts';
import type { Problem } from './problem.ts';
import type { KeptReply, Replays } from './replays.ts';
import { FileBody, route } from './route.ts';
import { type ControlServer, gateOf, owning, startControlServer } from './testing.ts';

let made = 0;
const ownOrigin = 'https://lodge.example';

const routes = [
  route({
    method: 'GET',
    path: '/control/v1/organizations/{organization}/things',
    summary: 'List things',
    access: 'organization:keys.read',
    params: z.object({ organization: z.string() }),
    responses: { 200: z.object({ organization: z.string(), all: z.boolean(), actor: z.string() }) },
    handle: async ({ organizationId, reach, actor }) => ({
      status: 200,
      body: { organization: organizationId, all: reach.get('keys.read')?.all ?? false, actor: actor.name },
    }),
  }),
  route({
    method: 'POST',
    path: '/control/v1/things',
    summary: 'Make a thing',
    access: 'account',
    body: z.object({ name: z.string() }),
    responses: { 201: z.object({ name: z.string(), number: z.int() }) },
    async handle(_context, { body }) {
      if (body.name === 'broken') throw new Error('inner');
      return { status: 201, body: { name: body.name, number: ++made }, headers: { 'set-cookie': ['a=1', 'b=2'] } };
    },
  }),
  route({
    method: 'GET',
    path: '/control/v1/things.csv',
    summary: 'Download things',
    access: 'public',
    query: z.object({ cut: z.string().optional() }),
    responses: { 200: new FileBody('text/csv; charset=utf-8') },
    handle: async (_context, { query }) => ({ status: 200, body: pieces(query.cut !== undefined) }),
  }),
];

async function* pieces(cut: boolean) {
  yield 'name\r\n';
  if (cut) throw new Error('the database went away');
  yield 'first\r\n';
}

/** What was answered, in memory: the store has its own tests. */
function replaysInMemory(): Replays {
  const kept = new Map<string, { fingerprint: string; reply: KeptReply | null }>();
  return {
    async begin(caller, key, fingerprint) {
      const found = kept.get(caller + key);
      if (found === undefined) {
        kept.set(caller + key, { fingerprint: fingerprint.toString('hex'), reply: null });
        return { kind: 'new' };
      }
      if (found.fingerprint !== fingerprint.toString('hex')) return { kind: 'mismatch' };
      return found.reply === null ? { kind: 'running' } : { kind: 'done', reply: found.reply };
    },
    async finish(caller, key, reply) {
      const found = kept.get(caller + key);
      if (found) found.reply = reply;
    },
    async abandon(caller, key) {
      kept.delete(caller + key);
    },
  };
}

let server: ControlServer;
beforeAll(async () => {
  const gate = gateOf({
    ann: { in: { org_a: owning } },
    ben: { in: { org_a: { organization: builtInRoles.developer, projects: [] } } },
  });
  server = await startControlServer(routes, { gate, replays: replaysInMemory(), ownOrigins: () => [ownOrigin] });
});
afterAll(() => server.close());

const problem = async (response: Response) => (await response.json()) as Problem;

test('a member is let in with its reach, a stranger hears that there is nothing', async () => {
  const path = '/control/v1/organizations/org_a/things';
  const ann = await (await server.call('GET', path, { as: 'ann' })).json();
  expect(ann).toEqual({ organization: 'org_a', all: true, actor: 'ann@example.test' });
  expect(await (await server.call('GET', path, { as: 'ben' })).json()).toMatchObject({ all: false });
  const other = await server.call('GET', path.replace('org_a', 'org_b'), { as: 'ann' });
  expect([other.status, (await problem(other)).code]).toEqual([404, 'organization_not_found']);
  expect((await problem(await server.call('GET', path))).code).toBe('session_missing');
});

test('cookies that a handler sets leave one by one', async () => {
  const response = await server.call('POST', '/control/v1/things', { as: 'ann', body: { name: 'x' } });
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('a write from another site is refused, whatever cookie it carries', async () => {
  const post = (headers: Record<string, string>) =>
    server.call('POST', '/control/v1/things', { as: 'ann', body: { name: 'x' }, headers });
  const foreign = [{ origin: 'https://evil.example' }, { 'x-lodge-console': '' }, { origin: 'null' }];
  for (const headers of foreign as Record<string, string>[]) {
    const response = await post(headers);
    expect([response.status, (await problem(response)).code], JSON.stringify(headers)).toEqual([
      403,
      'cross_site_request',
    ]);
  }
  expect((await post({ origin: ownOrigin, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
});

test('an Idempotency-Key is answered once, and a failed call may be tried again', async () => {
  const post = (key: string, name: string) =>
    server.call('POST', '/control/v1/things', { as: 'ann', body: { name }, headers: { 'idempotency-key': key } });
  const first = await post('k1', 'x');
  const second = await post('k1', 'x');
  expect(await second.text()).toBe(await first.text());
  expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
  expect((await problem(await post('k1', 'y'))).code).toBe('idempotency_mismatch');
  expect((await post('k2', 'broken')).status).toBe(500);
  expect((await problem(await post('k2', 'z'))).code).toBeUndefined();
  expect((await problem(await post('a b', 'x'))).code).toBe('idempotency_key_invalid');
});

test('a download flows, and one that breaks off does not pass for a whole one', async () => {
  const whole = await server.call('GET', '/control/v1/things.csv');
  expect(whole.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(await whole.text()).toBe('name\r\nfirst\r\n');
  await expect(server.call('GET', '/control/v1/things.csv?cut=1').then((cut) => cut.text())).rejects.toThrow();
});
