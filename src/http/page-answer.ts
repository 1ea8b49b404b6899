import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer with a page or a file, before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Null where nothing is kept by browsers. */
  readonly etag: string | null;
}

/** On everything; the headers of an answer stand over these. */
const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Writes an answer; 304 without a body where the caller has it already. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, etag, body } = answer;
  const headers: Record<string, string> = { ...securityHeaders, ...answer.headers };
  if (etag !== null) headers['etag'] = etag;
  // A body that nobody reads is not waited for: the connection ends with the answer.
  if (hasBody(request)) headers['connection'] = 'close';
  if (etag !== null && isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  headers['content-length'] = String(body.length);
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
}

/** Strong, quoted. */
export function etagOf(body: Buffer): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** RFC 9110 §13.1.2: a list, compared weakly; a proxy that compresses turns our tag into a weak one. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}
