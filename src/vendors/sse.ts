import { limits } from '../base/limits.ts';
import { JsonScan } from './json-scan.ts';
import type { Endpoint, ObservedFacts, Observer } from './types.ts';
import type { Wire, WireReader } from './wires/reader.ts';

const lf = 0x0a;
const cr = 0x0d;
const dataField = Buffer.from('data:');

/** A line: nothing of it yet or a part of `data:`; the value of a `data` field; any other. */
type Line = 'start' | 'data' | 'other';

/** What the event's data turned out to be: JSON, or a word such as `[DONE]`. */
type Payload = 'none' | 'json' | 'word';

/** A chunk with usage alone has about 400 bytes. What is longer is something else, and is not held back. */
const longestHiddenBytes = 8 * 1024;

const empty = Buffer.alloc(0);

/**
 * Reads a stream of server-sent events while it is relayed: no event is decoded or parsed as a whole, and nothing is
 * carried over but a few numbers, since the scan itself goes on where a chunk was split. `event:`, `id:` and comments
 * are passed over: every wire's data tells its own type. Lines end with LF, CR LF or CR; which one, the first line
 * decides for the stream.
 */
export class SseObserver implements Observer {
  readonly #reader: WireReader;
  readonly #scan: JsonScan;
  readonly #hiding: boolean;
  #line: Line = 'start';
  #matched = 0;
  #payload: Payload = 'none';
  #word = '';
  #fresh = true;
  /** 0 until the first line has ended. */
  #terminator = 0;
  /** The first line ended in a CR at the end of a chunk: the next byte tells whether it is a CR LF. */
  #crPending = false;
  // Only while hiding: where the running event and what is to be relayed begin in this chunk, and what waits.
  #eventFrom = 0;
  #relayFrom = 0;
  #parts: Buffer[] = [];
  #held: Buffer[] = [];
  #heldBytes = 0;
  #released = false;
  #chunk: Buffer = empty;

  constructor(wire: Wire, endpoint: Endpoint, hideUsage: boolean) {
    this.#reader = wire.reader(endpoint);
    this.#scan = new JsonScan(wire.shape, this.#reader, limits.observedMemberBytes);
    this.#hiding = hideUsage;
  }

  get outputBytes(): number {
    return this.#reader.outputBytes;
  }

  get ended(): boolean {
    return this.#reader.ended;
  }

  facts(): ObservedFacts {
    return this.#reader.facts();
  }

  push(chunk: Buffer): Buffer {
    if (chunk.length === 0) return chunk;
    if (!this.#hiding) {
      this.#read(chunk);
      return chunk;
    }
    this.#chunk = chunk;
    this.#eventFrom = 0;
    this.#relayFrom = 0;
    this.#read(chunk);
    return this.#relay(chunk);
  }

