import { STATUS_CODES } from 'node:http';
import { errorEnvelope, errorEvent, type PublicError, type WireId } from '../vendors/index.ts';
import type { Call } from './call.ts';
import { errorTable, fill, type Refusal } from './errors.ts';
import type { GatewaySettings } from './ports.ts';

/** Name, value, name, value: as node writes them, without a parsed object between. */
export type HeaderList = string[];

/** The headers that every answer of the gateway carries. */
export function commonHeaders(call: Call): HeaderList {
  const headers: HeaderList = ['x-request-id', call.id];
  if (call.family === 'anthropic') headers.push('request-id', call.id);
  const window = call.window;
  if (window) {
    headers.push('x-ratelimit-limit', String(window.limit));
    headers.push('x-ratelimit-remaining', String(window.remaining));
    headers.push('x-ratelimit-reset', String(Math.ceil(window.resetAtMs / 1000)));
  }
  return headers;
}

export function publicError(refused: Refusal, requestId: string, settings: GatewaySettings): PublicError {
  const entry = errorTable[refused.code];
  // In words as well: people are shown the message, not the headers.
  const detail = { ...refused.detail, wait: refused.retryAfterSeconds ?? '' };
  return {
    status: refused.status,
    code: refused.code,
    message: fill(entry.message, detail),
    requestId,
    retryAfterSeconds: refused.retryAfterSeconds,
    docsUrl: `${settings.docsBaseUrl}/errors#${refused.code}`,
    actor: entry.actor,
    charged: false,
    action: fill(entry.action, detail),
    param: null,
  };
}

/** The body of a refusal in the envelope of the call's family. */
export function refusalBody(call: Call, refused: Refusal, settings: GatewaySettings): Buffer {
  return Buffer.from(errorEnvelope(call.family, publicError(refused, call.id, settings)));
}

export function sendRefusal(call: Call, refused: Refusal, body: Buffer): void {
  const headers = commonHeaders(call);
  headers.push('content-type', 'application/json; charset=utf-8', 'content-length', String(body.length));
  // Tools retry a 401 for three minutes and a 402 six times unless they are told that it is final.
  headers.push('x-should-retry', errorTable[refused.code].retry ? 'true' : 'false');
  if (refused.retryAfterSeconds !== null) headers.push('retry-after', String(refused.retryAfterSeconds));
  if (refused.code === 'method_not_allowed') headers.push('allow', String(refused.detail.allow));
  closeIfUnread(call, headers);
  call.response.writeHead(refused.status, statusText(refused.status), headers);
  call.response.end(call.method === 'HEAD' ? undefined : body);
}

/** Anthropic's own status has no text in node's table. */
function statusText(status: number): string {
  return status === 529 ? 'Overloaded' : (STATUS_CODES[status] ?? 'Error');
}

/** Answers with what the gateway itself has made. */
export function sendBytes(call: Call, status: number, contentType: string, body: Buffer): void {
  const headers = commonHeaders(call);
  headers.push('content-type', contentType, 'content-length', String(body.length), 'cache-control', 'no-store');
  closeIfUnread(call, headers);
  call.response.writeHead(status, headers);
  call.response.end(call.method === 'HEAD' ? undefined : body);
}

/** A body that nobody will read makes the connection useless once it is large: node would read it all to keep it. */
function closeIfUnread(call: Call, headers: HeaderList): void {
  const { request, head } = call;
  if (!request.complete && head?.hasBody && (head.contentLength < 0 || head.contentLength > 256 * 1024))
    headers.push('connection', 'close');
}

/** The wire's own in-stream error event, or null where only a broken connection is safe. */
export function refusalEvent(
  wire: WireId,
  refused: Refusal,
  requestId: string,
  settings: GatewaySettings,
): string | null {
  return errorEvent(wire, publicError(refused, requestId, settings));
}

/** A whole answer for a bare socket: what could not be parsed as HTTP, or asked for an upgrade. */
export function rawRefusal(call: Call, refused: Refusal, settings: GatewaySettings): Buffer {
  const body = refusalBody(call, refused, settings);
  const head =
    `HTTP/1.1 ${refused.status} ${statusText(refused.status)}\r\n` +
    `x-request-id: ${call.id}\r\nx-should-retry: false\r\ncontent-type: application/json; charset=utf-8\r\n` +
    `content-length: ${body.length}\r\nconnection: close\r\n\r\n`;
  call.bytesOut = body.length;
  return Buffer.concat([Buffer.from(head), body]);
}
