import type pg from 'pg';
import { appendAudit, changedMembers } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';

/**
 * What an organization wants done when a whole key of theirs becomes known to others. disable: at once. grace: after some
 * time. tell: its owner is told, and the key stays in use.
 */
export type LeakedKeyRule = 'disable' | 'grace' | 'tell';

export interface LeakedKeySetting {
  readonly rule: LeakedKeyRule;
  /** Of `grace`. */
  readonly graceMinutes: number;
}

/** What was done about an earlier report of the same key. */
export interface EarlierReport {
  readonly reportedAtMs: number;
  readonly disableAtMs: number | null;
  readonly disabledAtMs: number | null;
}

export interface ReportedKeyFacts {
  /** It is enabled, not expired, and its organization is active. */
  readonly live: boolean;
  readonly setting: LeakedKeySetting;
  readonly earlier: EarlierReport | null;
  readonly nowMs: number;
}

export type ReportVerdict =
  | { readonly act: 'nothing'; readonly why: 'not_live' | 'known' }
  | { readonly act: 'disable' }
  | { readonly act: 'disable_later'; readonly atMs: number }
  | { readonly act: 'tell' };

/** An owner who was told yesterday is not told again today. */
const toldAgainMs = 24 * 3_600_000;

/** Pure: what a report of a key leads to. A key that its owner has enabled again since counts as a new one. */
export function decideReport({ live, setting, earlier, nowMs }: ReportedKeyFacts): ReportVerdict {
  if (!live) return { act: 'nothing', why: 'not_live' };
  if (setting.rule === 'disable') return { act: 'disable' };
  const waiting = earlier !== null && earlier.disableAtMs !== null && earlier.disabledAtMs === null;
  if (waiting) return { act: 'nothing', why: 'known' };
  if (setting.rule === 'grace') return { act: 'disable_later', atMs: nowMs + setting.graceMinutes * 60_000 };
  const toldLately = earlier !== null && nowMs - earlier.reportedAtMs < toldAgainMs;
  return toldLately && earlier.disabledAtMs === null ? { act: 'nothing', why: 'known' } : { act: 'tell' };
}

/** @throws AppError `organization_not_found` */
export async function readLeakedKeySetting(
  client: pg.ClientBase | pg.Pool,
  organizationId: string,
): Promise<LeakedKeySetting> {
  const { rows } = await client.query<LeakedKeySetting>(
    `select leaked_key_rule as rule, leaked_key_grace_minutes as "graceMinutes" from organizations where id = $1`,
    [organizationId],
  );
  if (rows[0] === undefined) throw new AppError('organization_not_found', 'There is no such organization among yours.');
  return rows[0];
}

/** @throws AppError `organization_not_found` */
export async function changeLeakedKeySetting(
  pool: pg.Pool,
  organizationId: string,
  setting: LeakedKeySetting,
  actor: Actor,
): Promise<LeakedKeySetting> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select name from organizations where id = $1 for no key update',
      [organizationId],
    );
    const before = await readLeakedKeySetting(client, organizationId);
    const changed = changedMembers(auditedOf(before), auditedOf(setting));
    if (Object.keys(changed.after).length === 0) return before;
    await client.query(
      `update organizations set leaked_key_rule = $2, leaked_key_grace_minutes = $3, updated_at = now() where id = $1`,
      [organizationId, setting.rule, setting.graceMinutes],
    );
    const subject = { kind: 'organization', id: organizationId, name: rows[0]?.name ?? '' };
    await appendAudit(client, actor, { action: 'organization.changed', organizationId, subject, ...changed });
    return setting;
  });
}

function auditedOf({ rule, graceMinutes }: LeakedKeySetting) {
  return { leaked_key_rule: rule, leaked_key_grace_minutes: graceMinutes };
}
