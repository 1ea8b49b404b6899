import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { newRequestId } from '../base/request-id.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { adminContext as context } from '../http/testing.ts';
import type { RequestRecord } from '../journal/index.ts';
import { type Sandbox, startSandbox } from '../vendors/sandbox/index.ts';
import { meteringRoutes } from './routes.ts';
import { JournalShipper } from './shipper.ts';
import { closedRecord, entriesOf, insertKey, insertPrice, temporaryDirectory, writeEntries } from './testing.ts';

let site: TestDatabase;
let shipper: JournalShipper;
let sandbox: Sandbox;
let sandboxUrl: string | null = null;
const directory = temporaryDirectory();

beforeAll(async () => {
  site = await createTestDatabase();
  await insertKey(site.database.pool, 'key_a');
  await insertPrice(site.database.pool);
  shipper = new JournalShipper({ database: site.database, directory, node: 'node-1', log: silentLog });
  shipper.start();
  sandbox = await startSandbox({ port: 0, countsFile: null, log: silentLog });
});

afterAll(async () => {
  await sandbox.close();
  await shipper.stop();
  await site.drop();
  fs.rmSync(directory, { recursive: true });
});

async function call(path: string, raw: { params?: Record<string, string>; query?: Record<string, string> } = {}) {
  const journal = { directory, node: 'node-1', flush: () => shipper.flush() };
  const routes = meteringRoutes({ database: site.database, journal, sandboxUrl: () => sandboxUrl });
  const found = routes.find((route) => route.path === path);
  if (!found) throw new Error(`There is no route ${path}.`);
  const reply = await found.call(context, { params: raw.params ?? {}, query: raw.query ?? {}, body: undefined });
  return reply.body as Record<string, unknown> & { data: { id: string }[]; next_cursor: string | null };
}

test('a request is shown and explained as soon as it has ended', async () => {
  const record = closedRecord();
  writeEntries(directory, 1, entriesOf(record));
  const shown = await call('/admin/v1/requests/{id}', { params: { id: record.id } });
  expect(shown).toMatchObject({ id: record.id, outcome: 'completed', model_asked: 'gpt-5.1' });
  expect(shown['explanation']).toContain('The call was answered in full.');
  const inChinese = await call('/admin/v1/requests/{id}', { params: { id: record.id }, query: { locale: 'zh' } });
  expect(inChinese['charge']).toMatchObject({ rule: 'actual_usage', rule_words: '按供应商报告的 token 数计费' });
  const unknown = call('/admin/v1/requests/{id}', { params: { id: newRequestId(Date.now()) } });
  await expect(unknown).rejects.toMatchObject({ code: 'request_not_found' });
  const wrong = call('/admin/v1/requests/{id}', { params: { id: 'chatcmpl-123' } });
  await expect(wrong).rejects.toMatchObject({ code: 'request_id_invalid' });
});

test('lists are paged by cursor and narrowed by filters', async () => {
  const tool = 'opencode';
  const records = Array.from({ length: 5 }, () => closedRecord({ clientTool: tool }));
  writeEntries(directory, 1, records.flatMap(entriesOf));
  const ids: string[] = [];
  let query: Record<string, string> = { tool, limit: '2' };
  for (let page = 0; page < 3; page++) {
    const { data, next_cursor: cursor } = await call('/admin/v1/requests', { query });
    ids.push(...data.map(({ id }) => id));
    if (cursor !== null) query = { ...query, cursor };
  }
  expect(ids.sort()).toEqual(records.map(({ id }) => id).sort());
  const none = await call('/admin/v1/requests', { query: { tool, since: '2026-11-22T00:00:00+02:00' } });
  expect(none.data).toEqual([]);
  await expect(call('/admin/v1/requests', { query: { status: '99' } })).rejects.toMatchObject({
    code: 'input_invalid',
  });
  await expect(call('/admin/v1/requests', { query: { cursor: 'x' } })).rejects.toMatchObject({
    code: 'cursor_invalid',
  });
});

test('the audit reads the running sandbox’s own count', async () => {
  sandboxUrl = sandbox.origin;
  const response = await fetch(`${sandbox.origin}/openai/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer some-credential', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-5.1', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  await response.arrayBuffer();
  const vendorRequestId = response.headers.get('x-request-id');
  const id = newRequestId(Date.now());
  const [attempt] = closedRecord().attempts;
  if (!attempt) throw new Error('The record has no attempt.');
  const free = { priceId: null, cost: '0', actualCost: '0', chargeRule: 'no_output', usage: null } as const;
  const record: RequestRecord = closedRecord({ id, attempts: [{ ...attempt, vendorRequestId }], ...free });
  writeEntries(directory, 1, entriesOf(record));
  const told = await call('/admin/v1/audit');
  expect(told).toMatchObject({ ok: false, sandbox: { calls: 1, matched: 1 }, mismatch_count: 1 });
  const [mismatch] = told['mismatches'] as { check: string; subject: string; detail: string }[];
  expect(mismatch).toMatchObject({ check: 'sandbox', subject: id });
  expect(mismatch?.detail).toMatch(/^Tokens by the record: none; by the sandbox \(.*\): input \d+, output \d+/);

  sandboxUrl = 'http://127.0.0.1:1';
  await expect(call('/admin/v1/audit')).rejects.toMatchObject({ code: 'sandbox_unreachable' });
  sandboxUrl = null;
  expect(await call('/admin/v1/audit')).toMatchObject({ ok: true, sandbox: null });
});
