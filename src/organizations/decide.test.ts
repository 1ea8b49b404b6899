import { describe, expect, test } from 'vitest';
import { builtInRoles, type RolePermission, reachOf } from '../base/permissions.ts';
import { decideMembership, decideRoom, type MembershipAct, type MembershipFacts, type Party } from './decide.ts';
import { tidyPermissions } from './given.ts';
import { refusalOfGrant } from './grants.ts';

const own: Readonly<Record<string, readonly RolePermission[]>> = {
  rol_inviter: ['organization.read', 'members.write'],
  rol_helper: ['organization.read', 'keys.read:own'],
};
const permissionsOf = (role: string) => builtInRoles[role as keyof typeof builtInRoles] ?? own[role] ?? null;

function party(accountId: string, roles: readonly string[], state: Party['state'] = 'active'): Party {
  const organization = roles.flatMap((role) => permissionsOf(role) ?? []);
  return { accountId, roles, state, reach: reachOf({ organization, projects: [] }) };
}

function facts(actor: readonly string[], target: Party | null, parts: Partial<MembershipFacts> = {}): MembershipFacts {
  return {
    organizationKind: 'shared',
    actor: party('me', actor),
    target,
    otherActiveOwners: 1,
    permissionsOf,
    nameOf: (role) => role,
    ...parts,
  };
}

const other = (...roles: string[]) => party('other', roles);
const self = (...roles: string[]) => party('me', roles);
const invite = (...roles: string[]): MembershipAct => ({ kind: 'invite', roles });
const become = (...roles: string[]): MembershipAct => ({ kind: 'change_roles', roles });
const remove: MembershipAct = { kind: 'remove' };
const disable: MembershipAct = { kind: 'disable' };
const enable: MembershipAct = { kind: 'enable' };

const cases: [who: string, act: MembershipAct, to: Party | null, verdict: string | null][] = [
  // Nobody gives what they have not.
  ['owner', invite('owner', 'billing'), null, null],
  ['admin', invite('admin', 'developer', 'viewer'), null, null],
  ['admin', invite(), null, null],
  ['admin', invite('billing'), null, 'role_above_you'],
  ['admin', invite('owner'), null, 'owner_needed'],
  ['rol_inviter', invite('rol_inviter'), null, null],
  ['rol_inviter', invite('viewer'), null, 'role_above_you'],
  ['rol_inviter', invite('rol_helper'), null, 'role_above_you'],
  ['admin', invite('rol_gone'), null, 'role_not_found'],
  // A role that stays is no gift; one that goes is none either.
  ['admin', become('billing', 'viewer'), other('billing'), null],
  ['admin', become('viewer'), other('billing'), null],
  ['admin', become('rol_gone'), other('rol_gone'), null],
  ['rol_inviter', become('admin'), other('developer'), 'role_above_you'],
  // Owners are made, unmade and touched by owners.
  ['owner', become('owner'), other('admin'), null],
  ['owner', become('admin'), other('owner'), null],
  ['owner', remove, other('owner'), null],
  ['admin', become('owner', 'admin'), other('admin'), 'owner_needed'],
  ['admin', become('owner', 'viewer'), other('owner'), 'owner_needed'],
  ['admin', become(), other('owner'), 'owner_needed'],
  ['admin', remove, other('owner'), 'owner_needed'],
  ['admin', disable, other('owner'), 'owner_needed'],
  // Whoever manages members is touched by those who may do as much.
  ['admin', remove, other('admin'), null],
  ['admin', remove, other('billing'), null],
  ['admin', disable, other('rol_inviter'), null],
  ['rol_inviter', disable, other('admin'), 'member_above_you'],
  ['rol_inviter', enable, other('admin'), 'member_above_you'],
  ['rol_inviter', become('rol_inviter'), other('admin'), 'member_above_you'],
  ['rol_inviter', remove, other('developer'), null],
  // Oneself.
  ['admin', become('admin', 'billing'), self('admin'), 'own_roles_upward'],
  ['admin', become('owner'), self('admin'), 'own_roles_upward'],
  ['admin', become('admin', 'viewer'), self('admin'), null],
  ['admin', become('viewer'), self('admin'), null],
  ['admin', disable, self('admin'), 'own_membership'],
  ['owner', remove, self('owner'), 'own_membership'],
  ['developer', { kind: 'leave' }, self('developer'), null],
  ['owner', { kind: 'leave' }, self('owner'), null],
];

