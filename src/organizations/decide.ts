import { limits } from '../base/limits.ts';
import type { Reach, RolePermission } from '../base/permissions.ts';
import { missing } from './given.ts';
import type { OrganizationProblem } from './problems.ts';

/** What is to be done with a membership. */
export type MembershipAct =
  | { readonly kind: 'invite' | 'change_roles'; readonly roles: readonly string[] }
  | { readonly kind: 'disable' | 'enable' | 'remove' | 'leave' };

/** A member as the rules see one. */
export interface Party {
  readonly accountId: string;
  readonly roles: readonly string[];
  readonly state: 'active' | 'disabled';
  readonly reach: Reach;
}

export interface MembershipFacts {
  readonly organizationKind: 'personal' | 'shared';
  /** Who does it. */
  readonly actor: Party;
  /** To whom; null for an invitation. */
  readonly target: Party | null;
  /** Active owners beside the target. */
  readonly otherActiveOwners: number;
  /** Null for a role that there is not. */
  readonly permissionsOf: (role: string) => readonly RolePermission[] | null;
  readonly nameOf: (role: string) => string;
}

export interface Refusal {
  readonly code: OrganizationProblem;
  /** What to do about it. */
  readonly message: string;
}

/**
 * Who may do what to whom. Pure; that the actor may manage members at all was seen to before.
 *
 * Nobody gives what they have not; only owners make, unmake and touch owners; whoever manages members is touched only by
 * those who may do as much; and the last active owner stays.
 *
 * @returns null when it may be done
 */
export function decideMembership(act: MembershipAct, facts: MembershipFacts): Refusal | null {
  if (facts.organizationKind === 'personal') {
    return refuse(
      'organization_personal',
      'A personal organization is for one person. Make a shared organization to work with others.',
    );
  }
  return refusalByRank(act, facts) ?? refusalOfGift(act, facts) ?? refusalOfLastOwner(act, facts);
}

function refusalByRank(act: MembershipAct, { actor, target }: MembershipFacts): Refusal | null {
  if (target === null || act.kind === 'leave') return null;
  if (target.accountId === actor.accountId) {
    if (act.kind === 'change_roles') return null;
    return refuse(
      'own_membership',
      'This is your own membership. Leave the organization, or ask another administrator.',
    );
  }
  if (isOwner(target) && !isOwner(actor)) return refuse('owner_needed', 'Only an owner may do this to an owner.');
  if (!target.reach.get('members.write')?.all) return null;
  const above = [...target.reach].find(([name, { all }]) => all && !actor.reach.get(name)?.all);
  if (above === undefined) return null;
  return refuse(
    'member_above_you',
    `This member manages members and may do more than you (${above[0]}). Ask an owner to do it.`,
  );
}

/** What is given is what was not had before: a role that stays is no gift. */
function refusalOfGift(act: MembershipAct, facts: MembershipFacts): Refusal | null {
  if (act.kind !== 'invite' && act.kind !== 'change_roles') return null;
  const { actor, target, permissionsOf, nameOf } = facts;
  const had = target?.roles ?? [];
  if (had.includes('owner') && !act.roles.includes('owner') && !isOwner(actor)) {
    return refuse('owner_needed', 'Only an owner may take the role owner away.');
  }
  for (const role of act.roles.filter((each) => !had.includes(each))) {
    const permissions = permissionsOf(role);
    if (permissions === null) return refuse('role_not_found', 'There is no such role in this organization.');
    const refusal = refusalOfRole(role, permissions, actor, nameOf(role));
    if (refusal === null) continue;
    if (target?.accountId !== actor.accountId) return refusal;
    return refuse('own_roles_upward', 'Nobody raises their own roles. Ask an owner, or somebody who may do as much.');
  }
  return null;
}

/** Whether somebody may give a role. */
export function refusalOfRole(
  role: string,
  permissions: readonly RolePermission[],
  giver: Pick<Party, 'roles' | 'reach'>,
  name: string,
): Refusal | null {
  if (role === 'owner' && !giver.roles.includes('owner')) return refuse('owner_needed', 'Only an owner makes owners.');
  return refusalOfPermissions(permissions, giver.reach, `The role ${name}`);
}

/** Whether somebody has all that they are about to hand out, or to take a say in. `what` begins the sentence. */
export function refusalOfPermissions(
  permissions: readonly RolePermission[],
  reach: Reach,
  what: string,
): Refusal | null {
  const [first, ...others] = missing(reach, permissions);
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return refuse('role_above_you', `${what} holds what you have not: ${first}${more}. Ask somebody who has it.`);
}

function refusalOfLastOwner(act: MembershipAct, { target, otherActiveOwners }: MembershipFacts): Refusal | null {
  if (target === null || !isOwner(target) || target.state !== 'active' || otherActiveOwners > 0) return null;
  const stays = act.kind === 'enable' || (act.kind === 'change_roles' && act.roles.includes('owner'));
  if (stays) return null;
  return refuse(
    'last_owner',
    'An organization keeps one active owner. Make another member an owner first, or delete the organization.',
  );
}

const limitNouns = {
  organizationMembers: 'members',
  organizationTeams: 'teams',
  organizationProjects: 'projects',
  organizationRoles: 'roles of its own',
  organizationGrants: 'grants',
  openInvitations: 'open invitations',
} as const satisfies Partial<Record<keyof typeof limits, string>>;

/** Whether an organization takes more of something. */
export function decideRoom(name: keyof typeof limitNouns, count: number, adding = 1): Refusal | null {
  if (count + adding <= limits[name]) return null;
  const most = limits[name].toLocaleString('en');
  return refuse('limit_reached', `An organization has at most ${most} ${limitNouns[name]}, and there are ${count}.`);
}

function isOwner({ roles }: Pick<Party, 'roles'>): boolean {
  return roles.includes('owner');
}

function refuse(code: OrganizationProblem, message: string): Refusal {
  return { code, message };
}
