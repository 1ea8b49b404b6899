import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let first: TestDatabase;
beforeAll(async () => {
  first = await createTestDatabase();
});
afterAll(() => first.drop());

test('a test database is migrated and empty', async () => {
  const { rows } = await first.database.pool.query('select count(*) as n from keys');
  expect(rows).toEqual([{ n: 0n }]);
});

test('two test databases share nothing', async () => {
  const second = await createTestDatabase();
  try {
    const insert = "insert into site_facts (name, value) values ('here', '1')";
    await second.database.pool.query(insert);
    const { rows } = await first.database.pool.query('select name from site_facts');
    expect(rows).toEqual([]);
  } finally {
    await second.drop();
  }
});
