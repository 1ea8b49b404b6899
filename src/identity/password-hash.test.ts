import { expect, test } from 'vitest';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';

test('argon2id in PHC form, salted, and only the right password fits', async () => {
  const [hash, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(other).not.toBe(hash);
  expect(await verifyPassword(hash, 'correct horse')).toBe(true);
  expect(await verifyPassword(hash, 'correct horsf')).toBe(false);
  expect(await verifyPassword(null, 'correct horse')).toBe(false);
  expect(await verifyPassword('$2b$10$abc', 'correct horse')).toBe(false);
});

test('one and the same character, however a keyboard composes it', async () => {
  expect(await verifyPassword(await hashPassword('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(true);
});

test('a hash of other parameters still verifies, and is known to be outdated', async () => {
  // Made with argon2id, m=8, t=1, p=1 by the same function.
  const { argon2Sync } = await import('node:crypto');
  const salt = Buffer.alloc(16, 7);
  const parameters = { message: 'old password', nonce: salt, parallelism: 1, tagLength: 32, memory: 8, passes: 1 };
  const tag = argon2Sync('argon2id', parameters);
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const hash = `$argon2id$v=19$m=8,t=1,p=1$${text(salt)}$${text(tag)}`;
  expect(await verifyPassword(hash, 'old password')).toBe(true);
  expect(isOutdated(hash)).toBe(true);
  expect(isOutdated(await hashPassword('x'))).toBe(false);
});
