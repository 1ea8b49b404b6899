import type { Found } from './find.ts';
import type { Letters } from './letters.ts';
import { placeholderOf } from './placeholder.ts';
import type { View } from './view.ts';

/** A piece of the source that is replaced. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The edits that take what was found out of the source. The placeholder stands where a secret begins; what else of it
 * lies behind tags goes without one, and the tags stay, as do ids that it surrounded.
 */
export function editsOf({ spots, kept }: Found, view: View, letters: Letters): Edit[] {
  const edits: Edit[] = [];
  let next = 0;
  for (const spot of spots) {
    let text = placeholderOf(spot);
    let at = spot.start;
    while (next < kept.length && (kept[next]?.end ?? 0) <= spot.start) next += 1;
    for (let i = next; i < kept.length && (kept[i]?.start ?? spot.end) < spot.end; i++) {
      const range = kept[i];
      if (range === undefined) break;
      if (range.start > at) text = take(edits, pieces(view, letters, at, range.start), `${text} `);
      at = range.end;
    }
    if (at < spot.end) take(edits, pieces(view, letters, at, spot.end), text === '' ? '' : text);
  }
  return edits;
}

/** Puts the text in place of the first piece and nothing in place of the others. Answers what is left to put. */
function take(edits: Edit[], parts: readonly (readonly [number, number])[], text: string): string {
  parts.forEach(([start, end], i) => {
    edits.push({ start, end, text: i === 0 ? text : '' });
  });
  return parts.length === 0 ? text : '';
}

/** The parts of the source that a part of the view stands for: one in a text, one between any two tags in HTML. */
function pieces(view: View, letters: Letters, start: number, end: number): [number, number][] {
  const result: [number, number][] = [];
  const to = view.to[end - 1] ?? 0;
  for (let i = view.from[start] ?? 0; i < to; i++) {
    const from = letters.starts[i] ?? 0;
    const until = letters.ends[i] ?? 0;
    if (from === until) continue;
    const last = result.at(-1);
    if (last && last[1] === from) last[1] = until;
    else result.push([from, until]);
  }
  return result;
}

/** Applies edits that do not overlap. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
  const parts: string[] = [];
  let at = 0;
  for (const edit of sorted) {
    parts.push(source.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(source.slice(at));
  return parts.join('');
}
