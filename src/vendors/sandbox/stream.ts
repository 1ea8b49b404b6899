import type { ServerResponse } from 'node:http';
import { createGzip, type Gzip, constants as zlib } from 'node:zlib';
import type { TokenClasses } from './counts.ts';
import type { Faults } from './faults.ts';
import type { Problem } from './problem.ts';

/** One block of a stream. */
export interface StreamEvent {
  readonly text: string;
  /** Output tokens that are delivered with it, reasoning included. */
  readonly output: number;
  /** What the answer has reported once this event is out. */
  readonly reported?: TokenClasses | null;
}

export interface StreamAnswer {
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly events: Iterator<StreamEvent>;
  /** The wire's own in-stream error. */
  readonly problemText: (problem: Problem) => string;
  /** Whether it is SSE, so that `crlf` and `comments` may change it. */
  readonly lines: boolean;
}

/** The call whose answer a pump sends. */
export interface StreamHost {
  readonly res: ServerResponse;
  readonly faults: Faults;
  sent(event: StreamEvent): void;
  wrote(bytes: number): void;
  failed(reason: string): void;
  breakOff(): void;
  hold(): void;
  /** Runs later, unless the call has ended by then. */
  later(work: () => void, afterMs: number): void;
}

/** Owns the sending of one stream: as fast as the peer reads, or as slowly and badly as the faults want it. */
export class StreamPump {
  readonly #host: StreamHost;
  readonly #answer: StreamAnswer;
  readonly #gzip: Gzip | null;
  #events = 0;

  constructor(host: StreamHost, answer: StreamAnswer) {
    this.#host = host;
    this.#answer = answer;
    this.#gzip = host.faults.gzip ? createGzip() : null;
    this.#gzip?.on('data', (part: Buffer) => host.res.write(part));
  }

  run(): void {
    try {
      this.#send();
    } catch {
      // Called from timers and sockets: nobody else would catch it. A line in the count tells.
      this.#host.failed('sandbox_failure');
      this.#host.breakOff();
    }
  }

  #send(): void {
    const { res, faults } = this.#host;
    while (!res.destroyed) {
      if (this.#stopped()) return;
      const next = this.#answer.events.next();
      if (next.done) {
        this.#end();
        return;
      }
      this.#events++;
      const text = this.#framed(next.value.text);
      if (faults.splitBytes !== null) {
        writePieces(this.#host, Buffer.from(text), faults.splitBytes, () => {
          this.#host.sent(next.value);
          this.#host.later(() => this.run(), faults.eventDelayMs);
        });
        return;
      }
      const roomLeft = this.#write(text);
      this.#host.sent(next.value);
      if (faults.eventDelayMs > 0) {
        this.#host.later(() => this.run(), faults.eventDelayMs);
        return;
      }
      if (!roomLeft) {
        res.once('drain', () => this.run());
        return;
      }
    }
  }

  /** Whether a fault ends or holds the stream at this event. */
  #stopped(): boolean {
    const { faults, res } = this.#host;
    if (this.#events === faults.cutAfter) {
      res.flushHeaders();
      this.#host.breakOff();
    } else if (this.#events === faults.hangAfter) {
      res.flushHeaders();
      this.#host.hold();
    } else if (this.#events === faults.endAfter) {
      this.#end();
    } else if (this.#events === faults.errorAfter) {
      this.#host.failed('in_stream');
      const problem: Problem = { kind: 'overloaded', message: 'Overloaded', param: null, status: null };
      this.#write(this.#framed(this.#answer.problemText(problem)));
      this.#end();
    } else {
      return false;
    }
    return true;
  }

  #framed(text: string): string {
    if (!this.#answer.lines) return text;
    const commented = this.#host.faults.comments ? `: sandbox\n\n${text}` : text;
    return this.#host.faults.crlf ? commented.replaceAll('\n', '\r\n') : commented;
  }

  #write(text: string): boolean {
    this.#host.wrote(Buffer.byteLength(text));
    if (this.#gzip === null) return this.#host.res.write(text);
    this.#gzip.write(text);
    this.#gzip.flush(zlib.Z_SYNC_FLUSH);
    return true;
  }

  #end(): void {
    const { res } = this.#host;
    if (this.#gzip === null) res.end();
    else this.#gzip.once('end', () => res.end()).end();
  }
}

/** Writes a few bytes at a time, each as its own packet. */
export function writePieces(host: StreamHost, body: Buffer, size: number, done: () => void): void {
  // A big answer in single bytes would take minutes: at most 65,536 pieces.
  const step = Math.max(size, Math.ceil(body.length / 65_536));
  let at = 0;
  const write = (): void => {
    if (host.res.destroyed) return;
    if (at >= body.length) {
      done();
      return;
    }
    const part = body.subarray(at, at + step);
    at += step;
    host.wrote(part.length);
    host.res.write(part);
    setImmediate(write);
  };
  write();
}
