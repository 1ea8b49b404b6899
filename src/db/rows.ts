import type { ColumnType, Generated } from 'kysely';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type {
  GeneratedInt8,
  GeneratedJson,
  GeneratedNumeric,
  GeneratedTime,
  Int8,
  Int8OrNull,
  Json,
  NumericOrNull,
  Time,
  TimeOrNull,
} from './column-types.ts';
import type { AuditTables } from './rows-audit.ts';
import type { CustomerTables } from './rows-customers.ts';
import type { DeskTables } from './rows-desk.ts';
import type { IdentityTables } from './rows-identity.ts';
import type { MailTables } from './rows-mail.ts';
import type { MailroomTables } from './rows-mailroom.ts';
import type { NoticeTables } from './rows-notices.ts';
import type { OrganizationTables } from './rows-organizations.ts';
import type { UsageTables } from './rows-usage.ts';

/**
 * The tables as queries see them: int8 is a bigint, numeric a decimal string, timestamptz a Date, jsonb what was stored.
 * A test compares this list with the migrated database.
 */
export interface Schema
  extends IdentityTables,
    OrganizationTables,
    MailTables,
    AuditTables,
    NoticeTables,
    UsageTables,
    CustomerTables,
    MailroomTables,
    DeskTables {
  vendors: VendorRow;
  models: ModelRow;
  prices: PriceRow;
  groups: GroupRow;
  group_models: GroupModelRow;
  aliases: AliasRow;
  channels: ChannelRow;
  keys: KeyRow;
  key_activity: KeyActivityRow;
  key_spend: KeySpendRow;
  key_warnings: KeyWarningRow;
  changes: ChangeRow;
  request_records: RequestRecordRow;
  usage_hours: UsageHourRow;
  journal_cursors: JournalCursorRow;
  site_facts: SiteFactRow;
}

export interface VendorRow {
  id: string;
  display_name: string;
  family: 'openai' | 'anthropic' | 'gemini';
  created_at: GeneratedTime;
}

export interface ModelRow {
  vendor_id: string;
  id: string;
  display_name: string;
  mode: 'chat' | 'completion' | 'embedding' | 'image' | 'audio' | 'moderation';
  released_at: Time;
  max_input_tokens: number | null;
  max_output_tokens: number | null;
  inputs: Generated<string[]>;
  outputs: Generated<string[]>;
  created_at: GeneratedTime;
}

export interface PriceRow {
  id: string;
  vendor_id: string;
  model_id: string;
  valid_from: Time;
  rates: Json<Record<string, string>>;
  tiers: GeneratedJson<{ overInputTokens: number; rates: Record<string, string> }[]>;
  source: string;
  created_at: GeneratedTime;
}

export interface GroupRow {
  id: string;
  display_name: string;
  vendor_id: string;
  kind: Generated<'wallet' | 'subscription'>;
  multiplier: Generated<number>;
  pass_through: Generated<boolean>;
  enabled: Generated<boolean>;
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
}

export interface GroupModelRow {
  group_id: string;
  vendor_id: string;
  model_id: string;
  position: Generated<number>;
}

export interface AliasRow {
  group_id: string;
  alias: string;
  model_id: string;
}

export interface ChannelRow {
  id: string;
  group_id: string;
  name: string;
  base_url: string;
  credential_sealed: Buffer | null;
  weight: Generated<number>;
  region: string | null;
  wire: 'openai' | 'anthropic' | 'gemini';
  enabled: Generated<boolean>;
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
}

export interface KeyRow {
  id: string;
  organization_id: string;
  project_id: string | null;
  group_id: string;
  name: string;
  note: Generated<string>;
  prefix: string;
  hash: Buffer;
  state: Generated<'enabled' | 'disabled' | 'deleted'>;
  expires_at: TimeOrNull;
  allowed_models: string[] | null;
  requests_per_minute: Generated<number>;
  counts_per_minute: Generated<number>;
  tokens_per_minute: Int8OrNull;
  concurrency: number | null;
  spend_total: Int8OrNull;
  spend_5h: Int8OrNull;
  spend_1d: Int8OrNull;
  spend_7d: Int8OrNull;
  created_at: GeneratedTime;
  updated_at: GeneratedTime;
  account_id: Generated<string | null>;
  created_by: Generated<string | null>;
  disabled_by: Generated<string | null>;
  disabled_reason: Generated<string | null>;
}

