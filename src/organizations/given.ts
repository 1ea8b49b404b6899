import {
  type BuiltInRole,
  builtInRoles,
  type Given,
  organizationPermissions,
  ownablePermissions,
  type Permission,
  type Reach,
  type RolePermission,
} from '../base/permissions.ts';

/** Permissions of the organization's own roles, by role id. */
export type OwnRoles = Readonly<Record<string, readonly string[]>>;

/** What the database holds of one member's rights. */
export interface HeldRights {
  readonly roles: readonly string[];
  readonly ownRoles: OwnRoles;
  /** `[project id, role]` of every grant, a grant on a team once for each of its projects. */
  readonly granted: readonly (readonly [string, string])[];
  /** Ids of the projects of the member's teams. */
  readonly teamProjects: readonly string[];
}

export function isBuiltInRole(role: string): role is BuiltInRole {
  return Object.hasOwn(builtInRoles, role);
}

/** Null for a role that there is not. */
export function permissionsOfRole(role: string, ownRoles: OwnRoles): readonly RolePermission[] | null {
  if (isBuiltInRole(role)) return builtInRoles[role];
  const own = Object.hasOwn(ownRoles, role) ? ownRoles[role] : undefined;
  // What a newer program has stored, or an older one, gives nothing.
  return own === undefined ? null : own.filter(isRolePermission);
}

/** Pure: turns roles, grants and teams into permissions. */
export function givenOf({ roles, ownRoles, granted, teamProjects }: HeldRights): Given {
  return {
    organization: roles.flatMap((role) => permissionsOfRole(role, ownRoles) ?? []),
    projects: [
      ...granted.map(([projectId, role]) => ({ projectId, permissions: permissionsOfRole(role, ownRoles) ?? [] })),
      // A team's members know its projects and may book their own keys to them; more takes a grant.
      ...teamProjects.map((projectId) => ({ projectId, permissions: [] })),
    ],
  };
}

export function isRolePermission(text: string): text is RolePermission {
  const own = text.endsWith(':own');
  const name = own ? text.slice(0, -4) : text;
  return own ? ownablePermissions.some((each) => each === name) : Object.hasOwn(organizationPermissions, name);
}

/** Whether somebody has a permission for the whole organization, or, where it ends in `:own`, for their own. */
export function holds(reach: Reach, permission: RolePermission): boolean {
  const own = permission.endsWith(':own');
  const breadth = reach.get((own ? permission.slice(0, -4) : permission) as Permission);
  return breadth !== undefined && (breadth.all || (own && breadth.own));
}

/** Permissions of `wanted` that somebody has not. */
export function missing(reach: Reach, wanted: readonly RolePermission[]): RolePermission[] {
  return wanted.filter((permission) => !holds(reach, permission));
}

/** What a role of the organization's own making holds: each once, in the order of the table, with what all roles need. */
export function tidyPermissions(wanted: readonly RolePermission[]): RolePermission[] {
  const set = new Set<RolePermission>([...wanted, 'organization.read']);
  return allRolePermissions.filter((each) => set.has(each) && !(each.endsWith(':own') && set.has(wideOf(each))));
}

const allRolePermissions: readonly RolePermission[] = (Object.keys(organizationPermissions) as Permission[]).flatMap(
  (name) => {
    const ownable = ownablePermissions.find((each) => each === name);
    return ownable === undefined ? [name] : [name, `${ownable}:own` as const];
  },
);

function wideOf(permission: RolePermission): RolePermission {
  return permission.replace(/:own$/, '') as Permission;
}

/** Whether a permission means anything within a project or team: those that can be had for one's own can. */
export function isProjectPermission(permission: RolePermission): boolean {
  return ownablePermissions.some((each) => each === wideOf(permission));
}
