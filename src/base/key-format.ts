import { randomFillSync } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * A key: `sk-<site>-` + 8 public characters + 32 secret ones + 6 check characters, in base62. The fixed part and the
 * 8 public characters are its prefix, all of it that is ever shown or logged again. The check is the CRC32 of everything
 * before it, so that a mistyped or truncated key is known without a look-up and a key inside a mail is found without
 * guessing. 32 characters of base62 are 190 bits.
 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const publicLength = 8;
const secretLength = 32;
const checkLength = 6;
const bodyLength = publicLength + secretLength + checkLength;

/** More is a dump, not a paste; whoever redacts calls again with the rest. */
const maxFound = 1_000;

/** Value of a character code in base62, 255 for every other code. */
const digitOf = new Uint8Array(128).fill(255);
for (let i = 0; i < alphabet.length; i++) digitOf[alphabet.charCodeAt(i)] = i;

export interface NewKey {
  /** The whole key. Shown once, stored nowhere. */
  readonly secret: string;
  readonly prefix: string;
}

export type KeyProblem =
  | 'empty'
  | 'whitespace'
  | 'line_break'
  | 'quotes'
  | 'scheme'
  | 'placeholder'
  | 'redacted'
  | 'vendor_key'
  | 'other_site'
  | 'prefix_only'
  | 'truncated'
  | 'too_long'
  | 'wrong_character'
  | 'checksum'
  | 'wrong_form';

export type KeyCheck =
  | { readonly ok: true; readonly prefix: string }
  | {
      readonly ok: false;
      readonly problem: KeyProblem;
      /** One sentence for the caller on what to do. Holds nothing of what was presented. */
      readonly hint: string;
      /** The public prefix, when that much of a key of this site can be made out. */
      readonly prefix: string | null;
    };

export interface FoundKey {
  readonly secret: string;
  readonly prefix: string;
  readonly site: string;
  /** Where it stands in the text: `text.slice(start, end)`. */
  readonly start: number;
  readonly end: number;
}

/** The part that all keys of a site share: `sk-lodge-`. */
export function keyFixedPart(site: string): string {
  return `sk-${site}-`;
}

/** Makes a key. `site` is the setting `LODGE_KEY_SITE`. */
export function newKey(site: string): NewKey {
  return newSecret('sk', site);
}

/** Makes a secret of another kind in the form of keys: `pat-<site>-…` for access tokens. */
export function newSecret(kind: string, site: string): NewKey {
  const body = `${kind}-${site}-${randomDigits(publicLength + secretLength)}`;
  return { secret: body + checkDigits(crc32(body)), prefix: body.slice(0, body.length - secretLength) };
}

/** Whether a text is a whole secret of a kind and site. */
export function checkSecret(text: string, kind: string, site: string): boolean {
  const fixed = `${kind}-${site}-`;
  const isWhole = text.length === fixed.length + bodyLength && text.startsWith(fixed);
  return isWhole && firstForeign(text, fixed.length) === -1 && checkFits(text);
}

/** Whether a text is a whole key of the site, and if not, what is wrong with it. A good one takes well under 1 µs. */
export function checkKey(text: string, site: string): KeyCheck {
  const fixedLength = site.length + 4;
  if (
    text.length === fixedLength + bodyLength &&
    text.startsWith('sk-') &&
    text.startsWith(site, 3) &&
    text.charCodeAt(fixedLength - 1) === 0x2d &&
    firstForeign(text, fixedLength) === -1 &&
    checkFits(text)
  ) {
    return { ok: true, prefix: text.slice(0, fixedLength + publicLength) };
  }
  return explain(text, site);
}

/** The prefix of a key that `checkKey` has passed. */
export function keyPrefix(secret: string): string {
  return secret.slice(0, secret.length - secretLength - checkLength);
}

/** Finds whole keys of any site inside any text, by their checksum: no false positives. At most 1,000. */
export function findKeys(text: string): FoundKey[] {
  const found: FoundKey[] = [];
  const candidate = new RegExp(`sk-([a-z0-9]{2,16})-[0-9A-Za-z]{${bodyLength}}`, 'g');
  for (let match = candidate.exec(text); match && found.length < maxFound; match = candidate.exec(text)) {
    const secret = match[0];
    if (checkFits(secret)) {
      const end = match.index + secret.length;
      found.push({ secret, prefix: keyPrefix(secret), site: match[1] ?? '', start: match.index, end });
    } else {
      candidate.lastIndex = match.index + 1;
    }
  }
  return found;
}

function explain(text: string, site: string): KeyCheck {
  const bare = bareKey(text);
  const fixed = keyFixedPart(site);
  const body = bare.startsWith(fixed) ? bare.slice(fixed.length) : null;
  const prefix = body !== null && /^[0-9A-Za-z]{8}/.test(body) ? fixed + body.slice(0, publicLength) : null;
  const problem = wrapping(text) ?? (body === null ? strangerProblem(bare) : bodyProblem(body, fixed));
  return { ok: false, problem, hint: hints[problem], prefix };
}

