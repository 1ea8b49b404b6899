import { expect, test } from 'vitest';
import type { Role } from '../../api/schema.ts';
import { holds, isGrantable, mayGive, mayGrant, mayManage, rankedBy } from './rank.ts';

const role = (id: string, permissions: string[]): Role => ({
  id,
  name: id,
  built_in: false,
  note: '',
  permissions,
  members: 0,
  grants: 0,
  invitations: 0,
});

const owner = role('owner', ['members.write', 'billing.write', 'keys.read', 'keys.write']);
const admin = role('admin', ['members.write', 'keys.read', 'keys.write']);
const developer = role('developer', ['keys.read:own', 'keys.write:own']);
const billing = role('billing', ['billing.write']);
const roles = [owner, admin, developer, billing];
const as = (...ids: string[]) => rankedBy(roles, ids);

test('what is held for all is held for one’s own', () => {
  const { held } = as('admin');
  expect(holds(held, 'keys.read:own')).toBe(true);
  expect(holds(as('developer').held, 'keys.read')).toBe(false);
  expect(holds(as('developer', 'gone').held, 'keys.read:own')).toBe(true);
});

test('nobody gives what they have not', () => {
  expect(mayGive(developer, as('admin'))).toBe(true);
  expect(mayGive(admin, as('developer'))).toBe(false);
  expect(mayGive(billing, as('admin'))).toBe(false);
  expect(mayGive(billing, as('admin', 'billing'))).toBe(true);
});

test('only owners make owners, whatever else somebody holds', () => {
  expect(mayGive(owner, as('admin', 'billing'))).toBe(false);
  expect(mayGive(owner, as('owner'))).toBe(true);
});

test('who manages members is touched by those only who may do as much', () => {
  expect(mayManage({ roles: ['developer'] }, as('admin'), roles)).toBe(true);
  expect(mayManage({ roles: ['billing'] }, as('admin'), roles)).toBe(true);
  expect(mayManage({ roles: ['admin', 'billing'] }, as('admin'), roles)).toBe(false);
  expect(mayManage({ roles: ['admin', 'developer'] }, as('admin'), roles)).toBe(true);
  expect(mayManage({ roles: ['owner'] }, as('admin', 'billing'), roles)).toBe(false);
  expect(mayManage({ roles: ['developer'] }, as('developer'), roles)).toBe(false);
});

test('a grant is for what a role holds about keys, usage and requests', () => {
  expect(isGrantable(developer)).toBe(true);
  expect(isGrantable(billing)).toBe(false);
  expect(isGrantable(owner)).toBe(false);
  expect(mayGrant(admin, as('admin'))).toBe(true);
  expect(mayGrant(role('mixed', ['billing.write', 'keys.read']), as('admin'))).toBe(true);
  expect(mayGrant(admin, as('developer'))).toBe(false);
});
