import { expect, test } from 'vitest';
import { secretsIn, withoutSecrets } from './secrets-in.ts';

const tail = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8';

test.each([
  [`sk-lodge-AAAAAAAA${tail}`, 'ownKey', '[API key sk-lodge-AAAAAAAA]'],
  [`sk-ant-api03-${tail}`, 'vendorKey', '[key]'],
  [`ghp_${tail}`, 'token', '[token]'],
  [`Authorization: Bearer ${tail}`, 'bearer', '[authorization]'],
  ['postgres://app:hunter22@db.example.com', 'password', '[connection password]'],
  ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----', 'privateKey', '[private key]'],
])('%s is a secret', (secret, kind, placeholder) => {
  const text = `It fails with ${secret} since noon.`;
  expect(secretsIn(text)).toMatchObject([{ kind, from: 14, to: 14 + secret.length }]);
  expect(withoutSecrets(text)).toBe(`It fails with ${placeholder} since noon.`);
  expect(secretsIn(withoutSecrets(text))).toEqual([]);
});

test('a sample never holds more than what is public', () => {
  const [found] = secretsIn(`sk-lodge-AAAAAAAA${tail}`);
  expect(found?.sample).toBe('sk-lodge-AAAAAAAA…');
});

test('one within another is one', () => {
  expect(secretsIn(`Authorization: Bearer sk-lodge-AAAAAAAA${tail}`)).toHaveLength(1);
});

test.each([
  'req_01M7Y9KYSPY97C41N0583Q0KS0ZB failed',
  'the key sk-lodge-AAAAAAAA… is disabled',
  'YOUR_KEY',
  'https://example.com/v1/models?page=2',
  'T-1001',
])('%s is none', (text) => {
  expect(secretsIn(text)).toEqual([]);
});
