import type { Selectable } from 'kysely';
import type { Schema } from '../db/index.ts';
import type { Attempt, RequestRecord } from '../journal/index.ts';
import type { Usage } from '../vendors/index.ts';

/** A request record as it is read from the database. */
export type RequestRow = Omit<Selectable<Schema['request_records']>, 'attempts'> & {
  readonly attempts: readonly Attempt[];
};

/** The usage of a row, or null when none is known. */
export function usageOf(row: RequestRow): Usage | null {
  if (row.input_tokens === null) return null;
  return {
    input: Number(row.input_tokens),
    cacheRead: Number(row.cache_read_tokens),
    cacheWrite5m: Number(row.cache_write_5m_tokens),
    cacheWrite1h: Number(row.cache_write_1h_tokens),
    audioInput: Number(row.audio_input_tokens),
    imageInput: Number(row.image_input_tokens),
    output: Number(row.output_tokens),
    reasoning: Number(row.reasoning_tokens),
    audioOutput: Number(row.audio_output_tokens),
    imageOutput: Number(row.image_output_tokens),
    images: Number(row.images),
  };
}

/** The record that a row was made from. */
export function recordOf(row: RequestRow): RequestRecord {
  const limit = row.limit_kind === null ? null : limitOf(row, row.limit_kind);
  return {
    id: row.id,
    receivedAtMs: row.received_at.getTime(),
    organizationId: row.organization_id === '' ? null : row.organization_id,
    projectId: row.project_id,
    keyId: row.key_id,
    keyPrefix: row.key_prefix,
    region: row.region,
    node: row.node,
    vendor: row.vendor,
    groupId: row.group_id,
    channelId: row.channel_id,
    endpoint: row.endpoint,
    wire: row.wire as RequestRecord['wire'],
    family: familyOf(row.wire),
    method: row.method,
    modelAsked: row.model_asked,
    modelRouted: row.model_routed,
    modelServed: row.model_served,
    mode: row.mode as RequestRecord['mode'],
    clientTool: row.client_tool,
    clientVersion: row.client_version,
    bytesIn: Number(row.bytes_in),
    bytesOut: Number(row.bytes_out),
    admittedMs: row.admitted_ms,
    headMs: row.head_ms,
    firstTokenMs: row.first_token_ms,
    durationMs: row.duration_ms,
    usage: usageOf(row),
    usageSource: row.usage_source as RequestRecord['usageSource'],
    priceId: row.price_id,
    cost: row.cost.toString(),
    multiplier: row.multiplier,
    actualCost: row.actual_cost.toString(),
    chargeRule: row.charge_rule as RequestRecord['chargeRule'],
    estimate: row.estimate.toString(),
    limit,
    status: row.status,
    upstreamStatus: row.upstream_status,
    errorCode: row.error_code,
    fault: row.fault as RequestRecord['fault'],
    retries: row.retries,
    outcome: row.outcome as RequestRecord['outcome'],
    vendorResponseId: row.vendor_response_id,
    attempts: row.attempts,
  };
}

function limitOf(row: RequestRow, kind: string): RequestRecord['limit'] {
  const resetAt = row.limit_reset_at === null ? null : row.limit_reset_at.getTime() / 1000;
  return { kind, limit: Number(row.limit_value), used: Number(row.limit_used), resetAt };
}

/** A wire begins with its family's name, apart from the site's own. */
function familyOf(wire: string | null): RequestRecord['family'] {
  const family = wire?.split('.')[0];
  return family === 'openai' || family === 'anthropic' || family === 'gemini' ? family : null;
}
