import { z } from 'zod';
import { formatMultiplier, formatUsd } from '../base/money.ts';
import { wordsOf } from './explain-words.ts';
import type { RequestRow } from './rows.ts';

/** The facts themselves are told in English; `explain` tells them in the reader's language. */
const english = wordsOf('en');

const milliseconds = z.int().nullable();

/** One try at one channel. Times are milliseconds after the request was received. */
const attemptSchema = z.object({
  number: z.int(),
  channel_id: z.string(),
  started_ms: z.number(),
  head_ms: z.number().nullable(),
  ended_ms: z.number().nullable(),
  status: z.int().nullable().describe('The vendor’s HTTP status; null when no head came.'),
  vendor_request_id: z.string().nullable(),
  failure: z.string().nullable().describe('Why the try did not serve the request; null when it did.'),
});

const tokensSchema = z.object({
  input: z.int(),
  cache_read: z.int(),
  cache_write_5m: z.int(),
  cache_write_1h: z.int(),
  audio_input: z.int(),
  image_input: z.int(),
  output: z.int().describe('Without audio and images; includes reasoning.'),
  reasoning: z.int(),
  audio_output: z.int(),
  image_output: z.int(),
  images: z.int(),
});

const chargeLineSchema = z.object({
  class: z.string().describe('Token class, images or request.'),
  quantity: z.number(),
  rated_as: z.string().describe('Whose rate was taken where the class has none of its own.'),
  rate_usd: z.string().describe('Per million tokens, per image or per request.'),
  amount_usd: z.string().describe('Quantity × rate before rounding.'),
});

const chargeSchema = z.object({
  rule: z.string().nullable(),
  rule_words: z.string().nullable(),
  price_id: z.string().nullable().describe('The version of the price.'),
  cost_usd: z.string().describe('At list price.'),
  cost_nano_usd: z.string(),
  multiplier: z.string().nullable(),
  actual_cost_usd: z.string().describe('What the customer pays: cost × multiplier.'),
  actual_cost_nano_usd: z.string(),
  estimate_usd: z.string().describe('What the request was expected to cost when it was admitted.'),
  cost_units: z.int().nullable(),
  tier_over_input_tokens: z.int().nullable().optional().describe('The price tier that applied; null: the base rates.'),
  lines: z.array(chargeLineSchema).optional().describe('By token class; where one request is shown.'),
});

/** Everything that is kept of a request, as the API shows it. Facts, never content. */
export const requestFactsSchema = z.object({
  id: z.string(),
  received_at: z.iso.datetime(),
  organization_id: z.string().nullable(),
  project_id: z.string().nullable(),
  key_id: z.string().nullable(),
  key_prefix: z.string().nullable(),
  region: z.string(),
  node: z.string(),
  vendor: z.string().nullable(),
  group_id: z.string().nullable(),
  channel_id: z.string().nullable(),
  endpoint: z.string(),
  wire: z.string().nullable(),
  method: z.string(),
  model_asked: z.string().nullable(),
  model_routed: z.string().nullable(),
  model_served: z.string().nullable(),
  mode: z.string().describe('sync, stream or async'),
  client_tool: z.string().nullable(),
  client_version: z.string().nullable(),
  bytes_in: z.int(),
  bytes_out: z.int(),
  admitted_ms: milliseconds,
  head_ms: milliseconds,
  first_token_ms: milliseconds,
  duration_ms: milliseconds,
  usage_source: z.string().describe('vendor, estimated, unknown or none'),
  tokens: tokensSchema.nullable(),
  charge: chargeSchema,
  limit: z
    .object({
      kind: z.string(),
      limit: z.number(),
      used: z.number(),
      reset_at: z.iso.datetime().nullable(),
    })
    .nullable()
    .describe('The limit that was closest when the request was decided.'),
  status: z.int().nullable(),
  upstream_status: z.int().nullable(),
  error_code: z.string().nullable(),
  fault: z.string().nullable().describe('you, us or vendor'),
  who_must_act: z.string().nullable(),
  retries: z.int(),
  outcome: z.string(),
  vendor_response_id: z.string().nullable(),
  attempts: z.array(attemptSchema),
  incident: z.string().nullable(),
  applied_at: z.iso.datetime(),
});

