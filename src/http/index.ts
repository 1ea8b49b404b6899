/**
 * The control plane's HTTP: an endpoint is declared once, and its checks, its document and its tests come from that.
 *
 * Promises: every answer carries a request id; every refusal is a problem document with a stable code.
 * Never: knows what an endpoint does, serves the gateway's traffic, shows the inner text of an unexpected error.
 */
export { decodeCursor, encodeCursor, pageOf, pageQuery } from './paging.ts';
export type { Method, ProblemTable, Route, RouteContext, RouteReply, Scope } from './route.ts';
export { route } from './route.ts';
