import { createHmac, timingSafeEqual } from 'node:crypto';

/** How old a signed report may be: clocks differ, and a copy of it must not work for ever. */
const toleranceSeconds = 300;

/**
 * Checks `t=<Unix seconds>,v1=<hex>`, where v1 is HMAC-SHA256 over `<t>.<body as it was sent>`. Several v1 may stand in
 * it, so that a secret can be changed without a gap.
 */
export function signatureFits(secret: string, signature: string, bytes: Buffer, nowMs: number): boolean {
  const parts = signature.split(',', 10).map((part) => part.trim());
  const time = parts.find((part) => /^t=\d{1,12}$/.test(part))?.slice(2);
  if (time === undefined || Math.abs(nowMs / 1000 - Number(time)) > toleranceSeconds) return false;
  const wanted = createHmac('sha256', secret).update(`${time}.`).update(bytes).digest();
  return parts.some((part) => {
    const given = /^v1=([0-9a-f]{64})$/i.exec(part)?.[1];
    return given !== undefined && timingSafeEqual(Buffer.from(given, 'hex'), wanted);
  });
}