test.each(cases)('%s: %j → %j', (who, act, to, verdict) => {
  expect(decideMembership(act, facts([who], to))?.code ?? null).toBe(verdict);
});

describe('the last active owner', () => {
  const alone = { otherActiveOwners: 0 };
  test.each<[MembershipAct, Party, string | null]>([
    [{ kind: 'leave' }, self('owner'), 'last_owner'],
    [become('admin'), self('owner'), 'last_owner'],
    [become('owner', 'admin'), self('owner'), null],
    [remove, party('other', ['owner'], 'disabled'), null],
    [become('viewer'), party('other', ['owner'], 'disabled'), null],
    [remove, other('admin'), null],
  ])('%j', (act, to, verdict) => {
    expect(decideMembership(act, facts(['owner'], to, alone))?.code ?? null).toBe(verdict);
  });
});

test.each<MembershipAct>([invite('viewer'), become('viewer'), { kind: 'leave' }, remove])(
  'a personal organization has one member: %j',
  (act) => {
    const personal = facts(['owner'], act.kind === 'invite' ? null : self('owner'), { organizationKind: 'personal' });
    expect(decideMembership(act, personal)?.code).toBe('organization_personal');
  },
);

test('a token gives no more than it holds, whoever it belongs to', () => {
  const actor = {
    ...party('me', ['owner']),
    reach: reachOf({ organization: builtInRoles.owner, projects: [] }, new Set(['members.write'])),
  };
  expect(decideMembership(invite('viewer'), facts([], null, { actor }))?.code).toBe('role_above_you');
  expect(decideMembership(invite('owner'), facts([], null, { actor }))?.code).toBe('role_above_you');
  expect(decideMembership(remove, facts([], other('admin'), { actor }))?.code).toBe('member_above_you');
});

test('a refusal says what is missing, and a limit which one it is', () => {
  expect(decideMembership(invite('billing'), facts(['admin'], null))?.message).toBe(
    'The role billing holds what you have not: billing.write. Ask somebody who has it.',
  );
  expect(decideRoom('organizationTeams', 199)).toBeNull();
  expect(decideRoom('organizationTeams', 200)).toEqual({
    code: 'limit_reached',
    message: 'An organization has at most 200 teams, and there are 200.',
  });
  expect(decideRoom('openInvitations', 90, 11)?.code).toBe('limit_reached');
});

test('a grant gives what its giver has there, and only that counts of a role', () => {
  const reach = reachOf({
    organization: ['organization.read', 'teams.write', 'usage.read'],
    projects: [{ projectId: 'prj_1', permissions: ['keys.read', 'requests.read'] }],
  });
  const verdict = (role: keyof typeof builtInRoles, at: string | null) =>
    refusalOfGrant(builtInRoles[role], reach, at, 'It')?.message ?? null;
  expect(verdict('viewer', 'prj_1')).toBeNull();
  expect(verdict('viewer', 'prj_2')).toContain('keys.read, requests.read');
  expect(verdict('viewer', null)).toContain('keys.read, requests.read');
  expect(verdict('admin', 'prj_1')).toContain('keys.write');
});

test('a role holds each permission once, the wide one before the narrow one', () => {
  expect(tidyPermissions(['keys.write:own', 'usage.read', 'keys.read', 'keys.read:own', 'usage.read'])).toEqual([
    'organization.read',
    'keys.read',
    'keys.write:own',
    'usage.read',
  ]);
});
