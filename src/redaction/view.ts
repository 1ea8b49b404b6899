import type { Letters } from './letters.ts';

/**
 * A text as the rules read it: invisible characters gone, full-width letters and typographic marks as ASCII, escapes
 * read, and every line break, with the quote marks and spaces around it, one `\n`. A rule that lets a `\n` stand
 * between any two characters finds a secret however it was broken.
 */
export interface View {
  readonly text: string;
  /** The same with A–Z in lower case; of the same length. */
  readonly lower: string;
  /** The letters that a character stands for: `from[i]` up to, not including, `to[i]`. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

const newline = 10;
const space = 32;
const equals = 0x3d;
const backslash = 0x5c;

/** Of format characters and the like, which nobody sees. Surrogates stay: none of theirs stands in a secret. */
const invisible = /\p{Cf}|\p{Variation_Selector}|\u034f|[\u115f\u1160\u3164\uffa0]|[\u17b4\u17b5]/u;

/** What one character of the basic plane is read as; 0: as nothing. */
const readAs = new Uint16Array(0x10000);
for (let code = 0; code < 0x10000; code++) readAs[code] = readingOf(code);

export function viewOf(letters: Letters): View {
  const builder = new ViewBuilder(letters);
  builder.build();
  return builder.view();
}

class ViewBuilder {
  readonly #letters: Letters;
  readonly #codes: Uint16Array;
  readonly #lower: Uint16Array;
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  #length = 0;

  constructor(letters: Letters) {
    const most = letters.codes.length;
    this.#letters = letters;
    this.#codes = new Uint16Array(most);
    this.#lower = new Uint16Array(most);
    this.#from = new Uint32Array(most);
    this.#to = new Uint32Array(most);
  }

  build(): void {
    const { codes } = this.#letters;
    let i = 0;
    while (i < codes.length) {
      const code = codes[i] ?? 0;
      const read = readAs[code] ?? 0;
      if (read === newline) i = this.#lineBreak(i);
      else if (read === 0) i += 1;
      else if (code === 0x25 || code === equals || code === backslash || code === 0xd835) i = this.#escape(i, read);
      else {
        this.#push(read, i, i + 1);
        i += 1;
      }
    }
  }

  view(): View {
    const length = this.#length;
    return {
      text: textOf(this.#codes.subarray(0, length)),
      lower: textOf(this.#lower.subarray(0, length)),
      from: this.#from,
      to: this.#to,
    };
  }

  #push(code: number, from: number, to: number): void {
    const at = this.#length;
    this.#codes[at] = code;
    this.#lower[at] = code >= 65 && code <= 90 ? code + 32 : code;
    this.#from[at] = from;
    this.#to[at] = to;
    this.#length += 1;
  }

  /** One `\n` for the break, the spaces before it and the quote marks, bars and spaces that open the next line. */
  #lineBreak(at: number): number {
    const { codes } = this.#letters;
    let i = codes[at] === 13 && codes[at + 1] === newline ? at + 2 : at + 1;
    // Bounded: what is indented deeper is no broken word.
    let isTag = this.#isTag(at);
    for (const most = i + 64; i < codes.length && i < most; i++) {
      const read = readAs[codes[i] ?? 0] ?? 0;
      // Beside a tag that breaks the line, white space and further such tags are the same break.
      if (read === newline && (isTag || this.#isTag(i))) isTag = true;
      else if (read !== space && read !== 0x3e && read !== 0x7c && read !== 0) break;
    }
    let from = at;
    while (this.#length > 0 && this.#codes[this.#length - 1] === space) {
      this.#length -= 1;
      from = this.#from[this.#length] ?? from;
    }
    if (this.#endsSoftly()) {
      this.#length -= 1;
      from = this.#from[this.#length] ?? from;
    }
    this.#push(newline, from, i);
    return i;
  }

  /** A line break that stands for a tag takes nothing of the source. */
  #isTag(at: number): boolean {
    return this.#letters.starts[at] === this.#letters.ends[at];
  }

  /** `=` at the end of a line is a soft break of quoted-printable, except after the name of a variable. */
  #endsSoftly(): boolean {
    const at = this.#length - 1;
    if (at < 1 || this.#codes[at] !== equals) return false;
    const before = this.#lower[at - 1] ?? 0;
    if (before === equals || before <= space) return false;
    if (before !== 0x79 && before !== 0x6e && before !== 0x74 && before !== 0x64 && before !== 0x73) return true;
    return !/[a-z][_-](?:key|token|secret|password|pass)$/.test(
      String.fromCharCode(...this.#lower.subarray(Math.max(0, at - 24), at)),
    );
  }

  /** `%3D`, `=3D`, `\"` and mathematical letters; anything else stands for itself. */
  #escape(at: number, read: number): number {
    const { codes } = this.#letters;
    const code = codes[at] ?? 0;
    if (code === backslash && codes[at + 1] === 0x22) {
      this.#push(0x22, at, at + 2);
      return at + 2;
    }
    if (code === 0xd835) {
      const plain = String.fromCharCode(code, codes[at + 1] ?? 0).normalize('NFKC');
      const length = plain.length === 1 ? 2 : 1;
      this.#push(length === 2 ? plain.charCodeAt(0) : read, at, at + length);
      return at + length;
    }
    const hex = String.fromCharCode(codes[at + 1] ?? 0, codes[at + 2] ?? 0).toUpperCase();
    const meant = code === 0x25 ? percentCodes.get(hex) : code === equals && hex === '3D' ? equals : undefined;
    const length = meant === undefined ? 1 : 3;
    this.#push(meant ?? read, at, at + length);
    return at + length;
  }
}

/** The characters that stand in or beside secrets; others are left as they are. */
const percentCodes: ReadonlyMap<string, number> = new Map(
  ['20', '22', '26', '27', '2B', '2D', '2E', '2F', '3A', '3D', '3F', '40', '5F', '7E'].map((hex) => [
    hex,
    Number.parseInt(hex, 16),
  ]),
);

function readingOf(code: number): number {
  if (code === 13 || code === newline || code === 0x85 || code === 0x2028 || code === 0x2029) return newline;
  if (code === 9 || code === 11 || code === 12) return space;
  if (code < space || (code >= 0x7f && code <= 0x9f)) return 0;
  if (code < 0x7f) return code;
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x3000) return space;
  if ((code >= 0x2010 && code <= 0x2014) || code === 0x2212 || code === 0xfe63) return 0x2d;
  if (code >= 0x201c && code <= 0x201f) return 0x22;
  if (code >= 0x2018 && code <= 0x201b) return 0x27;
  // The space that placeholders and hidden ids take in a view is nobody else's.
  if (code === 0xe000) return 0;
  return invisible.test(String.fromCharCode(code)) ? 0 : code;
}

function textOf(codes: Uint16Array): string {
  return Buffer.from(codes.buffer, codes.byteOffset, codes.byteLength).toString('utf16le');
}
