/**
 * Rules that find a secret however it was broken over lines: a view has one `\n` for every break, and a compiled rule
 * lets one stand after each character. What then belongs to the secret and what to the next line is decided here.
 */

/** Inserts an optional `\n` after every character and class of a pattern. Groups and look-arounds pass as they are. */
export function tolerant(pattern: string): string {
  const piece = /(\(\?<?[:=!]|[()|^$])|((?:\\.|\[(?:\\.|[^\]\\])*\]|[^\\[\](){}|^$])(?:\{\d+(?:,\d*)?\})?)/g;
  let result = '';
  for (const [whole, structure, atom] of pattern.matchAll(piece)) {
    if (structure !== undefined || atom === undefined) result += whole;
    else result += tolerantAtom(atom);
  }
  return result;
}

function tolerantAtom(atom: string): string {
  const counted = /^(.*)(\{\d+(?:,\d*)?\})$/s.exec(atom);
  return counted === null ? `${atom}\\n?` : `(?:${counted[1]}\\n?)${counted[2]}`;
}

export interface Run {
  /** In the view, without a break at its end. */
  readonly end: number;
  /** Without breaks. */
  readonly joined: string;
}

/** How long a secret of a kind usually is: what follows on the next line belongs to it until then. */
export interface Extent {
  readonly usual: number | null;
  /** Whether as much as was read until a break is a secret already. */
  readonly enough: (joined: string) => boolean;
}

/**
 * Where a secret ends that begins at `start` of a view, when its characters, breaks left aside, run on to `limit`.
 * Everything up to `limit` that was read before `enough` says yes belongs to it; each further line only if it looks
 * like more of the same and not like the next word.
 */
export function runOf(text: string, start: number, limit: number, extent: Extent): Run {
  let at = start;
  let end = start;
  let joined = '';
  while (at < limit) {
    const stop = lineEnd(text, at, limit);
    const line = text.slice(at, stop);
    if (joined !== '' && extent.enough(joined) && !continues(joined, line, text.charAt(stop), extent.usual)) {
      // A scrap between two breaks, when what follows it goes on.
      const next = text.slice(stop + 1, lineEnd(text, stop + 1, limit));
      if (line.length > 4 || stop === limit || !continues(joined, next, '', extent.usual)) break;
    }
    joined += line;
    end = stop;
    at = stop + 1;
  }
  return { end, joined };
}

function lineEnd(text: string, from: number, limit: number): number {
  const found = text.slice(from, limit).indexOf('\n');
  return found === -1 ? limit : from + found;
}

/** Words as people and programs write them: `Thanks`, `gpt-4o-mini`, `claude-sonnet-4`, `OPENAI_BASE_URL`. */
const wordLike = /^(?:[A-Z]?[a-z]{1,20}|[A-Z]{1,20}|\d{1,6})(?:[-_./:+][A-Za-z]{0,14}\d{0,4}[a-z]?)*$/;

function continues(before: string, line: string, after: string, usual: number | null): boolean {
  if (line === '') return false;
  if (usual !== null) {
    if (before.length >= usual) return false;
    if (before.length + line.length === usual) return true;
    if (before.length + line.length < usual) return !isWord(line) || (line.length < 16 && isLineEnd(after, line));
  }
  if (isWord(line)) return false;
  if (/^[0-9a-f]{6,}$/.test(before.slice(-8)) && /^[0-9a-f]+$/.test(line) && /\d/.test(line)) return true;
  const mixed = /[a-z]/.test(line) && /[A-Z]/.test(line);
  const changes = line.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
  return mixed || (line.length >= 5 && changes >= 2) || (line.length >= 16 && /\d/.test(line));
}

function isWord(line: string): boolean {
  return line.length < 40 && wordLike.test(line);
}

/** A short last piece alone on its line. Words with which people end a mail are left. */
function isLineEnd(after: string, line: string): boolean {
  return after === '' && !/^[A-Z]?[a-z]{2,}$/.test(line);
}
