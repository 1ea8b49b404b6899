import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type BuiltInRole,
  builtInRoles,
  type Permission,
  reachOf,
  type StaffPermission,
  type StaffRole,
  staffRoles,
} from '../../src/base/permissions.ts';
import { type Program, workplace } from '../site/program.ts';
import { type Answer, type Api, apiOf, isObject, type Json } from './api.ts';
import { exampleOf } from './examples.ts';
import { type Scene, setScene } from './scene.ts';

/**
 * Every endpoint of the document, with everybody who must not pass it, and with the ids of somebody else. The list is the
 * program's own, so that a new endpoint is tried as well, or stops this test until it says what to try it with.
 */

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly access: string;
  readonly params: readonly string[];
  readonly body: Json | undefined;
}

type Schema = { readonly [name: string]: Json };

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, Record<string, Json>>>;
  components: { schemas: Record<string, Schema> };
};

function operationsOf(): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      access: String(operation['x-access']),
      params: [...path.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1] ?? ''),
      body: bodyOf(operation['requestBody']),
    })),
  );
}

/** A body that the endpoint takes, as far as its schema says. */
function bodyOf(declared: Json | undefined): Json | undefined {
  if (!isObject(declared)) return undefined;
  const schema = (declared['content'] as { 'application/json': { schema: Schema } })['application/json'].schema;
  return exampleOf(schema, document.components.schemas);
}

const operations = operationsOf();
const work = workplace();
let site: Program;
let scene: Scene;

beforeAll(async () => {
  site = await work.start();
  scene = await setScene(site);
});

async function ask(
  api: Api,
  { method, path, body }: Operation,
  ids: Readonly<Record<string, string>>,
): Promise<Answer> {
  const filled = path.replaceAll(/\{([a-z_]+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`${path}: say in scene.ts what {${name}} is of another tenant`);
    return encodeURIComponent(id);
  });
  return api.call(method, filled, body === undefined ? {} : { body });
}

/** What came back where nothing may come back: said with the endpoint, so that all of a list are seen at once. */
function told(operation: Operation, answer: Answer): string {
  return `${operation.method} ${operation.path}: ${answer.status} ${answer.code || answer.text.slice(0, 120)}`;
}

async function allRefused(
  list: readonly Operation[],
  api: Api,
  ids: Readonly<Record<string, string>>,
  allowed: (operation: Operation, answer: Answer) => boolean,
): Promise<void> {
  const wrong: string[] = [];
  for (const operation of list) {
    const answer = await ask(api, operation, ids);
    if (!allowed(operation, answer)) wrong.push(told(operation, answer));
  }
  expect(wrong).toEqual([]);
}

/** Not there, and not because the address is a wrong one. */
const notThere = (_operation: Operation, answer: Answer) =>
  answer.status === 404 && answer.code !== 'endpoint_not_found';
const needing = (prefix: string) => operations.filter(({ access }) => access.startsWith(prefix));
const status = (expected: number, code: string) => (_operation: Operation, answer: Answer) =>
  answer.status === expected && answer.code === code;

test('the document has been read', () => {
  expect(operations.length).toBeGreaterThan(100);
  expect(new Set(operations.map(({ access }) => access.split(':')[0]))).toEqual(
    new Set(['public', 'account', 'organization', 'staff']),
  );
});