  end(): Buffer {
    this.#chunk = empty;
    this.#eventFrom = 0;
    this.#relayFrom = 0;
    // The last event counts even when its empty line is missing.
    if (this.#crPending || this.#line !== 'start') this.#endLine(0);
    if (this.#payload !== 'none') this.#endEvent(0);
    const rest = [...this.#parts, ...this.#held];
    this.#parts = [];
    this.#held = [];
    this.#heldBytes = 0;
    return rest.length === 0 ? empty : Buffer.concat(rest);
  }

  #read(chunk: Buffer): void {
    if (this.#terminator === 0) this.#findTerminator(chunk);
    const terminator = this.#terminator === 0 ? lf : this.#terminator;
    const length = chunk.length;
    let i = 0;
    while (i < length) {
      if (this.#line === 'start') {
        i = this.#lineStart(chunk, i, terminator);
        continue;
      }
      const found = chunk.indexOf(terminator, i);
      const end = found < 0 ? length : found;
      if (this.#line === 'data') this.#data(chunk, i, end);
      if (found >= 0) {
        this.#line = 'start';
        this.#matched = 0;
      }
      i = end + 1;
    }
  }

  #lineStart(chunk: Buffer, from: number, terminator: number): number {
    let matched = this.#matched;
    let i = from;
    if (matched === 0 && isDataField(chunk, i)) {
      this.#line = 'data';
      this.#fresh = false;
      return i + dataField.length;
    }
    while (i < chunk.length) {
      const byte = chunk[i++] as number;
      if (byte === terminator) {
        if (matched === 0) this.#endEvent(i);
        this.#matched = 0;
        return i;
      }
      if (byte === dataField[matched]) {
        if (++matched < dataField.length) continue;
        this.#line = 'data';
        this.#matched = 0;
        this.#fresh = false;
        return i;
      }
      // The CR of a CR LF, and the byte order mark that a stream may begin with.
      if (byte === cr || (this.#fresh && (byte === 0xef || byte === 0xbb || byte === 0xbf))) continue;
      this.#line = 'other';
      this.#fresh = false;
      return i;
    }
    this.#matched = matched;
    return i;
  }

  #findTerminator(chunk: Buffer): void {
    if (this.#crPending) {
      this.#crPending = false;
      this.#terminator = chunk[0] === lf ? lf : cr;
      if (this.#terminator === cr) this.#endLine(0);
      return;
    }
    const lfAt = chunk.indexOf(lf);
    const crAt = chunk.indexOf(cr);
    if (crAt < 0 || (lfAt >= 0 && lfAt < crAt)) {
      if (lfAt >= 0) this.#terminator = lf;
    } else if (crAt === chunk.length - 1) {
      this.#crPending = true;
    } else {
      this.#terminator = chunk[crAt + 1] === lf ? lf : cr;
    }
  }

  #endLine(at: number): void {
    if (this.#line === 'start' && this.#matched === 0) this.#endEvent(at);
    this.#line = 'start';
    this.#matched = 0;
  }

  /** A part of a data field's value. */
  #data(chunk: Buffer, from: number, to: number): void {
    let i = from;
    if (this.#payload === 'none') {
      while (i < to && isSpace(chunk[i] as number)) i++;
      if (i === to) return;
      this.#payload = chunk[i] === 0x7b ? 'json' : 'word';
      this.#word = '';
    }
    if (this.#payload === 'json') this.#scan.push(chunk, i, to);
    else if (this.#word.length < 16) this.#word += chunk.toString('latin1', i, Math.min(to, i + 16));
  }

  /** An empty line ends before `chunk[end]`. */
  #endEvent(end: number): void {
    let hide = false;
    if (this.#payload === 'json') {
      const whole = this.#scan.state === 'complete';
      hide = this.#reader.endEvent() && whole;
      this.#scan.reset();
    } else if (this.#payload === 'word' && this.#word.trim() === '[DONE]') {
      this.#reader.done();
    }
    this.#payload = 'none';
    if (this.#hiding) this.#sort(end, hide);
  }

  /** The event that ends before `chunk[end]` is relayed or left out, with what is held of it. */
  #sort(end: number, hide: boolean): void {
    if (hide && !this.#released) {
      this.#emit(this.#chunk, this.#relayFrom, this.#eventFrom);
      this.#relayFrom = end;
    } else {
      this.#parts.push(...this.#held);
    }
    this.#held = [];
    this.#heldBytes = 0;
    this.#released = false;
    this.#eventFrom = end;
  }

  #relay(chunk: Buffer): Buffer {
    const from = this.#relayFrom;
    let to = chunk.length;
    if (this.#eventFrom < to) {
      const waiting = this.#heldBytes + to - this.#eventFrom;
      if (this.#released || this.#reader.visible || waiting > longestHiddenBytes) {
        this.#released = true;
        this.#parts.push(...this.#held);
        this.#held = [];
        this.#heldBytes = 0;
      } else {
        this.#held.push(chunk.subarray(this.#eventFrom));
        this.#heldBytes = waiting;
        to = this.#eventFrom;
      }
    }
    if (this.#parts.length === 0 && from === 0 && to === chunk.length) return chunk;
    this.#emit(chunk, from, to);
    const parts = this.#parts;
    this.#parts = [];
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }

  #emit(chunk: Buffer, from: number, to: number): void {
    if (to > from) this.#parts.push(chunk.subarray(from, to));
  }
}

function isDataField(chunk: Buffer, at: number): boolean {
  // A loop over the five bytes costs as much as the rest of the line's reading.
  return (
    chunk[at] === 0x64 &&
    chunk[at + 1] === 0x61 &&
    chunk[at + 2] === 0x74 &&
    chunk[at + 3] === 0x61 &&
    chunk[at + 4] === 0x3a
  );
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === cr || byte === lf;
}
