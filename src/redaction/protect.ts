import { parseRequestId } from '../base/request-id.ts';
import { placeholderForm } from './placeholder.ts';
import type { View } from './view.ts';

/** Where something stands that no rule may touch. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Stands for every character that is out of the rules' sight. No rule takes it for a part of anything. */
export const hidden = '\ue000';

const requestId = '[Rr][Ee][Qq][_-][0-9A-Za-z]{28}';
/** Of rows: `key_…`, `acc_…`. Vendors whose tokens begin with as few letters are left to the rules. */
const rowId = '(?!hf|gh|glp|npm|xai|[spr]k_)[a-z]{2,5}_[0-9a-f]{24}';
const ownId = new RegExp(`(?<![0-9A-Za-z])(?:${requestId}|${rowId})(?![0-9A-Za-z])`, 'g');

/** Own ids, by their grammar and check characters, and the placeholders of an earlier redaction. */
export function protectedRanges({ text }: View): Range[] {
  const ranges: Range[] = [];
  for (const match of text.matchAll(ownId)) {
    const found = match[0];
    // A mistyped id is no secret either, but nothing vouches for it.
    if (/^req/i.test(found) && parseRequestId(found) === null) continue;
    ranges.push({ start: match.index, end: match.index + found.length });
  }
  for (const match of text.matchAll(placeholderForm))
    ranges.push({ start: match.index, end: match.index + match[0].length });
  return joined(ranges);
}

/** Public prefixes of keys and tokens that stand alone: after the rest of broken keys was found. */
export function alonePrefixes({ text }: View, site: string, own: readonly Range[]): Range[] {
  const ranges: Range[] = [];
  let next = 0;
  for (const match of text.matchAll(new RegExp(`(?<![0-9A-Za-z])(?:sk|pat)-${site}-[0-9A-Za-z]{8}`, 'g'))) {
    const end = match.index + match[0].length;
    while (next < own.length && (own[next]?.end ?? 0) <= match.index) next += 1;
    if ((own[next]?.start ?? end) >= end) ranges.push({ start: match.index, end });
  }
  return ranges;
}

/** The view with the ranges out of sight; every other character stands where it stood. */
export function hide(view: View, ranges: readonly Range[]): View {
  if (ranges.length === 0) return view;
  return { ...view, text: blank(view.text, ranges), lower: blank(view.lower, ranges) };
}

/** In order, and none touching another. */
export function joined(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort((one, other) => one.start - other.start || one.end - other.end);
  const result: Range[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last && range.start < last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else result.push(range);
  }
  return result;
}

function blank(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    parts.push(text.slice(at, start), hidden.repeat(end - start));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