export interface KeyActivityRow {
  key_id: string;
  last_used_at: Time;
}

export interface KeySpendRow {
  key_id: string;
  span: 'total' | '5h' | '1d' | '7d';
  started_at: Time;
  spent: Int8;
}

export interface KeyWarningRow {
  key_id: string;
  about: 'total' | '5h' | '1d' | '7d' | 'expiry';
  threshold: Int8;
  since: Time;
  warned_at: Time;
}

export interface ChangeRow {
  /** Made by the database. */
  number: ColumnType<bigint, never, never>;
  kind: 'catalogue' | 'key';
  subject: Generated<string>;
  changed_at: GeneratedTime;
}

export interface RequestRecordRow {
  received_at: Time;
  id: string;
  organization_id: Generated<string>;
  project_id: string | null;
  key_id: string | null;
  key_prefix: string | null;
  region: string;
  node: string;
  vendor: string | null;
  group_id: string | null;
  channel_id: string | null;
  endpoint: string;
  wire: string | null;
  method: string;
  model_asked: string | null;
  model_routed: string | null;
  model_served: string | null;
  mode: string;
  client_tool: string | null;
  client_version: string | null;
  bytes_in: Int8;
  bytes_out: Int8;
  admitted_ms: number | null;
  head_ms: number | null;
  first_token_ms: number | null;
  duration_ms: number | null;
  input_tokens: Int8OrNull;
  cache_read_tokens: Int8OrNull;
  cache_write_5m_tokens: Int8OrNull;
  cache_write_1h_tokens: Int8OrNull;
  audio_input_tokens: Int8OrNull;
  image_input_tokens: Int8OrNull;
  output_tokens: Int8OrNull;
  reasoning_tokens: Int8OrNull;
  audio_output_tokens: Int8OrNull;
  image_output_tokens: Int8OrNull;
  images: Int8OrNull;
  usage_source: string;
  price_id: string | null;
  cost: Int8;
  multiplier: number | null;
  actual_cost: Int8;
  charge_rule: string | null;
  cost_units: number | null;
  estimate: Int8;
  limit_kind: string | null;
  limit_value: NumericOrNull;
  limit_used: NumericOrNull;
  limit_reset_at: TimeOrNull;
  status: number | null;
  upstream_status: number | null;
  error_code: string | null;
  fault: string | null;
  retries: number;
  outcome: string;
  vendor_response_id: string | null;
  attempts: GeneratedJson<unknown[]>;
  incident_id: string | null;
  applied_at: GeneratedTime;
}

export interface UsageHourRow {
  hour: Time;
  organization_id: string;
  key_id: string;
  project_id: Generated<string>;
  group_id: string;
  model: string;
  requests: GeneratedInt8;
  failures: GeneratedInt8;
  input_tokens: GeneratedInt8;
  output_tokens: GeneratedInt8;
  cache_write_tokens: GeneratedInt8;
  cache_read_tokens: GeneratedInt8;
  cost: GeneratedNumeric;
  actual_cost: GeneratedNumeric;
  duration_ms: GeneratedInt8;
}

export interface JournalCursorRow {
  node: string;
  segment: Int8;
  position: Int8;
  fingerprint: Generated<string>;
  applied_at: GeneratedTime;
}

export interface SiteFactRow {
  name: string;
  value: ColumnType<unknown, string, string>;
  updated_at: GeneratedTime;
}

const builders = new WeakMap<pg.Pool, Kysely<Schema>>();

/** The query builder over a pool; one per pool. Closing is the pool's affair. */
export function query(pool: pg.Pool): Kysely<Schema> {
  let builder = builders.get(pool);
  if (!builder) {
    builder = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
    builders.set(pool, builder);
  }
  return builder;
}
