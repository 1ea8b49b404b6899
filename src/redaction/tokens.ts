import { runOf, tolerant } from './broken.ts';
import type { Spot } from './kinds.ts';
import { type TokenRule, tokenRules } from './token-rules.ts';
import type { View } from './view.ts';

interface Compiled {
  readonly rule: TokenRule;
  readonly broken: RegExp;
  readonly whole: RegExp;
  /** Whether the pattern says itself what may not follow. */
  readonly closed: boolean;
  /** Whether it begins with letters alone, as a part of anything in base64 can. */
  readonly lettersOnly: boolean;
}

/** Rules by the code of the character that they begin with: most positions of a text are passed by one look. */
const rulesByCode: Compiled[][] = Array.from({ length: 128 }, () => []);
for (const rule of tokenRules) {
  const compiled = {
    rule,
    broken: new RegExp(tolerant(rule.pattern), 'y'),
    whole: new RegExp(`^(?:${rule.pattern})$`),
    closed: rule.pattern.endsWith(')'),
    lettersOnly: /^(?:[A-Za-z]{3,6}|\(\?:[A-Z|]+\))\[/.test(rule.pattern),
  };
  for (const code of firstCodes(rule.pattern)) rulesByCode[code]?.push(compiled);
}

/** One character of what tokens are made of. */
const wordCode = new Uint8Array(128);
for (let code = 0; code < 128; code++) wordCode[code] = /[0-9A-Za-z]/.test(String.fromCharCode(code)) ? 1 : 0;

/** Keys and tokens of others, by the table, and those that carry their content: JSON web tokens. */
export function findTokens({ text }: View): Spot[] {
  const spots: Spot[] = [];
  let before = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isStart = before === 0 && code < 128;
    before = code < 128 ? (wordCode[code] ?? 0) : 0;
    if (!isStart || before === 0) continue;
    const spot = spotAt(text, i);
    if (spot === null) continue;
    spots.push(spot);
    i = spot.end - 1;
    before = 0;
  }
  return spots;
}

function spotAt(text: string, at: number): Spot | null {
  for (const compiled of rulesByCode[text.charCodeAt(at)] ?? []) {
    const { rule, broken, whole } = compiled;
    broken.lastIndex = at;
    if (!broken.test(text) || (compiled.lettersOnly && isWithinBlob(text, at))) continue;
    const limit = compiled.closed ? broken.lastIndex : endOfWord(text, broken.lastIndex);
    const isEnough = (joined: string) => whole.test(joined);
    const { end, joined } = runOf(text, at, limit, { usual: rule.usual ?? null, enough: isEnough });
    if (rule.needs !== undefined && !rule.needs.test(joined)) continue;
    return { start: at, end, kind: rule.kind, issuer: rule.issuer, secret: joined, weight: 2 };
  }
  return text.startsWith('ey', at) || text.startsWith('e\ny', at) ? webTokenAt(text, at) : null;
}

/** Behind a line of base64, or a sign within one: an image, not a key. */
function isWithinBlob(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 61), at);
  return before.length === 61 && /^[0-9A-Za-z+/\n]{60}[\n+/]$/.test(before);
}

/** `eyJ…`, a point, and more: a web token, also one that was cut. JSON in base64 has no point. */
const webToken = /e\n?y\n?[JK]\n?(?:[\w.-]\n?){20,16000}/y;

function webTokenAt(text: string, at: number): Spot | null {
  // A run is read once, from where it begins.
  if (/[\w.-]/.test(text.charAt(at - 1))) return null;
  webToken.lastIndex = at;
  if (!webToken.test(text)) return null;
  const limit = endOfWord(text, webToken.lastIndex);
  const { end, joined } = runOf(text, at, limit, { usual: null, enough: (run) => run.split('.').length >= 3 });
  if (!/^[\w-]{8,}\.[\w-]{8}/.test(joined)) return null;
  return { start: at, end, kind: 'access_token', issuer: 'web', secret: joined, weight: 2 };
}

/** Beyond what a pattern counts: a longer secret leaves no rest. */
function endOfWord(text: string, from: number): number {
  let end = from;
  if (text.charAt(end - 1) === '\n') return end;
  while (end < text.length && /[\w-]/.test(text.charAt(end))) end += 1;
  return end;
}

/** The codes of the characters that a pattern can begin with. */
function firstCodes(pattern: string): number[] {
  const group = /^\(\?:([^)]*)\)/.exec(pattern);
  if (group !== null) return [...new Set((group[1] ?? '').split('|').flatMap(firstCodes))];
  const atom = /^(?:\\.|\[(?:\\.|[^\]\\])*\]|.)/.exec(pattern)?.[0] ?? '';
  const first = new RegExp(`^${atom}$`);
  const codes: number[] = [];
  for (let code = 33; code < 127; code++) if (first.test(String.fromCharCode(code))) codes.push(code);
  return codes;
}
