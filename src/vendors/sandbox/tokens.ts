/**
 * The sandbox's own tokenizer: text is cut at white space into words, and a word into pieces of at most four UTF-8
 * bytes, never inside a code point. Each piece is one token; white space costs nothing. Simple enough to check by hand,
 * and the parts of an answer always add up to the whole.
 */
export function countTokens(text: string): number {
  let tokens = 0;
  let used = 4;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20) {
      used = 4;
      continue;
    }
    let bytes = 1;
    if (code >= 0x80) {
      bytes = code < 0x800 ? 2 : 3;
      if (isPair(text, i, code)) {
        bytes = 4;
        i++;
      }
    }
    if (used + bytes > 4) {
      tokens++;
      used = 0;
    }
    used += bytes;
  }
  return tokens;
}

/** The tokens of a text, in order. White space goes with the token after it, at the end with the last one. */
export function tokenize(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let used = 4;
  let open = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20) {
      if (open) {
        pieces.push(text.slice(start, i));
        start = i;
        open = false;
      }
      used = 4;
      continue;
    }
    const pair = isPair(text, i, code);
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : pair ? 4 : 3;
    if (used + bytes > 4) {
      if (open) {
        pieces.push(text.slice(start, i));
        start = i;
      }
      open = true;
      used = 0;
    }
    used += bytes;
    if (pair) i++;
  }
  if (open) pieces.push(text.slice(start));
  else if (start < text.length && pieces.length > 0) pieces.push((pieces.pop() ?? '') + text.slice(start));
  return pieces;
}

function isPair(text: string, index: number, code: number): boolean {
  if (code < 0xd800 || code > 0xdbff || index + 1 >= text.length) return false;
  const next = text.charCodeAt(index + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}

/** A number from 0 to 2^32 − 1 that depends on every character (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

// Each is one token. Several need more than one byte a character, so that bytes split inside a character are met daily.
const words = (
  'the gate is open and your key fits so walk in and ask for what you need here at our desk we note when who and how ' +
  'much but not one word of what was said né für año 日 本 你好 🙂 ok then go on by day or by night all is well'
)
  .split(' ')
  .flatMap((word) => tokenize(word));

/** `count` tokens of running text that depend on `seed` alone. */
export function runningText(seed: number, count: number, first: boolean): string[] {
  const pieces: string[] = new Array(count);
  const start = seed % words.length;
  for (let i = 0; i < count; i++) {
    const word = words[(start + i) % words.length] ?? 'ok';
    pieces[i] = first && i === 0 ? word : ` ${word}`;
  }
  return pieces;
}
