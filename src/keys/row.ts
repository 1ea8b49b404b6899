import type { SpendSpan, SpendState } from '../base/spend-window.ts';
import type { Key } from '../gateway/ports.ts';

/** Columns of a key as both the gateway and the console read it. `k` is `keys`. */
export const keyColumns = `
  k.id, k.prefix, k.organization_id, k.project_id, k.group_id, k.state, k.expires_at, k.allowed_models,
  k.requests_per_minute, k.counts_per_minute, k.tokens_per_minute, k.concurrency,
  k.spend_total, k.spend_5h, k.spend_1d, k.spend_7d,
  (select json_agg(json_build_array(s.span, floor(extract(epoch from s.started_at) * 1000)::bigint::text, s.spent::text))
   from key_spend s where s.key_id = k.id) as spend`;

export interface KeyRow {
  readonly id: string;
  readonly prefix: string;
  readonly organization_id: string;
  readonly project_id: string | null;
  readonly group_id: string;
  readonly state: 'enabled' | 'disabled' | 'deleted';
  readonly expires_at: Date | null;
  readonly allowed_models: readonly string[] | null;
  readonly requests_per_minute: number;
  readonly counts_per_minute: number;
  readonly tokens_per_minute: bigint | null;
  readonly concurrency: number | null;
  readonly spend_total: bigint | null;
  readonly spend_5h: bigint | null;
  readonly spend_1d: bigint | null;
  readonly spend_7d: bigint | null;
  readonly spend: readonly (readonly [SpendSpan, string, string])[] | null;
}

export function keyOfRow(row: KeyRow): Key {
  return {
    id: row.id,
    prefix: row.prefix,
    organizationId: row.organization_id,
    projectId: row.project_id,
    groupId: row.group_id,
    state: row.state,
    expiresAtMs: row.expires_at === null ? null : row.expires_at.getTime(),
    allowedModels: row.allowed_models === null ? null : new Set(row.allowed_models),
    limits: {
      requestsPerMinute: row.requests_per_minute,
      countsPerMinute: row.counts_per_minute,
      tokensPerMinute: row.tokens_per_minute === null ? null : Number(row.tokens_per_minute),
      concurrency: row.concurrency,
      spend: {
        ...(row.spend_total === null ? {} : { total: row.spend_total }),
        ...(row.spend_5h === null ? {} : { '5h': row.spend_5h }),
        ...(row.spend_1d === null ? {} : { '1d': row.spend_1d }),
        ...(row.spend_7d === null ? {} : { '7d': row.spend_7d }),
      },
    },
    spend: spendOfRow(row.spend),
  };
}

function spendOfRow(rows: KeyRow['spend']): Partial<Record<SpendSpan, SpendState>> {
  const states: Partial<Record<SpendSpan, SpendState>> = {};
  for (const [span, startedAt, spent] of rows ?? []) {
    states[span] = { startedAtMs: span === 'total' ? 0 : Number(startedAt), spent: BigInt(spent) };
  }
  return states;
}
