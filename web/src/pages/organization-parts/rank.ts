import type { Member, Role } from '../../api/schema.ts';

/**
 * What the API will allow somebody to do to others, known beforehand, so that nothing is offered in vain. Pure; the API
 * decides.
 */

/** What somebody holds in the whole organization by their roles. */
export type Held = ReadonlySet<string>;

export interface Ranked {
  readonly roles: readonly string[];
  readonly held: Held;
}

export function rankedBy(roles: readonly Role[], ids: readonly string[]): Ranked {
  const held = roles.filter(({ id }) => ids.includes(id)).flatMap(({ permissions }) => permissions);
  return { roles: ids, held: new Set(held) };
}

/** Whether a permission is held; `keys.read` holds `keys.read:own` as well. */
export function holds(held: Held, permission: string): boolean {
  return held.has(permission) || held.has(permission.replace(/:own$/, ''));
}

/** Nobody gives what they have not; only owners make owners. */
export function mayGive(role: Pick<Role, 'id' | 'permissions'>, me: Ranked): boolean {
  if (role.id === 'owner' && !me.roles.includes('owner')) return false;
  return role.permissions.every((permission) => holds(me.held, permission));
}

/** Whether somebody who manages members may touch this one. */
export function mayManage(member: Pick<Member, 'roles'>, me: Ranked, roles: readonly Role[]): boolean {
  if (!me.held.has('members.write')) return false;
  if (member.roles.includes('owner') && !me.roles.includes('owner')) return false;
  const theirs = rankedBy(roles, member.roles).held;
  if (!theirs.has('members.write')) return true;
  return [...theirs].every((permission) => permission.endsWith(':own') || me.held.has(permission));
}

/** Within a team or project, only these mean something. */
const placed = ['keys.read', 'keys.write', 'usage.read', 'requests.read'];

function isPlaced(permission: string): boolean {
  return placed.includes(permission.replace(/:own$/, ''));
}

/** Whether a role says anything within a team or project; there is no owner of one. */
export function isGrantable({ id, permissions }: Pick<Role, 'id' | 'permissions'>): boolean {
  return id !== 'owner' && permissions.some(isPlaced);
}

/** Of a role that is granted somewhere, what it holds there must be the giver's. */
export function mayGrant(role: Pick<Role, 'id' | 'permissions'>, me: Ranked): boolean {
  return (
    isGrantable(role) && role.permissions.every((permission) => !isPlaced(permission) || holds(me.held, permission))
  );
}
