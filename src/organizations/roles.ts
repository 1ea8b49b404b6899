import type pg from 'pg';
import { appendAudit, changedMembers } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { type BuiltInRole, builtInRoles, type RolePermission } from '../base/permissions.ts';
import { decideRoom, refusalOfPermissions } from './decide.ts';
import { isBuiltInRole, type OwnRoles, permissionsOfRole, tidyPermissions } from './given.ts';
import { newId } from './parts.ts';
import { check, type Doer, inOrganization, type Scene, withFreeName } from './scene.ts';

export interface RoleView {
  /** The name of a built-in role, or an id. */
  readonly id: string;
  readonly name: string;
  readonly builtIn: boolean;
  readonly note: string;
  readonly permissions: readonly RolePermission[];
  /** Members that hold it in the whole organization. */
  readonly members: number;
  /** Grants of it on teams and projects. */
  readonly grants: number;
  /** That offer it and have no answer yet, also those that expired: they can be sent again. */
  readonly invitations: number;
}

type RoleUses = Pick<RoleView, 'members' | 'grants' | 'invitations'>;
const unused: RoleUses = { members: 0, grants: 0, invitations: 0 };

export interface RoleInput {
  readonly name?: string | undefined;
  readonly note?: string | undefined;
  readonly permissions?: readonly RolePermission[] | undefined;
}

interface RoleRow {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly permissions: string[];
}

/** All roles of an organization: what they are called, and what they hold. */
export interface RoleBook {
  readonly ownRoles: OwnRoles;
  permissionsOf(role: string): readonly RolePermission[] | null;
  nameOf(role: string): string;
}

export async function readRoles(client: pg.ClientBase | pg.Pool, organizationId: string): Promise<RoleBook> {
  const { rows } = await client.query<RoleRow>('select id, name, permissions from roles where organization_id = $1', [
    organizationId,
  ]);
  const ownRoles = Object.fromEntries(rows.map(({ id, permissions }) => [id, permissions]));
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return {
    ownRoles,
    permissionsOf: (role) => permissionsOfRole(role, ownRoles),
    nameOf: (role) => names.get(role) ?? role,
  };
}

/**
 * The built-in ones first, the organization's own by name.
 *
 * @param onlyOf whoever sees of the members only themself: nobody else is counted
 */
export async function listRoles(pool: pg.Pool, organizationId: string, onlyOf?: string): Promise<RoleView[]> {
  const { rows } = await pool.query<RoleRow>(
    'select id, name, note, permissions from roles where organization_id = $1 order by lower(name)',
    [organizationId],
  );
  const { rows: uses } = await pool.query<{ role: string } & RoleUses>(
    `select role, count(*) filter (where via = 'member')::int as members, count(*) filter (where via = 'grant')::int as grants,
       count(*) filter (where via = 'invitation')::int as invitations
     from (select unnest(roles) as role, account_id, 'member' as via from members where organization_id = $1
           union all select role, account_id, 'grant' from grants where organization_id = $1
           union all select unnest(roles), null, 'invitation' from invitations
             where organization_id = $1 and state = 'open') used
     where $2::text is null or account_id = $2 group by role`,
    [organizationId, onlyOf ?? null],
  );
  const used = new Map(uses.map(({ role, ...counts }) => [role, counts]));
  const counted = (role: Omit<RoleView, keyof RoleUses>): RoleView => ({ ...role, ...(used.get(role.id) ?? unused) });
  return [
    ...(Object.keys(builtInRoles) as BuiltInRole[]).map((id) =>
      counted({ id, name: id, builtIn: true, note: '', permissions: builtInRoles[id] }),
    ),
    ...rows.map((row) => counted(ownView(row))),
  ];
}

/** @throws AppError `role_above_you`, `name_taken`, `limit_reached` */
export async function createRole(
  pool: pg.Pool,
  doer: Doer,
  input: { readonly name: string; readonly note: string; readonly permissions: readonly RolePermission[] },
): Promise<RoleView> {
  return inOrganization(pool, doer, 'roles.write', async (scene) => {
    const { client, organization } = scene;
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from roles where organization_id = $1',
      [organization.id],
    );
    check(decideRoom('organizationRoles', rows[0]?.count ?? 0));
    const role = {
      id: newId('rol'),
      name: input.name,
      note: input.note,
      permissions: tidyPermissions(input.permissions),
    };
    check(refusalOfPermissions(role.permissions, scene.doer.reach, 'A role like this'));
    refuseBuiltInName(role.name);
    await withFreeName(role.name, () =>
      client.query('insert into roles (organization_id, id, name, note, permissions) values ($1, $2, $3, $4, $5)', [
        organization.id,
        role.id,
        role.name,
        role.note,
        role.permissions,
      ]),
    );
    await auditRole(scene, 'role.created', role, { before: null, after: stateOf(role) });
    return { ...ownView(role), ...unused };
  });
}

