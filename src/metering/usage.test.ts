import { afterAll, beforeAll, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { newRequestId } from '../base/request-id.ts';
import { ensureDayPartition } from '../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import type { RequestRecord } from '../journal/index.ts';
import { noUsage } from '../vendors/index.ts';
import { applyBatch, prepareFold } from './apply.ts';
import { runRetention, startRetention } from './retention.ts';
import { closedRecord, insertKey, someDayMs } from './testing.ts';
import { usageReader } from './usage.ts';

let site: TestDatabase;
const dayMs = 86_400_000;

beforeAll(async () => {
  site = await createTestDatabase();
  await insertKey(site.database.pool, 'key_a');
});

afterAll(() => site.drop());

async function apply(records: readonly RequestRecord[]): Promise<void> {
  for (const { receivedAtMs } of records) await ensureDayPartition(site.database.pool, receivedAtMs);
  await applyBatch(site.database.pool, 'node-1', await prepareFold({ opens: [], closes: records, attempts: [] }), null);
}

test('usage is told for today, in all, by model between days, and for the last minute', async () => {
  const usage = {
    ...noUsage,
    input: 10,
    cacheRead: 3,
    cacheWrite5m: 4,
    cacheWrite1h: 5,
    audioInput: 1,
    output: 7,
    reasoning: 2,
  };
  const at = (atMs: number, changes: Partial<RequestRecord> = {}) =>
    closedRecord({ id: newRequestId(atMs), usage, cost: '100', actualCost: '90', durationMs: 50, ...changes });
  const failed = { outcome: 'vendor_error', chargeRule: 'vendor_error', cost: '0', actualCost: '0' } as const;
  await apply([
    at(someDayMs),
    at(someDayMs - 30_000, { modelRouted: 'gpt-5-mini' }),
    at(someDayMs - 30_000, failed),
    at(someDayMs - 90_000),
    at(someDayMs - dayMs, { modelRouted: 'gpt-5-mini' }),
    at(someDayMs - 3 * dayMs),
    at(someDayMs, { keyId: 'key_b' }),
  ]);
  const report = await usageReader(site.database, new ManualClock(someDayMs)).report(
    'key_a',
    '2026-11-20',
    '2026-11-21',
  );
  const one = {
    inputTokens: 11,
    outputTokens: 7,
    cacheCreationTokens: 9,
    cacheReadTokens: 3,
    cost: 100n,
    actualCost: 90n,
  };
  const times = (count: number, requests = count) => ({
    requests,
    inputTokens: one.inputTokens * count,
    outputTokens: one.outputTokens * count,
    cacheCreationTokens: one.cacheCreationTokens * count,
    cacheReadTokens: one.cacheReadTokens * count,
    cost: one.cost * BigInt(count),
    actualCost: one.actualCost * BigInt(count),
  });
  expect(report).toEqual({
    today: times(3, 4),
    total: times(5, 6),
    averageDurationMs: 50,
    rpm: 3,
    tpm: 2 * (10 + 3 + 4 + 5 + 1 + 7),
    models: [
      { model: 'gpt-5-mini', ...times(2) },
      { model: 'gpt-5.1', ...times(2, 3) },
    ],
  });
});

test('a key that was never used has used nothing', async () => {
  const report = await usageReader(site.database, new ManualClock(someDayMs)).report(
    'key_z',
    '2026-11-20',
    '2026-11-21',
  );
  expect(report).toMatchObject({ today: { requests: 0, cost: 0n }, averageDurationMs: 0, rpm: 0, tpm: 0, models: [] });
});

test('retention drops records and keeps the sums, and days ahead have their partitions', async () => {
  await apply([closedRecord({ id: newRequestId(someDayMs - 40 * dayMs) })]);
  const clock = new ManualClock(someDayMs);
  const options = { database: site.database, retentionDays: 30, log: silentLog, clock };
  await runRetention(options);
  const { rows } = await site.database.pool.query<{ records: bigint; requests: bigint }>(
    `select (select count(*) from request_records where received_at < $1) as records,
            (select sum(requests)::bigint from usage_hours where hour < $1) as requests`,
    [new Date(someDayMs - 31 * dayMs)],
  );
  expect(rows).toEqual([{ records: 0n, requests: 1n }]);
  const ahead = await site.database.pool.query("select to_regclass('request_records_20261124') as name");
  expect(ahead.rows[0].name).not.toBeNull();
  await startRetention(options).stop();
});
