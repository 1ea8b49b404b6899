import { expect, test } from 'vitest';
import * as base from '../../../../src/base/permissions.ts';
import { permissionsOf, staffPermissions, staffRoles } from './roles.ts';

test('the matrix shows what the roles are', () => {
  expect([...staffRoles].sort()).toEqual(Object.keys(base.staffRoles).sort());
  expect([...staffPermissions].sort()).toEqual(Object.keys(base.staffPermissions).sort());
  for (const role of staffRoles)
    expect([...permissionsOf[role]].sort(), role).toEqual([...base.staffRoles[role]].sort());
});
