import { fold } from './source.ts';

export type SubjectPrefix = 'bug' | 'billing' | 'enterprise' | 'vulnerability';

export interface SubjectReading {
  /** Null: it has none of ours. */
  readonly prefix: SubjectPrefix | null;
  /** What it says, without prefixes of replies, lists and ours. */
  readonly rest: string;
}

const prefixes: readonly SubjectPrefix[] = ['bug', 'billing', 'enterprise', 'vulnerability'];

/** `Re:`, `RE[2]:`, `Fwd:`, `AW:`, `回复:` and so on; `[list]`, `[T-123]`, `(external)`. One after the other. */
const wrapping =
  /^(?:(?:re|fwd?|aw|wg|sv|vs|antw|tr|rv|rif|odp|ynt|回复|答复|回覆|转发|轉寄|转寄)(?:\s?[[(]\d{1,3}[\])])?\s?:|\[[^\]\n]{1,60}\]|\(ext(?:ernal)?\))\s*/i;
const mostWrappings = 50;

/** Reads a subject's first token. `:` may be full-width; case does not matter. */
export function readSubject(subject: string): SubjectReading {
  let rest = fold(subject)
    .slice(0, 1_000)
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .trim();
  for (let i = 0; i < mostWrappings; i++) {
    const next = rest.replace(wrapping, '');
    if (next === rest) break;
    rest = next.trim();
  }
  const match = /^([a-z]+)\s?:\s*/i.exec(rest);
  const word = match?.[1]?.toLowerCase();
  const prefix = prefixes.find((one) => one === word) ?? null;
  return { prefix, rest: prefix === null ? rest : rest.slice(match?.[0].length).trim() };
}
