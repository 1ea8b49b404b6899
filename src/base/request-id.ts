import { randomFillSync } from 'node:crypto';

/**
 * A request id: `req_` + 10 characters of time + 16 of chance + 2 check characters, in Crockford's base32.
 * It sorts by time, tells the day whose partition holds the record, survives dictation by phone, and a mistyped one is
 * known without a look-up: the check is the number modulo the prime 1021, which catches every wrong character and every
 * swap of neighbours. 28 characters after the prefix: Claude Code takes an id for its own up to 36.
 */
export type RequestId = string;

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const prefix = 'req_';
const bodyLength = 26;
const checkModulus = 1021;

const values = new Map<string, number>();
for (let i = 0; i < 32; i++) {
  values.set(alphabet.charAt(i), i);
  values.set(alphabet.charAt(i).toLowerCase(), i);
}
// Crockford's readings of what people write by mistake.
for (const [seen, meant] of ['O0', 'o0', 'I1', 'i1', 'L1', 'l1'].map((pair) => [pair.charAt(0), pair.charAt(1)])) {
  values.set(seen as string, values.get(meant as string) as number);
}

// One call to the generator per 256 ids: a call costs 1 µs, whatever its size.
const pool = new Uint8Array(16 * 256);
let poolUsed = pool.length;

let timeOfText = -1;
let timeText = '';
let timeCheck = 0;

export function newRequestId(nowMs: number): RequestId {
  if (poolUsed === pool.length) {
    randomFillSync(pool);
    poolUsed = 0;
  }
  if (nowMs !== timeOfText) encodeTime(nowMs);
  let text = timeText;
  let check = timeCheck;
  for (let i = 0; i < 16; i++) {
    const digit = (pool[poolUsed++] as number) & 31;
    text += alphabet[digit];
    check = (check * 32 + digit) % checkModulus;
  }
  return prefix + text + checkCharacters(check);
}

/** The id in its one written form, or null when it is no id or its check characters do not fit. */
export function parseRequestId(text: string): RequestId | null {
  const match = /^req[_-]([0-9a-z]{28})$/i.exec(text.trim());
  const body = match?.[1];
  if (!body) return null;
  let canonical = '';
  let check = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = values.get(body.charAt(i));
    if (digit === undefined) return null;
    canonical += alphabet[digit];
    if (i < bodyLength) check = (check * 32 + digit) % checkModulus;
  }
  return canonical.slice(bodyLength) === checkCharacters(check) ? prefix + canonical : null;
}

/** When the id was made, in milliseconds since the epoch. The id must be one that `parseRequestId` returned. */
export function requestIdTime(id: RequestId): number {
  let timeMs = 0;
  for (let i = prefix.length; i < prefix.length + 10; i++) timeMs = timeMs * 32 + (values.get(id.charAt(i)) ?? 0);
  return timeMs;
}

function encodeTime(timeMs: number): void {
  let rest = timeMs;
  let text = '';
  for (let i = 0; i < 10; i++) {
    text = alphabet[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  let check = 0;
  for (let i = 0; i < 10; i++) check = (check * 32 + (values.get(text.charAt(i)) ?? 0)) % checkModulus;
  timeOfText = timeMs;
  timeText = text;
  timeCheck = check;
}

function checkCharacters(check: number): string {
  return alphabet.charAt(check >> 5) + alphabet.charAt(check & 31);
}
