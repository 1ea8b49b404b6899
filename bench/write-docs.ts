const begin = '<!-- figures: npm run bench -- --write-docs -->';
const end = '<!-- end of figures -->';

/**
 * The document with what stands between its two marks replaced.
 *
 * @throws Error when the marks are not there, once each and in order
 */
export function withFigures(document: string, figures: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from || document.indexOf(begin, from + 1) >= 0 || document.indexOf(end, to + 1) >= 0)
    throw new Error(`The document must hold "${begin}" and, behind it, "${end}", once each.`);
  return `${document.slice(0, from + begin.length)}\n\n${figures}\n\n${document.slice(to)}`;
}