/** Without what people paste around a key. */
function bareKey(text: string): string {
  return text
    .replace(/[\s\p{Cf}\p{Cc}]+/gu, '')
    .replace(/^["'`“”‘’<[]+|["'`“”‘’>\],;]+$/gu, '')
    .replace(/^bearer/i, '');
}

function wrapping(text: string): KeyProblem | null {
  if (/^[\s\p{Cf}\p{Cc}]*$/u.test(text)) return 'empty';
  // Before white space, because both hold some: `Bearer sk-…`, `Your API key`.
  if (/^\s*["'`]?(bearer|basic|token|authorization|x-api-key)[\s:=]/i.test(text)) return 'scheme';
  if (/^\s*["'`]?[$%{<]|your[\s_-]*(api[\s_-]*)?key|api[\s_-]+key|_API_KEY|xxxx/i.test(text)) return 'placeholder';
  if (/[\r\n\u2028\u2029]|\\[rn]/.test(text)) return 'line_break';
  // \p{Cf}: zero-width spaces and byte order marks, which a copy from a web page or chat brings along.
  if (/[\s\p{Cf}\p{Cc}]|%20/u.test(text)) return 'whitespace';
  if (/["'`“”‘’]/.test(text)) return 'quotes';
  return null;
}

function bodyProblem(body: string, fixed: string): KeyProblem {
  if (/\.{2,}|[*…•]/.test(body)) return 'redacted';
  const whole = body.slice(0, bodyLength);
  if (body.length > bodyLength && firstForeign(whole, 0) === -1 && checkFits(fixed + whole)) return 'too_long';
  if (firstForeign(body, 0) !== -1) return 'wrong_character';
  if (body.length === publicLength) return 'prefix_only';
  if (body.length < bodyLength) return 'truncated';
  if (body.length > bodyLength) return 'too_long';
  return checkFits(fixed + body) ? 'wrong_form' : 'checksum';
}

/** Keys of the vendors themselves, and of those who resell them, by how they begin. */
const vendorKey =
  /^(sk-(proj|svcacct|admin|ant|or|None)-|sk-[A-Za-z0-9]{20}T3BlbkFJ|sk-[A-Za-z0-9]{32,}$|AIza|AQ\.|gsk_|xai-|pplx-|r8_|hf_|sess-|AKIA|ya29\.)/;

function strangerProblem(bare: string): KeyProblem {
  if (findKeys(bare)[0]?.start === 0) return 'other_site';
  if (vendorKey.test(bare)) return 'vendor_key';
  if (/\.{3}|[*…•]/.test(bare)) return 'redacted';
  return 'wrong_form';
}

const hints: Readonly<Record<KeyProblem, string>> = {
  empty: 'No key was sent. Set the API key in your tool.',
  whitespace: 'The key holds a space or an invisible character. Copy it again without anything before, in or after it.',
  line_break: 'The key holds a line break. Copy it again as one line, without the line feed at its end.',
  quotes: 'The key was sent with quotation marks. Remove them.',
  scheme: 'The word before the key was sent as part of it. Set the key alone; your tool adds "Bearer" itself.',
  placeholder: 'A placeholder or an unset variable was sent instead of a key. Put the key itself in its place.',
  redacted: 'This is the shortened form of a key. Only the whole key, shown once when it was made, works.',
  vendor_key: "This is a vendor's own key. Use a key that was made on this site.",
  other_site: 'This key was made on another site. Check the base URL, or use a key of this site.',
  prefix_only: 'This is only the public prefix of a key. Only the whole key, shown once when it was made, works.',
  truncated: 'The end of the key is missing. Copy the whole key again.',
  too_long: 'There are characters after the end of the key. Copy the key alone.',
  wrong_character: 'The key holds a character that no key has. Copy it again.',
  checksum: 'The key is mistyped: its checksum does not fit. Copy it again instead of typing it.',
  wrong_form: 'This does not have the form of a key of this site. Copy the key again from where it was made.',
};

function firstForeign(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || digitOf[code] === 255) return i;
  }
  return -1;
}

/** Compares the check of a text that is all base62 in its last six characters. */
function checkFits(text: string): boolean {
  const checkAt = text.length - checkLength;
  let check = 0;
  for (let i = checkAt; i < text.length; i++) check = check * 62 + (digitOf[text.charCodeAt(i)] ?? 255);
  return check === crc32(text.slice(0, checkAt));
}

function checkDigits(check: number): string {
  let text = '';
  let rest = check;
  for (let i = 0; i < checkLength; i++) {
    text = alphabet.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

function randomDigits(count: number): string {
  const pool = new Uint8Array(2 * count);
  let text = '';
  while (text.length < count) {
    randomFillSync(pool);
    for (const byte of pool) {
      // 248 = 4 × 62: the rest would favour the first eight digits.
      if (byte < 248 && text.length < count) text += alphabet.charAt(byte % 62);
    }
  }
  return text;
}
