import type { Pool } from 'pg';
import type { Conditions } from './conditions.ts';

/** Ids; empty: all. The empty text stands for none: no project, no model. */
export interface UsageFilters {
  readonly keys: readonly string[];
  readonly models: readonly string[];
  readonly groups: readonly string[];
  readonly vendors: readonly string[];
  readonly projects: readonly string[];
  readonly teams: readonly string[];
  readonly members: readonly string[];
}

export const noFilters: UsageFilters = {
  keys: [],
  models: [],
  groups: [],
  vendors: [],
  projects: [],
  teams: [],
  members: [],
};

interface Columns {
  readonly key: string;
  readonly model: string;
  readonly group: string;
  readonly project: string;
}

/** Of tables of sums, as `s`; `$1` is the organization. */
export function narrowSums(filters: UsageFilters, where: Conditions): void {
  narrow(filters, where, { key: 's.key_id', model: 's.model', group: 's.group_id', project: 's.project_id' });
}

/** Of records, as `r`, where none is null; `$1` is the organization. */
export function narrowRecords(filters: UsageFilters, where: Conditions): void {
  const nothing = (column: string, ids: readonly string[]) => (ids.includes('') ? `coalesce(${column}, '')` : column);
  narrow(filters, where, {
    key: nothing('r.key_id', [...filters.keys, ...filters.members]),
    model: nothing('r.model_routed', filters.models),
    group: 'r.group_id',
    project: nothing('r.project_id', [...filters.projects, ...filters.teams]),
  });
}

function narrow(filters: UsageFilters, where: Conditions, columns: Columns): void {
  const any = (ids: readonly string[]) => `any(${where.place(ids)}::text[])`;
  const { keys, models, groups, vendors, projects, teams, members } = filters;
  if (keys.length > 0) where.add(`${columns.key} = ${any(keys)}`);
  if (models.length > 0) where.add(`${columns.model} = ${any(models)}`);
  if (groups.length > 0) where.add(`${columns.group} = ${any(groups)}`);
  if (projects.length > 0) where.add(`${columns.project} = ${any(projects)}`);
  if (vendors.length > 0)
    where.add(`${columns.group} = any(array(select id from groups where vendor_id = ${any(vendors)}))`);
  if (teams.length > 0) {
    const some = `select id from projects where organization_id = $1 and coalesce(team_id, '') = ${any(teams)}`;
    where.add(`${columns.project} = any(array(${some})${teams.includes('') ? ` || ''::text` : ''})`);
  }
  if (members.length > 0) {
    const some = `select id from keys where organization_id = $1 and coalesce(account_id, '') = ${any(members)}`;
    where.add(`${columns.key} = any(array(${some})${members.includes('') ? ` || ''::text` : ''})`);
  }
}

/** Ids of keys that are named by id or by public prefix. What is no key here stays as it is, and finds nothing. */
export async function keyIdsOf(pool: Pool, organizationId: string, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const { rows } = await pool.query<{ id: string; prefix: string }>(
    'select id, prefix from keys where organization_id = $1 and (id = any($2) or prefix = any($2))',
    [organizationId, names],
  );
  return names.map((name) => rows.find(({ id, prefix }) => id === name || prefix === name)?.id ?? name);
}
