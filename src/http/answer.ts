import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { Networks } from '../base/client-address.ts';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { Permission } from '../base/permissions.ts';
import { actorOf, admit, admitToOrganization, type Caller, type Gate } from './access.ts';
import type { AdminAuth } from './admin-auth.ts';
import { addressOf } from './client-address.ts';
import { readJsonBody } from './json-body.ts';
import { fingerprintOf, once, type Replays } from './replays.ts';
import { fileResponse, type Refusals, textResponse } from './respond.ts';
import { FileBody, type FilePieces, type Route, type RouteContext, type RouteReply } from './route.ts';
import { refuseCrossSite } from './same-site.ts';
import { type Throttle, ThrottledError } from './throttle.ts';

/** What all endpoints share. */
export interface Plane extends Refusals {
  readonly admin: AdminAuth;
  readonly gate: Gate;
  readonly replays: Replays | null;
  readonly clock: Clock;
  readonly ownOrigins: () => readonly string[];
  readonly trustedProxies: Networks;
  /** By caller, or by address for those who are nobody. */
  readonly throttle: { readonly known: Throttle; readonly unknown: Throttle };
}

const organizationScope = 'organization:';
const signatureHeader = 'lodge-signature';

/** Answers one call of a route: who, may they, what, done. @throws whatever refuses it */
export async function answer(
  plane: Plane,
  route: Route,
  params: Record<string, string>,
  { incoming, outgoing }: HttpBindings,
  requestId: string,
): Promise<Response> {
  const startedMs = plane.clock.monotonic();
  const left = new AbortController();
  outgoing.once('close', () => left.abort());
  const ipAddress = addressOf(incoming, plane.trustedProxies);
  const unsafe = route.method !== 'GET';
  const signature = incoming.headers[signatureHeader];
  // No page of another site can make a browser send this header, as with the console's own.
  const byProgram = incoming.headers.authorization !== undefined || typeof signature === 'string';
  if (unsafe && !byProgram) refuseCrossSite(incoming.headers, plane.ownOrigins());
  const caller = await identify(plane, incoming, ipAddress);
  slowDown(plane, caller, ipAddress);
  admit(route.access, caller, route.method, route.openness);
  const userAgent = incoming.headers['user-agent']?.slice(0, 300) ?? null;
  const base: RouteContext = {
    requestId,
    log: plane.log.child({ requestId }),
    signal: left.signal,
    caller,
    actor: { ...actorOf(caller, { ipAddress, userAgent, requestId }), asStaff: route.access.startsWith('staff:') },
    cookies: incoming.headers.cookie ?? '',
    hostname: hostnameOf(incoming.headers.host),
  };
  const context = await contextOf(plane.gate, route, base, params);
  const body = route.body ? await readJsonBody(incoming) : null;
  const raw = { params, query: queryOf(incoming), body: body?.value };
  const signed = typeof signature === 'string' && body !== null ? { signed: { signature, bytes: body.bytes } } : {};
  const response = await replyTo(plane, route, { ...context, ...signed }, raw, { incoming, outgoing });
  const durationMs = Math.round(plane.clock.monotonic() - startedMs);
  plane.log.info(
    { requestId, method: route.method, path: route.path, status: response.status, durationMs },
    'control call',
  );
  return response;
}

async function identify(plane: Plane, incoming: IncomingMessage, ipAddress: string): Promise<Caller> {
  const { authorization, cookie } = incoming.headers;
  if (authorization !== undefined) {
    const token = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (token === undefined) {
      throw new AppError('session_missing', 'Send a token as "Authorization: Bearer <token>".');
    }
    if (!plane.gate.isToken(token)) {
      plane.admin.check(token, ipAddress);
      return { kind: 'admin_token' };
    }
    const person = await plane.gate.token(token);
    if (person === null) throw new AppError('access_token_wrong', 'This token is unknown, revoked or expired.');
    return person;
  }
  if (cookie === undefined) return { kind: 'nobody' };
  return (await plane.gate.session(cookie)) ?? { kind: 'nobody' };
}

function slowDown(plane: Plane, caller: Caller, ipAddress: string): void {
  if (caller.kind === 'admin_token') return;
  const waitSeconds =
    caller.kind === 'person' ? plane.throttle.known.count(caller.accountId) : plane.throttle.unknown.count(ipAddress);
  if (waitSeconds > 0)
    throw new ThrottledError('too_many_calls', `Too many calls; wait ${waitSeconds} seconds.`, waitSeconds);
}

/** Adds what the route's access promises its handler. */
async function contextOf(gate: Gate, route: Route, base: RouteContext, params: Record<string, string>) {
  const { caller } = base;
  if (caller.kind !== 'person' || route.access === 'public' || route.access.startsWith('staff:')) return base;
  if (!route.access.startsWith(organizationScope)) return { ...base, person: caller };
  const organizationId = params['organization'] ?? '';
  const permission = route.access.slice(organizationScope.length) as Permission;
  const reach = await admitToOrganization(gate, caller, organizationId, permission);
  return { ...base, person: caller, organizationId, reach };
}

type Raw = Parameters<Route['call']>[1];

async function replyTo(plane: Plane, route: Route, context: RouteContext, raw: Raw, bindings: HttpBindings) {
  const { incoming } = bindings;
  const key = incoming.headers['idempotency-key'];
  const who = context.caller.kind === 'person' ? context.caller.accountId : context.caller.kind;
  if (key === undefined || plane.replays === null || route.method === 'GET' || who === 'nobody') {
    return responseOf(plane, route, await route.call(context, raw), context.requestId, bindings);
  }
  const fingerprint = fingerprintOf(route.method, incoming.url ?? '', raw.body);
  let headers: RouteReply['headers'] = { 'idempotent-replayed': 'true' };
  const kept = await once(plane.replays, who, String(key), fingerprint, async () => {
    const reply = await route.call(context, raw);
    headers = reply.headers;
    return { status: reply.status, text: reply.body === null ? '' : JSON.stringify(reply.body) };
  });
  return textResponse(kept.status, kept.text, context.requestId, headers);
}

function responseOf(
  { log }: Plane,
  route: Route,
  reply: RouteReply,
  requestId: string,
  { outgoing }: HttpBindings,
): Response | Promise<Response> {
  const { status } = reply;
  const declared = route.responses[status];
  if (declared instanceof FileBody) {
    const headers = { 'content-type': declared.contentType, ...reply.headers };
    return fileResponse(reply.body as FilePieces, { status, headers, requestId }, { outgoing, log });
  }
  return textResponse(status, reply.body === null ? '' : JSON.stringify(reply.body), requestId, reply.headers);
}

function hostnameOf(host: string | undefined): string {
  const url = `http://${host}`;
  return host !== undefined && URL.canParse(url) ? new URL(url).hostname : '';
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
