import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropExpiredPartitions, ensureDayPartition, ensurePartitions, partitionName } from './partitions.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

const nowMs = Date.UTC(2026, 1, 27, 23, 59, 59, 999);
const dayMs = 86_400_000;

let test_: TestDatabase;
beforeEach(async () => {
  test_ = await createTestDatabase();
});
afterEach(() => test_.drop());

async function insert(atMs: number): Promise<void> {
  await test_.database.pool.query(
    `insert into request_records (received_at, id, region, node, endpoint, method, mode, bytes_in, bytes_out,
       usage_source, cost, actual_cost, estimate, retries, outcome)
     values ($1, $2, 'r', 'n', 'e', 'POST', 'sync', 0, 0, 'none', 0, 0, 0, 0, 'completed')`,
    [new Date(atMs), `req_${atMs}`],
  );
}

test('today and the days ahead get partitions, across the end of a month', async () => {
  const { pool } = test_.database;
  const names = ['20260227', '20260228', '20260301', '20260302'].map((day) => `request_records_${day}`);
  expect(await ensurePartitions(pool, nowMs)).toEqual(names);
  expect(await ensurePartitions(pool, nowMs)).toEqual([]);
  await insert(nowMs);
  await insert(nowMs + 1);
  const { rows } = await pool.query('select tableoid::regclass::text as place from request_records order by 1');
  expect(rows.map(({ place }) => place)).toEqual(names.slice(0, 2));
});

test('a record of a day without partition is refused until its partition is made', async () => {
  const old = nowMs - 100 * dayMs;
  await expect(insert(old)).rejects.toMatchObject({ code: '23514' });
  await ensureDayPartition(test_.database.pool, old);
  await insert(old);
});

test('many may make the same partition at once', async () => {
  const calls = Array.from({ length: 12 }, () => ensurePartitions(test_.database.pool, nowMs));
  const made = (await Promise.all(calls)).flat();
  expect(made).toHaveLength(4);
});

test('partitions are made while a report reads', async () => {
  const { pool } = test_.database;
  const reader = await pool.connect();
  await reader.query('begin');
  await reader.query('select count(*) from request_records');
  expect(await ensurePartitions(pool, nowMs)).toHaveLength(4);
  await reader.query('rollback');
  reader.release();
});

test('expired partitions go, detached leftovers too, the kept ones stay', async () => {
  const { pool } = test_.database;
  for (const days of [95, 92, 91, 90, 89]) await ensureDayPartition(pool, nowMs - days * dayMs);
  await pool.query(`alter table request_records detach partition ${partitionName(nowMs - 95 * dayMs)}`);
  const dropped = await dropExpiredPartitions(pool, nowMs, 90);
  expect(dropped).toEqual([95, 92, 91].map((days) => partitionName(nowMs - days * dayMs)));
  expect(await dropExpiredPartitions(pool, nowMs, 90)).toEqual([]);
  await insert(nowMs - 90 * dayMs);
});

test('a time that no request can have is refused', async () => {
  await expect(ensureDayPartition(test_.database.pool, 1e15)).rejects.toMatchObject({
    code: 'partition_out_of_range',
  });
  await expect(ensureDayPartition(test_.database.pool, Number.NaN)).rejects.toMatchObject({
    code: 'partition_out_of_range',
  });
});
