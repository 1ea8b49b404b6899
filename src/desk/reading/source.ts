/** A text that facts are read from, with its letters folded. */
export interface Source {
  readonly part: 'subject' | 'text' | 'attachment';
  /** Which attachment, from 0; null for the other parts. */
  readonly attachment: number | null;
  readonly text: string;
}

/** Where a fact stood: `text.slice(start, end)` of the part as it was handed in. */
export interface Place {
  readonly part: Source['part'];
  readonly attachment: number | null;
  readonly start: number;
  readonly end: number;
  /** Behind a `>`: somebody said it before. */
  readonly quoted: boolean;
}

/**
 * Full-width letters, odd spaces, dashes and quotes as their plain ones. One character becomes one, so that places stay
 * what they are.
 */
export function fold(text: string): string {
  return text.replace(
    /[\u00a0\u2000-\u200a\u2010-\u2015\u2018-\u201f\u202f\u205f\u2212\u3000\uff01-\uff5e\0]/g,
    (letter) => {
      const code = letter.charCodeAt(0);
      if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
      if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return '-';
      if (code >= 0x2018 && code <= 0x201f) return code < 0x201c ? "'" : '"';
      return ' ';
    },
  );
}

export function placeOf(source: Source, start: number, end: number): Place {
  const lineStart = source.text.lastIndexOf('\n', start - 1) + 1;
  const quoted = start > 0 && /^[ \t]{0,8}>/.test(source.text.slice(lineStart, lineStart + 9));
  return { part: source.part, attachment: source.attachment, start, end, quoted };
}

/** What stands right before a place, on its line or not. */
export function before(source: Source, start: number, length: number): string {
  return source.text.slice(Math.max(0, start - length), start);
}

/** The line that a place begins on, as far as 400 characters to both sides. */
export function lineAt(source: Source, at: number): string {
  const near = source.text.slice(Math.max(0, at - 400), at);
  const rest = source.text.slice(at, at + 400);
  return near.slice(near.lastIndexOf('\n') + 1) + (rest.split('\n', 1)[0] ?? '');
}

/** Matches of a pattern with the flag `g`, at most so many: a pasted log has them by the thousand. */
export function* matches(pattern: RegExp, text: string, most: number): Generator<RegExpExecArray> {
  let found = 0;
  for (const match of text.matchAll(pattern)) {
    yield match;
    if (++found >= most) return;
  }
}

/** The first of each, by a key, at most so many. */
export function firstOfEach<T>(facts: Iterable<T>, keyOf: (fact: T) => string, most: number): T[] {
  const seen = new Map<string, T>();
  for (const fact of facts) {
    const key = keyOf(fact);
    if (!seen.has(key)) seen.set(key, fact);
    if (seen.size >= most) break;
  }
  return [...seen.values()];
}
