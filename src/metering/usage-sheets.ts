import { formatMultiplier, formatUsd } from '../base/money.ts';
import type { Conditions } from './conditions.ts';
import type { CsvValue } from './csv.ts';
import type { RequestRow } from './rows.ts';
import { narrowRecords, narrowSums, type UsageFilters } from './usage-filters.ts';

/** `hours`: a row per hour, key, group, model and project. `requests`: a row per request. */
export const exportDetails = ['hours', 'requests'] as const;
export type ExportDetail = (typeof exportDetails)[number];

/** The columns of one file, and where its rows come from. */
export interface Sheet<Row> {
  readonly columns: readonly (readonly [title: string, value: (row: Row) => CsvValue])[];
  /** Without names; `shown_prefix` stands in where the key is gone. */
  readonly select: string;
  /** The rows' one order, ascending; all of it together names one row. */
  readonly order: readonly (readonly [column: string, type: string, value: (row: Row) => unknown])[];
  readonly table: string;
  readonly alias: string;
  readonly narrow: (filters: UsageFilters, where: Conditions) => void;
}

/** Names beside ids, as they are now: what an id meant then is not kept. */
interface Named {
  readonly key_name: string | null;
  readonly key_prefix: string | null;
  readonly project_name: string | null;
  readonly member: string | null;
}

export const withNames = `page.*, k.name as key_name, coalesce(k.prefix, page.shown_prefix) as key_prefix, p.name as project_name,
  a.email as member`;
export const namesJoin = `left join keys k on k.organization_id = $1 and k.id = page.key_id
  left join projects p on p.organization_id = $1 and p.id = page.project_id
  left join accounts a on a.id = k.account_id`;

interface HourRow extends Named {
  readonly hour: Date;
  readonly key_id: string;
  readonly project_id: string;
  readonly group_id: string;
  readonly model: string;
  readonly requests: bigint;
  readonly failures: bigint;
  readonly input_tokens: bigint;
  readonly output_tokens: bigint;
  readonly cache_write_tokens: bigint;
  readonly cache_read_tokens: bigint;
  readonly cost: string;
  readonly actual_cost: string;
  readonly duration_ms: bigint;
}

export const hoursSheet: Sheet<HourRow> = {
  columns: [
    ['hour_utc', (row) => row.hour.toISOString()],
    ['key_id', (row) => row.key_id],
    ['key_prefix', (row) => row.key_prefix],
    ['key_name', (row) => row.key_name],
    ['member', (row) => row.member],
    ['project_id', (row) => row.project_id],
    ['project', (row) => row.project_name],
    ['group', (row) => row.group_id],
    ['model', (row) => row.model],
    ['requests', (row) => row.requests],
    ['failures', (row) => row.failures],
    ['input_tokens', (row) => row.input_tokens],
    ['output_tokens', (row) => row.output_tokens],
    ['cache_write_tokens', (row) => row.cache_write_tokens],
    ['cache_read_tokens', (row) => row.cache_read_tokens],
    ['cost_usd', (row) => formatUsd(BigInt(row.cost))],
    ['actual_cost_usd', (row) => formatUsd(BigInt(row.actual_cost))],
    ['total_duration_ms', (row) => row.duration_ms],
  ],
  select: 's.*, null as shown_prefix',
  order: [
    ['hour', 'timestamptz', (row) => row.hour],
    ['key_id', 'text', (row) => row.key_id],
    ['group_id', 'text', (row) => row.group_id],
    ['model', 'text', (row) => row.model],
    ['project_id', 'text', (row) => row.project_id],
  ],
  table: 'usage_hours',
  alias: 's',
  narrow: narrowSums,
};

type ExportedRecord = Omit<RequestRow, 'key_prefix'> & Named;

export const requestsSheet: Sheet<ExportedRecord> = {
  columns: [
    ['received_at', (row) => row.received_at.toISOString()],
    ['request_id', (row) => row.id],
    ['key_id', (row) => row.key_id],
    ['key_prefix', (row) => row.key_prefix],
    ['key_name', (row) => row.key_name],
    ['member', (row) => row.member],
    ['project_id', (row) => row.project_id],
    ['project', (row) => row.project_name],
    ['vendor', (row) => row.vendor],
    ['group', (row) => row.group_id],
    ['endpoint', (row) => row.endpoint],
    ['model_asked', (row) => row.model_asked],
    ['model', (row) => row.model_routed],
    ['model_served', (row) => row.model_served],
    ['mode', (row) => row.mode],
    ['tool', (row) => row.client_tool],
    ['tool_version', (row) => row.client_version],
    ['status', (row) => row.status],
    ['outcome', (row) => row.outcome],
    ['error_code', (row) => row.error_code],
    ['input_tokens', (row) => row.input_tokens],
    ['cache_read_tokens', (row) => row.cache_read_tokens],
    ['cache_write_5m_tokens', (row) => row.cache_write_5m_tokens],
    ['cache_write_1h_tokens', (row) => row.cache_write_1h_tokens],
    ['audio_input_tokens', (row) => row.audio_input_tokens],
    ['image_input_tokens', (row) => row.image_input_tokens],
    ['output_tokens', (row) => row.output_tokens],
    ['reasoning_tokens', (row) => row.reasoning_tokens],
    ['audio_output_tokens', (row) => row.audio_output_tokens],
    ['image_output_tokens', (row) => row.image_output_tokens],
    ['images', (row) => row.images],
    ['usage_source', (row) => row.usage_source],
    ['charge_rule', (row) => row.charge_rule],
    ['price_version', (row) => row.price_id],
    ['cost_usd', (row) => formatUsd(row.cost)],
    ['multiplier', (row) => (row.multiplier === null ? null : formatMultiplier(row.multiplier))],
    ['actual_cost_usd', (row) => formatUsd(row.actual_cost)],
    ['first_token_ms', (row) => row.first_token_ms],
    ['duration_ms', (row) => row.duration_ms],
  ],
  select: `r.received_at, r.id, r.key_id, r.key_prefix as shown_prefix, r.project_id, r.vendor, r.group_id, r.endpoint,
    r.model_asked, r.model_routed, r.model_served, r.mode, r.client_tool, r.client_version, r.status, r.outcome,
    r.error_code, r.input_tokens, r.cache_read_tokens, r.cache_write_5m_tokens, r.cache_write_1h_tokens,
    r.audio_input_tokens, r.image_input_tokens, r.output_tokens, r.reasoning_tokens, r.audio_output_tokens,
    r.image_output_tokens, r.images, r.usage_source, r.charge_rule, r.price_id, r.cost, r.multiplier, r.actual_cost,
    r.first_token_ms, r.duration_ms`,
  order: [
    ['received_at', 'timestamptz', (row) => row.received_at],
    ['id', 'text', (row) => row.id],
  ],
  table: 'request_records',
  alias: 'r',
  narrow: narrowRecords,
};
