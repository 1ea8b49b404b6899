import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { type Clock, systemClock } from '../base/clock.ts';
import { AppError, errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { newRequestId } from '../base/request-id.ts';
import { type AdminAuth, adminAuth } from './admin-auth.ts';
import { readJsonBody } from './json-body.ts';
import { openApiDocument } from './openapi.ts';
import { commonProblems, mergeProblems, problemOf } from './problem.ts';
import type { Method, ProblemTable, Route, RouteReply } from './route.ts';

export interface ControlAppOptions {
  readonly routes: readonly Route[];
  readonly adminToken: string;
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

interface Plane {
  readonly auth: AdminAuth;
  readonly log: Log;
  readonly clock: Clock;
  readonly docsBaseUrl: string;
  readonly problems: ProblemTable;
  readonly databaseAway: (error: unknown) => boolean;
}

const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * The control plane as a request listener: routes, their checks, and their document at `/admin/v1/openapi.json`.
 * The request id is the one that the server has already put on the response, or a new one.
 *
 * @throws TypeError when two routes share a method and path, or a code has two statuses
 */
export function createControlApp(options: ControlAppOptions): Listener {
  const { routes, log, version } = options;
  const clock = options.clock ?? systemClock;
  const problems = mergeProblems([commonProblems, options.problems ?? {}, ...routes.map((each) => each.problems)]);
  const docsBaseUrl = options.docsBaseUrl ?? '/docs';
  const databaseAway = options.databaseAway ?? (() => false);
  const plane: Plane = { auth: adminAuth(options.adminToken, clock), log, clock, docsBaseUrl, problems, databaseAway };
  const app = new Hono<{ Bindings: HttpBindings }>();
  const document = openApiDocument(routes, { version, siteName: options.siteName ?? 'Lodge' });
  app.get('/admin/v1/openapi.json', (context) => {
    const { outgoing } = context.env;
    return jsonResponse(200, document, requestIdOf(outgoing, clock), { 'content-type': 'application/json' });
  });
  const byPath = routesByPath(routes);
  for (const [path, methods] of byPath) {
    for (const route of methods.values()) {
      app.on(route.method, patternOf(path), (context) => answer(plane, route, context.req.param(), context.env));
    }
  }
  for (const [path, methods] of byPath) {
    const allow = [...methods.keys()].sort().join(', ');
    app.all(patternOf(path), (context) => {
      const message = `${path} takes ${allow}, not ${context.req.method}.`;
      return refuse(plane, new AppError('method_not_allowed', message), context.env.outgoing, { allow });
    });
  }
  app.notFound((context) => {
    const message = `There is no ${context.req.method} ${context.req.path}; /admin/v1/openapi.json lists what there is.`;
    return refuse(plane, new AppError('endpoint_not_found', message), context.env.outgoing);
  });
  app.onError((error, context) => refuse(plane, error, context.env.outgoing));
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

async function answer(
  plane: Plane,
  route: Route,
  params: Record<string, string>,
  env: HttpBindings,
): Promise<Response> {
  const { incoming, outgoing } = env;
  const requestId = requestIdOf(outgoing, plane.clock);
  const startedMs = plane.clock.monotonic();
  const left = new AbortController();
  outgoing.once('close', () => left.abort());
  const log = plane.log.child({ requestId });
  try {
    if (route.scope === 'admin') plane.auth.check(incoming.headers.authorization, incoming.socket.remoteAddress ?? '');
    const raw = { params, query: queryOf(incoming), body: route.body ? await readJsonBody(incoming) : undefined };
    const reply = await route.call({ requestId, log, signal: left.signal }, raw);
    const durationMs = Math.round(plane.clock.monotonic() - startedMs);
    log.info({ method: route.method, path: route.path, status: reply.status, durationMs }, 'control call');
    return replyResponse(reply, requestId);
  } catch (error) {
    return refuse(plane, error, outgoing);
  }
}

function refuse(
  plane: Plane,
  error: unknown,
  outgoing: ServerResponse,
  headers: Record<string, string> = {},
): Response {
  const requestId = requestIdOf(outgoing, plane.clock);
  const shown = plane.databaseAway(error)
    ? new AppError('database_unavailable', 'The database does not answer at the moment; try again shortly.')
    : error;
  const problem = problemOf(shown, plane.problems, requestId, plane.docsBaseUrl);
  const { status, code } = problem;
  if (status >= 500) {
    const stack = error instanceof Error ? error.stack : undefined;
    plane.log.error({ requestId, code, error: errorText(error), stack }, 'control call failed');
  } else {
    plane.log.info({ requestId, code, status }, 'control call refused');
  }
  const extra: Record<string, string> = { ...headers, 'content-type': 'application/problem+json' };
  if (status === 401) extra['www-authenticate'] = 'Bearer';
  if (status === 429) extra['retry-after'] = '60';
  if (status === 503) extra['retry-after'] = '5';
  // What is left of a body that was not read would be taken for the next request.
  if (status === 413 || code === 'body_incomplete') extra['connection'] = 'close';
  return jsonResponse(status, JSON.stringify(problem), requestId, extra);
}

function replyResponse(reply: RouteReply, requestId: string): Response {
  if (reply.body === null) {
    return new Response(null, {
      status: reply.status,
      headers: { ...securityHeaders, ...reply.headers, 'x-request-id': requestId },
    });
  }
  const headers = { ...reply.headers, 'content-type': 'application/json' };
  return jsonResponse(reply.status, JSON.stringify(reply.body), requestId, headers);
}

function jsonResponse(status: number, text: string, requestId: string, headers: Record<string, string>): Response {
  return new Response(text, { status, headers: { ...securityHeaders, ...headers, 'x-request-id': requestId } });
}

/** Made once per response: it is kept on the response itself. */
function requestIdOf(outgoing: ServerResponse, clock: Clock): string {
  const given = outgoing.getHeader('x-request-id');
  if (typeof given === 'string' && given !== '') return given;
  const made = newRequestId(clock.now());
  outgoing.setHeader('x-request-id', made);
  return made;
}

function queryOf(incoming: IncomingMessage): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  const search = new URL(incoming.url ?? '/', 'http://control.invalid').searchParams;
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
}
