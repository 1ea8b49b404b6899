import type pg from 'pg';
import { likePart } from './text.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface MemberView {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly state: 'active' | 'disabled';
  readonly teams: readonly Named[];
  readonly grants: number;
  readonly twoFactor: boolean;
  readonly joinedAtMs: number;
  /** The console, a token or a key of theirs, whichever was last. */
  readonly lastActiveAtMs: number | null;
  /** That are not deleted. */
  readonly keys: number;
}

/** Where a page of a list by name ended. */
export interface NamePlace {
  /** As the database compares it. */
  readonly name: string;
  readonly id: string;
}

export interface MemberFilter {
  /** Part of a name or address, in any case of letters. */
  readonly search?: string | undefined;
  readonly role?: string | undefined;
  readonly teamId?: string | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly accountId?: string | undefined;
  readonly limit: number;
  readonly after?: NamePlace | undefined;
}

export interface MemberPage {
  readonly members: readonly MemberView[];
  readonly next: NamePlace | null;
}

interface Row {
  readonly account_id: string;
  readonly name: string;
  readonly sort_name: string;
  readonly email: string;
  readonly roles: string[];
  readonly state: 'active' | 'disabled';
  readonly teams: Named[];
  readonly grants: number;
  readonly two_factor: boolean;
  readonly joined_at: Date;
  readonly last_active_at: Date | null;
  readonly keys: number;
}

/** Members by name. */
export async function listMembers(pool: pg.Pool, organizationId: string, filter: MemberFilter): Promise<MemberPage> {
  const values: unknown[] = [organizationId, filter.limit + 1];
  const conditions = conditionsOf(filter, (value) => `$${values.push(value)}`);
  const { rows } = await pool.query<Row>(
    `with page as materialized (
       select m.*, a.name, lower(a.name) as sort_name, a.email, a.two_factor_enabled as two_factor
       from members m join accounts a on a.id = m.account_id
       where ${['m.organization_id = $1', ...conditions].join(' and ')}
       order by lower(a.name), m.account_id limit $2)
     select p.account_id, p.name, p.sort_name, p.email, p.roles, p.state, p.two_factor, p.joined_at, k.keys,
       greatest(p.last_active_at, k.last_used_at) as last_active_at,
       (select count(*)::int from grants g
        where g.organization_id = p.organization_id and g.account_id = p.account_id) as grants,
       coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by lower(t.name), t.id)
        from team_members tm join teams t on t.organization_id = tm.organization_id and t.id = tm.team_id
        where tm.organization_id = p.organization_id and tm.account_id = p.account_id), '[]') as teams
     from page p, lateral (
       select count(*) filter (where state <> 'deleted')::int as keys, max(used.last_used_at) as last_used_at
       from keys left join key_activity used on used.key_id = keys.id
       where keys.organization_id = p.organization_id and keys.account_id = p.account_id) k
     order by p.sort_name, p.account_id`,
    values,
  );
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    members: shown.map(viewOf),
    next: rows.length > shown.length && last ? { name: last.sort_name, id: last.account_id } : null,
  };
}

function conditionsOf(filter: MemberFilter, place: (value: unknown) => string): string[] {
  const conditions: string[] = [];
  if (filter.accountId !== undefined) conditions.push(`m.account_id = ${place(filter.accountId)}`);
  if (filter.state !== undefined) conditions.push(`m.state = ${place(filter.state)}`);
  if (filter.role !== undefined) conditions.push(`${place(filter.role)} = any(m.roles)`);
  if (filter.teamId !== undefined) {
    conditions.push(
      `exists (select 1 from team_members tm where tm.organization_id = m.organization_id
         and tm.team_id = ${place(filter.teamId)} and tm.account_id = m.account_id)`,
    );
  }
  if (filter.search) {
    const part = place(likePart(filter.search));
    conditions.push(`(a.name ilike ${part} or a.email ilike ${part})`);
  }
  if (filter.after) {
    conditions.push(`(lower(a.name), m.account_id) > (${place(filter.after.name)}, ${place(filter.after.id)})`);
  }
  return conditions;
}

function viewOf(row: Row): MemberView {
  return {
    accountId: row.account_id,
    name: row.name,
    email: row.email,
    roles: row.roles,
    state: row.state,
    teams: row.teams,
    grants: row.grants,
    twoFactor: row.two_factor,
    joinedAtMs: row.joined_at.getTime(),
    lastActiveAtMs: row.last_active_at?.getTime() ?? null,
    keys: row.keys,
  };
}
