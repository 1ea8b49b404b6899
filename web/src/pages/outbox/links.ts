interface Piece {
  /** Where it begins in the text. */
  readonly at: number;
  readonly text: string;
  readonly href: string | null;
}

const address = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g;

/** A text cut into addresses and what stands between them. Pure. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    if (match.index > end) found.push({ at: end, text: text.slice(end, match.index), href: null });
    found.push({ at: match.index, text: match[0], href: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ at: end, text: text.slice(end), href: null });
  return found;
}

/** The first link of a mail that leads into the console with a token, as a path of this site; null without. Pure. */
export function consoleLink(text: string): string | null {
  for (const { href } of pieces(text)) {
    if (href === null || !URL.canParse(href)) continue;
    const { pathname, search } = new URL(href);
    if (pathname.startsWith('/console/') && search.startsWith('?token=')) return pathname + search;
  }
  return null;
}
