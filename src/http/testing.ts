import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemActor } from '../base/actor.ts';
import { silentLog } from '../base/log.ts';
import { builtInRoles, type Given, reachOf } from '../base/permissions.ts';
import type { Gate, Person } from './access.ts';
import { type ControlAppOptions, createControlApp } from './app.ts';
import type { Route, RouteContext } from './route.ts';

/** Of a call by nobody, for tests that call a public route without a server. */
export const nobodyContext: RouteContext = {
  requestId: 'req_test',
  log: silentLog,
  signal: new AbortController().signal,
  caller: { kind: 'nobody' },
  actor: systemActor,
  cookies: '',
  hostname: '127.0.0.1',
};

/** Of a call with the admin token. */
export const adminContext: RouteContext = {
  ...nobodyContext,
  caller: { kind: 'admin_token' },
  actor: { ...systemActor, kind: 'admin_token', name: 'admin token' },
};

/** A customer with a session; `parts` replaces members. */
export function personOf(accountId: string, parts: Partial<Person> = {}): Person {
  return {
    kind: 'person',
    accountId,
    email: `${accountId}@example.test`,
    name: accountId,
    sessionId: `ses_${accountId}`,
    token: null,
    staff: null,
    mustChangePassword: false,
    actor: null,
    ...parts,
  };
}

/** Who may do what, for `gateOf`: people by account id, with what they were given by organization id. */
export type People = Readonly<Record<string, { person?: Partial<Person>; in?: Readonly<Record<string, Given>> }>>;

/** A gate over plain data. A call says who it is by the cookie `as=<account id>`. */
export function gateOf(people: People): Gate {
  return {
    async session(cookies) {
      const id = /(?:^|; )as=([^;]+)/.exec(cookies)?.[1] ?? '';
      const known = people[id];
      return known === undefined ? null : personOf(id, known.person);
    },
    isToken: () => false,
    token: async () => null,
    async reach(person, organizationId) {
      const given = people[person.accountId]?.in?.[organizationId];
      return given === undefined ? null : reachOf(given);
    },
  };
}

/** What an owner of an organization was given. */
export const owning: Given = { organization: builtInRoles.owner, projects: [] };

export interface ControlServer {
  readonly url: string;
  /** As `as=<account id>` when `as` is given, with the admin token when it is `admin`. */
  call(
    method: string,
    path: string,
    options?: { as?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Response>;
  close(): void;
}

export const testAdminToken = 'a-token-of-more-than-24-characters';

/** The real control plane on a free port of this machine. */
export async function startControlServer(
  routes: readonly Route[],
  options: Partial<ControlAppOptions> = {},
): Promise<ControlServer> {
  const app = createControlApp({ routes, adminToken: testAdminToken, log: silentLog, version: '1', ...options });
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    call: (method, path, { as, body, headers = {} } = {}) =>
      fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          'x-lodge-console': '1',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(as === undefined
            ? {}
            : as === 'admin'
              ? { authorization: `Bearer ${testAdminToken}` }
              : { cookie: `as=${as}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