test('what everybody may call is a list that somebody thought about', () => {
  expect(
    needing('public')
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toMatchInlineSnapshot(`
    [
      "DELETE /control/v1/session",
      "GET /control/v1/invitations/preview",
      "GET /control/v1/outbox",
      "GET /control/v1/outbox/{mail}",
      "GET /control/v1/outbox/{mail}/html",
      "GET /control/v1/sign-in/sso",
      "GET /control/v1/sign-in/sso/callback",
      "GET /control/v1/site",
      "GET /control/v1/site/logo",
      "GET /control/v1/ticket-rating",
      "POST /control/v1/forgot-password",
      "POST /control/v1/key-reports",
      "POST /control/v1/register",
      "POST /control/v1/report-key",
      "POST /control/v1/reset-password",
      "POST /control/v1/sign-in",
      "POST /control/v1/sign-in/passkey",
      "POST /control/v1/sign-in/passkey/options",
      "POST /control/v1/sign-in/two-factor",
      "POST /control/v1/ticket-rating",
      "POST /control/v1/verify-email",
      "POST /control/v1/verify-email/resend",
    ]
  `);
});

test('the foreign ids are real: whose they are finds what they name', async () => {
  const mine = new Set(['organization', 'project', 'team', 'role', 'grant', 'invitation', 'key', 'account', 'id']);
  const reads = needing('organization:').filter(
    ({ method, params }) => method === 'GET' && params.every((name) => mine.has(name)),
  );
  expect(reads.length).toBeGreaterThan(15);
  await allRefused(reads, scene.other.api, scene.foreign, (_operation, answer) => answer.status === 200);
});

describe('who is nobody', () => {
  test('is asked to sign in', async () => {
    const closed = operations.filter(({ access }) => access !== 'public');
    await allRefused(closed, apiOf(site.url), scene.foreign, status(401, 'session_missing'));
  });

  test('and so is who has a token of nobody, or a session that has ended', async () => {
    const closed = operations.filter(({ access }) => access !== 'public');
    const ended = apiOf(site.url);
    for (const [name, value] of scene.endedCookies) ended.cookies.set(name, value);
    await allRefused(closed, ended, scene.foreign, status(401, 'session_missing'));
    const forged = apiOf(site.url, scene.revokedToken);
    await allRefused(closed, forged, scene.foreign, status(401, 'access_token_wrong'));
  });
});

describe('a customer', () => {
  test('is no staff', async () => {
    await allRefused(needing('staff:'), scene.owner.api, scene.foreign, status(403, 'permission_missing'));
  });

  test('finds nothing of an organization that is not theirs', async () => {
    await allRefused(needing('organization:'), scene.owner.api, scene.foreign, status(404, 'organization_not_found'));
  });

  test('finds nothing of somebody else by its id, in an organization that is theirs', async () => {
    const inside = needing('organization:').filter(({ params }) => params.some((name) => name !== 'organization'));
    const ids = { ...scene.foreign, organization: scene.organization };
    await allRefused(inside, scene.owner.api, ids, notThere);
  });

  test('finds nothing of somebody else’s account', async () => {
    const inside = needing('account').filter(({ params }) => params.length > 0);
    await allRefused(inside, scene.owner.api, scene.foreign, notThere);
  });

  test('is refused in its own organization what its role does not hold', async () => {
    for (const role of Object.keys(builtInRoles) as BuiltInRole[]) {
      if (role === 'owner') continue;
      const reach = reachOf({ organization: builtInRoles[role], projects: [] });
      const closed = needing('organization:').filter(({ access }) => !reach.has(access.split(':')[1] as Permission));
      const ids = { ...scene.foreign, organization: scene.organization };
      await allRefused(closed, scene.members[role], ids, status(403, 'permission_missing'));
    }
  });

  test('with a token is refused what the token was not given', async () => {
    const ids = { ...scene.foreign, organization: scene.organization };
    const closed = operations.filter(({ access }) => access !== 'public' && access !== 'organization:usage.read');
    await allRefused(closed, apiOf(site.url, scene.usageToken), ids, (operation, answer) =>
      operation.access.startsWith('staff:') ? answer.status === 403 : answer.code === 'token_permission_missing',
    );
  });
});

describe('staff', () => {
  test('is refused what its role does not hold', async () => {
    for (const role of ['support', 'sales', 'read-only'] as StaffRole[]) {
      const held = new Set<string>(staffRoles[role]);
      const closed = needing('staff:').filter(({ access }) => !held.has(access.split(':')[1] as StaffPermission));
      expect(closed.length).toBeGreaterThan(0);
      await allRefused(closed, scene.staff[role], scene.foreign, status(403, 'permission_missing'));
    }
  });

  test('is nobody’s member by being staff', async () => {
    await allRefused(needing('organization:'), scene.staff.admin, scene.foreign, status(404, 'organization_not_found'));
  });

  test('changes nothing while it looks with a customer’s eyes', async () => {
    const api = await scene.acting();
    const writes = operations.filter(({ access, method, path }) => {
      return access !== 'public' && method !== 'GET' && !path.endsWith('/acting/end');
    });
    const ids = { ...scene.foreign, organization: scene.foreign['organization'] ?? '' };
    await allRefused(writes, api, ids, status(403, 'not_while_acting'));
  });
});

test('the admin token opens nothing of customers', async () => {
  const closed = [...needing('organization:'), ...needing('account')];
  await allRefused(closed, apiOf(site.url, site.adminToken), scene.foreign, status(403, 'permission_missing'));
});

test('a page of another site can make a browser change nothing', async () => {
  const writes = operations.filter(({ method, access }) => method !== 'GET' && !access.startsWith('staff:'));
  const ids = { ...scene.foreign, organization: scene.organization };
  const wrong: string[] = [];
  for (const operation of writes) {
    const path = operation.path.replaceAll(/\{([a-z_]+)\}/g, (_, name: string) => ids[name as keyof typeof ids] ?? 'x');
    for (const headers of [{ origin: 'https://evil.example' }, { 'x-lodge-console': '' }]) {
      const answer = await scene.owner.api.call(operation.method, path, { body: operation.body ?? {}, headers });
      if (answer.code !== 'cross_site_request') wrong.push(told(operation, answer));
    }
  }
  expect(wrong).toEqual([]);
});
