import { checkSecret } from '../base/key-format.ts';
import { runOf, tolerant } from './broken.ts';
import type { Spot } from './kinds.ts';
import type { View } from './view.ts';

const bodyLength = 46;
const publicLength = 8;

/** Of a part that holds wrong characters; a whole one has 55 with a site of six letters. */
const longest = 80;

/**
 * Keys and access tokens of a lodge. A whole one is known by its checksum, of whatever site; of this site also what
 * plainly was one: cut or mistyped, with more than the public prefix.
 */
export function findOwn({ text, lower }: View, site: string): Spot[] {
  const forms = [`[0-9A-Za-z]{${publicLength}}[\\w-]{1,200}`, `[\\w-]{0,7}[!-~][\\w-]{20,200}`].join('|');
  const part = new RegExp(tolerant(`(?:sk|pat)-${site}-(?:${forms})`), 'iy');
  const spots: Spot[] = [];
  const head = /(?:s\n?k|p\n?a\n?t)\n?-/g;
  for (let match = head.exec(lower); match !== null; match = head.exec(lower)) {
    // A checksum that fits needs no gap before it; a part does.
    const isApart = !/[0-9A-Za-z]/.test(text.charAt(match.index - 1));
    const spot = wholeAt(text, match.index, site) ?? (isApart ? partAt(text, match.index, part, site) : null);
    if (spot === null) continue;
    spots.push(spot);
    head.lastIndex = spot.end;
  }
  return spots;
}

/** What a whole one may be broken by, its checksum still telling: lines, spaces, the quotes and plus of a program. */
const gap = '[ \\n"\'+\\\\]{0,6}';
const whole = new RegExp(
  `(?:s\\n?k|p\\n?a\\n?t)\\n?-\\n?(?:[a-z0-9]\\n?){2,16}-${gap}(?:[0-9A-Za-z]${gap}){${bodyLength - 1}}[0-9A-Za-z]`,
  'y',
);

function wholeAt(text: string, at: number, site: string): Spot | null {
  whole.lastIndex = at;
  if (!whole.test(text)) return null;
  const end = whole.lastIndex;
  const secret = text.slice(at, end).replaceAll(/[^0-9A-Za-z-]/g, '');
  const [kind = '', keySite = ''] = secret.split('-');
  if (!checkSecret(secret, kind, keySite)) return null;
  const prefix = secret.slice(0, secret.length - bodyLength + publicLength);
  if (keySite !== site) return { start: at, end, kind: 'vendor_key', issuer: 'lodge', secret, prefix, weight: 4 };
  return { start: at, end, kind: kindOf(kind), issuer: null, secret, prefix, whole: true, weight: 4 };
}

function partAt(text: string, at: number, part: RegExp, site: string): Spot | null {
  part.lastIndex = at;
  if (!part.test(text)) return null;
  const limit = limitOf(text, at, part.lastIndex);
  const kind = /s/i.test(text.charAt(at)) ? 'sk' : 'pat';
  const fixedLength = kind.length + site.length + 2;
  const usual = fixedLength + bodyLength;
  const isEnough = (joined: string) => joined.length >= fixedLength + publicLength;
  const { end, joined } = runOf(text, at, limit, { usual, enough: isEnough });
  // The public prefix, and the next line is not more of it.
  if (joined.length === fixedLength + publicLength) return null;
  const known = joined.slice(0, fixedLength + publicLength);
  const prefix = /^(?:sk|pat)-[a-z0-9]+-[0-9A-Za-z]{8}$/.test(known) ? { prefix: known } : {};
  return { start: at, end, kind: kindOf(kind), issuer: null, secret: joined, ...prefix, weight: 3 };
}

/** A wrong character inside does not end a key, as long as much of what follows is one. */
function limitOf(text: string, at: number, from: number): number {
  const rest = /^[!-~\u0080-\uffff]\n?(?=[0-9A-Za-z]{6})(?:[\w-]\n?){6,64}/;
  let limit = from;
  while (limit < text.length && /[\w-]/.test(text.charAt(limit))) limit += 1;
  while (limit - at < longest) {
    const more = /[\s"'<>&,;)\]}\ue000]/.test(text.charAt(limit)) ? null : rest.exec(text.slice(limit, limit + 140));
    if (more === null) return limit;
    limit += more[0].length;
  }
  return limit;
}

function kindOf(word: string): 'own_key' | 'own_token' {
  return word === 'sk' ? 'own_key' : 'own_token';
}
