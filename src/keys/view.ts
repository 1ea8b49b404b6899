import { type SpendSpan, spendReport, spendSpans } from '../base/spend-window.ts';
import type { Key, KeyLimits } from '../gateway/ports.ts';
import { type KeyRow, keyColumns, keyOfRow } from './row.ts';

/** A window that has a limit, or in which something was spent. Nano-USD. */
export interface KeySpend {
  readonly span: SpendSpan;
  readonly spent: bigint;
  /** Both absent without a limit. */
  readonly limit?: bigint;
  readonly remaining?: bigint;
  readonly windowStartMs: number | null;
  readonly resetAtMs: number | null;
}

/** A key as its owner and the operator see it. Never holds the secret. */
export interface KeyView {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly note: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly groupId: string;
  readonly vendorId: string;
  /** Ten-thousandths. */
  readonly multiplier: number;
  readonly state: 'enabled' | 'disabled' | 'deleted';
  readonly expired: boolean;
  readonly expiresAtMs: number | null;
  /** Canonical ids. Null: every model of the group. */
  readonly allowedModels: readonly string[] | null;
  readonly limits: KeyLimits;
  /** As far as the journal has been applied: seconds behind the gateway. */
  readonly spend: readonly KeySpend[];
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly lastUsedAtMs: number | null;
}

export interface ViewRow extends KeyRow {
  readonly name: string;
  readonly note: string;
  readonly vendor_id: string;
  readonly multiplier: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly last_used_at: Date | null;
  readonly sort_us: bigint;
}

/**
 * The statement that shows the keys which `from` yields as `k`: the table, or a subquery that has cut out a page before
 * anything is joined to it.
 */
export function selectViews(from: string): string {
  return `
    select ${keyColumns}, k.name, k.note, g.vendor_id, g.multiplier, k.created_at, k.updated_at, a.last_used_at,
      (extract(epoch from k.created_at) * 1000000)::bigint as sort_us
    from ${from} k join groups g on g.id = k.group_id left join key_activity a on a.key_id = k.id`;
}

export function viewOfRow(row: ViewRow, nowMs: number): KeyView {
  const key = keyOfRow(row);
  return {
    id: key.id,
    prefix: key.prefix,
    name: row.name,
    note: row.note,
    organizationId: key.organizationId,
    projectId: key.projectId,
    groupId: key.groupId,
    vendorId: row.vendor_id,
    multiplier: row.multiplier,
    state: key.state,
    expired: key.expiresAtMs !== null && key.expiresAtMs <= nowMs,
    expiresAtMs: key.expiresAtMs,
    allowedModels: row.allowed_models,
    limits: key.limits,
    spend: spendOf(key, nowMs),
    createdAtMs: row.created_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
    lastUsedAtMs: row.last_used_at === null ? null : row.last_used_at.getTime(),
  };
}

function spendOf(key: Key, nowMs: number): KeySpend[] {
  const windows: KeySpend[] = [];
  for (const span of spendSpans) {
    const limit = key.limits.spend[span];
    const state = key.spend[span];
    if (limit === undefined && state === undefined) continue;
    const { used, remaining, windowStartMs, resetAtMs } = spendReport(limit ?? 0n, state, span, nowMs);
    windows.push({ span, spent: used, windowStartMs, resetAtMs, ...(limit === undefined ? {} : { limit, remaining }) });
  }
  return windows;
}
