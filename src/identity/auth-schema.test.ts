import { getMigrations } from 'better-auth/db/migration';
import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { createAuth } from './auth.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.drop());

test('the sign-in library wants no table and no column that our migrations do not have', async () => {
  const db = new Kysely<Record<string, never>>({ dialect: new PostgresDialect({ pool: test_.database.pool }) });
  const auth = createAuth({
    database: { db, type: 'postgres' },
    secret: 'x'.repeat(43),
    url: 'https://lodge.test',
    siteName: 'Lodge',
    log: silentLog,
    sso: null,
  });
  const { toBeCreated, toBeAdded } = await getMigrations(auth.options);
  expect(toBeCreated.map(({ table }) => table)).toEqual([]);
  expect(toBeAdded.map(({ table, fields }) => [table, Object.keys(fields)])).toEqual([]);
});
