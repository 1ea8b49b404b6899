import { expect, expectTypeOf, test } from 'vitest';
import { offeredPermissions, type PermissionGroup, permissionTable, type TokenPermission } from './permissions.ts';

test('everything that a token can have is offered somewhere, once', () => {
  type Offered = (typeof permissionTable)[PermissionGroup][number];
  expectTypeOf<Exclude<TokenPermission, Offered>>().toEqualTypeOf<never>();
  const names = Object.values(permissionTable).flat();
  expect(new Set(names).size).toBe(names.length);
});

test('nobody is offered what they do not hold', () => {
  const organizations = [
    { id: 'org_1', permissions: ['keys.read'] },
    { id: 'org_2', permissions: ['usage.read', 'keys.write'] },
  ];
  expect(offeredPermissions({ organizations, staff: null }, 'org_1')).toEqual([
    ['account', ['account.read']],
    ['keys', ['keys.read']],
  ]);
  expect(offeredPermissions({ organizations, staff: null }, null)).toEqual([
    ['account', ['account.read']],
    ['keys', ['keys.read', 'keys.write']],
    ['observe', ['usage.read']],
  ]);
  expect(offeredPermissions({ organizations: [], staff: { permissions: ['audit.read'] } }, null)).toEqual([
    ['account', ['account.read']],
    ['staff', ['staff:audit.read']],
  ]);
});
