/**
 * The control plane's HTTP: an endpoint is declared once, and its checks, its document and its tests come from that.
 *
 * Promises: every answer carries a request id; every refusal is a problem document with a stable code.
 * Never: knows what an endpoint does, serves the gateway's traffic, shows the inner text of an unexpected error.
 */
export { type ControlAppOptions, createControlApp, type Listener } from './app.ts';
export { type BaseUrlForm, type BaseUrlPageOptions, baseUrlPage, type Page, pageLocale } from './html.ts';
export { openApiDocument } from './openapi.ts';
export type { PageLocale } from './page-words.ts';
export { decodeCursor, encodeCursor, pageOf, pageQuery } from './paging.ts';
export { commonProblems, type Problem } from './problem.ts';
export type { FieldError, Method, ProblemTable, Route, RouteContext, RouteReply, Scope } from './route.ts';
export { InputError, route } from './route.ts';
