import { requestIdTime } from '../base/request-id.ts';
import type { RequestRecord } from '../journal/index.ts';

/**
 * How a record of the journal stands in `request_records`: one line per column. The SQL of the shipper is made from
 * this table. Columns that others fill (incident, cost units) are not in it and are never touched.
 */
interface Column {
  readonly name: string;
  readonly type: 'text' | 'timestamptz' | 'integer' | 'bigint' | 'numeric' | 'jsonb';
  readonly value: (record: RequestRecord) => unknown;
}

const largestInteger = 2 ** 31 - 1;

/** Postgres text takes neither U+0000 nor half a surrogate pair; both can stand in a model name that a client sent. */
function text(value: string | null): string | null {
  if (value === null) return null;
  return /[\0\ud800-\udfff]/.test(value) ? value.replaceAll('\0', '\ufffd').toWellFormed() : value;
}

/** Times are measured in fractions of a millisecond and kept in whole ones. */
function whole(value: number | null): number | null {
  return value === null ? null : Math.min(Math.max(Math.round(value), 0), largestInteger);
}

function column(name: string, type: Column['type'], value: Column['value']): Column {
  return { name, type, value };
}

/** The time inside the id, and not another reading of the clock: a look-up by id depends on it. */
export function receivedAt(id: string): string {
  return new Date(requestIdTime(id)).toISOString();
}

export const keyColumns = ['received_at', 'id', 'organization_id'];

export const columns: readonly Column[] = [
  column('received_at', 'timestamptz', (r) => receivedAt(r.id)),
  column('id', 'text', (r) => r.id),
  column('organization_id', 'text', (r) => r.organizationId ?? ''),
  column('project_id', 'text', (r) => r.projectId),
  column('key_id', 'text', (r) => r.keyId),
  column('key_prefix', 'text', (r) => text(r.keyPrefix)),
  column('region', 'text', (r) => r.region),
  column('node', 'text', (r) => r.node),
  column('vendor', 'text', (r) => r.vendor),
  column('group_id', 'text', (r) => r.groupId),
  column('channel_id', 'text', (r) => r.channelId),
  column('endpoint', 'text', (r) => text(r.endpoint)),
  column('wire', 'text', (r) => r.wire),
  column('method', 'text', (r) => text(r.method)),
  column('model_asked', 'text', (r) => text(r.modelAsked)),
  column('model_routed', 'text', (r) => text(r.modelRouted)),
  column('model_served', 'text', (r) => text(r.modelServed)),
  column('mode', 'text', (r) => r.mode),
  column('client_tool', 'text', (r) => text(r.clientTool)),
  column('client_version', 'text', (r) => text(r.clientVersion)),
  column('bytes_in', 'bigint', (r) => r.bytesIn),
  column('bytes_out', 'bigint', (r) => r.bytesOut),
  column('admitted_ms', 'integer', (r) => whole(r.admittedMs)),
  column('head_ms', 'integer', (r) => whole(r.headMs)),
  column('first_token_ms', 'integer', (r) => whole(r.firstTokenMs)),
  column('duration_ms', 'integer', (r) => whole(r.durationMs)),
  column('input_tokens', 'bigint', (r) => r.usage?.input),
  column('cache_read_tokens', 'bigint', (r) => r.usage?.cacheRead),
  column('cache_write_5m_tokens', 'bigint', (r) => r.usage?.cacheWrite5m),
  column('cache_write_1h_tokens', 'bigint', (r) => r.usage?.cacheWrite1h),
  column('audio_input_tokens', 'bigint', (r) => r.usage?.audioInput),
  column('image_input_tokens', 'bigint', (r) => r.usage?.imageInput),
  column('output_tokens', 'bigint', (r) => r.usage?.output),
  column('reasoning_tokens', 'bigint', (r) => r.usage?.reasoning),
  column('audio_output_tokens', 'bigint', (r) => r.usage?.audioOutput),
  column('image_output_tokens', 'bigint', (r) => r.usage?.imageOutput),
  column('images', 'bigint', (r) => r.usage?.images),
  column('usage_source', 'text', (r) => r.usageSource),
  column('price_id', 'text', (r) => r.priceId),
  column('cost', 'bigint', (r) => r.cost),
  column('multiplier', 'integer', (r) => r.multiplier),
  column('actual_cost', 'bigint', (r) => r.actualCost),
  column('charge_rule', 'text', (r) => r.chargeRule),
  column('estimate', 'bigint', (r) => r.estimate),
  column('limit_kind', 'text', (r) => r.limit?.kind),
  column('limit_value', 'numeric', (r) => r.limit?.limit),
  column('limit_used', 'numeric', (r) => r.limit?.used),
  column('limit_reset_at', 'timestamptz', (r) => resetAt(r)),
  column('status', 'integer', (r) => r.status),
  column('upstream_status', 'integer', (r) => r.upstreamStatus),
  column('error_code', 'text', (r) => r.errorCode),
  column('fault', 'text', (r) => r.fault),
  column('retries', 'integer', (r) => r.retries),
  column('outcome', 'text', (r) => r.outcome),
  column('vendor_response_id', 'text', (r) => text(r.vendorResponseId)),
  column('attempts', 'jsonb', (r) => r.attempts.map(cleanAttempt)),
];

function resetAt(record: RequestRecord): string | null {
  const seconds = record.limit?.resetAt ?? null;
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
}

/** An attempt as it stands in the `attempts` array. */
export function cleanAttempt(attempt: RequestRecord['attempts'][number]): RequestRecord['attempts'][number] {
  return {
    number: attempt.number,
    channelId: attempt.channelId,
    startedMs: whole(attempt.startedMs) ?? 0,
    headMs: whole(attempt.headMs),
    endedMs: whole(attempt.endedMs),
    status: attempt.status,
    vendorRequestId: text(attempt.vendorRequestId),
    failure: text(attempt.failure),
  };
}

/** The row of a record as JSON, for `json_to_recordset`. */
export function rowJson(record: RequestRecord): string {
  let row = '';
  for (let i = 0; i < columns.length; i++) {
    const value = columns[i]?.value(record) ?? null;
    // What is absent is null to Postgres, and a third of the columns are.
    if (value !== null) row += members[i] + jsonOf(value);
  }
  return `{${row.slice(1)}}`;
}

const members = columns.map(({ name }) => `,"${name}":`);

/** As `JSON.stringify`, which takes three times as long for the short plain texts that these are. */
function jsonOf(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  return typeof value === 'string' && plain.test(value) ? `"${value}"` : JSON.stringify(value);
}

const plain = /^[\w .:/@+,-]*$/;
