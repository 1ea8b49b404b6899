/** What a reader tells of the answers on one connection. */
export interface ResponseEvents {
  head?(status: number): void;
  body?(bytes: Buffer): void;
  end(status: number): void;
}

type State = 'head' | 'counted' | 'size' | 'chunk' | 'chunkEnd' | 'trailer';

const headMax = 64 * 1024;
const newline = 0x0a;
const headEnd = Buffer.from('\r\n\r\n');

/**
 * Takes the answers of one kept-alive connection apart, however they are split. Knows `Content-Length` and chunks and
 * nothing else: a client that cost more than the gateway would only measure itself.
 */
export class ResponseReader {
  readonly #events: ResponseEvents;
  #state: State = 'head';
  #kept: Buffer | null = null;
  #status = 0;
  /** Bytes that are still to come of a body or chunk. */
  #left = 0;
  /** Digits of a chunk's size so far, or bytes of a trailer line. */
  #line = '';

  constructor(events: ResponseEvents) {
    this.#events = events;
  }

  /** @throws Error when it is no answer that this reader understands */
  push(bytes: Buffer): void {
    let rest = bytes;
    while (rest.length > 0) rest = this.#step(rest);
  }

  #step(bytes: Buffer): Buffer {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes);
      case 'counted':
      case 'chunk':
        return this.#readBody(bytes);
      default:
        return this.#readLine(bytes);
    }
  }

  #readHead(bytes: Buffer): Buffer {
    const all = this.#kept ? Buffer.concat([this.#kept, bytes]) : bytes;
    const end = all.indexOf(headEnd);
    if (end < 0) {
      if (all.length > headMax) throw new Error('The head of an answer does not end.');
      this.#kept = all;
      return all.subarray(all.length);
    }
    this.#kept = null;
    const text = all.toString('latin1', 0, end);
    this.#status = Number(text.slice(9, 12));
    this.#events.head?.(this.#status);
    const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
    const rest = all.subarray(end + headEnd.length);
    if (length !== undefined) {
      this.#left = Number(length);
      this.#state = 'counted';
      if (this.#left === 0) this.#end();
    } else if (/\r\ntransfer-encoding: *chunked/i.test(text)) this.#state = 'size';
    else throw new Error(`An answer with neither length nor chunks: ${text.slice(0, 200)}`);
    return rest;
  }

  #readBody(bytes: Buffer): Buffer {
    const piece = bytes.length <= this.#left ? bytes : bytes.subarray(0, this.#left);
    this.#left -= piece.length;
    this.#events.body?.(piece);
    if (this.#left === 0) {
      if (this.#state === 'counted') this.#end();
      else this.#state = 'chunkEnd';
    }
    return bytes.subarray(piece.length);
  }

  /** A chunk's size, the empty line behind it, or a trailer: all end with a newline. */
  #readLine(bytes: Buffer): Buffer {
    const end = bytes.indexOf(newline);
    this.#line += bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
    if (this.#line.length > headMax) throw new Error('A line between chunks does not end.');
    if (end < 0) return bytes.subarray(bytes.length);
    const line = this.#line.trimEnd();
    this.#line = '';
    if (this.#state === 'size') {
      this.#left = Number.parseInt(line, 16);
      if (Number.isNaN(this.#left)) throw new Error(`Not the size of a chunk: ${line.slice(0, 40)}`);
      this.#state = this.#left === 0 ? 'trailer' : 'chunk';
    } else if (this.#state === 'chunkEnd') this.#state = 'size';
    else if (line === '') this.#end();
    return bytes.subarray(end + 1);
  }

  #end(): void {
    this.#state = 'head';
    this.#events.end(this.#status);
  }
}
