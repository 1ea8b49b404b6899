/** What a scan knows of single values, and remembers of one that goes on in the next chunk. */

const quote = 0x22;
const backslash = 0x5c;

/**
 * A native search costs about 50 ns whatever it finds, a loop about 1 ns a byte: short strings and strings full of
 * escaped quotes are walked, long ones are searched.
 */
const walkBytes = 64;

/** A digit or a minus, or the first letter of true, false or null. */
export function isScalarStart(byte: number): boolean {
  return byte === 0x2d || (byte >= 0x30 && byte <= 0x39) || byte === 0x74 || byte === 0x66 || byte === 0x6e;
}

/** Finds the end of a string, over any number of chunks. */
export class StringEnd {
  #escapePending = false;
  #mayHaveEscapes = false;

  /** False: there is certainly no escape in the string so far. */
  get mayHaveEscapes(): boolean {
    return this.#mayHaveEscapes;
  }

  /** A new string begins. */
  reset(): void {
    this.#escapePending = false;
    this.#mayHaveEscapes = false;
  }

  /** Index of the quote that ends the string, or -1 when it goes on in the next chunk. */
  find(chunk: Buffer, from: number, to: number): number {
    let i = from;
    if (this.#escapePending) {
      if (i >= to) return -1;
      this.#escapePending = false;
      i++;
    }
    for (;;) {
      const walkEnd = Math.min(i + walkBytes, to);
      while (i < walkEnd) {
        const byte = chunk[i] as number;
        if (byte === quote) return i;
        if (byte === backslash) {
          this.#mayHaveEscapes = true;
          i++;
        }
        i++;
      }
      if (i >= to) {
        this.#escapePending = i > to;
        return -1;
      }
      const found = chunk.indexOf(quote, i);
      const end = found < 0 || found >= to ? to : found;
      let before = end;
      while (before > i && chunk[before - 1] === backslash) before--;
      const escaped = (end - before) % 2 === 1;
      this.#mayHaveEscapes = true;
      if (end === to) {
        this.#escapePending = escaped;
        return -1;
      }
      if (!escaped) return end;
      i = end + 1;
    }
  }
}

/** Counts the UTF-8 bytes that a string's content stands for, over any number of chunks. */
export class TextCount {
  /** 0: outside of an escape. 1: behind its backslash. 5 to 2: as many hexadecimal digits and one are to come. */
  #escape = 0;
  #unit = 0;

  reset(): void {
    this.#escape = 0;
  }

  count(chunk: Buffer, from: number, to: number, mayHaveEscapes: boolean): number {
    if (this.#escape === 0 && !mayHaveEscapes) return to - from;
    let count = 0;
    for (let i = from; i < to; i++) {
      const byte = chunk[i] as number;
      if (this.#escape === 0) {
        if (byte === backslash) this.#escape = 1;
        else count++;
      } else if (this.#escape === 1) {
        // Any letter but `u` is one character.
        this.#escape = byte === 0x75 ? 5 : 0;
        this.#unit = 0;
        if (byte !== 0x75) count++;
      } else {
        this.#unit = this.#unit * 16 + hexDigit(byte);
        if (--this.#escape === 1) {
          this.#escape = 0;
          count += utf8Bytes(this.#unit);
        }
      }
    }
    return count;
  }
}

/** Half a surrogate pair counts for half of its four bytes. */
function utf8Bytes(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}

function hexDigit(byte: number): number {
  return byte <= 0x39 ? byte & 15 : (byte & 15) + 9;
}

/** The bytes so far of a key or value that began in an earlier chunk. */
export class HeldBytes {
  #bytes: Buffer | null = null;
  #length = 0;
  #over = false;

  get active(): boolean {
    return this.#length > 0 || this.#over;
  }

  /** What is held, of which `length` bytes count; null when it outgrew its limit. */
  get bytes(): Buffer | null {
    return this.#over ? null : this.#bytes;
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
    this.#over = false;
  }

  /** Clears, and leaves the bytes to whoever took them. */
  giveAway(): void {
    this.#bytes = null;
    this.clear();
  }

  append(chunk: Buffer, from: number, to: number, limitBytes: number): void {
    if (this.#over) return;
    const length = this.#length + to - from;
    if (length > limitBytes) {
      this.#over = true;
      this.#length = 0;
      return;
    }
    if (this.#bytes === null || this.#bytes.length < length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(512, Math.min(2 * length, limitBytes)));
      this.#bytes?.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    chunk.copy(this.#bytes, this.#length, from, to);
    this.#length = length;
  }
}
