import type { Spot } from './kinds.ts';
import type { View } from './view.ts';

const longestUser = 512;

/** Passwords in addresses: `postgres://user:password@host`, whatever the scheme. User and host stay. */
export function findAddressPasswords({ text }: View): Spot[] {
  const spots: Spot[] = [];
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    if (!/[0-9A-Za-z]/.test(text.charAt(at - 1)) || text.charAt(at + 3) === '[') continue;
    const spot = passwordOf(text, at + 3);
    if (spot !== null) spots.push(spot);
  }
  return spots;
}

function passwordOf(text: string, start: number): Spot | null {
  let colon = -1;
  let sign = -1;
  let slash = -1;
  for (let i = start; i < text.length && i < start + longestUser; i++) {
    const character = text.charAt(i);
    if (/[\s"'`<>\ue000]/.test(character)) break;
    if (character === ':' && text.startsWith('//', i + 1)) break;
    if (character === ':' && colon === -1) colon = i;
    if (character === '@') sign = i;
    // Passwords are pasted with signs that ought to be encoded; a path that holds an @ begins after the host.
    if (/[/?#]/.test(character) && slash === -1) {
      slash = i;
      if (colon === -1 || sign !== -1 || /^\d{1,5}$/.test(text.slice(colon + 1, i))) break;
    }
    if (slash !== -1 && i > slash + 64) break;
  }
  if (colon === -1 || sign <= colon + 1) return null;
  const secret = text.slice(colon + 1, sign);
  // A shortened or substituted one is none, nor is the word itself.
  if (
    /^(?:\*+|x{3,}|\.{2,}|…|\$\{?[A-Z_a-z]+\}?|<[^>]*|\{+[^}]*\}+|%\w+%|password|passwd|pass|pwd|PASSWORD|PASS|密码)$/.test(
      secret,
    )
  )
    return null;
  return { start: colon + 1, end: sign, kind: 'connection_string', issuer: null, secret, weight: 1 };
}
