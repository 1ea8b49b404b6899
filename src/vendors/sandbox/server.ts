import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { AppError, errorText } from '../../base/errors.ts';
import { limits } from '../../base/limits.ts';
import type { Log } from '../../base/log.ts';
import { anthropic } from './anthropic/face.ts';
import { Call } from './call.ts';
import { CountBook, type Counts } from './counts.ts';
import { FaultMemory, markersIn, parseFaults } from './faults.ts';
import { gemini } from './gemini/face.ts';
import { isObject, type Json } from './json.ts';
import { emptyForm, parseForm } from './multipart.ts';
import { openai } from './openai/face.ts';
import { ownPages } from './own-pages.ts';
import { problemOfStatus, Refusal } from './problem.ts';
import type { CallBody, Route, VendorFace } from './vendor.ts';

export interface SandboxOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  /** Where one line per call is added; null keeps the latest calls in memory only. */
  readonly countsFile: string | null;
  readonly log: Log;
}

export interface Sandbox {
  /** `http://host:port`. Base URLs for SDKs: `<origin>/openai/v1`, `<origin>/anthropic`, `<origin>/gemini`. */
  readonly origin: string;
  readonly port: number;
  counts(): Counts;
  /** Breaks what is running, counts it as cut or aborted, and gives the port back. */
  close(): Promise<void>;
}

/** Bodies larger than any vendor takes are refused. Files of multipart bodies are held in memory, so they have the same limit. */
const maxBodyBytes = Math.max(limits.jsonBodyBytes, 64 * 1024 * 1024);

const faces: ReadonlyMap<string, VendorFace> = new Map([openai, anthropic, gemini].map((face) => [face.name, face]));

/**
 * Starts the sandbox vendor.
 * @throws AppError `sandbox_port_taken`, `sandbox_unavailable`
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1';
  const book = new CountBook(options.countsFile);
  const memory = new FaultMemory();
  const server = createServer({ keepAliveTimeout: 75_000, requestTimeout: 0, maxHeaderSize: 64 * 1024 }, (req, res) => {
    try {
      answer(req, res, book, memory, options.log);
    } catch (error) {
      options.log.error({ reason: errorText(error) }, 'sandbox call failed');
      res.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, options.port)));
    server.listen(options.port, host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    counts: () => book.counts(),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      // A call ends a few turns of the loop after its socket.
      for (let turn = 0; turn < 100 && book.counts().inFlight > 0; turn++)
        await new Promise<void>((resolve) => setImmediate(resolve));
      book.close();
    },
  };
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): AppError {
  if (error.code === 'EADDRINUSE')
    return new AppError(
      'sandbox_port_taken',
      `Port ${port} on ${host} is taken by another program. Choose another one for the sandbox (LODGE_SANDBOX_PORT, or --port of lodge sandbox), or 0 for any.`,
    );
  const message = `The sandbox cannot listen on ${host} port ${port}: ${error.code ?? 'unknown reason'}.`;
  return new AppError('sandbox_unavailable', message, { cause: error });
}

function answer(req: IncomingMessage, res: ServerResponse, book: CountBook, memory: FaultMemory, log: Log): void {
  const target = req.url ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1));
  const slash = path.indexOf('/', 1);
  const face = faces.get(slash < 0 ? path.slice(1) : path.slice(1, slash));
  if (face === undefined) {
    ownPages(req, res, path, query, book);
    return;
  }
  const call = new Call(req, res, face, book, { path, query });
  const handle = (body: Buffer): void => guarded(call, log, () => serve(call, path.slice(slash), body, memory));
  if (req.method === 'GET' || req.method === 'HEAD' || req.method === 'DELETE') {
    req.resume();
    handle(Buffer.alloc(0));
    return;
  }
  collect(call, handle);
}

function guarded(call: Call, log: Log, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) {
      call.refuse(error.problem);
      return;
    }
    log.error({ requestId: call.requestId, reason: errorText(error) }, 'sandbox call failed');
    call.refuse({
      kind: 'server',
      message: 'The sandbox failed. This is a bug of the sandbox.',
      param: null,
      status: 500,
    });
  }
}

function collect(call: Call, done: (body: Buffer) => void): void {
  const parts: Buffer[] = [];
  call.req.on('data', (part: Buffer) => {
    call.bytesIn += part.length;
    if (call.bytesIn <= maxBodyBytes) parts.push(part);
    else parts.length = 0;
  });
  call.req.on('error', () => {});
  call.req.on('end', () => {
    if (call.bytesIn > maxBodyBytes) return call.refuse(problemOfStatus(413));
    done(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts));
  });
}

function serve(call: Call, path: string, encoded: Buffer, memory: FaultMemory): void {
  const body = decoded(call, encoded);
  const header = call.req.headers['x-sandbox-fault'];
  const list = [typeof header === 'string' ? header : '', markersIn(body)].filter((text) => text !== '').join(',');
  if (list !== '') {
    const faults = parseFaults(list);
    if ('problem' in faults) throw new Refusal('invalid', faults.problem);
    call.faults = memory.apply(faults);
  }
  authorise(call);
  const route = call.face.route(call.req.method ?? 'GET', path);
  if (route === 'method') throw new Refusal('method', `Method ${call.req.method} is not allowed here.`);
  if (route === null) throw new Refusal('not_found', `Invalid URL (${call.req.method} ${path})`);
  const parsed = parseBody(call, route, body);
  if (call.faults.status !== null) {
    call.model = typeof parsed.json['model'] === 'string' ? parsed.json['model'] : null;
    call.refuse(problemOfStatus(call.faults.status));
    return;
  }
  route.run(call, parsed);
}

function authorise(call: Call): void {
  const credential = call.face.credential(call.req, call.query);
  if (credential === null || credential === '') throw new Refusal('no_key', 'No credential was sent.');
  if (credential.startsWith('bad-')) throw new Refusal('bad_key', credential);
}

function decoded(call: Call, body: Buffer): Buffer {
  const encoding = call.req.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity' || body.length === 0) return body;
  try {
    if (encoding === 'gzip') return gunzipSync(body, { maxOutputLength: maxBodyBytes });
    if (encoding === 'zstd') return zstdDecompressSync(body, { maxOutputLength: maxBodyBytes });
  } catch {
    throw new Refusal('bad_json', `The body is not valid ${encoding}.`);
  }
  throw new Refusal('invalid', `Content-Encoding ${encoding} is not supported.`, null, 415);
}

const noJson: Json = {};

function parseBody(call: Call, route: Route, body: Buffer): CallBody {
  if (route.body === 'none') return { json: noJson, form: emptyForm };
  if (route.body === 'multipart') {
    const form = parseForm(call.req.headers['content-type'] ?? '', body);
    if (form !== null) return { json: noJson, form };
  }
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal('bad_json', 'The body of your request is not valid JSON.');
  }
  if (!isObject(json)) throw new Refusal('bad_json', 'The body of your request is not a JSON object.');
  return { json, form: emptyForm };
}