/**
 * Takes effect at once, for everybody who holds it.
 *
 * @throws AppError `role_not_found`, `role_above_you`, `name_taken`
 */
export async function changeRole(pool: pg.Pool, doer: Doer, id: string, input: RoleInput): Promise<RoleView> {
  await inOrganization(pool, doer, 'roles.write', async (scene) => {
    const { client, organization } = scene;
    const role = await ownRole(scene, id);
    check(refusalOfPermissions(ownView(role).permissions, scene.doer.reach, `The role ${role.name}`));
    const changed = {
      ...role,
      name: input.name ?? role.name,
      note: input.note ?? role.note,
      permissions: input.permissions === undefined ? role.permissions : tidyPermissions(input.permissions),
    };
    check(refusalOfPermissions(ownView(changed).permissions, scene.doer.reach, 'The changed role'));
    refuseBuiltInName(changed.name);
    await withFreeName(changed.name, () =>
      client.query(
        `update roles set name = $3, note = $4, permissions = $5, updated_at = now()
         where organization_id = $1 and id = $2`,
        [organization.id, id, changed.name, changed.note, changed.permissions],
      ),
    );
    await auditRole(scene, 'role.changed', changed, changedMembers(stateOf(role), stateOf(changed)));
  });
  return showRole(pool, doer.organizationId, id);
}

/** @throws AppError `role_not_found`, `role_above_you`, `role_in_use` saying by whom */
export async function deleteRole(pool: pg.Pool, doer: Doer, id: string): Promise<void> {
  await inOrganization(pool, doer, 'roles.write', async (scene) => {
    const { client, organization } = scene;
    const role = await ownRole(scene, id);
    check(refusalOfPermissions(ownView(role).permissions, scene.doer.reach, `The role ${role.name}`));
    const { rows } = await client.query<{ email: string }>(
      `select a.email from members m join accounts a on a.id = m.account_id
         where m.organization_id = $1 and $2 = any(m.roles)
       union select a.email from grants g join accounts a on a.id = g.account_id
         where g.organization_id = $1 and g.role = $2
       union select email from invitations where organization_id = $1 and $2 = any(roles) and state = 'open'
       order by 1`,
      [organization.id, id],
    );
    if (rows.length > 0) throw new AppError('role_in_use', inUseText(rows.map(({ email }) => email)));
    await client.query('delete from roles where organization_id = $1 and id = $2', [organization.id, id]);
    await auditRole(scene, 'role.deleted', role, { before: stateOf(role), after: null });
  });
}

export async function showRole(pool: pg.Pool, organizationId: string, id: string): Promise<RoleView> {
  const role = (await listRoles(pool, organizationId)).find((each) => each.id === id);
  if (role === undefined) throw roleNotFound();
  return role;
}

async function ownRole({ client, organization }: Scene, id: string): Promise<RoleRow> {
  const { rows } = await client.query<RoleRow>(
    'select id, name, note, permissions from roles where organization_id = $1 and id = $2',
    [organization.id, id],
  );
  if (rows[0] === undefined) throw roleNotFound();
  return rows[0];
}

function ownView({ id, name, note, permissions }: RoleRow): Omit<RoleView, keyof RoleUses> {
  return { id, name, builtIn: false, note, permissions: permissionsOfRole(id, { [id]: permissions }) ?? [] };
}

function refuseBuiltInName(name: string): void {
  if (isBuiltInRole(name.toLowerCase()))
    throw new AppError('name_taken', `"${name}" is the name of a built-in role. Choose another.`);
}

function inUseText(emails: readonly string[]): string {
  const shown = emails.slice(0, 3).join(', ');
  const more = emails.length > 3 ? ` and ${emails.length - 3} more` : '';
  return `The role is held by, granted to or offered to ${shown}${more}. Take it from them first.`;
}

async function auditRole(
  { client, organization, actor }: Scene,
  action: string,
  { id, name }: Pick<RoleRow, 'id' | 'name'>,
  change: { readonly before: Record<string, unknown> | null; readonly after: Record<string, unknown> | null },
): Promise<void> {
  const subject = { kind: 'role', id, name };
  await appendAudit(client, actor, { action, organizationId: organization.id, subject, ...change });
}

function stateOf({ name, note, permissions }: Omit<RoleRow, 'id'>): Record<string, unknown> {
  return { name, note, permissions };
}

function roleNotFound(): AppError {
  return new AppError('role_not_found', 'There is no such role in this organization.');
}
