import type pg from 'pg';
import { newRequestId, requestIdTime } from '../../../base/request-id.ts';
import { ensureDayPartition } from '../../../db/index.ts';
import { type RequestFacts, requestFactsSchema } from '../../../metering/index.ts';
import type { AnswerFacts } from '../compose.ts';

/** Parts for tests of what the desk answers. */

export const askedId = 'req_01KAJ6Q0G7W8X9Y2Z3A4B5C6D7E8';

/** A request with every fact that an answer can tell. */
export const fullFacts: RequestFacts = requestFactsSchema.parse({
  id: askedId,
  received_at: '2026-11-21T12:30:05.123Z',
  organization_id: 'org_a',
  project_id: 'prj_a',
  key_id: 'key_a',
  key_prefix: 'sk-lodge-AAAAAAAA',
  region: 'eu-west',
  node: 'node-secret',
  vendor: 'openai',
  group_id: 'openai-standard',
  channel_id: 'channel-secret',
  endpoint: 'openai.chat',
  wire: 'openai.chat',
  method: 'POST',
  model_asked: 'gpt-4',
  model_routed: 'gpt-5.1',
  model_served: 'gpt-5.1-2026-08-01',
  mode: 'stream',
  client_tool: 'codex',
  client_version: '1.2.3',
  bytes_in: 11,
  bytes_out: 22,
  admitted_ms: 1,
  head_ms: 205,
  first_token_ms: 210,
  duration_ms: 813,
  usage_source: 'vendor',
  tokens: {
    input: 1003,
    cache_read: 207,
    cache_write_5m: 0,
    cache_write_1h: 0,
    audio_input: 0,
    image_input: 0,
    output: 509,
    reasoning: 64,
    audio_output: 0,
    image_output: 0,
    images: 0,
  },
  charge: {
    rule: 'actual_usage',
    rule_words: 'charged for the tokens that the vendor reported',
    price_id: 'price_a',
    cost_usd: '0.00775',
    cost_nano_usd: '7750000',
    multiplier: '0.9',
    actual_cost_usd: '0.006975',
    actual_cost_nano_usd: '6975000',
    estimate_usd: '0.01',
    cost_units: null,
  },
  limit: { kind: 'requests', limit: 60, used: 57, reset_at: '2026-11-21T12:31:00.000Z' },
  status: 200,
  upstream_status: 200,
  error_code: null,
  fault: null,
  who_must_act: null,
  retries: 1,
  outcome: 'completed',
  vendor_response_id: 'chatcmpl-1',
  attempts: [
    {
      number: 1,
      channel_id: 'channel-secret',
      started_ms: 1,
      head_ms: 50,
      ended_ms: 51,
      status: 529,
      vendor_request_id: 'vreq-1',
      failure: 'upstream_overloaded',
    },
    {
      number: 2,
      channel_id: 'channel-secret-2',
      started_ms: 52,
      head_ms: 205,
      ended_ms: 812,
      status: 200,
      vendor_request_id: 'vreq-2',
      failure: null,
    },
  ],
  incident: 'INC-7',
  applied_at: '2026-11-21T12:30:07.000Z',
});

/** One that was refused before anything was spent on it. */
export const refusedFacts: RequestFacts = {
  ...fullFacts,
  model_served: null,
  head_ms: null,
  first_token_ms: null,
  duration_ms: 2,
  tokens: null,
  usage_source: 'none',
  charge: {
    ...fullFacts.charge,
    rule: 'refused',
    price_id: null,
    multiplier: null,
    cost_usd: '0',
    cost_nano_usd: '0',
    actual_cost_usd: '0',
    actual_cost_nano_usd: '0',
  },
  limit: null,
  upstream_status: null,
  attempts: [],
  vendor_response_id: null,
  retries: 0,
  incident: null,
  outcome: 'refused',
};

/** A letter that says as little as one can. */
export const bareAnswer: AnswerFacts = {
  kind: 'acknowledgement',
  ticketNumber: 1001n,
  locale: 'en',
  url: 'https://lodge.example',
  told: [],
  untold: 0,
  expired: 0,
  retentionDays: 90,
  mistyped: 0,
  missing: [],
  target: null,
  heldSecrets: false,
};

export function telling(facts: RequestFacts, parts: Partial<AnswerFacts['told'][number]> = {}): AnswerFacts {
  return { ...bareAnswer, kind: 'explanation', told: [{ facts, withCost: true, keyNow: 'enabled', ...parts }] };
}

/** Columns of a record that tests of the desk care about. */
export interface TestCall {
  readonly organizationId: string;
  readonly keyId?: string;
  readonly projectId?: string;
  readonly atMs: number;
  readonly errorCode?: string;
  readonly status?: number;
  readonly outcome?: string;
}

/** A refused call on record. @returns its request id */
export async function recordCall(pool: pg.Pool, call: TestCall): Promise<string> {
  const id = newRequestId(call.atMs);
  await ensureDayPartition(pool, call.atMs);
  await pool.query(
    `insert into request_records (received_at, id, organization_id, project_id, key_id, key_prefix, region, node, endpoint,
       method, mode, bytes_in, bytes_out, usage_source, cost, actual_cost, charge_rule, estimate, retries, outcome, status,
       error_code, fault, limit_kind, limit_value, limit_used)
     values ($1, $2, $3, $4, $5, 'sk-lodge-AAAAAAAA', 'local', 'node-1', 'openai.chat', 'POST', 'sync', 1, 1, 'none', 0, 0,
       'refused', 0, 0, $6, $7, $8, 'you', 'requests', 60, 60)`,
    [
      new Date(requestIdTime(id)),
      id,
      call.organizationId,
      call.projectId ?? null,
      call.keyId ?? null,
      call.outcome ?? 'refused',
      call.status ?? 429,
      call.errorCode ?? 'rate_limited',
    ],
  );
  return id;
}
