import type { GeneratedInt8, Time } from './column-types.ts';

/** Sums of the module `metering` that are made beside `usage_hours`. */
export interface UsageTables {
  usage_organization_hours: UsageOrganizationHourRow;
  usage_days: UsageDayRow;
}

export interface UsageOrganizationHourRow {
  organization_id: string;
  hour: Time;
  group_id: string;
  model: string;
  requests: GeneratedInt8;
  failures: GeneratedInt8;
  input_tokens: GeneratedInt8;
  output_tokens: GeneratedInt8;
  cache_write_tokens: GeneratedInt8;
  cache_read_tokens: GeneratedInt8;
  cost: GeneratedInt8;
  actual_cost: GeneratedInt8;
  duration_ms: GeneratedInt8;
}

export interface UsageDayRow {
  organization_id: string;
  day: Time;
  key_id: string;
  project_id: string;
  group_id: string;
  model: string;
  requests: GeneratedInt8;
  failures: GeneratedInt8;
  input_tokens: GeneratedInt8;
  output_tokens: GeneratedInt8;
  cache_write_tokens: GeneratedInt8;
  cache_read_tokens: GeneratedInt8;
  cost: GeneratedInt8;
  actual_cost: GeneratedInt8;
  duration_ms: GeneratedInt8;
}
