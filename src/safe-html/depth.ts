/** Deeper than any mail, and shallow enough for a parser whose time grows with the depth of every tag. */
const deepest = 500;

const voidTags = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** Tags that end the one before them, as they are written without end tags. */
const ended: Readonly<Record<string, readonly string[]>> = {
  p: ['p'],
  li: ['li', 'p'],
  td: ['td', 'th', 'p'],
  th: ['td', 'th', 'p'],
  tr: ['td', 'th', 'tr', 'p'],
  tbody: ['td', 'th', 'tr', 'thead', 'tbody', 'p'],
  dt: ['dt', 'dd', 'p'],
  dd: ['dt', 'dd', 'p'],
  option: ['option'],
};

/**
 * Takes out the tags that stand deeper than a parser should go, and end tags of nothing; what they hold stays. What is
 * taken for a tag here need not be one: the result is sanitised in any case. Shallow HTML stays as it is.
 */
export function limitDepth(html: string): string {
  const parts: string[] = [];
  const open = new OpenTags();
  const tag = /<(\/?)([a-z][^\s/>]{0,40})/gi;
  let at = 0;
  for (let match = tag.exec(html); match !== null; match = tag.exec(html)) {
    const name = (match[2] ?? '').toLowerCase();
    const stays = match[1] === '/' ? open.close(name) || name === 'p' : open.open(name);
    if (stays) continue;
    const end = html.indexOf('>', match.index);
    parts.push(html.slice(at, match.index));
    at = end === -1 ? html.length : end + 1;
    tag.lastIndex = at;
  }
  return at === 0 ? html : parts.join('') + html.slice(at);
}

class OpenTags {
  readonly #stack: string[] = [];
  readonly #counts = new Map<string, number>();

  /** Whether the tag may stay. */
  open(name: string): boolean {
    if (voidTags.has(name)) return true;
    const ends = Object.hasOwn(ended, name) ? ended[name] : undefined;
    while (ends?.includes(this.#stack.at(-1) ?? '')) this.#pop();
    if (this.#stack.length >= deepest) return false;
    this.#stack.push(name);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    return true;
  }

  close(name: string): boolean {
    if ((this.#counts.get(name) ?? 0) === 0) return false;
    while (this.#pop() !== name);
    return true;
  }

  #pop(): string | undefined {
    const name = this.#stack.pop();
    if (name !== undefined) this.#counts.set(name, (this.#counts.get(name) ?? 1) - 1);
    return name;
  }
}
