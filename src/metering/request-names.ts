import type { Pool } from 'pg';
import type { RequestFacts } from './facts.ts';
import { readNames } from './usage-names.ts';

/** What people call the key, project and group of a request. Null: there was none, or nothing has its id any more. */
export interface RequestNames {
  readonly key_name: string | null;
  readonly project_name: string | null;
  readonly group_name: string | null;
}

export type NamesOf = (facts: Pick<RequestFacts, 'key_id' | 'project_id' | 'group_id'>) => RequestNames;

export const noNames: NamesOf = () => ({ key_name: null, project_name: null, group_name: null });

/** Names for a page of an organization's requests: three look-ups by id. */
export async function readRequestNames(
  pool: Pool,
  organizationId: string,
  requests: readonly RequestFacts[],
): Promise<NamesOf> {
  const [keys, projects, groups] = await Promise.all([
    readNames(pool, organizationId, 'key', idsOf(requests, 'key_id')),
    readNames(pool, organizationId, 'project', idsOf(requests, 'project_id')),
    readNames(pool, organizationId, 'group', idsOf(requests, 'group_id')),
  ]);
  return ({ key_id: key, project_id: project, group_id: group }) => ({
    key_name: keys.get(key ?? '')?.label ?? null,
    project_name: projects.get(project ?? '')?.label ?? null,
    group_name: groups.get(group ?? '')?.label ?? null,
  });
}

/** For staff: what the organizations of a page of requests are called, by one look-up. */
export async function readOrganizationNames(
  pool: Pool,
  requests: readonly RequestFacts[],
): Promise<(facts: Pick<RequestFacts, 'organization_id'>) => string | null> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    'select id, name from organizations where id = any($1)',
    [idsOf(requests, 'organization_id')],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return ({ organization_id: id }) => names.get(id ?? '') ?? null;
}

type IdMember = 'key_id' | 'project_id' | 'group_id' | 'organization_id';

function idsOf(requests: readonly RequestFacts[], member: IdMember): string[] {
  return [...new Set(requests.map((facts) => facts[member]).filter((id) => id !== null))];
}
