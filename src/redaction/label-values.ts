import { type Run, runOf } from './broken.ts';
import type { Label } from './labels.ts';

/** A value after a label: where it begins and ends in the view. */
export interface Value {
  readonly start: number;
  readonly end: number;
  readonly secret: string;
}

/** Longer values are read to here; what follows without a gap is taken along. */
const longestValue = 8_000;
const tokenCharacter = /[0-9A-Za-z_\-.+/=~]/;

/** Schemes after which `Authorization` names its credentials. Their word is kept. */
const scheme =
  /(?:bearer|basic|token|apikey|api-key|digest|negotiate|ntlm|hawk|oauth|key|signature|aws4-hmac-sha256)[ \n]{1,3}/y;

/** Reads the value that a label announces, from behind its `:` or `=`. Null: what stands there is no secret. */
export function valueAt(text: string, lower: string, from: number, label: Label, assigned: boolean): Value | null {
  const start = opening(text, from);
  switch (label.value) {
    case 'password':
      return passwordAt(text, start, assigned || quoted(text, start));
    case 'cookie':
      return cookieAt(text, start);
    case 'authorization':
      return authorizationAt(text, lower, start);
    case 'token':
      return tokenAt(text, behindScheme(lower, start), label.strong);
  }
}

/** One token: no word, no path, no id, no name of a variable. */
export function tokenAt(text: string, start: number, strong: boolean): Value | null {
  const run = tokenRun(text, start, (joined) => isTokenLike(joined, strong));
  if (!isTokenLike(run.joined, strong)) return null;
  const trailing = /[.=/+-]*$/.exec(run.joined)?.[0].replace(/^={1,2}$/, '') ?? '';
  return { start, end: run.end - trailing.length, secret: run.joined.slice(0, run.joined.length - trailing.length) };
}

