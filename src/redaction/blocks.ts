import type { Spot } from './kinds.ts';
import type { View } from './view.ts';

/** An RSA key of 16,384 bits has 13 kB; with quote marks and escapes somewhat more. */
const longestBlock = 64 * 1024;

const head = /-----\s?BEGIN[ \n](?:[A-Z0-9]{1,12}[ \n]){0,4}PRIVATE[ \n]KEY(?:[ \n]BLOCK)?\s?-----/g;
const tail = /-----\s?END[ \n](?:[A-Z0-9]{1,12}[ \n]){0,4}PRIVATE[ \n]KEY(?:[ \n]BLOCK)?\s?-----/g;
const body = /(?:[0-9A-Za-z+/=\n]|\\[nr]|[A-Z][A-Za-z-]{3,20}: [^\n]{1,80}\n){0,65536}/y;

/** Private keys in PEM and the like, whole or without their end. Certificates and public keys are none. */
export function findPrivateKeys({ text }: View): Spot[] {
  const ends = [...text.matchAll(tail)].map((match) => match.index + match[0].length);
  const spots: Spot[] = [];
  let next = 0;
  let done = 0;
  for (const match of text.matchAll(head)) {
    if (match.index < done) continue;
    const start = match.index;
    const from = start + match[0].length;
    while (next < ends.length && (ends[next] ?? 0) < from) next += 1;
    const found = ends[next];
    const end = found !== undefined && found - start <= longestBlock ? found : openEnd(text, from);
    const secret = text.slice(from, end).replaceAll(/-----.*$|\\[nr]|\s/gs, '');
    done = end;
    spots.push({ start, end, kind: 'private_key', issuer: null, secret, weight: 5 });
  }
  return [...spots, ...findPuttyKeys(text)];
}

/** The end of what looks like the rest of a block: the last line without a space. */
function openEnd(text: string, from: number): number {
  body.lastIndex = from;
  const end = body.test(text) ? body.lastIndex : from;
  const last = text.slice(from, end);
  const lines = last.split('\n');
  // The first word of the text that follows belongs to no key.
  const rest = lines.at(-1) ?? '';
  const until = rest.length < 24 && text.charAt(end) !== '' ? end - rest.length : end;
  return from + text.slice(from, until).trimEnd().length;
}

function findPuttyKeys(text: string): Spot[] {
  return [...text.matchAll(/Private-Lines: \d{1,4}\n((?:[0-9A-Za-z+/=]{1,80}(?:\n|$)){1,400})/g)].map((match) => {
    const end = match.index + match[0].trimEnd().length;
    const secret = (match[1] ?? '').replaceAll('\n', '');
    return {
      start: end - (match[1] ?? '').trimEnd().length,
      end,
      kind: 'private_key',
      issuer: null,
      secret,
      weight: 5,
    };
  });
}
