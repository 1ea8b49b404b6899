/** What is wrong with a text that should be a key; in words of `connect.keyProblems`. */
export type KeyProblem =
  | 'empty'
  | 'space'
  | 'quotes'
  | 'otherSite'
  | 'otherKey'
  | 'shortened'
  | 'truncated'
  | 'long'
  | 'mistyped';

/** A key: its prefix, 32 secret characters, and a checksum of 6. */
const restLength = 38;
const checkLength = 6;
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Whether a text is the whole secret of a key, which is known by its public prefix; null when it is. Without asking
 * anybody: the checksum tells. Pure.
 */
export function keyProblem(text: string, prefix: string): KeyProblem | null {
  const bare = text.trim();
  if (bare === '') return 'empty';
  if (/["'`“”‘’]/.test(bare)) return 'quotes';
  if (/\s|\p{Cf}/u.test(bare)) return 'space';
  if (/\.{2}|[…*•]/.test(bare)) return 'shortened';
  const fixed = prefix.slice(0, -8);
  if (!bare.startsWith(fixed)) return 'otherSite';
  if (!bare.startsWith(prefix)) return bare.length < prefix.length ? 'truncated' : 'otherKey';
  if (bare.length < prefix.length + restLength) return 'truncated';
  if (bare.length > prefix.length + restLength) return 'long';
  return checkFits(bare) ? null : 'mistyped';
}

function checkFits(key: string): boolean {
  const checkAt = key.length - checkLength;
  let check = 0;
  for (const digit of key.slice(checkAt)) check = check * alphabet.length + alphabet.indexOf(digit);
  return check === crc32(key.slice(0, checkAt));
}

/** The one of zip and PNG, over ASCII. Bit by bit: a key is short. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index++) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
