import type pg from 'pg';
import { type Reach, reachOf } from '../base/permissions.ts';
import { givenOf, type HeldRights, type OwnRoles } from './given.ts';

/** A member, and how far their rights go in one organization. */
export interface Standing {
  readonly organizationId: string;
  readonly accountId: string;
  readonly roles: readonly string[];
  readonly state: 'active' | 'disabled';
  /** As if active. */
  readonly reach: Reach;
}

export interface StandingRow {
  readonly organization_id: string;
  readonly organization_name: string;
  readonly organization_kind: 'personal' | 'shared';
  readonly account_id: string;
  readonly roles: string[];
  readonly state: 'active' | 'disabled';
  readonly own_roles: OwnRoles;
  readonly granted: [string, string][];
  readonly team_projects: string[];
}

/** Everything about members' rights in one query; what follows is `where …` or `and …` over `m` and `o`. */
export const selectStandings = `
  select m.organization_id, o.name as organization_name, o.kind as organization_kind, m.account_id, m.roles, m.state,
    coalesce((select jsonb_object_agg(r.id, r.permissions) from roles r
      where r.organization_id = m.organization_id), '{}') as own_roles,
    coalesce((select jsonb_agg(jsonb_build_array(p.id, g.role)) from grants g
      join projects p on p.organization_id = g.organization_id
        and case g.place when 'project' then p.id = g.place_id else p.team_id = g.place_id end
      where g.organization_id = m.organization_id and g.account_id = m.account_id), '[]') as granted,
    coalesce((select jsonb_agg(p.id) from team_members t
      join projects p on p.organization_id = t.organization_id and p.team_id = t.team_id
      where t.organization_id = m.organization_id and t.account_id = m.account_id), '[]') as team_projects
  from members m join organizations o on o.id = m.organization_id and o.state = 'active'`;

export function rightsOf(row: StandingRow): HeldRights {
  return { roles: row.roles, ownRoles: row.own_roles, granted: row.granted, teamProjects: row.team_projects };
}

/** `only`: the permissions of the token that was used. */
export function standingOf(row: StandingRow, only: ReadonlySet<string> | null = null): Standing {
  return {
    organizationId: row.organization_id,
    accountId: row.account_id,
    roles: row.roles,
    state: row.state,
    reach: reachOf(givenOf(rightsOf(row)), only),
  };
}

/** Null: no member. */
export async function readStanding(
  client: pg.ClientBase | pg.Pool,
  organizationId: string,
  accountId: string,
  only: ReadonlySet<string> | null = null,
): Promise<Standing | null> {
  const { rows } = await client.query<StandingRow>(
    `${selectStandings} where m.organization_id = $1 and m.account_id = $2`,
    [organizationId, accountId],
  );
  return rows[0] ? standingOf(rows[0], only) : null;
}
