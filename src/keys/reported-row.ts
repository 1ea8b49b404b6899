import type pg from 'pg';
import type { EarlierReport, LeakedKeySetting } from './reported-rule.ts';
import { type LockedKey, lockedColumns } from './write.ts';

/** A key with what is known of earlier reports of it, and with its organization's rule. */
export interface ReportedRow extends LockedKey {
  readonly organization: string;
  readonly organization_state: string;
  readonly rule: LeakedKeySetting['rule'];
  readonly grace_minutes: number;
  readonly reported_at: Date | null;
  readonly disable_at: Date | null;
  readonly disabled_at: Date | null;
}

export const reportedColumns = `${lockedColumns
  .split(',')
  .map((column) => `k.${column.trim()}`)
  .join(', ')}, o.name as organization, o.state as organization_state, o.leaked_key_rule as rule,
  o.leaked_key_grace_minutes as grace_minutes, l.reported_at, l.disable_at, l.disabled_at`;
/** Behind `select`, for `reportedColumns`. */
export const fromReported = `from keys k join organizations o on o.id = k.organization_id left join leaked_keys l on l.key_id = k.id`;

/** Null: there is no such key. */
export async function lockReported(client: pg.PoolClient, keyId: string): Promise<ReportedRow | null> {
  const { rows } = await client.query<ReportedRow>(
    `select ${reportedColumns} ${fromReported} where k.id = $1 for update of k`,
    [keyId],
  );
  return rows[0] ?? null;
}

export function isLive(key: ReportedRow, nowMs: number): boolean {
  const expired = key.expires_at !== null && key.expires_at.getTime() <= nowMs;
  return key.state === 'enabled' && key.organization_state === 'active' && !expired;
}

export function settingOf({ rule, grace_minutes: graceMinutes }: ReportedRow): LeakedKeySetting {
  return { rule, graceMinutes };
}

export function earlierOf({
  reported_at: reportedAt,
  disable_at: disableAt,
  disabled_at: disabledAt,
}: ReportedRow): EarlierReport | null {
  if (reportedAt === null) return null;
  const times = { disableAtMs: disableAt?.getTime() ?? null, disabledAtMs: disabledAt?.getTime() ?? null };
  return { reportedAtMs: reportedAt.getTime(), ...times };
}

/** The key's own members, without what was read along with them. */
export function keyOf(row: ReportedRow): LockedKey {
  const {
    organization: _name,
    organization_state: _state,
    rule: _rule,
    grace_minutes: _grace,
    reported_at: _reported,
    disable_at: _disable,
    disabled_at: _disabled,
    ...key
  } = row;
  return key;
}
