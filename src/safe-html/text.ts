import { sanitiseMailHtml } from './sanitise.ts';
import { attributeOf, plain, type Token, tokensOf } from './tokens.ts';

/** Tags that stand on lines of their own, and how many empty lines are around them. */
const blocks: Readonly<Record<string, 0 | 1>> = {
  address: 0,
  article: 0,
  blockquote: 1,
  caption: 0,
  center: 0,
  dd: 0,
  div: 0,
  dl: 1,
  dt: 0,
  figcaption: 0,
  figure: 0,
  footer: 0,
  h1: 1,
  h2: 1,
  h3: 1,
  h4: 1,
  h5: 1,
  h6: 1,
  header: 0,
  li: 0,
  main: 0,
  ol: 1,
  p: 1,
  pre: 1,
  section: 0,
  table: 0,
  tr: 0,
  ul: 1,
};

/** More than anyone quotes; also where depth would make the text grow faster than the HTML. */
const deepestQuote = 20;

/** The text of a mail that has no text part: links with their address, lists, rows of tables, quotes behind `>`. */
export function htmlToText(html: string): string {
  const writer = new TextWriter();
  for (const token of tokensOf(sanitiseMailHtml(html).html)) writer.write(token);
  return writer.text();
}

class TextWriter {
  readonly #lines: string[] = [];
  /** What a line is made of; joined when it ends, so that a long one costs no more than its length. */
  #line: string[] = [];
  #isSpaceDue = false;
  #quotes = 0;
  #preformatted = 0;
  #rowHasText = false;
  readonly #lists: (number | null)[] = [];
  #link: { readonly address: string; text: string } | null = null;

  write(token: Token): void {
    if (token.kind === 'text') this.#text(plain(token.source));
    else if (token.kind === 'open') this.#open(token.tag, token.attributes);
    else this.#close(token.tag);
  }

  text(): string {
    this.#endLine();
    return this.#lines.join('\n').replaceAll(/^\n+|\n+$/g, '');
  }

  #text(text: string): void {
    if (this.#preformatted > 0) {
      text.split(/\r\n|\n|\r/).forEach((line, i) => {
        if (i > 0) this.#endLine(true);
        if (line !== '') this.#put(line);
      });
      return;
    }
    const words = text.split(/[ \t\r\n\f\u00a0]+/);
    words.forEach((word, i) => {
      if (i > 0) this.#isSpaceDue = true;
      if (word !== '') this.#word(word);
    });
  }

  #word(word: string): void {
    const isFirst = this.#line.length === 0;
    this.#put(this.#isSpaceDue && !isFirst ? ` ${word}` : word);
    this.#isSpaceDue = false;
  }

  #put(text: string): void {
    this.#line.push(text);
    this.#rowHasText = true;
    if (this.#link !== null && this.#link.text.length < 4_000) this.#link.text += text;
  }

  #open(tag: string, attributes: string): void {
    if (tag === 'br') this.#endLine(true);
    else if (tag === 'hr') this.#rule();
    else if (tag === 'img') this.#image(attributes);
    else if (tag === 'a') this.#openLink(attributes);
    else if (tag === 'td' || tag === 'th') this.#cell();
    else if (tag === 'tr') this.#rowHasText = false;
    if (tag in blocks) this.#block(tag);
    if (tag === 'blockquote') this.#quotes += 1;
    if (tag === 'pre') this.#preformatted += 1;
    if (tag === 'ul') this.#lists.push(null);
    if (tag === 'ol') this.#lists.push(Number(attributeOf(attributes, 'start') ?? 1));
    if (tag === 'li') this.#item();
  }

  #close(tag: string): void {
    if (tag === 'a') this.#closeLink();
    if (tag in blocks) this.#endLine();
    if (tag === 'blockquote') this.#quotes = Math.max(0, this.#quotes - 1);
    if (tag === 'pre') this.#preformatted = Math.max(0, this.#preformatted - 1);
    if (tag === 'ul' || tag === 'ol') this.#lists.pop();
    if (tag in blocks) this.#block(tag);
  }

  #block(tag: string): void {
    this.#endLine();
    if (blocks[tag] === 1 && this.#lists.length === 0) this.#emptyLine();
  }

  #rule(): void {
    this.#endLine();
    this.#put('---');
    this.#endLine();
  }

  #image(attributes: string): void {
    const alt = attributeOf(attributes, 'alt')?.trim() ?? '';
    if (alt !== '') this.#word(`[${alt}]`);
  }

  #cell(): void {
    if (this.#rowHasText && this.#line.length > 0) {
      this.#put(' | ');
      this.#isSpaceDue = false;
    }
  }

  #item(): void {
    const last = this.#lists.length - 1;
    const number = this.#lists[last] ?? null;
    if (number !== null) this.#lists[last] = number + 1;
    this.#put(`${'  '.repeat(Math.min(Math.max(0, last), 10))}${number === null ? '-' : `${number}.`} `);
    this.#isSpaceDue = false;
  }

  #openLink(attributes: string): void {
    const address = attributeOf(attributes, 'href');
    this.#link = address === null ? null : { address, text: '' };
  }

  /** The address behind the words, unless they are the address. */
  #closeLink(): void {
    const link = this.#link;
    this.#link = null;
    if (link === null) return;
    const said = link.text.trim();
    const address = link.address.replace(/^mailto:|^tel:/i, '');
    if (said === '') this.#word(address);
    else if (said !== address && said !== address.replace(/^https?:\/\/|\/$/g, '')) this.#put(` (${address})`);
  }

  #endLine(isForced = false): void {
    this.#isSpaceDue = false;
    if (this.#line.length === 0 && !isForced) return;
    const line = this.#line.join('').trimEnd().replace(/ \|$/, '');
    this.#line = [];
    const marks = '> '.repeat(Math.min(this.#quotes, deepestQuote));
    this.#lines.push(`${marks}${line}`.trimEnd());
  }

  #emptyLine(): void {
    const marks = '> '.repeat(Math.min(this.#quotes, deepestQuote)).trimEnd();
    const last = this.#lines.at(-1);
    if (last === undefined) return;
    if (!/^[> ]*$/.test(last)) this.#lines.push(marks);
    else if (marks.length < last.length) this.#lines[this.#lines.length - 1] = marks;
  }
}
