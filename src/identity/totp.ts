import { createHmac, timingSafeEqual } from 'node:crypto';

const periodSeconds = 30;
const digits = 6;
/** Steps to either side that pass as well: clocks of telephones go a little wrong. */
const drift = 1;

/** The one-time code of a step (RFC 6238, SHA-1, 6 digits). `secret`: as it stands in the account's row, opened. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** The step whose code this is, at about this time; null when it is of none. */
export function stepOf(secret: string, code: string, nowMs: number): number | null {
  const now = Math.floor(nowMs / 1_000 / periodSeconds);
  let found: number | null = null;
  for (let step = now - drift; step <= now + drift; step++) {
    const expected = Buffer.from(codeAt(secret, step));
    const given = Buffer.from(code.padEnd(digits).slice(0, digits));
    if (code.length === digits && given.length === expected.length && timingSafeEqual(given, expected)) found = step;
  }
  return found;
}
