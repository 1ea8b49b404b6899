import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { chatAnswer, deltaEvent, eventEveryMs, lastEvents, silentTokens, upstreamHosts } from '../traffic.ts';

/** A process of its own: a vendor that costs as little as possible, so that the gateway before it is what is measured. */

const answer = Buffer.from(chatAnswer());
const jsonHead = ['content-type', 'application/json', 'content-length', String(answer.length)];
const streamHead = ['content-type', 'text/event-stream; charset=utf-8'];
/** Larger bodies are no streams; they are not looked through. */
const searchedBytes = 8 * 1024;
const maxEvents = 100_000;

const framed: Buffer[] = [];
const framedEnd = lastEvents.map((text) => frame(text));

/** An event as a chunk of its own in one write: node's `write` would make three of it. */
function frame(text: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}

function eventNumber(number: number): Buffer {
  framed[number] ??= frame(deltaEvent(number));
  return framed[number];
}

interface Stream {
  readonly response: http.ServerResponse;
  readonly socket: Socket;
  readonly events: number;
  sent: number;
}

/**
 * Gives every stream its next event at its own moment, so that a gateway sees them one by one as from a vendor and not
 * in bursts. When this process is late, all streams are late: two events of a stream never leave together.
 */
const slots = Array.from({ length: eventEveryMs }, () => new Set<Stream>());
let slotNow = 0;
let nextMs = performance.now();

setInterval(() => {
  const nowMs = performance.now();
  if (nowMs - nextMs > eventEveryMs / 2) nextMs = nowMs;
  for (; nextMs <= nowMs; nextMs++) {
    const slot = slots[slotNow++ % slots.length];
    if (slot) for (const stream of slot) if (!sendNext(stream)) slot.delete(stream);
  }
}, 1);

/** False behind the last one. */
function sendNext(stream: Stream): boolean {
  const { socket, response, events } = stream;
  if (socket.destroyed) return false;
  const number = stream.sent++;
  const bytes = number < events ? eventNumber(number) : framedEnd[number - events];
  if (bytes) socket.write(bytes);
  if (number - events < framedEnd.length - 1) return true;
  response.end();
  return false;
}

function stream(response: http.ServerResponse, events: number): void {
  const { socket } = response;
  if (!socket) return;
  response.writeHead(200, streamHead);
  response.flushHeaders();
  const one: Stream = { response, socket, events, sent: 1 };
  socket.write(eventNumber(0));
  if (events === silentTokens) return;
  const emptiest = slots.reduce((least, slot) => (slot.size < least.size ? slot : least));
  emptiest.add(one);
}

function serve(request: http.IncomingMessage, response: http.ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const first = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    const head = first.length > searchedBytes ? '' : first.toString('latin1');
    const asked = head.includes('"stream":true') ? /"max_tokens":(\d+)/.exec(head)?.[1] : undefined;
    if (asked !== undefined) {
      stream(response, Math.min(Number(asked), maxEvents));
      return;
    }
    response.writeHead(200, jsonHead);
    response.end(answer);
  });
}

async function listen(host: string, port: number): Promise<number> {
  const server = http.createServer(serve);
  server.keepAliveTimeout = 600_000;
  server.listen({ port, host, backlog: 4_096 });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const [first = '', ...others] = upstreamHosts;
const port = await listen(first, 0);
await Promise.all(others.map((host) => listen(host, port)));
process.on('disconnect', () => process.exit());
process.send?.({ port });
