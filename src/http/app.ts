import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Networks } from '../base/client-address.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { newRequestId } from '../base/request-id.ts';
import type { Gate } from './access.ts';
import { adminAuth } from './admin-auth.ts';
import { answer, type Plane } from './answer.ts';
import { openApiDocument } from './openapi.ts';
import { commonProblems, mergeProblems, problemOf } from './problem.ts';
import type { Replays } from './replays.ts';
import { refuse, securityHeaders, textResponse } from './respond.ts';
import type { Method, ProblemTable, Route } from './route.ts';
import { Throttle } from './throttle.ts';

export interface ControlAppOptions {
  readonly routes: readonly Route[];
  readonly adminToken: string;
  /** Who sessions and tokens belong to. Absent: there are no accounts, only the admin token. */
  readonly gate?: Gate;
  /** Absent: an Idempotency-Key is passed over. */
  readonly replays?: Replays;
  /** Origins of our own pages, such as `https://lodge.example`. */
  readonly ownOrigins?: () => readonly string[];
  readonly trustedProxies?: Networks;
  readonly log: Log;
  readonly version: string;
  readonly siteName?: string;
  /** Where codes are explained: `<docsBaseUrl>/errors#<code>`. `/docs` when absent. */
  readonly docsBaseUrl?: string;
  /** Codes that any route may throw because of what all of them use, a database for one. */
  readonly problems?: ProblemTable;
  /** Whether a failure means that the database is away, which is answered as 503 `database_unavailable`. */
  readonly databaseAway?: (error: unknown) => boolean;
  readonly clock?: Clock;
}

export type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

export const openApiPath = '/openapi.json';

/** Per minute: an open console page asks about once a second, a person who clicks fast three times. */
const knownCallsPerMinute = 1_200;
/** Per minute and address of somebody who has not signed in; an office shares one. */
const unknownCallsPerMinute = 600;
const minuteMs = 60_000;

const noGate: Gate = {
  session: async () => null,
  isToken: () => false,
  token: async () => null,
  reach: async () => null,
};

/**
 * The control plane as a request listener: routes, their checks, and their document at `/openapi.json`. The request id
 * is the one that the server has already put on the response, or a new one.
 *
 * @throws TypeError when two routes share a method and path, or a code has two statuses
 */
export function createControlApp(options: ControlAppOptions): Listener {
  const { routes, version } = options;
  const plane = planeOf(options);
  const { clock, problems, docsBaseUrl } = plane;
  const app = new Hono<{ Bindings: HttpBindings }>();
  const document = openApiDocument(routes, { version, siteName: options.siteName ?? 'Lodge' });
  app.get(openApiPath, ({ env }) => textResponse(200, document, requestIdOf(env.outgoing, clock)));
  const byPath = routesByPath(routes);
  for (const [path, methods] of byPath) {
    for (const route of methods.values()) {
      app.on(route.method, patternOf(path), ({ req, env }) =>
        answer(plane, route, req.param(), env, requestIdOf(env.outgoing, clock)),
      );
    }
  }
  for (const [path, methods] of byPath) {
    const allow = [...methods.keys()].sort().join(', ');
    app.all(patternOf(path), ({ req, env: { outgoing } }) => {
      const error = new AppError('method_not_allowed', `${path} takes ${allow}, not ${req.method}.`);
      return refuse(plane, error, outgoing, requestIdOf(outgoing, clock), { allow });
    });
  }
  app.notFound(({ req, env: { outgoing } }) => {
    const message = `There is no ${req.method} ${req.path}; ${openApiPath} lists what there is.`;
    return refuse(plane, new AppError('endpoint_not_found', message), outgoing, requestIdOf(outgoing, clock));
  });
  app.onError((error, { env: { outgoing } }) => refuse(plane, error, outgoing, requestIdOf(outgoing, clock)));
  const listener = getRequestListener((request, env) => app.fetch(request, env), {
    // The globals belong to the whole program: replacing Request and Response would reach into the gateway.
    overrideGlobalObjects: false,
    // Called when no Request can be made of what came; it does not know the response, so the answer is written below.
    errorHandler: () => undefined,
  });
  return (incoming, outgoing) => {
    const requestId = requestIdOf(outgoing, clock);
    void listener(incoming, outgoing).then(() => {
      if (outgoing.headersSent || outgoing.destroyed) return;
      const error = new AppError('request_malformed', 'The request target or the Host header is not a valid one.');
      const problem = problemOf(error, problems, requestId, docsBaseUrl);
      outgoing.writeHead(problem.status, { ...securityHeaders, 'content-type': 'application/problem+json' });
      outgoing.end(JSON.stringify(problem));
    });
  };
}

function planeOf(options: ControlAppOptions): Plane {
  const clock = options.clock ?? systemClock;
  return {
    admin: adminAuth(options.adminToken, clock),
    gate: options.gate ?? noGate,
    replays: options.replays ?? null,
    log: options.log,
    clock,
    docsBaseUrl: options.docsBaseUrl ?? '/docs',
    problems: mergeProblems([commonProblems, options.problems ?? {}, ...options.routes.map((each) => each.problems)]),
    databaseAway: options.databaseAway ?? (() => false),
    ownOrigins: options.ownOrigins ?? (() => []),
    trustedProxies: options.trustedProxies ?? [],
    throttle: {
      known: new Throttle(clock, knownCallsPerMinute, minuteMs),
      unknown: new Throttle(clock, unknownCallsPerMinute, minuteMs),
    },
  };
}

function routesByPath(routes: readonly Route[]): Map<string, Map<Method, Route>> {
  const byPath = new Map<string, Map<Method, Route>>();
  for (const route of routes) {
    const methods = byPath.get(route.path) ?? new Map<Method, Route>();
    if (methods.has(route.method)) throw new TypeError(`${route.method} ${route.path} is declared twice.`);
    methods.set(route.method, route);
    byPath.set(route.path, methods);
  }
  // "{" sorts behind every letter: /prices/refresh is tried before /prices/{id}.
  return new Map([...byPath].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function patternOf(path: string): string {
  return path.replaceAll(/\{([a-z_]+)\}/g, ':$1');
}

/** Made once per response: it is kept on the response itself. */
function requestIdOf(outgoing: ServerResponse, clock: Clock): string {
  const given = outgoing.getHeader('x-request-id');
  if (typeof given === 'string' && given !== '') return given;
  const made = newRequestId(clock.now());
  outgoing.setHeader('x-request-id', made);
  return made;
}
