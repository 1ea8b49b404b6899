import { expect, test } from 'vitest';
import { extentIn, grouped, withExtent } from './permissions.ts';

const permission = (name: string) => ({ name, text: name, ownable: false });

test('permissions by what they are about; what is new stands apart', () => {
  const groups = grouped(
    ['organization.read', 'members.write', 'keys.read', 'roles.write', 'weather.read'].map(permission),
  );
  expect(groups.map(({ id, permissions }) => [id, permissions.map(({ name }) => name)])).toEqual([
    ['organization', ['organization.read']],
    ['people', ['members.write', 'roles.write']],
    ['keys', ['keys.read']],
    ['others', ['weather.read']],
  ]);
});

test('how far a permission goes, and a change of it', () => {
  const held = ['organization.read', 'keys.read', 'keys.write:own'];
  expect(['keys.read', 'keys.write', 'usage.read'].map((name) => extentIn(held, name))).toEqual(['all', 'own', 'none']);
  expect(withExtent(held, 'keys.read', 'own')).toEqual(['organization.read', 'keys.write:own', 'keys.read:own']);
  expect(withExtent(held, 'keys.write', 'all')).toEqual(['organization.read', 'keys.read', 'keys.write']);
  expect(withExtent(held, 'keys.write', 'none')).toEqual(['organization.read', 'keys.read']);
});
