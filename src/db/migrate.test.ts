import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let test_: TestDatabase;
let dir: string;
beforeEach(async () => {
  test_ = await createTestDatabase();
  await test_.database.pool.query('drop table schema_migrations');
  dir = await mkdtemp(path.join(os.tmpdir(), 'lodge-migrations-'));
  await write('0001_one.sql', 'create table one (n int); create table two (n int);');
  await write('0002_two.sql', 'insert into one values (2);');
});
afterEach(async () => {
  await test_.drop();
  await rm(dir, { recursive: true, force: true });
});

const write = (name: string, sql: string) => writeFile(path.join(dir, name), sql);
const run = (options = {}) => migrate(test_.database.pool, { dir, ...options });

test('applies in order, once', async () => {
  expect(await run()).toEqual([1, 2]);
  expect(await run()).toEqual([]);
  await write('0003_three.sql', 'insert into one values (3);');
  expect(await run()).toEqual([3]);
  const { rows } = await test_.database.pool.query('select n from one order by n');
  expect(rows).toEqual([{ n: 2 }, { n: 3 }]);
});

test('of several at once, one applies', async () => {
  const applied = await Promise.all(Array.from({ length: 4 }, () => run()));
  expect(applied.flat()).toEqual([1, 2]);
});

test('stops where it is told', async () => {
  expect(await run({ upTo: 1 })).toEqual([1]);
  expect(await run()).toEqual([2]);
});

test('a failing file leaves nothing behind, the ones before it stay', async () => {
  await write('0003_three.sql', 'create table three (n int); select 1/0;');
  await expect(run()).rejects.toMatchObject({
    code: 'migration_failed',
    message: expect.stringContaining('0003_three.sql'),
  });
  await expect(test_.database.pool.query('select * from three')).rejects.toMatchObject({ code: '42P01' });
  await write('0003_three.sql', 'create table three (n int);');
  expect(await run()).toEqual([3]);
});

test('an edited applied file is an error, other line ends are not', async () => {
  await run();
  await write('0002_two.sql', 'insert into one values (22);');
  await expect(run()).rejects.toMatchObject({ code: 'migration_changed' });
  await write('0002_two.sql', 'insert into one values (2);');
  await write('0001_one.sql', 'create table one (n int); create table two (n int);');
  expect(await run()).toEqual([]);
});

test('a database of a newer program is not touched', async () => {
  await run();
  await rm(path.join(dir, '0002_two.sql'));
  await expect(run()).rejects.toMatchObject({ code: 'database_too_new', message: expect.stringContaining('0002_two') });
});

test('a gap in the numbers is an error', async () => {
  await write('0004_four.sql', 'select 1');
  await expect(run()).rejects.toMatchObject({ code: 'migration_failed' });
});
