import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type CallOutcome, type CountBook, noTokens, type TokenClasses } from './counts.ts';
import { type Faults, noFaults } from './faults.ts';
import type { Problem } from './problem.ts';
import { type StreamAnswer, type StreamEvent, type StreamHost, StreamPump, writePieces } from './stream.ts';
import type { VendorFace } from './vendor.ts';

/** Longest that a call which is never answered holds its socket. */
const maxHoldMs = 600_000;

/** Owns one call from its head to its line in the count: sends the answer as the faults want it, and notes what was sent. */
export class Call implements StreamHost {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly face: VendorFace;
  readonly requestId: string;
  readonly path: string;
  readonly query: URLSearchParams;
  faults: Faults = noFaults;
  model: string | null = null;
  bytesIn = 0;
  readonly #book: CountBook;
  readonly #number: number;
  readonly #atMs = Date.now();
  readonly #startedMs = performance.now();
  #stream = false;
  #status: number | null = null;
  #error: string | null = null;
  #produced: TokenClasses = noTokens;
  #reported: TokenClasses | null = null;
  #deliveredOutput = 0;
  #events = 0;
  #bytesOut = 0;
  #cut = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(req: IncomingMessage, res: ServerResponse, face: VendorFace, book: CountBook, url: CallUrl) {
    this.req = req;
    this.res = res;
    this.face = face;
    this.path = url.path;
    this.query = url.query;
    this.requestId = face.newRequestId();
    this.#book = book;
    this.#number = book.begin();
    res.once('close', () => this.#close());
    res.on('error', () => {});
  }

  get elapsedMs(): number {
    return Math.round(performance.now() - this.#startedMs);
  }

  /** Notes the tokens of the whole answer, and returns what the answer shall say about them; null: nothing. */
  produce(tokens: TokenClasses): TokenClasses | null {
    this.#produced = tokens;
    if (this.faults.noUsage) return null;
    return this.faults.wrongUsage ? tenfold(tokens) : tokens;
  }

  /** A whole answer. `reported` is what its body says of tokens. */
  json(body: unknown, reported: TokenClasses | null = null, headers: Readonly<Record<string, string>> = {}): void {
    this.bytes(200, 'application/json', JSON.stringify(body), reported, headers);
  }

  refuse(problem: Problem, retryAfterSeconds: number | null = this.faults.retryAfterSeconds): void {
    if (this.res.headersSent) {
      this.breakOff();
      return;
    }
    const { status, body, error } = this.face.problem(problem, this.requestId);
    this.#error = error;
    const headers: Record<string, string> = { ...this.face.problemHeaders(status) };
    if (retryAfterSeconds !== null) headers['retry-after'] = String(retryAfterSeconds);
    if (this.faults.htmlError) this.bytes(status, 'text/html; charset=UTF-8', htmlPage(status), null, headers);
    else this.bytes(status, 'application/json', body, null, headers);
  }

  bytes(
    status: number,
    contentType: string,
    body: string | Buffer,
    reported: TokenClasses | null,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    this.#afterDelay(() => {
      const { faults } = this;
      if (!this.#plain()) return this.#faultyBytes(status, contentType, Buffer.from(body), reported, headers);
      const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
      this.#head(status, contentType, { ...headers, 'content-length': String(length) });
      this.#bytesOut = length;
      this.#reported = faults.noUsage ? null : reported;
      this.res.end(body);
    });
  }

