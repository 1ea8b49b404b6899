import type { Pool, PoolClient } from 'pg';
import type { Split } from './usage-pieces.ts';

/** What a person calls a value of a split. */
export interface ValueName {
  /** Null where nothing is known by that id any more. */
  readonly label: string | null;
  /** What tells it from others of the same name: prefix of a key, address of a member, team of a project. */
  readonly detail: string | null;
}

const statements: Readonly<Partial<Record<Split, string>>> = {
  group:
    'select id, display_name as label, vendor_id as detail from groups where id = any($2) and $1::text is not null',
  vendor: 'select id, display_name as label, null as detail from vendors where id = any($2) and $1::text is not null',
  key: 'select id, name as label, prefix as detail from keys where organization_id = $1 and id = any($2)',
  project: `select p.id, p.name as label, t.name as detail from projects p
    left join teams t on t.organization_id = $1 and t.id = p.team_id
    where p.organization_id = $1 and p.id = any($2)`,
  team: 'select id, name as label, null as detail from teams where organization_id = $1 and id = any($2)',
  // Only people who are or were members here: the owners of this organization's keys.
  member: `select a.id, a.name as label, a.email as detail from accounts a where a.id = any($2)
    and exists (select 1 from keys k where k.organization_id = $1 and k.account_id = a.id)`,
};

/** Names of values by id. Models are their own names and are not in the answer. */
export async function readNames(
  client: Pool | PoolClient,
  organizationId: string,
  split: Split,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ValueName>> {
  const statement = statements[split];
  if (statement === undefined || ids.length === 0) return new Map();
  const { rows } = await client.query<{ id: string } & ValueName>(statement, [organizationId, ids]);
  return new Map(rows.map(({ id, label, detail }) => [id, { label, detail }]));
}
