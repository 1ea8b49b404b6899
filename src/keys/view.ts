import { type SpendSpan, spendReport, spendSpans } from '../base/spend-window.ts';
import type { Key, KeyLimits } from '../gateway/ports.ts';
import { accountOfMark, type Mark, readMark } from './marks.ts';
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

/** Whose key it is. A member's key may be booked to a project besides. */
export interface KeyOwner {
  readonly kind: 'member' | 'project' | 'organization';
  /** Of the member or project; null for the organization. */
  readonly id: string | null;
  readonly name: string | null;
  /** Of the member. */
  readonly email: string | null;
}

/** Who made a key or put it out of use, by name as far as there is one. */
export interface KeyHand extends Mark {
  readonly name: string | null;
}

/** A key as its owner and the operator see it. Never holds the secret. */
export interface KeyView {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly note: string;
  readonly organizationId: string;
  readonly accountId: string | null;
  readonly projectId: string | null;
  readonly projectName: string | null;
  readonly owner: KeyOwner;
  readonly groupId: string;
  readonly groupName: string;
  readonly vendorId: string;
  readonly vendorName: string;
  /** Ten-thousandths. */
  readonly multiplier: number;
  readonly state: 'enabled' | 'disabled' | 'deleted';
  /** Null: not disabled, or it is not known by whom. */
  readonly disabledBy: KeyHand | null;
  readonly disabledReason: string | null;
  readonly expired: boolean;
  readonly expiresAtMs: number | null;
  /** Canonical ids. Null: every model of the group. */
  readonly allowedModels: readonly string[] | null;
  readonly limits: KeyLimits;
  /** As far as the journal has been applied: seconds behind the gateway. */
  readonly spend: readonly KeySpend[];
  /** Nano-USD since midnight UTC, and in that day and the 29 before it. */
  readonly spentToday: bigint;
  readonly spent30d: bigint;
  readonly createdBy: KeyHand | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly lastUsedAtMs: number | null;
}

export interface ViewRow extends KeyRow {
  readonly name: string;
  readonly note: string;
  readonly account_id: string | null;
  readonly owner_name: string | null;
  readonly owner_email: string | null;
  readonly project_name: string | null;
  readonly group_name: string;
  readonly vendor_id: string;
  readonly vendor_name: string;
  readonly multiplier: number;
  readonly created_by: string | null;
  readonly created_by_name: string | null;
  readonly disabled_by: string | null;
  readonly disabled_by_name: string | null;
  readonly disabled_reason: string | null;
  readonly spent_30d: string;
  readonly spent_today: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly last_used_at: Date | null;
}

const today = `date_trunc('day', now(), 'UTC')`;
// Named one by one, so that the index leads to each: a range of days would read those of all keys.
const month = `array(select ${today} - n * interval '24 hours' from generate_series(0, 29) n)`;

/**
 * The statement that shows the keys which `from` yields as `k`: the table, or a subquery that has cut out a page before
 * anything is joined to it. `more`: further columns of it.
 */
export function selectViews(from: string, more = ''): string {
  return `
    select ${keyColumns}, k.name, k.note, k.account_id, owner.name as owner_name, owner.email as owner_email,
      p.name as project_name, g.display_name as group_name, g.vendor_id, v.display_name as vendor_name, g.multiplier,
      k.created_by, maker.name as created_by_name, k.disabled_by, stopper.name as disabled_by_name, k.disabled_reason,
      sums.spent_30d, sums.spent_today, k.created_at, k.updated_at, a.last_used_at ${more}
    from ${from} k
    join groups g on g.id = k.group_id
    join vendors v on v.id = g.vendor_id
    left join key_activity a on a.key_id = k.id
    left join accounts owner on owner.id = k.account_id
    left join projects p on p.organization_id = k.organization_id and p.id = k.project_id
    left join accounts maker on maker.id = ${accountOfMark('k.created_by')}
    left join accounts stopper on stopper.id = ${accountOfMark('k.disabled_by')}
    cross join lateral (
      select coalesce(sum(u.actual_cost), 0)::text as spent_30d,
        coalesce(sum(u.actual_cost) filter (where u.day = ${today}), 0)::text as spent_today
      from usage_days u
      where u.organization_id = k.organization_id and u.key_id = k.id and u.day = any(${month})
    ) sums`;
}

export function viewOfRow(row: ViewRow, nowMs: number): KeyView {
  const key = keyOfRow(row);
  return {
    id: key.id,
    prefix: key.prefix,
    name: row.name,
    note: row.note,
    organizationId: key.organizationId,
    accountId: row.account_id,
    projectId: key.projectId,
    projectName: row.project_name,
    owner: ownerOf(row),
    groupId: key.groupId,
    groupName: row.group_name,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    multiplier: row.multiplier,
    state: key.state,
    disabledBy: key.state === 'enabled' ? null : handOf(row.disabled_by, row.disabled_by_name),
    disabledReason: key.state === 'enabled' ? null : row.disabled_reason,
    expired: key.expiresAtMs !== null && key.expiresAtMs <= nowMs,
    expiresAtMs: key.expiresAtMs,
    allowedModels: row.allowed_models,
    limits: key.limits,
    spend: spendOf(key, nowMs),
    spentToday: BigInt(row.spent_today),
    spent30d: BigInt(row.spent_30d),
    createdBy: handOf(row.created_by, row.created_by_name),
    createdAtMs: row.created_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
    lastUsedAtMs: row.last_used_at === null ? null : row.last_used_at.getTime(),
  };
}

function ownerOf(row: ViewRow): KeyOwner {
  if (row.account_id !== null)
    return { kind: 'member', id: row.account_id, name: row.owner_name, email: row.owner_email };
  if (row.project_id !== null) return { kind: 'project', id: row.project_id, name: row.project_name, email: null };
  return { kind: 'organization', id: null, name: null, email: null };
}

function handOf(mark: string | null, name: string | null): KeyHand | null {
  const read = readMark(mark);
  return read === null ? null : { ...read, name };
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
