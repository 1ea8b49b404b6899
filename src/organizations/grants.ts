import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import type { Permission, Reach, RolePermission } from '../base/permissions.ts';
import { decideRoom, type Refusal } from './decide.ts';
import { holds, isProjectPermission } from './given.ts';
import type { Named } from './members.ts';
import { newId, type OrganizationOptions } from './parts.ts';
import { readRoles } from './roles.ts';
import { check, type Doer, inOrganization, memberNotFound, type Scene } from './scene.ts';
import type { TimePlace } from './shapes.ts';

export type GrantPlace = 'team' | 'project';

export interface GrantView {
  readonly id: string;
  readonly account: { readonly id: string; readonly name: string; readonly email: string };
  readonly place: GrantPlace;
  /** The team or project. */
  readonly at: Named;
  readonly role: string;
  readonly createdAtMs: number;
}

export interface GrantInput {
  readonly accountId: string;
  readonly place: GrantPlace;
  readonly placeId: string;
  readonly role: string;
}

export interface GrantFilter {
  readonly id?: string | undefined;
  readonly accountId?: string | undefined;
  readonly teamId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly role?: string | undefined;
  readonly limit: number;
  readonly after?: TimePlace | undefined;
}

interface Row {
  readonly id: string;
  readonly account: { id: string; name: string; email: string };
  readonly place: GrantPlace;
  readonly at: Named;
  readonly role: string;
  readonly created_at: Date;
  readonly created_us: bigint;
}

/** Newest first. */
export async function listGrants(
  pool: pg.Pool,
  organizationId: string,
  filter: GrantFilter,
): Promise<{ readonly grants: readonly GrantView[]; readonly next: TimePlace | null }> {
  const values: unknown[] = [organizationId, filter.limit + 1];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['g.organization_id = $1'];
  const { id, accountId, teamId, projectId, role, after } = filter;
  if (id !== undefined) conditions.push(`g.id = ${place(id)}`);
  if (accountId !== undefined) conditions.push(`g.account_id = ${place(accountId)}`);
  if (teamId !== undefined) conditions.push(`g.place = 'team' and g.place_id = ${place(teamId)}`);
  if (projectId !== undefined) conditions.push(`g.place = 'project' and g.place_id = ${place(projectId)}`);
  if (role !== undefined) conditions.push(`g.role = ${place(role)}`);
  if (after !== undefined) {
    const at = `timestamptz 'epoch' + ${place(after.createdAtUs)}::bigint * interval '1 microsecond'`;
    conditions.push(`(g.created_at, g.id) < (${at}, ${place(after.id)})`);
  }
  const { rows } = await pool.query<Row>(
    `select g.id, json_build_object('id', a.id, 'name', a.name, 'email', a.email) as account, g.place, g.role,
       json_build_object('id', g.place_id, 'name', coalesce(t.name, p.name, g.place_id)) as at, g.created_at,
       (extract(epoch from g.created_at) * 1000000)::bigint as created_us
     from grants g join accounts a on a.id = g.account_id
       left join teams t on g.place = 'team' and t.organization_id = g.organization_id and t.id = g.place_id
       left join projects p on g.place = 'project' and p.organization_id = g.organization_id and p.id = g.place_id
     where ${conditions.join(' and ')} order by g.created_at desc, g.id desc limit $2`,
    values,
  );
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    grants: shown.map(({ created_at, created_us: _us, ...grant }) => ({ ...grant, createdAtMs: created_at.getTime() })),
    next: rows.length > shown.length && last ? { createdAtUs: Number(last.created_us), id: last.id } : null,
  };
}

/**
 * The same once more gives the grant that is there.
 *
 * @returns its id
 * @throws AppError `member_not_found`, `team_not_found`, `project_not_found`, `role_not_found`, `role_not_grantable`,
 * `role_above_you`, `limit_reached`
 */
export async function addGrant(options: OrganizationOptions, doer: Doer, input: GrantInput): Promise<string> {
  const { accountId, place, placeId, role } = input;
  return inOrganization(options.pool, doer, 'teams.write', async (scene) => {
    const { client, organization } = scene;
    const email = await memberEmail(scene, accountId);
    const name = await placeName(scene, place, placeId);
    const roles = await readRoles(client, organization.id);
    const permissions = roles.permissionsOf(role);
    if (permissions === null) throw new AppError('role_not_found', 'There is no such role in this organization.');
    check(refusalOfRoleHere(role, permissions));
    const projectId = place === 'project' ? placeId : null;
    check(refusalOfGrant(permissions, scene.doer.reach, projectId, `The role ${roles.nameOf(role)}`));
    const { rows: counts } = await client.query<{ count: number }>(
      'select count(*)::int as count from grants where organization_id = $1',
      [organization.id],
    );
    check(decideRoom('organizationGrants', counts[0]?.count ?? 0));
    const { rows } = await client.query<{ id: string }>(
      `insert into grants (organization_id, id, account_id, place, place_id, role) values ($1, $2, $3, $4, $5, $6)
       on conflict (organization_id, account_id, place, place_id, role) do nothing returning id`,
      [organization.id, newId('gra'), accountId, place, placeId, role],
    );
    const id = rows[0]?.id;
    if (id === undefined) return existingId(scene, input);
    await tellOfGrant(options, scene, 'grant.added', { id, input, email, at: name });
    return id;
  });
}

