import { randomBytes } from 'node:crypto';

const run = randomBytes(8).toString('hex');
let next = 0;

/** An id that no other start of the sandbox has given: prefix, 16 hex digits of chance, 16 of a counter. */
export function newId(prefix: string): string {
  return `${prefix}${run}${(next++).toString(16).padStart(16, '0')}`;
}
