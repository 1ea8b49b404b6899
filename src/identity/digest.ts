import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 of a random token: what is kept of it. Tokens have 190 bits and more, so no salt and no stretching. */
export function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The same as text, for columns that the sign-in library fills. */
export function digestText(token: string): string {
  return digest(token).toString('base64url');
}

/** `acc_` and 24 hexadecimal digits. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}
