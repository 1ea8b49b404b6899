/**
 * The control plane's HTTP: an endpoint is declared once, and its checks, its document and its tests come from that.
 *
 * Promises: every answer carries a request id; every refusal is a problem document with a stable code.
 * Never: knows what an endpoint does, serves the gateway's traffic, shows the inner text of an unexpected error.
 */
export type { Caller, Gate, Person } from './access.ts';
export { createControlApp, openApiPath } from './app.ts';
export type { FrontDoor } from './front-door.ts';
export { type BaseUrlForm, baseUrlPage, pageLocale } from './html.ts';
export { openApiDocument } from './openapi.ts';
export { type Answer, etagOf, send } from './page-answer.ts';
export { escapeHtml, frameStyle, pageHeaders } from './page-frame.ts';
export type { PageLocale } from './page-words.ts';
export { decodeCursor, encodeCursor, pageOf, pageQuery } from './paging.ts';
export { commonProblems, problemOf } from './problem.ts';
export type { KeptReply, ReplayState, Replays } from './replays.ts';
export {
  type AccountContext,
  FileBody,
  type FilePieces,
  InputError,
  type OrganizationContext,
  type ProblemTable,
  type Route,
  type RouteContext,
  route,
} from './route.ts';
export { Throttle, ThrottledError } from './throttle.ts';
