import { findKey, type JsonSink, longestKeyBytes, type Shape } from './json-shape.ts';
import { HeldBytes, isScalarStart, StringEnd, TextCount } from './json-string.ts';

/**
 * Reads chosen members out of one JSON text while its bytes pass, split anywhere. A member is named by its whole path
 * from the root, so a key of the same name deeper down (a tool call's argument called `usage`) never matches. It keeps
 * a bounded state whatever the size and the nesting of the text, and it is not a validator: it is strict about the
 * levels it follows and passes over everything below them by counting brackets.
 */

export type JsonScanState = 'running' | 'complete' | 'broken';

const atRoot = 0;
const atValue = 1;
const atFirstElement = 2;
const atFirstKey = 3;
const atKey = 4;
const inKey = 5;
const atColon = 6;
const inString = 7;
const inScalar = 8;
const inSkipped = 9;
const inSkippedString = 10;
const afterValue = 11;
const done = 12;
const broken = 13;

const quote = 0x22;
const backslash = 0x5c;
const braceOpen = 0x7b;
const braceClose = 0x7d;
const bracketOpen = 0x5b;
const bracketClose = 0x5d;
const colon = 0x3a;
const comma = 0x2c;

export class JsonScan {
  readonly #root: Shape;
  readonly #sink: JsonSink;
  readonly #limitBytes: number;
  readonly #stack: Shape[] = [];
  readonly #isArray: boolean[] = [];
  readonly #starts: number[] = [];
  #level = -1;
  #state = atRoot;
  #node: Shape | null = null;
  /** Absolute offset of the chunk's index 0. */
  #base = 0;
  #offset = 0;
  #valueStart = 0;
  /** Where the open value or key begins in this chunk. */
  #from = 0;
  #depth = 0;
  readonly #stringEnd = new StringEnd();
  readonly #textCount = new TextCount();
  readonly #held = new HeldBytes();

  /** `limitBytes`: the largest value that is captured; a larger one is reported without its bytes. */
  constructor(root: Shape, sink: JsonSink, limitBytes: number) {
    this.#root = root;
    this.#sink = sink;
    this.#limitBytes = limitBytes;
  }

  get state(): JsonScanState {
    return this.#state === done ? 'complete' : this.#state === broken ? 'broken' : 'running';
  }

  /** Whether any byte but white space has come since the last reset. */
  get started(): boolean {
    return this.#state !== atRoot;
  }

  /** Forgets the text so far: the next byte is the first of a new one. */
  reset(): void {
    this.#level = -1;
    this.#state = atRoot;
    this.#node = null;
    this.#offset = 0;
    this.#stringEnd.reset();
    this.#textCount.reset();
    this.#held.clear();
  }

  /** Takes `chunk[from, to)`. The bytes must not change afterwards: a sink may go on referring to them. */
  push(chunk: Buffer, from = 0, to: number = chunk.length): void {
    if (this.#state === broken) return;
    this.#base = this.#offset - from;
    this.#from = from;
    let i = from;
    while (i < to) {
      i = this.#quick(chunk, i, to);
      if (i < to) i = this.#step(chunk, i, to);
    }
    this.#offset = this.#base + to;
    this.#hold(chunk, to);
  }

  /**
   * The usual tokens in one loop: compact JSON, whole within the chunk, keys without escapes. Returns the index of the
   * first byte that it leaves to the careful steps, which take two to three times as long.
   */
  #quick(chunk: Buffer, from: number, to: number): number {
    let i = from;
    while (i < to) {
      const byte = chunk[i] as number;
      let next = -1;
      switch (this.#state) {
        case afterValue:
          if (byte === comma || byte === braceClose || byte === bracketClose) next = this.#next(byte, i);
          break;
        case atFirstKey:
        case atKey:
          if (byte === quote) next = this.#quickKey(chunk, i, to);
          break;
        case atFirstElement:
        case atValue:
          if (byte === quote) next = this.#quickString(chunk, i, to);
          else if (byte === braceOpen || byte === bracketOpen) next = this.#open(byte, i);
          else if (byte > 0x20 && byte !== bracketClose) next = this.#quickScalar(chunk, i, to);
          break;
      }
      if (next < 0) return i;
      i = next;
    }
    return i;
  }

