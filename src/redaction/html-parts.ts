import { referenceAt } from './html-references.ts';
import { LetterList, type Letters } from './letters.ts';

/** A part of HTML that is read for itself. */
export interface HtmlPart {
  readonly letters: Letters;
  /** Where an attribute's value stands that has no quotation marks around it. */
  readonly unquoted: { readonly start: number; readonly end: number } | null;
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

/** The text as it is shown, then every attribute's value and every comment. In one pass. */
export function htmlParts(html: string): HtmlPart[] {
  const reader = new HtmlReader(html);
  reader.read();
  return reader.parts();
}

class HtmlReader {
  readonly #html: string;
  readonly #shown: LetterList;
  readonly #others: HtmlPart[] = [];

  constructor(html: string) {
    this.#html = html;
    this.#shown = new LetterList(html.length);
  }

  parts(): HtmlPart[] {
    return [{ letters: this.#shown.letters(), unquoted: null }, ...this.#others];
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
    const letters = new LetterList(end - start);
    for (let i = start; i < end; i++) letters.push(this.#html.charCodeAt(i), i, i + 1);
    this.#others.push({ letters: letters.letters(), unquoted: null });
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
    // Shorter than any secret: most values.
    if (end - start < 8) return;
    const list = new LetterList(end - start);
    readText(this.#html, start, end, list);
    this.#others.push({ letters: list.letters(), unquoted: isUnquoted ? { start, end } : null });
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