  stream(answer: StreamAnswer): void {
    this.#stream = true;
    this.#afterDelay(() => {
      const gzip = this.faults.gzip ? { 'content-encoding': 'gzip' } : {};
      this.#head(200, answer.contentType, { ...answer.headers, ...gzip });
      new StreamPump(this, answer).run();
    });
  }

  /** Breaks the connection once what was written is out. */
  breakOff(): void {
    this.#cut = true;
    this.res.socket?.destroySoon();
  }

  #plain(): boolean {
    const { splitBytes, gzip, cutAfter, hangAfter } = this.faults;
    return splitBytes === null && !gzip && cutAfter === null && hangAfter === null;
  }

  #faultyBytes(
    status: number,
    contentType: string,
    plain: Buffer,
    reported: TokenClasses | null,
    headers: Readonly<Record<string, string>>,
  ): void {
    const { gzip, cutAfter, hangAfter, splitBytes } = this.faults;
    const body = gzip ? gzipSync(plain) : plain;
    const encoding = gzip ? { 'content-encoding': 'gzip' } : {};
    this.#head(status, contentType, { ...headers, ...encoding, 'content-length': String(body.length) });
    const stop = Math.min(cutAfter ?? body.length, hangAfter ?? body.length);
    this.res.flushHeaders();
    writePieces(this, body.subarray(0, stop), splitBytes ?? body.length, () => {
      if (stop < body.length) {
        if (cutAfter === null) this.hold();
        else this.breakOff();
        return;
      }
      this.#reported = reported;
      this.res.end();
    });
  }

  sent(event: StreamEvent): void {
    this.#events++;
    this.#deliveredOutput += event.output;
    if (event.reported !== undefined) this.#reported = event.reported;
  }

  wrote(bytes: number): void {
    this.#bytesOut += bytes;
  }

  failed(reason: string): void {
    this.#error = reason;
  }

  later(work: () => void, afterMs: number): void {
    this.#timer = setTimeout(work, afterMs);
  }

  hold(): void {
    this.#timer = setTimeout(() => this.breakOff(), maxHoldMs);
    this.#timer.unref();
  }

  #head(status: number, contentType: string, headers: Readonly<Record<string, string>>): void {
    this.#status = status;
    const all: Record<string, string | string[]> = {
      'content-type': contentType,
      ...this.face.headers(this),
      ...headers,
    };
    if (this.faults.hugeHeaderBytes !== null) all['x-sandbox-huge'] = 'x'.repeat(this.faults.hugeHeaderBytes);
    this.res.writeHead(status, all);
  }

  #afterDelay(send: () => void): void {
    if (this.res.destroyed) return;
    if (this.faults.never) {
      this.hold();
      return;
    }
    if (this.faults.delayMs === 0) {
      send();
      return;
    }
    this.#timer = setTimeout(() => {
      if (!this.res.destroyed) send();
    }, this.faults.delayMs);
  }

  #close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const outcome: CallOutcome = this.#cut ? 'cut' : this.res.writableFinished ? 'finished' : 'aborted';
    this.#book.add({
      n: this.#number,
      atMs: this.#atMs,
      durationMs: this.elapsedMs,
      requestId: this.requestId,
      vendor: this.face.name,
      method: this.req.method ?? '',
      path: this.path,
      model: this.model,
      stream: this.#stream,
      status: this.#status,
      outcome,
      error: this.#error,
      fault: this.faults.text,
      produced: this.#producedAtEnd(outcome),
      reported: this.#reported,
      events: this.#events,
      bytesIn: this.bytesIn,
      bytesOut: this.#bytesOut,
    });
  }

  /** A broken stream has produced only what was sent of it; a whole answer was produced before its first byte. */
  #producedAtEnd(outcome: CallOutcome): TokenClasses {
    const output = Math.round(this.#deliveredOutput);
    if (!this.#stream || output >= this.#produced.output) return this.#produced;
    if (outcome === 'finished' && this.faults.endAfter === null && this.faults.errorAfter === null)
      return this.#produced;
    return { ...this.#produced, output, reasoning: Math.min(this.#produced.reasoning, output) };
  }
}

export interface CallUrl {
  readonly path: string;
  readonly query: URLSearchParams;
}

function tenfold(tokens: TokenClasses): TokenClasses {
  const wrong = { ...tokens } as Record<keyof TokenClasses, number>;
  for (const name of Object.keys(wrong) as (keyof TokenClasses)[]) wrong[name] *= 10;
  return wrong;
}

function htmlPage(status: number): string {
  return `<html>\r\n<head><title>${status} Error</title></head>\r\n<body>\r\n<center><h1>${status} Error</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`;
}
