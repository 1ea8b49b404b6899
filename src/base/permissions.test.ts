import { expect, test } from 'vitest';
import { builtInRoles, organizationPermissions, reaches, reachOf, staffRoles } from './permissions.ts';

test('an owner reaches everything, a viewer writes nothing', () => {
  const owner = reachOf({ organization: builtInRoles.owner, projects: [] });
  expect([...owner.keys()].sort()).toEqual(Object.keys(organizationPermissions).sort());
  const viewer = reachOf({ organization: builtInRoles.viewer, projects: [] });
  expect([...viewer.keys()].filter((name) => name.endsWith('.write'))).toEqual([]);
});

test('a developer reaches what is their own, and projects that they were granted', () => {
  const reach = reachOf({
    organization: builtInRoles.developer,
    projects: [{ projectId: 'prj_a', permissions: ['keys.read', 'usage.read', 'members.write'] }],
  });
  const keys = reach.get('keys.read');
  expect(reaches(keys, { projectId: null, accountId: 'me' }, 'me')).toBe(true);
  expect(reaches(keys, { projectId: 'prj_a', accountId: 'other' }, 'me')).toBe(true);
  expect(reaches(keys, { projectId: 'prj_b', accountId: 'other' }, 'me')).toBe(false);
  expect(reaches(keys, { projectId: null, accountId: null }, 'me')).toBe(false);
  // A grant on a project gives nothing that is not of a project.
  expect(reach.has('members.write')).toBe(false);
  expect(reaches(reach.get('keys.write'), { projectId: 'prj_a', accountId: 'other' }, 'me')).toBe(false);
});

test('a token takes away and never adds', () => {
  const reach = reachOf({ organization: builtInRoles.viewer, projects: [] }, new Set(['usage.read', 'keys.write']));
  expect([...reach.keys()]).toEqual(['usage.read']);
});

test('read-only staff hold reading permissions only', () => {
  expect(staffRoles['read-only'].every((name) => name.endsWith('.read'))).toBe(true);
  expect(staffRoles.admin).toContain('staff.write');
});
