import type { Pool } from 'pg';
import type { Breadth } from '../base/permissions.ts';
import type { Conditions } from './conditions.ts';

/** What of an organization's requests and sums somebody may read. */
export interface Scope {
  readonly organizationId: string;
  /** Null: everything of the organization. */
  readonly only: {
    /** What was booked to these projects. */
    readonly projectIds: readonly string[];
    /** What was done with these keys: the person's own. */
    readonly keyIds: readonly string[];
  } | null;
}

/**
 * How far a permission reaches, as ids that records and sums carry. Resolved once per call. A permission that is missing
 * reaches nothing.
 */
export async function scopeOf(
  pool: Pool,
  organizationId: string,
  breadth: Breadth | undefined,
  accountId: string,
): Promise<Scope> {
  if (breadth?.all) return { organizationId, only: null };
  const projectIds = [...(breadth?.projects ?? [])];
  if (!breadth?.own) return { organizationId, only: { projectIds, keyIds: [] } };
  const { rows } = await pool.query<{ id: string }>(
    'select id from keys where organization_id = $1 and account_id = $2',
    [organizationId, accountId],
  );
  return { organizationId, only: { projectIds, keyIds: rows.map(({ id }) => id) } };
}

/** Narrows rows that have `organization_id`, `project_id` and `key_id`. */
export function within(scope: Scope, where: Conditions, table: string): void {
  where.equal(`${table}.organization_id`, scope.organizationId);
  if (scope.only === null) return;
  const { projectIds, keyIds } = scope.only;
  const ways = [];
  if (projectIds.length > 0) ways.push(`${table}.project_id = any(${where.place(projectIds)}::text[])`);
  if (keyIds.length > 0) ways.push(`${table}.key_id = any(${where.place(keyIds)}::text[])`);
  where.add(ways.length === 0 ? 'false' : `(${ways.join(' or ')})`);
}
