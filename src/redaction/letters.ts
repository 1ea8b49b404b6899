/**
 * The characters that a reader sees, each with where it stands in the source: in a text every code unit, in HTML what is
 * left without tags and with entities read.
 */
export interface Letters {
  readonly codes: Uint16Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

export function lettersOfText(text: string): Letters {
  const codes = new Uint16Array(text.length);
  const starts = new Uint32Array(text.length);
  const ends = new Uint32Array(text.length);
  for (let i = 0; i < text.length; i++) {
    codes[i] = text.charCodeAt(i);
    starts[i] = i;
    ends[i] = i + 1;
  }
  return { codes, starts, ends };
}

/** Letters that are pushed one by one, into arrays that can hold `most` of them. */
export class LetterList {
  readonly #codes: Uint16Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  #length = 0;

  constructor(most: number) {
    this.#codes = new Uint16Array(most);
    this.#starts = new Uint32Array(most);
    this.#ends = new Uint32Array(most);
  }

  push(code: number, start: number, end: number): void {
    this.#codes[this.#length] = code;
    this.#starts[this.#length] = start;
    this.#ends[this.#length] = end;
    this.#length += 1;
  }

  letters(): Letters {
    const length = this.#length;
    return {
      codes: this.#codes.subarray(0, length),
      starts: this.#starts.subarray(0, length),
      ends: this.#ends.subarray(0, length),
    };
  }
}
