import type { Pool } from 'pg';
import { Conditions } from './conditions.ts';
import { type Scope, within } from './reach.ts';

/** Every member that is given narrows the list; texts are compared whole. */
export interface RequestFilters {
  /** What the reader may see of one organization. */
  readonly scope?: Scope | undefined;
  readonly organizationId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly keyId?: string | undefined;
  readonly keyPrefix?: string | undefined;
  /** `429`, or a class: `4xx`. */
  readonly status?: string | undefined;
  readonly code?: string | undefined;
  /** As asked, as routed or as served. */
  readonly model?: string | undefined;
  readonly tool?: string | undefined;
  readonly outcome?: string | undefined;
  readonly minDurationMs?: number | undefined;
  /** Of ids, for `like`. */
  readonly idPattern?: string | undefined;
  /** Received at or after, in Unix milliseconds. */
  readonly sinceMs?: number | undefined;
  /** Received before. */
  readonly untilMs?: number | undefined;
}

export const statusPattern = /^(?:[1-5]xx|[1-5]\d\d)$/;

/** All but the times, which whoever searches cuts as it goes. */
export async function conditionsOf(pool: Pool, filters: RequestFilters): Promise<Conditions> {
  const where = new Conditions();
  if (filters.scope !== undefined) within(filters.scope, where, 'r');
  where.equal('r.organization_id', filters.organizationId);
  where.equal('r.project_id', filters.projectId);
  where.equal('r.key_id', filters.keyId);
  where.equal('r.error_code', filters.code);
  where.equal('r.client_tool', filters.tool);
  where.equal('r.outcome', filters.outcome);
  if (filters.status !== undefined) addStatus(filters.status, where);
  if (filters.model !== undefined)
    where.add(`${where.place(filters.model)} in (r.model_asked, r.model_routed, r.model_served)`);
  if (filters.idPattern !== undefined) where.add(`r.id like ${where.place(filters.idPattern)}`);
  if (filters.minDurationMs !== undefined) where.add(`r.duration_ms >= ${where.place(filters.minDurationMs)}`);
  if (filters.keyPrefix !== undefined) await addKeyPrefix(pool, filters.keyPrefix, where);
  return where;
}

function addStatus(status: string, where: Conditions): void {
  if (status.endsWith('xx')) {
    const least = Number(status.charAt(0)) * 100;
    where.add(`r.status between ${where.place(least)} and ${where.place(least + 99)}`);
  } else where.equal('r.status', Number(status));
  // Every failure has its code, and failures have an index of their own.
  if (status >= '4') where.add('r.error_code is not null');
}

async function addKeyPrefix(pool: Pool, keyPrefix: string, where: Conditions): Promise<void> {
  // Records are indexed by key; a prefix of no key here stands only in refusals.
  const { rows } = await pool.query<{ id: string }>('select id from keys where prefix = $1', [keyPrefix]);
  where.equal('r.key_prefix', keyPrefix);
  if (rows[0] === undefined) where.add('r.key_id is null');
  else where.equal('r.key_id', rows[0].id);
}
