import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Pool } from 'pg';
import { newRequestId, requestIdTime } from '../base/request-id.ts';
import { encodeEntry, type JournalEntry, type RequestRecord, segmentFile } from '../journal/index.ts';
import { noUsage } from '../vendors/index.ts';

/** Parts for tests of what reads the journal: records, and segments written byte by byte. */

export const someDayMs = Date.UTC(2026, 10, 21, 12, 30);

/** A charged, completed request of key `key_a`. The time in the id is the time of receipt. */
export function closedRecord(changes: Partial<RequestRecord> = {}): RequestRecord {
  const id = changes.id ?? newRequestId(changes.receivedAtMs ?? someDayMs);
  return {
    id,
    receivedAtMs: requestIdTime(id),
    organizationId: 'org_site',
    projectId: null,
    keyId: 'key_a',
    keyPrefix: 'sk-lodge-AAAAAAAA',
    region: 'local',
    node: 'node-1',
    vendor: 'openai',
    groupId: 'openai-standard',
    channelId: 'channel-1',
    endpoint: 'openai.chat',
    wire: 'openai.chat',
    family: 'openai',
    method: 'POST',
    modelAsked: 'gpt-5.1',
    modelRouted: 'gpt-5.1',
    modelServed: 'gpt-5.1-2026-08-01',
    mode: 'sync',
    clientTool: 'codex',
    clientVersion: '1.2.3',
    bytesIn: 512,
    bytesOut: 1024,
    admittedMs: 0.4,
    headMs: 210.25,
    firstTokenMs: null,
    durationMs: 812.6,
    usage: { ...noUsage, input: 1_000, output: 500, cacheRead: 200, reasoning: 64 },
    usageSource: 'vendor',
    priceId: 'price_a',
    cost: closedRecordCost,
    multiplier: 10_000,
    actualCost: closedRecordCost,
    chargeRule: 'actual_usage',
    estimate: '10000000',
    limit: { kind: 'requests', limit: 60, used: 3, resetAt: Math.floor(someDayMs / 1000) + 60 },
    status: 200,
    upstreamStatus: 200,
    errorCode: null,
    fault: null,
    retries: 0,
    outcome: 'completed',
    vendorResponseId: 'chatcmpl-1',
    attempts: [
      {
        number: 1,
        channelId: 'channel-1',
        startedMs: 1,
        headMs: 210,
        endedMs: 812,
        status: 200,
        vendorRequestId: `vreq-${id}`,
        failure: null,
      },
    ],
    ...changes,
  };
}

/** What stood in the journal before the request ended. */
export function openOf(record: RequestRecord): RequestRecord {
  return {
    ...record,
    outcome: 'open',
    usage: null,
    usageSource: 'none',
    cost: '0',
    actualCost: '0',
    chargeRule: null,
    status: null,
    upstreamStatus: null,
    durationMs: null,
    headMs: null,
    modelServed: null,
    vendorResponseId: null,
    bytesOut: 0,
    attempts: [],
  };
}

/** The three entries of one whole request. */
export function entriesOf(record: RequestRecord): JournalEntry[] {
  return [
    { kind: 'open', record: openOf(record) },
    ...record.attempts.map((attempt): JournalEntry => {
      return { kind: 'attempt', id: record.id, receivedAtMs: record.receivedAtMs, attempt };
    }),
    { kind: 'close', record },
  ];
}

export function temporaryDirectory(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'lodge-metering-'));
}

export function writeEntries(directory: string, segment: number, entries: readonly JournalEntry[]): void {
  writeBytes(directory, segment, entries.map(encodeEntry).join(''));
}

export function writeBytes(directory: string, segment: number, bytes: string | Buffer): void {
  fs.mkdirSync(directory, { recursive: true });
  fs.appendFileSync(path.join(directory, segmentFile(segment)), bytes);
}

/** A key, with the vendor and group that it needs. */
export async function insertKey(pool: Pool, id: string): Promise<void> {
  await pool.query(`insert into vendors (id, display_name, family) values ('openai', 'OpenAI', 'openai')
    on conflict do nothing`);
  await pool.query(`insert into groups (id, display_name, vendor_id) values ('openai-standard', 'OpenAI', 'openai')
    on conflict do nothing`);
  await pool.query(
    `insert into keys (id, organization_id, group_id, name, prefix, hash)
     values ($1, 'org_site', 'openai-standard', 'a key', 'sk-lodge-' || $1, convert_to($1, 'UTF8'))`,
    [id],
  );
}

/** Price `price_a`: 2.5 USD input, 1.25 USD cached input, 10 USD output per million tokens. */
export async function insertPrice(pool: Pool): Promise<void> {
  await pool.query(
    `insert into models (vendor_id, id, display_name, mode, released_at)
     values ('openai', 'gpt-5.1', 'GPT 5.1', 'chat', '2026-01-01')`,
  );
  await pool.query(
    `insert into prices (id, vendor_id, model_id, valid_from, rates, source)
     values ('price_a', 'openai', 'gpt-5.1', '2026-01-01',
       '{"input": "2500000000", "cacheRead": "1250000000", "output": "10000000000"}', 'test')`,
  );
}

/** What `closedRecord` costs by `price_a`: 1,000 × 2.5 + 200 × 1.25 + 500 × 10 = 7,750 millionths of a USD. */
export const closedRecordCost = '7750000';
