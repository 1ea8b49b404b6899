import http from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { limits } from '../base/limits.ts';
import { newRequestId } from '../base/request-id.ts';
import { matchEndpoint } from '../vendors/index.ts';
import { decideCredential } from './admit.ts';
import { rawRefusal } from './answer.ts';
import { type Call, newCall } from './call.ts';
import type { GatewayContext } from './context.ts';
import { type ErrorCode, errorTable, refusal } from './errors.ts';
import { handle } from './handle.ts';
import { readHead } from './request-head.ts';
import { settle } from './settle.ts';

/** Paths that belong to other parts of the program; they answer with their own ids. */
export type Elsewhere = (path: string) => http.RequestListener | null;

/**
 * The HTTP server in front of everything: limits for heads and slow clients, and an id and a record for what never
 * becomes a request: broken HTTP and upgrades.
 */
export function createServer(context: GatewayContext, elsewhere: Elsewhere): http.Server {
  const { clientTimersMs } = context.settings;
  const server = http.createServer(
    {
      maxHeaderSize: limits.requestHeadBytes,
      headersTimeout: clientTimersMs.head,
      requestTimeout: clientTimersMs.request,
      connectionsCheckingInterval: Math.min(1_000, clientTimersMs.head),
      keepAliveTimeout: limits.clientKeepAliveMs,
      noDelay: true,
      // Strict: a lenient parser is how one request is smuggled inside another.
      insecureHTTPParser: false,
      requireHostHeader: false,
      rejectNonStandardBodyWrites: false,
    },
    (request, response) => {
      const other = elsewhere(request.url ?? '/');
      if (other) other(request, response);
      else void handle(request, response, context);
    },
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseBroken(error, socket, context));
  server.on('upgrade', (request: http.IncomingMessage, socket: Duplex) => refuseUpgrade(request, socket, context));
  server.on('checkContinue', (request: http.IncomingMessage, response: http.ServerResponse) => {
    response.writeContinue();
    server.emit('request', request, response);
  });
  server.on('checkExpectation', (request: http.IncomingMessage, response: http.ServerResponse) => {
    server.emit('request', request, response);
  });
  return server;
}

/** What node's parser would not take. There is no request to speak of, but there is an answer, an id and a record. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex, context: GatewayContext): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const response = (socket as Socket & { _httpMessage?: http.ServerResponse })._httpMessage;
  if (response) {
    // Bytes behind a request that is being answered: a second answer would garble the first.
    if (response.req.complete || response.headersSent) socket.destroy();
    // The request itself ended early: its own handler still waits for the body, and can still answer.
    else {
      response.shouldKeepAlive = false;
      response.req.emit('aborted');
    }
    return;
  }
  const code: ErrorCode =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'header_too_large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'request_timeout'
        : 'bad_http';
  const call = socketCall(context, new http.IncomingMessage(socket as Socket));
  answerOnSocket(call, socket, code, context);
}

function refuseUpgrade(request: http.IncomingMessage, socket: Duplex, context: GatewayContext): void {
  socket.on('error', () => socket.destroy());
  const call = socketCall(context, request);
  call.head = readHead(request.rawHeaders);
  call.family = call.head.hint ?? 'openai';
  const match = matchEndpoint('POST', call.path, call.head.hint);
  if ('endpoint' in match) call.match = match;
  const presented = decideCredential(call.head.credentials, context.settings.keySite);
  if ('secret' in presented) call.keyPrefix = presented.prefix;
  answerOnSocket(call, socket, 'websocket_unsupported', context);
}

function socketCall(context: GatewayContext, request: http.IncomingMessage): Call {
  const nowMs = context.clock.now();
  return newCall(newRequestId(nowMs), request, new http.ServerResponse(request), nowMs, context.clock.monotonic());
}

function answerOnSocket(call: Call, socket: Duplex, code: ErrorCode, context: GatewayContext): void {
  const refused = refusal(code, { limit: limits.requestHeadBytes });
  const answer = rawRefusal(call, refused, context.settings);
  settle(
    call,
    { outcome: 'refused', status: refused.status, errorCode: code, fault: errorTable[code].actor },
    context.settle,
  );
  socket.end(answer);
}