export type RequestFacts = z.output<typeof requestFactsSchema>;
export type ChargeLine = z.output<typeof chargeLineSchema>;

export function factsOf(row: RequestRow): RequestFacts {
  return {
    id: row.id,
    received_at: row.received_at.toISOString(),
    organization_id: row.organization_id === '' ? null : row.organization_id,
    project_id: row.project_id,
    key_id: row.key_id,
    key_prefix: row.key_prefix,
    region: row.region,
    node: row.node,
    vendor: row.vendor,
    group_id: row.group_id,
    channel_id: row.channel_id,
    endpoint: row.endpoint,
    wire: row.wire,
    method: row.method,
    model_asked: row.model_asked,
    model_routed: row.model_routed,
    model_served: row.model_served,
    mode: row.mode,
    client_tool: row.client_tool,
    client_version: row.client_version,
    bytes_in: Number(row.bytes_in),
    bytes_out: Number(row.bytes_out),
    admitted_ms: row.admitted_ms,
    head_ms: row.head_ms,
    first_token_ms: row.first_token_ms,
    duration_ms: row.duration_ms,
    usage_source: row.usage_source,
    tokens: tokensOf(row),
    charge: chargeOf(row),
    limit: limitOf(row),
    status: row.status,
    upstream_status: row.upstream_status,
    error_code: row.error_code,
    fault: row.fault,
    who_must_act: row.fault === null ? null : (english.actors[row.fault] ?? row.fault),
    retries: row.retries,
    outcome: row.outcome,
    vendor_response_id: row.vendor_response_id,
    attempts: row.attempts.map((attempt) => ({
      number: attempt.number,
      channel_id: attempt.channelId,
      started_ms: attempt.startedMs,
      head_ms: attempt.headMs,
      ended_ms: attempt.endedMs,
      status: attempt.status,
      vendor_request_id: attempt.vendorRequestId,
      failure: attempt.failure,
    })),
    incident: row.incident_id,
    applied_at: row.applied_at.toISOString(),
  };
}

function tokensOf(row: RequestRow): RequestFacts['tokens'] {
  if (row.input_tokens === null) return null;
  return {
    input: Number(row.input_tokens),
    cache_read: Number(row.cache_read_tokens),
    cache_write_5m: Number(row.cache_write_5m_tokens),
    cache_write_1h: Number(row.cache_write_1h_tokens),
    audio_input: Number(row.audio_input_tokens),
    image_input: Number(row.image_input_tokens),
    output: Number(row.output_tokens),
    reasoning: Number(row.reasoning_tokens),
    audio_output: Number(row.audio_output_tokens),
    image_output: Number(row.image_output_tokens),
    images: Number(row.images),
  };
}

function chargeOf(row: RequestRow): RequestFacts['charge'] {
  return {
    rule: row.charge_rule,
    rule_words: row.charge_rule === null ? null : (english.rules[row.charge_rule] ?? null),
    price_id: row.price_id,
    cost_usd: formatUsd(row.cost),
    cost_nano_usd: row.cost.toString(),
    multiplier: row.multiplier === null ? null : formatMultiplier(row.multiplier),
    actual_cost_usd: formatUsd(row.actual_cost),
    actual_cost_nano_usd: row.actual_cost.toString(),
    estimate_usd: formatUsd(row.estimate),
    cost_units: row.cost_units,
  };
}

function limitOf(row: RequestRow): RequestFacts['limit'] {
  if (row.limit_kind === null || row.limit_value === null || row.limit_used === null) return null;
  return {
    kind: row.limit_kind,
    limit: Number(row.limit_value),
    used: Number(row.limit_used),
    reset_at: row.limit_reset_at?.toISOString() ?? null,
  };
}
