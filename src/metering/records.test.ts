import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRequestId } from '../base/request-id.ts';
import { ensureDayPartition } from '../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import type { RequestRecord } from '../journal/index.ts';
import { applyBatch, prepareFold } from './apply.ts';
import { requestFactsSchema } from './facts.ts';
import { findRequest } from './records.ts';
import type { RequestFilters } from './request-filters.ts';
import { listRequests, type RequestPlace } from './request-search.ts';
import { recordOf } from './rows.ts';
import { closedRecord, insertKey, insertPrice, openOf, someDayMs } from './testing.ts';

let site: TestDatabase;
const requests: RequestRecord[] = [];

beforeAll(async () => {
  site = await createTestDatabase();
  const { pool } = site.database;
  await insertKey(pool, 'key_a');
  await insertPrice(pool);
  await ensureDayPartition(pool, someDayMs);
  for (let index = 0; index < 25; index++) {
    // Five to a millisecond: pages must not lose or repeat any of them.
    const id = newRequestId(someDayMs + Math.floor(index / 5));
    const refused = { status: 429, errorCode: 'rate_limited', outcome: 'refused', fault: 'you' } as const;
    const model = index % 2 ? 'gpt-5.1' : 'gpt-5-mini';
    const base = { id, modelAsked: model, modelRouted: model, clientTool: index % 3 ? 'codex' : 'curl' };
    requests.push(closedRecord(index % 5 === 0 ? { ...base, ...refused } : base));
  }
  await applyBatch(pool, 'node-1', await prepareFold({ opens: [], closes: requests, attempts: [] }), null);
});

afterAll(() => site.drop());

async function listAll(filters: RequestFilters, limit = 4): Promise<string[]> {
  const ids: string[] = [];
  let place: RequestPlace | null = null;
  for (let page = 0; page < 100; page++) {
    const { requests: found, next } = await listRequests(site.database, filters, limit, place, someDayMs);
    ids.push(...found.map(({ id }) => id));
    if (next === null) return ids;
    expect(found.length).toBe(limit);
    place = next;
  }
  throw new Error('The list never ended.');
}

test('a request is found by its id however it is written, with every fact and each class’s cost', async () => {
  const record = requests[1] as RequestRecord;
  const found = await findRequest(site.database, ` ${record.id.toLowerCase().replace('_', '-').replaceAll('0', 'O')} `);
  expect(requestFactsSchema.parse(found)).toEqual(found);
  expect(found).toMatchObject({
    id: record.id,
    received_at: '2026-11-21T12:30:00.000Z',
    key_prefix: 'sk-lodge-AAAAAAAA',
    duration_ms: 813,
    tokens: { input: 1_000, cache_read: 200, output: 500, reasoning: 64, images: 0 },
    limit: { kind: 'requests', limit: 60, used: 3 },
    attempts: [{ number: 1, status: 200, vendor_request_id: `vreq-${record.id}`, failure: null }],
    incident: null,
  });
  expect(found?.charge).toEqual({
    rule: 'actual_usage',
    rule_words: 'charged for the tokens that the vendor reported',
    price_id: 'price_a',
    cost_usd: '0.00775',
    cost_nano_usd: '7750000',
    multiplier: '1',
    actual_cost_usd: '0.00775',
    actual_cost_nano_usd: '7750000',
    estimate_usd: '0.01',
    cost_units: null,
    tier_over_input_tokens: null,
    lines: [
      { class: 'input', quantity: 1_000, rated_as: 'input', rate_usd: '2.5', amount_usd: '0.0025' },
      { class: 'cacheRead', quantity: 200, rated_as: 'cacheRead', rate_usd: '1.25', amount_usd: '0.00025' },
      { class: 'output', quantity: 500, rated_as: 'output', rate_usd: '10', amount_usd: '0.005' },
    ],
  });
});

test('an unknown id finds nothing, a mistyped one is refused as such', async () => {
  expect(await findRequest(site.database, newRequestId(someDayMs))).toBeNull();
  expect(await findRequest(site.database, newRequestId(someDayMs + 1e9))).toBeNull();
  const id = (requests[0] as RequestRecord).id;
  const mistyped = id.slice(0, 10) + (id[10] === 'A' ? 'B' : 'A') + id.slice(11);
  await expect(findRequest(site.database, mistyped)).rejects.toMatchObject({ code: 'request_id_invalid' });
});

test('a record comes back from its row as it went in, in whole milliseconds', async () => {
  const record = requests[1] as RequestRecord;
  const { rows } = await site.database.pool.query('select * from request_records where id = $1', [record.id]);
  expect(recordOf(rows[0])).toEqual({ ...record, admittedMs: 0, headMs: 210, durationMs: 813 });
  expect(openOf(record).outcome).toBe('open');
});

test('pages run through all requests once, newest first', async () => {
  const newestFirst = [...requests]
    .sort((a, b) => b.receivedAtMs - a.receivedAtMs || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
  expect(await listAll({})).toEqual(newestFirst);
  expect(await listAll({}, 25)).toEqual(newestFirst);
});

test('filters narrow the list, alone and together', async () => {
  const counts = async (filters: RequestFilters) => (await listAll(filters)).length;
  expect(await counts({ code: 'rate_limited' })).toBe(5);
  expect(await counts({ status: '429', outcome: 'refused' })).toBe(5);
  expect(await counts({ model: 'gpt-5.1' })).toBe(12);
  expect(await counts({ tool: 'curl', model: 'gpt-5.1' })).toBe(4);
  expect(await counts({ keyPrefix: 'sk-lodge-AAAAAAAA' })).toBe(0);
  expect(await counts({ keyId: 'key_a', organizationId: 'org_site' })).toBe(25);
  expect(await counts({ keyId: 'key_b' })).toBe(0);
  expect(await counts({ sinceMs: someDayMs + 1, untilMs: someDayMs + 3 })).toBe(10);
});

test('a key’s prefix leads to the key’s own index', async () => {
  await site.database.pool.query("update keys set prefix = 'sk-lodge-AAAAAAAA' where id = 'key_a'");
  expect((await listAll({ keyPrefix: 'sk-lodge-AAAAAAAA' })).length).toBe(25);
});
