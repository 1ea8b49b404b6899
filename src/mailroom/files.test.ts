import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { loadSecrets, type Secrets } from '../secrets/index.ts';
import { readFile, storeFile } from './files.ts';

let site: TestDatabase;
let secrets: Secrets;
beforeAll(async () => {
  site = await createTestDatabase();
  secrets = await loadSecrets({ secret: 's'.repeat(40), adminToken: 't'.repeat(40), dataDir: '' });
});
afterAll(() => site.drop());

const store = (bytes: Uint8Array) => inTransaction(site.database.pool, (client) => storeFile(client, secrets, bytes));
const read = async (id: string): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of readFile(site.database.pool, secrets, id)) pieces.push(piece);
  return Buffer.concat(pieces);
};

test.each([0, 1, 1024 * 1024, 1024 * 1024 + 1, 3_000_000])('%i bytes come back as they were', async (size) => {
  const bytes = randomBytes(size);
  expect((await read(await store(bytes))).equals(bytes)).toBe(true);
});

test('what is kept cannot be read without the secret', async () => {
  const id = await store(Buffer.from('a very plain sentence'));
  const { rows } = await site.database.pool.query<{ bytes: Buffer }>(
    'select bytes from file_pieces where file_id = $1',
    [id],
  );
  expect(rows[0]?.bytes.includes('plain')).toBe(false);
});

test('a file that is not there, or not whole, is no empty file', async () => {
  await expect(read('file_none')).rejects.toMatchObject({ code: 'file_missing' });
  const id = await store(randomBytes(3_000_000));
  await site.database.pool.query('delete from file_pieces where file_id = $1 and number = 1', [id]);
  await expect(read(id)).rejects.toMatchObject({ code: 'file_missing' });
});
