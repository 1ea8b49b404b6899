import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../db/testing.ts';
import { checkSecret, loadSecrets } from './index.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'lodge-secrets-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const made = () => loadSecrets({ secret: null, adminToken: null, dataDir });
const given = (secret: string) => loadSecrets({ secret, adminToken: 'admin-token-of-the-test-suite', dataDir });

describe('files', () => {
  test('are made once, private, and kept', async () => {
    const first = await made();
    expect(first.adminToken).toMatch(/^lodge_admin_[\w-]{43}$/);
    expect((await readdir(dataDir)).sort()).toEqual(['admin-token', 'secret']);
    for (const name of ['secret', 'admin-token'])
      expect((await stat(path.join(dataDir, name))).mode & 0o777).toBe(0o600);
    expect((await readFile(path.join(dataDir, 'secret'), 'utf8')).trim()).toMatch(/^[\w-]{43}$/);
    const second = await made();
    expect(second.adminToken).toBe(first.adminToken);
    expect(second.hashKey('sk-a')).toEqual(first.hashKey('sk-a'));
  });

  test('of many that make them at once, all get the same', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, made));
    expect(new Set(all.map(({ adminToken }) => adminToken)).size).toBe(1);
    expect(new Set(all.map((secrets) => secrets.hashKey('k').toString('hex'))).size).toBe(1);
    expect(await readdir(dataDir)).toHaveLength(2);
  });

  test('given values need no file', async () => {
    expect((await given('x'.repeat(32))).adminToken).toBe('admin-token-of-the-test-suite');
    expect(await readdir(dataDir)).toEqual([]);
  });

  test('an emptied file is refused, not replaced', async () => {
    await writeFile(path.join(dataDir, 'secret'), '\n');
    await expect(made()).rejects.toMatchObject({ code: 'secret_file_invalid' });
  });
});

describe('sealing', () => {
  test('opens again under the same secret and context only', async () => {
    const secrets = await given('a'.repeat(32));
    const sealed = secrets.seal('sk-vendor-ünïcode', 'channel:1');
    expect((await given('a'.repeat(32))).open(sealed, 'channel:1')).toBe('sk-vendor-ünïcode');
    expect(secrets.seal('sk-vendor-ünïcode', 'channel:1')).not.toEqual(sealed);
    const unreadable = expect.objectContaining({ code: 'sealed_unreadable' });
    expect(() => secrets.open(sealed, 'channel:2')).toThrow(unreadable);
    const other = await given('b'.repeat(32));
    expect(() => other.open(sealed, 'channel:1')).toThrow(unreadable);
  });

  test('every changed or missing byte is noticed', async () => {
    const secrets = await given('a'.repeat(32));
    const sealed = secrets.seal('credential', 'c');
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => secrets.open(changed, 'c')).toThrow(/cannot be read/);
      expect(() => secrets.open(sealed.subarray(0, i), 'c')).toThrow(/cannot be read/);
    }
  });

  test('bytes that are no text come back as they were', async () => {
    const secrets = await given('a'.repeat(32));
    const bytes = Buffer.from([0, 255, 128, 13, 10, 0]);
    expect(secrets.openBytes(secrets.sealBytes(bytes, 'mail:1'), 'mail:1')).toEqual(bytes);
    expect(() => secrets.openBytes(secrets.sealBytes(bytes, 'mail:1'), 'mail:2')).toThrow(/cannot be read/);
  });

  test('an empty text can be sealed', async () => {
    const secrets = await given('a'.repeat(32));
    expect(secrets.open(secrets.seal('', 'c'), 'c')).toBe('');
  });
});

test('purposes and secrets derive different keys', async () => {
  const a = await given('a'.repeat(32));
  const b = await given('b'.repeat(32));
  const keys = [a.deriveKey('x'), a.deriveKey('y'), b.deriveKey('x'), a.hashKey('x'), b.hashKey('x')];
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(5);
  expect(keys.every((key) => key.length === 32)).toBe(true);
});

test('a database tells that the secret is another one', async () => {
  const { database, drop } = await createTestDatabase();
  try {
    await checkSecret(await given('a'.repeat(32)), database.pool);
    await checkSecret(await given('a'.repeat(32)), database.pool);
    await expect(checkSecret(await given('b'.repeat(32)), database.pool)).rejects.toMatchObject({
      code: 'secret_mismatch',
    });
  } finally {
    await drop();
  }
});