function tokenRun(text: string, start: number, enough: (joined: string) => boolean): Run {
  let limit = start;
  const most = start + longestValue;
  while (limit < text.length && limit < most) {
    const character = text.charAt(limit);
    if (!tokenCharacter.test(character) && (character !== '\n' || limit === start)) break;
    if (character === '\n' && text.charAt(limit + 1) === '\n') break;
    limit += 1;
  }
  return runOf(text, start, limit, { usual: null, enough });
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Words and short numbers with signs between them: names, versions, paths, models. */
const wordy =
  /^\/?(?:[A-Za-z]{1,24}|\d{1,8}|[a-z]{1,3}\d{1,4}|\d{1,4}[a-z]{1,3})(?:[._\-/+=~](?:[A-Za-z]{0,24}|\d{1,8}|[a-z]{1,3}\d{1,4}|\d{1,4}[a-z]{1,3}))*$/;

function isTokenLike(joined: string, strong: boolean): boolean {
  const bare = joined.replace(/[.=]+$/, '');
  if (bare.length < (strong ? 12 : 20) || !/\d/.test(bare) || !/[A-Za-z]/.test(bare)) return false;
  if (uuid.test(bare)) return strong;
  if (bare.length < 400 && wordy.test(bare)) return false;
  return !/^(?:your|my|the|example|placeholder|xxx+|https?$|www\.)/i.test(bare) && !/(.)\1{9}/.test(bare);
}

/** Words that follow `password:` in a sentence about passwords, and values that are none. */
const noPassword =
  /^(?:is|was|not|none|null|nil|undefined|true|false|yes|no|reset|change|changed|forgotten|forgot|lost|wrong|incorrect|invalid|required|expired|missing|empty|unknown|string|str|text|optional|hidden|redacted|removed|secret|password|passwd|same|correct|click|please|the|a|an|i|it|we|you|my|your|our|must|should|cannot|can't|has|have|to|for|at|on|in|with|and|or|but|see|error|failed|protected|authentication|login|set|field|input|value|ok|n\/a|tbd|todo|example)$/i;
const substituted =
  /^(?:[$<{*•·…]|\.{2}|(?:sk-)?x{4,}|%[A-Z_]+%|https?:|\/|~\/|(?:process|os|env|import|config|settings|self|this)\.|getenv|your[_ -]|my[_ -])/i;

/** Code, numbers of a program, and what a page says about passwords. */
const noValue = /^[\w.$]+\(|^0x[0-9a-f]+$|^(?=.*\s).*(?:passwor[td]|[.?!…]$)/i;

function passwordAt(text: string, start: number, certain: boolean): Value | null {
  const quote = quoteBefore(text, start);
  const end = quote === '' ? wordEnd(text, start, certain) : quoteEnd(text, start, quote);
  const secret = text.slice(start, end).replace(quote === '' ? /[.,;:)\]}]+$/ : /$^/, '');
  if (
    secret.replaceAll(/[\ue000\s]/g, '').length < (certain ? 3 : 4) ||
    secret.includes('\n') ||
    substituted.test(secret) ||
    noPassword.test(secret) ||
    noValue.test(secret)
  )
    return null;
  if (/\($|\(\)|^[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]+/.test(secret)) return null;
  const restOfLine = text.slice(start + secret.length, start + secret.length + 3);
  const alone = /^[.,;!]?[ ]?(?:\n|$)/.test(restOfLine) || certain;
  if (/^[A-Za-z'’-]+$/.test(secret) && !alone) return null;
  return { start, end: start + secret.length, secret };
}

function authorizationAt(text: string, lower: string, start: number): Value | null {
  const from = behindScheme(lower, start);
  if (from === start) return tokenAt(text, start, true);
  const word = lower.slice(start, from).trim();
  if (/^(?:digest|hawk|oauth|signature|aws4|negotiate|ntlm)/.test(word)) {
    const end = lineEnd(text, from, quoteBefore(text, start));
    const secret = text.slice(from, end);
    return /\d/.test(secret) && secret.length >= 16 ? { start: from, end, secret } : null;
  }
  const run = tokenRun(text, from, (joined) => joined.length >= 6);
  const bare = run.joined.replace(/[.]+$/, '');
  const isWord = /^[A-Za-z]+(?:[_-][A-Za-z]+)*$/.test(bare) && bare.length < 16;
  // The beginning of a key, as it is shown.
  const isShortened =
    bare.length < 20 && (bare.endsWith('-') || /^(?:…|\*|\.\.)/.test(text.slice(run.end, run.end + 2)));
  if (bare.length < 6 || isWord || isShortened || substituted.test(bare)) return null;
  return { start: from, end: run.end - (run.joined.length - bare.length), secret: bare };
}

/** The whole header, with the lines that it was folded into. */
function cookieAt(text: string, start: number): Value | null {
  const quote = quoteBefore(text, start);
  let end = lineEnd(text, start, quote);
  if (!/^(?!samesite=|path=|domain=|max-age=|expires=)[\w.$-]{1,100}=[^\s]/i.test(text.slice(start, start + 240)))
    return null;
  while (text.charAt(end) === '\n' && end - start < longestValue) {
    const next = text.slice(end + 1, lineEnd(text, end + 1, quote));
    const goesOn =
      text.charAt(end - 1) === ';' || /^[\w.%+/=-]{24,}(?:;|$)/.test(next) || /^[\w.-]+=[^\s;]+;/.test(next);
    if (!goesOn || next === '' || /^[A-Za-z-]+: /.test(next)) break;
    end += 1 + next.length;
  }
  return { start, end, secret: text.slice(start, end).replaceAll('\n', '') };
}

/** Behind white space, quotes and at most one line break. */
function opening(text: string, from: number): number {
  const match = /^[ \\]{0,4}\n?[ \\]{0,2}(?:[rbf]?["'`])?/.exec(text.slice(from, from + 12));
  return from + (match?.[0].length ?? 0);
}

function behindScheme(lower: string, start: number): number {
  scheme.lastIndex = start;
  return scheme.test(lower) ? scheme.lastIndex : start;
}

function quoted(text: string, start: number): boolean {
  return quoteBefore(text, start) !== '';
}

function quoteBefore(text: string, start: number): string {
  const before = text.charAt(start - 1);
  return before === '"' || before === "'" || before === '`' ? before : '';
}

/** `;` and `&` stand between pairs where `=` stands within them, and may be part of a password elsewhere. */
function wordEnd(text: string, start: number, assigned: boolean): number {
  const stop = assigned ? /[\s"'`<>;&\ue000，。；、]/ : /[\s"'`<>\ue000，。；、]/;
  const most = Math.min(text.length, start + 256);
  for (let i = start; i < most; i++) if (stop.test(text.charAt(i))) return i;
  return most;
}

function quoteEnd(text: string, start: number, quote: string): number {
  const most = Math.min(text.length, start + 256);
  for (let i = start; i < most; i++) if (text.charAt(i) === quote || text.charAt(i) === '\n') return i;
  return wordEnd(text, start, true);
}

/** The end of the line, or of what is quoted on it. */
function lineEnd(text: string, start: number, quote: string): number {
  const most = Math.min(text.length, start + longestValue);
  for (let i = start; i < most; i++) {
    const character = text.charAt(i);
    if (character === '\n' || character === quote || (quote === '' && (character === '"' || character === "'")))
      return i;
  }
  return most;
}
