import { describe, expect, test } from 'vitest';
import { builtInRoles, type Given, type RolePermission, reachOf } from '../base/permissions.ts';
import { type KeyPlace, type KeyScope, mayCreate, mayEnable, narrowingOf, sightOf } from './scope.ts';

const me = 'acc_me';
const mine: KeyPlace = { accountId: me, projectId: null };
const hers: KeyPlace = { accountId: 'acc_her', projectId: null };
const ofP: KeyPlace = { accountId: null, projectId: 'prj_p' };
const ofQ: KeyPlace = { accountId: null, projectId: 'prj_q' };
const common: KeyPlace = { accountId: null, projectId: null };
const mineInP: KeyPlace = { accountId: me, projectId: 'prj_p' };
const mineInQ: KeyPlace = { accountId: me, projectId: 'prj_q' };
const hersInP: KeyPlace = { accountId: 'acc_her', projectId: 'prj_p' };

function scope(given: Given): KeyScope {
  return { organizationId: 'org_a', member: { accountId: me, reach: reachOf(given) } };
}

function inP(organization: readonly RolePermission[], permissions: readonly RolePermission[]): KeyScope {
  return scope({ organization, projects: [{ projectId: 'prj_p', permissions }] });
}

const people = {
  staff: { organizationId: null, member: null },
  owner: scope({ organization: builtInRoles.owner, projects: [] }),
  admin: scope({ organization: builtInRoles.admin, projects: [] }),
  billing: scope({ organization: builtInRoles.billing, projects: [] }),
  viewer: scope({ organization: builtInRoles.viewer, projects: [] }),
  developer: scope({ organization: builtInRoles.developer, projects: [] }),
  // Manages the project's keys, and has their own by role.
  manager: inP(builtInRoles.developer, ['keys.read', 'keys.write']),
  // Let into the project to book to it.
  grantee: inP(builtInRoles.developer, builtInRoles.developer),
  watcher: inP([], ['keys.read']),
  nobody: scope({ organization: ['organization.read'], projects: [] }),
} satisfies Record<string, KeyScope>;

const places = { mine, hers, ofP, ofQ, common, mineInP, mineInQ, hersInP };
type Person = keyof typeof people;

/** One letter for each of `places`. */
function letters(of: (place: KeyPlace) => string): string {
  return Object.values(places).map(of).join('');
}

describe('what is seen (s), may be changed (w), or is hidden (-)', () => {
  test.each<[Person, string]>([
    ['staff', 'wwwwwwww'],
    ['owner', 'wwwwwwww'],
    ['admin', 'wwwwwwww'],
    ['billing', 'ssssssss'],
    ['viewer', 'ssssssss'],
    ['developer', 'w----ww-'],
    ['manager', 'w-w--www'],
    ['grantee', 'w----ww-'],
    ['watcher', '--s--s-s'],
    ['nobody', '--------'],
  ])('%s: %s', (who, expected) => {
    const shown = { hidden: '-', shown: 's', writable: 'w' };
    expect(letters((place) => shown[sightOf(people[who], place)])).toBe(expected);
  });
});

describe('what may be made (y), not (-), or in a project that is not theirs to know (?)', () => {
  test.each<[Person, string]>([
    ['staff', 'yyyyyyyy'],
    ['owner', 'yyyyyyyy'],
    ['admin', 'yyyyyyyy'],
    ['billing', '--------'],
    ['viewer', '--------'],
    ['developer', 'y-??-???'],
    ['manager', 'y-y?-y?y'],
    ['grantee', 'y--?-y?-'],
    ['watcher', '--------'],
    ['nobody', '--------'],
  ])('%s: %s', (who, expected) => {
    const shown = { yes: 'y', not_allowed: '-', project_hidden: '?' };
    expect(letters((place) => shown[mayCreate(people[who], place)])).toBe(expected);
  });
});

describe('what may be enabled again', () => {
  const bySelf = { by: 'member', accountId: me } as const;
  const byOther = { by: 'member', accountId: 'acc_boss' } as const;
  const bySystem = { by: 'system', accountId: null } as const;
  const byStaff = { by: 'staff', accountId: 'acc_support' } as const;
  test.each([
    ['developer', mine, null, 'yes'],
    ['developer', mine, bySelf, 'yes'],
    ['developer', mine, byOther, 'by_other'],
    ['developer', mine, bySystem, 'by_other'],
    ['developer', mine, byStaff, 'by_staff'],
    ['manager', ofP, byOther, 'yes'],
    ['manager', mineInP, byOther, 'yes'],
    ['manager', mine, byOther, 'by_other'],
    ['admin', hers, byOther, 'yes'],
    ['admin', hers, bySystem, 'yes'],
    ['owner', mine, byStaff, 'by_staff'],
    ['staff', mine, byStaff, 'yes'],
  ] as const)('%s %j disabled by %j: %s', (who, place, disabled, expected) => {
    expect(mayEnable(people[who], place, disabled)).toBe(expected);
  });
});

describe('what a list is narrowed to', () => {
  test.each([
    ['staff', null],
    ['admin', null],
    ['viewer', null],
    ['developer', { projectIds: [], accountId: me }],
    ['manager', { projectIds: ['prj_p'], accountId: me }],
    ['watcher', { projectIds: ['prj_p'], accountId: null }],
    ['nobody', { projectIds: [], accountId: null }],
  ] as const)('%s: %j', (who, expected) => {
    expect(narrowingOf(people[who])).toEqual(expected);
  });
});
