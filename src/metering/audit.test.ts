import fs from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { newRequestId } from '../base/request-id.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import type { RequestRecord } from '../journal/index.ts';
import { audit } from './audit.ts';
import type { SandboxCall } from './audit-sandbox.ts';
import { JournalShipper } from './shipper.ts';
import {
  closedRecord,
  entriesOf,
  insertKey,
  insertPrice,
  openOf,
  someDayMs,
  temporaryDirectory,
  writeEntries,
} from './testing.ts';

let site: TestDatabase;
let directory: string;
let shipper: JournalShipper;

beforeEach(async () => {
  site = await createTestDatabase();
  await insertKey(site.database.pool, 'key_a');
  await insertPrice(site.database.pool);
  directory = temporaryDirectory();
  shipper = new JournalShipper({ database: site.database, directory, node: 'node-1', log: silentLog });
  shipper.start();
});

afterEach(async () => {
  await shipper.stop();
  await site.drop();
  fs.rmSync(directory, { recursive: true });
});

function someRecords(): RequestRecord[] {
  const records = Array.from({ length: 40 }, (_, index) => {
    const id = newRequestId(someDayMs + index * 200_000);
    if (index % 4 !== 3) return closedRecord({ id, multiplier: 9_000, actualCost: '6975000' });
    const failed = { outcome: 'vendor_error', chargeRule: 'vendor_error', errorCode: 'upstream_error' } as const;
    return closedRecord({ id, ...failed, cost: '0', actualCost: '0', fault: 'vendor', status: 502 });
  });
  return records;
}

const journal = () => ({ directory, node: 'node-1', flush: () => shipper.flush() });

function callsOf(records: readonly RequestRecord[]): SandboxCall[] {
  return records.flatMap((record) =>
    record.attempts.map((attempt) => {
      return {
        requestId: attempt.vendorRequestId ?? newRequestId(0),
        atMs: record.receivedAtMs + 1,
        vendor: 'openai',
        path: '/openai/v1/chat/completions',
        status: 200,
        outcome: 'finished',
        reported: record.usage,
      };
    }),
  );
}

test('whole books are found whole', async () => {
  const records = someRecords();
  writeEntries(directory, 1, records.flatMap(entriesOf));
  writeEntries(directory, 1, [{ kind: 'open', record: openOf(closedRecord({ id: newRequestId(Date.now()) })) }]);
  const result = await audit({ database: site.database, journal: journal(), sandboxCounts: callsOf(records) });
  expect(result).toEqual({
    ok: true,
    from: '2026-11-21T00:00:00.000Z',
    records: 40,
    open: 1,
    // 30 × 0.006975
    actual_cost_usd: '0.20925',
    journal: { compared: 40, dead_letters: 0 },
    prices: { recomputed: 40 },
    sandbox: { calls: 40, matched: 40 },
    mismatch_count: 0,
    mismatches: [],
  });
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
});

test('an empty site has whole books', async () => {
  expect(await audit({ database: site.database, journal: journal(), sandboxCounts: [] })).toMatchObject({ ok: true });
});

test.each([
  ['a changed charge', 'update request_records set actual_cost = 1 where id = $1', ['journal', 'prices', 'sums']],
  ['a lost record', 'delete from request_records where id = $1', ['journal', 'sandbox', 'sums']],
  ['changed tokens', 'update request_records set output_tokens = 501 where id = $1', ['prices', 'sandbox', 'sums']],
  ['a request never closed', "update request_records set outcome = 'open' where id = $1", ['journal', 'open', 'sums']],
  ['changed hours', 'update usage_hours set requests = requests + 1 where $1 <> key_id', ['sums']],
  ['changed days', 'update usage_days set cost = cost + 1 where $1 <> key_id', ['sums']],
  ['lost sums of an organization', 'delete from usage_organization_hours where $1 <> model', ['sums']],
  ['changed spending', "update key_spend set spent = spent + 1 where span = 'total' and $1 <> key_id", ['spend']],
  ['a lost price', 'delete from prices where $1 <> id', ['prices']],
])('%s is found', async (_name, sql, checks) => {
  // All long past, so that an open one counts as forgotten.
  const records = someRecords().map((record) => {
    const id = newRequestId(record.receivedAtMs - 30 * 86_400_000);
    const attempts = record.attempts.map((attempt) => ({ ...attempt, vendorRequestId: `vreq-${id}` }));
    return closedRecord({ ...record, id, receivedAtMs: record.receivedAtMs - 30 * 86_400_000, attempts });
  });
  writeEntries(directory, 1, records.flatMap(entriesOf));
  await shipper.flush();
  await site.database.pool.query(sql, [records[0]?.id]);
  const result = await audit({ database: site.database, journal: journal(), sandboxCounts: callsOf(records) });
  expect(result.ok).toBe(false);
  expect([...new Set(result.mismatches.map(({ check }) => check))].sort()).toEqual(checks);
  expect(result.mismatch_count).toBe(result.mismatches.length);
});

test('a sandbox’s call without a request is found; one whose caller died before its head is not held against anyone', async () => {
  const records = someRecords();
  const dead = closedRecord({
    id: newRequestId(someDayMs + 60_000),
    outcome: 'interrupted',
    chargeRule: 'interrupted',
    usage: null,
    usageSource: 'unknown',
    cost: '0',
    actualCost: '0',
    attempts: [],
  });
  writeEntries(directory, 1, [...records, dead].flatMap(entriesOf));
  const stray = (requestId: string, atMs: number): SandboxCall => {
    return { ...(callsOf(records)[0] as SandboxCall), requestId, atMs };
  };
  const calls = [...callsOf(records), stray('vreq-dead', someDayMs + 60_500)];
  expect(await audit({ database: site.database, journal: journal(), sandboxCounts: calls })).toMatchObject({
    ok: true,
  });
  const result = await audit({
    database: site.database,
    journal: journal(),
    sandboxCounts: [...calls, stray('vreq-stray', someDayMs + 60_600)],
  });
  expect(result.mismatches).toMatchObject([{ check: 'sandbox', subject: 'vreq-stray' }]);
});

test('a charged request that the sandbox has not counted is found, an interrupted one is not asked for', async () => {
  const { pool } = site.database;
  await pool.query(`insert into channels (id, group_id, name, base_url, wire)
    values ('channel-1', 'openai-standard', 'sandbox', 'sandbox:', 'openai')`);
  const records = someRecords();
  const cut = { outcome: 'interrupted', chargeRule: 'interrupted', cost: '0', actualCost: '0', usage: null } as const;
  const dead = closedRecord({ id: newRequestId(someDayMs + 60_000), ...cut });
  writeEntries(directory, 1, [...records, dead].flatMap(entriesOf));
  const sandboxCounts = callsOf(records).filter((_, index) => index !== 5);
  const result = await audit({ database: site.database, journal: journal(), sandboxCounts });
  expect(result.mismatches).toMatchObject([{ check: 'sandbox', subject: records[5]?.id }]);
});

test('mismatches are bounded, their number is not', async () => {
  const records = Array.from({ length: 300 }, () => closedRecord({ actualCost: '1' }));
  writeEntries(directory, 1, records.flatMap(entriesOf));
  const result = await audit({ database: site.database, journal: journal() });
  expect(result).toMatchObject({ ok: false, mismatch_count: 300, sandbox: null });
  expect(result.mismatches.length).toBe(100);
});
