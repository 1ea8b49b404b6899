import { referenceAt } from './html-references.ts';
import { LetterList, type Letters } from './letters.ts';

export interface HtmlParts {
  /** The text as it is shown, tags within words left out. */
  readonly shown: Letters;
  /** Attributes' values, comments, scripts and sheets, one behind the other; no rule reads from one into the next. */
  readonly others: Letters;
  /** Where attributes' values stand that have no quotation marks around them, in order. */
  readonly unquoted: readonly { readonly start: number; readonly end: number }[];
}

/** Tags that do not begin a new word: what they separate is read as one. */
const withinWords = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p q s samp script small span strike strong style sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Their content is no markup, and entities in it are not read. */
const rawText = new Set(['script', 'style', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext']);

const newline = 10;
/** What is shorter holds no secret that could be told from a word: most values. */
const shortest = 8;

/** What stands in HTML, in one pass. */
export function htmlParts(html: string): HtmlParts {
  const reader = new HtmlReader(html);
  reader.read();
  return reader.parts();
}

class HtmlReader {
  readonly #html: string;
  readonly #shown: LetterList;
  readonly #others: LetterList;
  readonly #unquoted: { readonly start: number; readonly end: number }[] = [];

  constructor(html: string) {
    this.#html = html;
    this.#shown = new LetterList(html.length);
    // Each of the others has `shortest` letters at least, and what divides it from the next has three.
    this.#others = new LetterList(Math.ceil(html.length * 1.5));
  }

  parts(): HtmlParts {
    return { shown: this.#shown.letters(), others: this.#others.letters(), unquoted: this.#unquoted };
  }

  read(): void {
    const html = this.#html;
    let at = 0;
    while (at < html.length) {
      const open = html.indexOf('<', at);
      this.#text(at, open === -1 ? html.length : open);
      if (open === -1) return;
      at = this.#markup(open);
    }
  }

  #text(start: number, end: number): void {
    readText(this.#html, start, end, this.#shown);
  }

  /** Reads what begins with `<` and answers where it ends. */
  #markup(open: number): number {
    const html = this.#html;
    if (html.startsWith('<!--', open)) return this.#comment(open + 4, '-->');
    const next = html.charAt(open + 1);
    if (next === '!' || next === '?') return this.#comment(open + 2, '>');
    const name = /^\/?([A-Za-z][^\s/>]{0,63})/.exec(html.slice(open + 1, open + 66));
    if (name === null) {
      this.#shown.push(html.charCodeAt(open), open, open + 1);
      return open + 1;
    }
    const tag = (name[1] ?? '').toLowerCase();
    const end = this.#attributes(open + 1 + name[0].length);
    if (!withinWords.has(tag)) this.#shown.push(newline, open, open);
    return next !== '/' && rawText.has(tag) ? this.#raw(tag, end) : end;
  }

  #comment(start: number, close: string): number {
    const found = this.#html.indexOf(close, start);
    const end = found === -1 ? this.#html.length : found;
    this.#other(start, end, false);
    return found === -1 ? end : end + close.length;
  }

  #raw(tag: string, start: number): number {
    const close = new RegExp(`</${tag}`, 'gi');
    close.lastIndex = start;
    const end = close.exec(this.#html)?.index ?? this.#html.length;
    if (end - start >= shortest) {
      for (let i = start; i < end; i++) this.#others.push(this.#html.charCodeAt(i), i, i + 1);
      this.#divide(end);
    }
    return end;
  }

  /** Up to and with the `>` that ends the tag. */
  #attributes(from: number): number {
    const html = this.#html;
    let at = from;
    while (at < html.length) {
      const character = html.charAt(at);
      if (character === '>') return at + 1;
      if (character !== '=') {
        at += 1;
        continue;
      }
      at = skipSpace(html, at + 1);
      const quote = html.charAt(at);
      if (quote === '"' || quote === "'") {
        const close = html.indexOf(quote, at + 1);
        const end = close === -1 ? html.length : close;
        this.#other(at + 1, end, false);
        at = end + 1;
      } else {
        const start = at;
        while (at < html.length && !/[\s>]/.test(html.charAt(at))) at += 1;
        this.#other(start, at, true);
      }
    }
    return at;
  }

  #other(start: number, end: number, isUnquoted: boolean): void {
    if (end - start < shortest) return;
    readText(this.#html, start, end, this.#others);
    this.#divide(end);
    if (isUnquoted) this.#unquoted.push({ start, end });
  }

  /** A line that holds a quotation mark alone: nothing reads across it. */
  #divide(at: number): void {
    for (const code of [0x22, newline, 0x22]) this.#others.push(code, at, at);
  }
}

function readText(html: string, start: number, end: number, list: LetterList): void {
  let at = start;
  while (at < end) {
    const code = html.charCodeAt(at);
    const reference = code === 0x26 ? referenceAt(html, at, end) : null;
    const next = reference === null ? at + 1 : reference.end;
    list.push(reference === null ? code : reference.code, at, next);
    at = next;
  }
}

function skipSpace(html: string, from: number): number {
  let at = from;
  while (at < html.length && /\s/.test(html.charAt(at))) at += 1;
  return at;
}