/** @throws AppError `grant_not_found` */
export async function removeGrant(options: OrganizationOptions, doer: Doer, id: string): Promise<void> {
  await inOrganization(options.pool, doer, 'teams.write', async (scene) => {
    const { rows } = await scene.client.query<{
      account_id: string;
      place: GrantPlace;
      place_id: string;
      role: string;
    }>('delete from grants where organization_id = $1 and id = $2 returning account_id, place, place_id, role', [
      scene.organization.id,
      id,
    ]);
    const row = rows[0];
    if (row === undefined) throw grantNotFound();
    const input = { accountId: row.account_id, place: row.place, placeId: row.place_id, role: row.role };
    const email = await memberEmail(scene, input.accountId);
    const at = await placeName(scene, input.place, input.placeId);
    await tellOfGrant(options, scene, 'grant.removed', { id, input, email, at });
  });
}

export function grantNotFound(): AppError {
  return new AppError('grant_not_found', 'There is no such grant in this organization.');
}

/** Pure: whether somebody may give, at one project or, with null, at a team, what a role means there. */
export function refusalOfGrant(
  permissions: readonly RolePermission[],
  reach: Reach,
  projectId: string | null,
  what: string,
): Refusal | null {
  const lacking = permissions.filter((permission) => {
    if (!isProjectPermission(permission) || holds(reach, permission)) return false;
    const covered = projectId !== null && reach.get(permission as Permission)?.projects.has(projectId);
    return !covered;
  });
  if (lacking.length === 0) return null;
  const message = `${what} holds what you have not there: ${lacking.join(', ')}. Ask somebody who has it.`;
  return { code: 'role_above_you', message };
}

function refusalOfRoleHere(role: string, permissions: readonly RolePermission[]): Refusal | null {
  if (role === 'owner') {
    return {
      code: 'role_not_grantable',
      message: 'An owner owns the whole organization. Grant admin, or another role.',
    };
  }
  if (permissions.some(isProjectPermission)) return null;
  const message =
    'This role holds nothing about keys, usage or requests, so it means nothing within a team or project.';
  return { code: 'role_not_grantable', message };
}

async function existingId({ client, organization }: Scene, input: GrantInput): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `select id from grants where organization_id = $1 and account_id = $2 and place = $3 and place_id = $4 and role = $5`,
    [organization.id, input.accountId, input.place, input.placeId, input.role],
  );
  if (rows[0] === undefined) throw grantNotFound();
  return rows[0].id;
}

async function memberEmail({ client, organization }: Scene, accountId: string): Promise<string> {
  const { rows } = await client.query<{ email: string }>(
    `select a.email from members m join accounts a on a.id = m.account_id
     where m.organization_id = $1 and m.account_id = $2`,
    [organization.id, accountId],
  );
  if (rows[0] === undefined) throw memberNotFound();
  return rows[0].email;
}

async function placeName({ client, organization }: Scene, place: GrantPlace, id: string): Promise<string> {
  const table = place === 'team' ? 'teams' : 'projects';
  const { rows } = await client.query<{ name: string }>(
    `select name from ${table} where organization_id = $1 and id = $2`,
    [organization.id, id],
  );
  if (rows[0] !== undefined) return rows[0].name;
  throw new AppError(`${place}_not_found`, `There is no such ${place} in this organization.`);
}

async function tellOfGrant(
  { notify }: OrganizationOptions,
  { client, organization, actor, doer }: Scene,
  action: 'grant.added' | 'grant.removed',
  grant: { readonly id: string; readonly input: GrantInput; readonly email: string; readonly at: string },
): Promise<void> {
  const { accountId, place, placeId, role } = grant.input;
  const state = { account_id: accountId, place, place_id: placeId, name: grant.at, role };
  const added = action === 'grant.added';
  await appendAudit(client, actor, {
    action,
    organizationId: organization.id,
    subject: { kind: 'grant', id: grant.id, name: grant.email },
    before: added ? null : state,
    after: added ? state : null,
  });
  if (accountId === doer.accountId) return;
  const facts = { organization: organization.name, place: grant.at, by: actor.name };
  await notify(client, accountId, 'grant-changed', facts, organization.id);
}
