import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { query } from './rows.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.drop());

/** Columns by table as rows.ts and its parts write them. Types are gone at run time, so the text is read. */
function writtenTables(): Map<string, string[]> {
  const here = new URL('.', import.meta.url);
  const bodies = new Map<string, string>();
  const tables: string[] = [];
  for (const file of readdirSync(here).filter((name) => /^rows(-\w+)?\.ts$/.test(name))) {
    const source = readFileSync(new URL(file, here), 'utf8');
    for (const [, name, body] of source.matchAll(/export interface (\w+)[^{]*\{\n(.*?)\n\}/gs)) {
      bodies.set(name ?? '', body ?? '');
      if (name === 'Schema' || name?.endsWith('Tables')) tables.push(body ?? '');
    }
  }
  const members = (body: string) => [...body.matchAll(/^ {2}(\w+): (\w*)/gm)].map(([, name, type]) => ({ name, type }));
  return new Map(
    members(tables.join('\n')).map(({ name, type }) => [
      name ?? '',
      members(bodies.get(type ?? '') ?? '').map((column) => column.name ?? ''),
    ]),
  );
}

test('every table and column of the migrations has its type, in order', async () => {
  const { rows } = await test_.database.pool.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> 'schema_migrations'
      group by 1`,
  );
  const inDatabase = new Map(rows.map(({ name, columns }) => [name, columns]));
  const written = writtenTables();
  expect([...written.keys()].sort()).toEqual([...inDatabase.keys()].sort());
  for (const [name, columns] of inDatabase) expect(written.get(name), name).toEqual(columns);
});

test('money comes back as bigint, sums as decimal text, times as Date', async () => {
  const db = query(test_.database.pool);
  expect(query(test_.database.pool)).toBe(db);
  await db
    .insertInto('usage_hours')
    .values({
      hour: new Date(0),
      organization_id: 'a',
      key_id: 'k',
      group_id: 'g',
      model: 'm',
      requests: 9_007_199_254_740_993n,
      cost: 10n ** 30n,
    })
    .execute();
  const row = await db.selectFrom('usage_hours').select(['requests', 'cost', 'hour']).executeTakeFirstOrThrow();
  expect(row).toEqual({ requests: 9_007_199_254_740_993n, cost: `1${'0'.repeat(30)}`, hour: new Date(0) });
});