  #quickKey(chunk: Buffer, at: number, to: number): number {
    const from = at + 1;
    for (let i = from; i < to; i++) {
      const byte = chunk[i] as number;
      if (byte === backslash) return -1;
      if (byte !== quote) continue;
      if (chunk[i + 1] !== colon || i + 1 >= to) return -1;
      this.#node = findKey(this.#stack[this.#level] as Shape, chunk, from, i, false);
      this.#state = atValue;
      return i + 2;
    }
    return -1;
  }

  #quickString(chunk: Buffer, at: number, to: number): number {
    const end = chunk.indexOf(quote, at + 1);
    if (end < 0 || end >= to || chunk[end - 1] === backslash) return -1;
    const node = this.#node;
    this.#state = afterValue;
    if (node === null) return end + 1;
    if (node.action === 'text') {
      this.#textCount.reset();
      this.#sink.text(node.slot, this.#textCount.count(chunk, at + 1, end, true));
      this.#node = null;
    } else {
      this.#valueStart = this.#base + at;
      this.#from = at;
      this.#finish(chunk, end + 1);
    }
    return end + 1;
  }

  #quickScalar(chunk: Buffer, at: number, to: number): number {
    for (let i = at + 1; i < to; i++) {
      const byte = chunk[i] as number;
      if (byte !== comma && byte > 0x20 && byte !== braceClose && byte !== bracketClose) continue;
      if (this.#node === null && isScalarStart(chunk[at] as number)) {
        this.#state = afterValue;
        return i;
      }
      this.#open(chunk[at] as number, at);
      if (this.#state === inScalar) this.#finish(chunk, i);
      return i;
    }
    return -1;
  }

  #step(chunk: Buffer, i: number, to: number): number {
    switch (this.#state) {
      case inKey:
        return this.#key(chunk, i, to);
      case inString:
        return this.#string(chunk, i, to);
      case inScalar:
        return this.#scalar(chunk, i, to);
      case inSkipped:
      case inSkippedString:
        return this.#skipped(chunk, i, to);
      case broken:
        return to;
      default:
        return this.#structure(chunk, i);
    }
  }

  /** One byte between keys and values. */
  #structure(chunk: Buffer, i: number): number {
    const byte = chunk[i] as number;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return i + 1;
    switch (this.#state) {
      case atFirstKey:
        return byte === braceClose ? this.#close(i + 1) : this.#openKey(byte, i);
      case atKey:
        return this.#openKey(byte, i);
      case atColon:
        this.#state = byte === colon ? atValue : broken;
        return i + 1;
      case afterValue:
        return this.#next(byte, i);
      case atFirstElement:
        return byte === bracketClose ? this.#close(i + 1) : this.#open(byte, i);
      case atRoot:
        this.#node = this.#root;
        return this.#open(byte, i);
      case atValue:
        return this.#open(byte, i);
      default:
        // Something follows the end of the text.
        this.#state = broken;
        return i + 1;
    }
  }

  #openKey(byte: number, i: number): number {
    this.#state = byte === quote ? inKey : broken;
    this.#from = i + 1;
    this.#stringEnd.reset();
    return i + 1;
  }

  #next(byte: number, i: number): number {
    const isArray = this.#isArray[this.#level] === true;
    if (byte === comma) {
      this.#node = isArray ? (this.#stack[this.#level]?.element ?? null) : null;
      this.#state = isArray ? atValue : atKey;
      return i + 1;
    }
    if (byte === (isArray ? bracketClose : braceClose)) return this.#close(i + 1);
    this.#state = broken;
    return i + 1;
  }

  /** The first byte of a value. */
  #open(byte: number, i: number): number {
    const node = this.#node;
    this.#valueStart = this.#base + i;
    this.#from = i;
    this.#stringEnd.reset();
    if (byte === braceOpen || byte === bracketOpen) {
      const isArray = byte === bracketOpen;
      if (node !== null && (isArray ? node.element : node.keys) !== null) return this.#enter(node, isArray, i);
      this.#depth = 1;
      this.#state = this.#level < 0 ? broken : inSkipped;
      return i + 1;
    }
    if (this.#level < 0) {
      this.#state = broken;
    } else if (byte === quote) {
      this.#state = inString;
      if (node?.action === 'text') {
        this.#from = i + 1;
        this.#textCount.reset();
      }
    } else if (isScalarStart(byte)) {
      this.#state = inScalar;
    } else {
      this.#state = broken;
    }
    return i + 1;
  }

  #enter(node: Shape, isArray: boolean, i: number): number {
    const level = ++this.#level;
    this.#stack[level] = node;
    this.#isArray[level] = isArray;
    this.#starts[level] = this.#base + i;
    this.#state = isArray ? atFirstElement : atFirstKey;
    this.#node = isArray ? node.element : null;
    return i + 1;
  }

  #close(after: number): number {
    const level = this.#level--;
    const node = this.#stack[level];
    if (node !== undefined && node.slot >= 0) {
      this.#sink.value(node.slot, null, 0, 0, this.#starts[level] ?? 0, this.#base + after);
    }
    this.#state = level === 0 ? done : afterValue;
    return after;
  }

  #key(chunk: Buffer, i: number, to: number): number {
    const end = this.#stringEnd.find(chunk, i, to);
    if (end < 0) return to;
    const parent = this.#stack[this.#level] as Shape;
    const held = this.#held;
    if (held.active) {
      held.append(chunk, this.#from, end, longestKeyBytes);
      const { bytes } = held;
      this.#node = bytes === null ? null : findKey(parent, bytes, 0, held.length, true);
      held.clear();
    } else {
      this.#node = findKey(parent, chunk, this.#from, end, this.#stringEnd.mayHaveEscapes);
    }
    this.#state = atColon;
    return end + 1;
  }

  #string(chunk: Buffer, i: number, to: number): number {
    const end = this.#stringEnd.find(chunk, i, to);
    if (this.#node?.action === 'text') {
      const stop = end < 0 ? to : end;
      const count = this.#textCount.count(chunk, this.#from, stop, this.#stringEnd.mayHaveEscapes);
      this.#sink.text(this.#node.slot, count);
      this.#from = stop;
    }
    if (end < 0) return to;
    this.#finish(chunk, end + 1);
    return end + 1;
  }

  #scalar(chunk: Buffer, i: number, to: number): number {
    for (let at = i; at < to; at++) {
      const byte = chunk[at] as number;
      if (byte === comma || byte <= 0x20 || byte === braceClose || byte === bracketClose) {
        this.#finish(chunk, at);
        return at;
      }
    }
    return to;
  }

  #skipped(chunk: Buffer, from: number, to: number): number {
    let depth = this.#depth;
    let i = from;
    if (this.#state === inSkippedString) {
      i = this.#stringEnd.find(chunk, from, to) + 1;
      if (i === 0) return to;
      this.#state = inSkipped;
    }
    while (i < to) {
      const byte = chunk[i++] as number;
      // Digits, commas and white space, of which long arrays are made, are below both.
      if (byte < bracketOpen && byte !== quote) continue;
      if (byte === quote) {
        const end = this.#stringEnd.find(chunk, i, to);
        if (end < 0) {
          this.#state = inSkippedString;
          i = to;
        } else {
          i = end + 1;
        }
        continue;
      }
      // Setting one bit makes braces of brackets: `[` is 0x5b, `{` is 0x7b.
      const bracket = byte | 0x20;
      if (bracket === braceOpen) {
        depth++;
      } else if (bracket === braceClose && --depth === 0) {
        if (this.#node?.action === 'text') {
          this.#sink.text(this.#node.slot, this.#base + i - this.#valueStart);
        }
        this.#finish(chunk, i);
        return i;
      }
    }
    this.#depth = depth;
    return to;
  }

  /** A value ends before `chunk[end]`. */
  #finish(chunk: Buffer, end: number): void {
    const node = this.#node;
    this.#state = afterValue;
    this.#node = null;
    if (node === null || node.action === 'none' || node.action === 'text') return;
    const stop = this.#base + end;
    if (node.action === 'mark') {
      this.#sink.value(node.slot, null, 0, 0, this.#valueStart, stop);
    } else if (this.#held.active) {
      this.#held.append(chunk, this.#from, end, this.#limitBytes);
      const { bytes, length } = this.#held;
      // The sink may go on referring to the bytes: the next value gets a new place.
      this.#held.giveAway();
      this.#sink.value(node.slot, bytes, 0, length, this.#valueStart, stop);
    } else {
      const isOver = end - this.#from > this.#limitBytes;
      this.#sink.value(node.slot, isOver ? null : chunk, this.#from, end, this.#valueStart, stop);
    }
  }

  /** Keeps the part of an open key or captured value that stands in this chunk. */
  #hold(chunk: Buffer, to: number): void {
    const state = this.#state;
    if (state === inKey) {
      this.#held.append(chunk, this.#from, to, longestKeyBytes);
    } else if (state >= inString && state <= inSkippedString && this.#node?.action === 'capture') {
      this.#held.append(chunk, this.#from, to, this.#limitBytes);
    }
    this.#from = to;
  }
}
