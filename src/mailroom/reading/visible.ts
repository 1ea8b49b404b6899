/** Controls of writing direction: they make a text read otherwise than it is. */
const direction = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufff9-\ufffb]/g;

/** A text of several lines without what a reader cannot see but a program acts on. Line ends become LF. */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(controls, '')
    .replace(direction, '');
}

/** The same for one line, `most` characters at most. */
export function visibleLine(text: string, most: number): string {
  // Cut first: what follows is linear, but a header may have 100 kB.
  return cutTo(
    visibleText(text.slice(0, most * 4))
      .replace(/\s+/g, ' ')
      .trim(),
    most,
  );
}

/** Cut between characters, with a mark. */
export function cutTo(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${text
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
}

const pathPart = /^.*[/\\]/s;
const mostNameLength = 150;

/** A file's name without a path, or anything that a file system or a terminal would act on. */
export function fileName(name: string): string {
  const bare = visibleLine(name.replace(pathPart, ''), 1_000)
    .replace(/[<>:"|?*\x00-\x1f]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (bare.length <= mostNameLength) return bare;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(bare)?.[0] ?? '';
  return `${cutTo(bare, mostNameLength - ending.length)}${ending}`;
}
