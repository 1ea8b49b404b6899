import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Pool } from 'pg';
import { newRequestId, requestIdTime } from '../base/request-id.ts';
import { ensureDayPartition } from '../db/index.ts';
import { encodeEntry, type JournalEntry, type RequestRecord, segmentFile } from '../journal/index.ts';
import { noUsage } from '../vendors/index.ts';
import { applyBatch, prepareFold } from './apply.ts';

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

/** Books records as the shipper does, with the partitions that they need. */
export async function bookRecords(pool: Pool, records: readonly RequestRecord[]): Promise<void> {
  for (const { receivedAtMs } of records) await ensureDayPartition(pool, receivedAtMs);
  await applyBatch(pool, 'node-1', await prepareFold({ opens: [], closes: records, attempts: [] }), null);
}

/** The same for requests that are still running. */
export async function bookOpen(pool: Pool, records: readonly RequestRecord[]): Promise<void> {
  for (const { receivedAtMs } of records) await ensureDayPartition(pool, receivedAtMs);
  await applyBatch(pool, 'node-1', await prepareFold({ opens: records.map(openOf), closes: [], attempts: [] }), null);
}

/**
 * Organization `org_a` with team `tea_a` and its project `prj_a`, project `prj_b` of no team, members `acc_a` and `acc_b`,
 * and keys: `key_pa` and `key_pb` of the projects, `key_ma` and `key_mb` of the members, `key_o` its own. Beside it
 * `org_z` with `key_z`.
 */
export async function insertOrganizations(pool: Pool): Promise<void> {
  await pool.query(`
    insert into vendors (id, display_name, family) values
      ('openai', 'OpenAI', 'openai'), ('anthropic', 'Anthropic', 'anthropic') on conflict do nothing;
    insert into groups (id, display_name, vendor_id) values
      ('openai-standard', 'GPT Standard', 'openai'), ('anthropic-standard', 'Claude Standard', 'anthropic')
      on conflict do nothing;
    insert into organizations (id, name) values ('org_a', 'Acme'), ('org_z', 'Zenith'), ('org_empty', 'Empty');
    insert into accounts (id, name, email) values
      ('acc_a', 'Ada', 'ada@example.test'), ('acc_b', 'Ben', 'ben@example.test'), ('acc_z', 'Zoe', 'zoe@example.test');
    insert into teams (organization_id, id, name) values ('org_a', 'tea_a', 'Research');
    insert into projects (organization_id, id, team_id, name) values
      ('org_a', 'prj_a', 'tea_a', 'Apollo'), ('org_a', 'prj_b', null, 'Gemini');
    insert into keys (id, organization_id, project_id, account_id, group_id, name, prefix, hash) values
      ('key_pa', 'org_a', 'prj_a', null, 'openai-standard', 'apollo', 'sk-lodge-key_pa', 'pa'),
      ('key_pb', 'org_a', 'prj_b', null, 'anthropic-standard', 'gemini', 'sk-lodge-key_pb', 'pb'),
      ('key_ma', 'org_a', null, 'acc_a', 'openai-standard', 'ada', 'sk-lodge-key_ma', 'ma'),
      ('key_mb', 'org_a', null, 'acc_b', 'openai-standard', 'ben', 'sk-lodge-key_mb', 'mb'),
      ('key_o', 'org_a', null, null, 'openai-standard', 'own', 'sk-lodge-key_o', 'o'),
      ('key_z', 'org_z', null, 'acc_z', 'openai-standard', 'zoe', 'sk-lodge-key_z', 'z')`);
}

const keyPlaces: Readonly<Record<string, Partial<RequestRecord>>> = {
  key_pa: { projectId: 'prj_a' },
  key_pb: { projectId: 'prj_b', groupId: 'anthropic-standard', vendor: 'anthropic', modelRouted: 'claude-sonnet-5' },
  key_z: { organizationId: 'org_z' },
};

/** A charged request of a key of `insertOrganizations`, by which time it was received. */
export function recordOfKey(keyId: string, atMs: number, changes: Partial<RequestRecord> = {}): RequestRecord {
  return closedRecord({
    id: newRequestId(atMs),
    organizationId: 'org_a',
    keyId,
    keyPrefix: `sk-lodge-${keyId}`,
    ...keyPlaces[keyId],
    ...changes,
  });
}

/** A refused one. */
export const refused: Partial<RequestRecord> = {
  outcome: 'refused',
  status: 429,
  upstreamStatus: null,
  errorCode: 'rate_limited',
  fault: 'you',
  usage: null,
  usageSource: 'none',
  priceId: null,
  cost: '0',
  actualCost: '0',
  chargeRule: 'refused',
  attempts: [],
};
