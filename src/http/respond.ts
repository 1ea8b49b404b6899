import type { ServerResponse } from 'node:http';
import { AppError, errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { type Problem, problemOf } from './problem.ts';
import type { FilePieces, ProblemTable, ReplyHeaders } from './route.ts';
import { ThrottledError } from './throttle.ts';

export const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** How thrown things are shown. */
export interface Refusals {
  readonly log: Log;
  readonly docsBaseUrl: string;
  readonly problems: ProblemTable;
  readonly databaseAway: (error: unknown) => boolean;
}

/** `text` is JSON; empty for an answer without a body. */
export function textResponse(status: number, text: string, requestId: string, headers: ReplyHeaders = {}): Response {
  const all = headersOf(requestId, headers);
  if (text === '') return new Response(null, { status, headers: all });
  if (!all.has('content-type')) all.set('content-type', 'application/json');
  return new Response(text, { status, headers: all });
}

/**
 * A download whose pieces flow at the reader's pace. What fails before the first piece is thrown and answered as a
 * problem; a failure on the way breaks the connection, because a cut file must not pass for a whole one.
 */
export async function fileResponse(
  pieces: FilePieces,
  { status, headers, requestId }: { status: number; headers: ReplyHeaders; requestId: string },
  { outgoing, log }: { outgoing: ServerResponse; log: Log },
): Promise<Response> {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let next = await iterator.next();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next.done) {
        controller.close();
        return;
      }
      controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value);
      try {
        next = await iterator.next();
      } catch (error) {
        log.error({ requestId, error: errorText(error) }, 'download broke off');
        outgoing.destroy();
        controller.close();
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(stream, { status, headers: headersOf(requestId, headers) });
}

export function refuse(
  refusals: Refusals,
  error: unknown,
  outgoing: ServerResponse,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  const shown = refusals.databaseAway(error)
    ? new AppError('database_unavailable', 'The database does not answer at the moment; try again shortly.')
    : error;
  const problem = problemOf(shown, refusals.problems, requestId, refusals.docsBaseUrl);
  logRefusal(refusals.log, problem, error);
  const extra: Record<string, string> = { ...headers, 'content-type': 'application/problem+json' };
  if (problem.status === 401) extra['www-authenticate'] = 'Bearer';
  if (problem.status === 429)
    extra['retry-after'] = String(error instanceof ThrottledError ? error.retryAfterSeconds : 60);
  if (problem.status === 503) extra['retry-after'] = '5';
  // What is left of a body that was not read would be taken for the next request.
  if (problem.status === 413 || problem.code === 'body_incomplete') extra['connection'] = 'close';
  // A handler may have prepared cookies that belong to its success alone.
  outgoing.removeHeader('set-cookie');
  return textResponse(problem.status, JSON.stringify(problem), requestId, extra);
}

function logRefusal(log: Log, { code, status, request_id: requestId }: Problem, error: unknown): void {
  if (status < 500) {
    log.info({ requestId, code, status }, 'control call refused');
    return;
  }
  const stack = error instanceof Error ? error.stack : undefined;
  log.error({ requestId, code, error: errorText(error), stack }, 'control call failed');
}

function headersOf(requestId: string, headers: ReplyHeaders): Headers {
  const all = new Headers(securityHeaders);
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') all.set(name, value);
    else for (const one of value) all.append(name, one);
  }
  all.set('x-request-id', requestId);
  return all;
}
