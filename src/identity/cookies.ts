import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { digest } from './digest.ts';

/** Names without the prefix that they have in the browser. */
export type CookieName =
  | 'session_token'
  | 'dont_remember'
  | 'two_factor'
  | 'trust_device'
  | 'passkey'
  | 'state'
  | 'device';

const prefix = 'lodge.';
const yearSeconds = 365 * 86_400;
/** More pairs are not looked at: a head has 32 kB at most. */
const mostPairs = 100;

/** `lodge.session_token`, and over https `__Secure-lodge.session_token`, which no plain page can set. */
export function cookieName(name: CookieName, secure: boolean): string {
  return `${secure ? '__Secure-' : ''}${prefix}${name}`;
}

/** The value of one cookie of a `Cookie` header, decoded; null when it is missing. */
export function readCookie(header: string, name: CookieName, secure: boolean): string | null {
  const wanted = `${cookieName(name, secure)}=`;
  for (const pair of header.split(';', mostPairs)) {
    const text = pair.trim();
    if (!text.startsWith(wanted)) continue;
    try {
      return decodeURIComponent(text.slice(wanted.length));
    } catch {
      return null;
    }
  }
  return null;
}

/** A `Cookie` header with the named cookies of another alone: a step sees what it needs and no more. */
export function onlyCookies(header: string, names: readonly CookieName[], secure: boolean): string {
  const wanted = names.map((name) => `${cookieName(name, secure)}=`);
  return header
    .split(';', mostPairs)
    .map((pair) => pair.trim())
    .filter((pair) => wanted.some((start) => pair.startsWith(start)))
    .join('; ');
}

/** The token of a signed session cookie; null when the signature is not ours, before anything is looked up. */
export function signedToken(value: string, secret: string): string | null {
  const dot = value.lastIndexOf('.');
  if (dot < 1 || value.length > 300) return null;
  const token = value.slice(0, dot);
  const expected = createHmac('sha256', secret).update(token).digest();
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

/** A browser that accounts have signed in from, by a cookie that outlives sessions. Only the hash is kept. */
export interface Device {
  readonly value: string;
  readonly hash: Buffer;
}

export function readDevice(cookies: string, secure: boolean): Device | null {
  const value = readCookie(cookies, 'device', secure);
  return value !== null && /^[\w-]{43}$/.test(value) ? { value, hash: digest(value) } : null;
}

/** Always of our own making: a value that somebody planted in a browser must not become known. */
export function newDevice(): Device {
  const value = randomBytes(32).toString('base64url');
  return { value, hash: digest(value) };
}

export function deviceCookie(device: Device, secure: boolean): string {
  return setCookie('device', device.value, secure, yearSeconds);
}

/** A `Set-Cookie` line. `maxAgeSeconds` 0 takes the cookie away; null: until the browser closes. */
export function setCookie(name: CookieName, value: string, secure: boolean, maxAgeSeconds: number | null): string {
  const age = maxAgeSeconds === null ? '' : `; Max-Age=${maxAgeSeconds}`;
  const text = `${cookieName(name, secure)}=${encodeURIComponent(value)}${age}`;
  return `${text}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
