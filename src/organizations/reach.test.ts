import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personOf } from '../http/testing.ts';
import { type OrganizationsUnderTest, startOrganizations } from './testing.ts';

let under: OrganizationsUnderTest;
let acme: string;

beforeAll(async () => {
  under = await startOrganizations();
  acme = await under.shared('Acme', 'acc_owner', {
    acc_dev: ['developer'],
    acc_own: ['rol_deploy', 'rol_gone'],
    acc_nothing: [],
    acc_granted: [],
    acc_off: ['admin'],
  });
  const { pool } = under;
  await pool.query(`insert into roles (organization_id, id, name, permissions)
    values ('${acme}', 'rol_deploy', 'Deploy', '{organization.read,keys.write,of.tomorrow}')`);
  await pool.query(`insert into teams (organization_id, id, name) values ('${acme}', 'tea_a', 'A')`);
  await pool.query(`insert into projects (organization_id, id, name, team_id)
    values ('${acme}', 'prj_1', 'One', 'tea_a'), ('${acme}', 'prj_2', 'Two', 'tea_a'), ('${acme}', 'prj_3', 'Three', null)`);
  await pool.query(`insert into grants (organization_id, id, account_id, place, place_id, role)
    values ('${acme}', 'gra_1', 'acc_granted', 'team', 'tea_a', 'viewer'),
           ('${acme}', 'gra_2', 'acc_granted', 'project', 'prj_3', 'rol_deploy')`);
  await pool.query(`insert into team_members values ('${acme}', 'tea_a', 'acc_dev')`);
  await pool.query(`update members set state = 'disabled' where account_id = 'acc_off'`);
});
afterAll(() => under.close());

async function reach(accountId: string, organizationId = acme, parts = {}) {
  const found = await under.organizations.reach(personOf(accountId, parts), organizationId);
  if (found === null) return null;
  return Object.fromEntries(
    [...found].map(([name, { all, projects, own }]) => [
      name,
      all ? 'all' : [...projects].sort().join() + (own ? ' own' : ''),
    ]),
  );
}

describe('reach', () => {
  test('of roles, the organization’s own ones included; a role that is gone gives nothing', async () => {
    expect(await reach('acc_owner')).toMatchObject({ 'billing.write': 'all', 'members.write': 'all' });
    expect(await reach('acc_own')).toEqual({ 'organization.read': 'all', 'keys.write': 'all' });
    expect(await reach('acc_nothing')).toEqual({});
  });

  test('of grants and teams', async () => {
    expect(await reach('acc_granted')).toEqual({
      'organization.read': 'prj_1,prj_2,prj_3',
      'keys.read': 'prj_1,prj_2',
      'usage.read': 'prj_1,prj_2',
      'requests.read': 'prj_1,prj_2',
      'keys.write': 'prj_3',
    });
    expect(await reach('acc_dev')).toEqual({
      'organization.read': 'all',
      'keys.read': ' own',
      'keys.write': ' own',
      'usage.read': ' own',
      'requests.read': ' own',
    });
  });

  test('is nothing for strangers, disabled members, and what is no organization', async () => {
    expect(await reach('acc_off')).toBeNull();
    expect(await reach('acc_stranger')).toBeNull();
    expect(await reach('acc_owner', 'org_ffffffffffffffffffffffff')).toBeNull();
    expect(await reach('acc_owner', `org_\0'--`)).toBeNull();
  });

  test('of a token is what the token was given', async () => {
    const token = { id: 'tok_1', permissions: new Set(['keys.read']), organizationId: null };
    expect(await reach('acc_owner', acme, { token })).toEqual({ 'keys.read': 'all' });
  });

  test('ends when the organization is suspended or deleted', async () => {
    const other = await under.shared('Other', 'acc_owner');
    for (const state of ['suspended', 'deleted']) {
      await under.pool.query('update organizations set state = $2 where id = $1', [other, state]);
      expect(await reach('acc_owner', other)).toBeNull();
      expect((await under.call('GET', other, 'acc_owner')).body.code).toBe('organization_not_found');
      const told = state === 'suspended' ? [{ id: other, name: 'Other' }] : [];
      expect(await under.organizations.suspendedOf('acc_owner')).toEqual(told);
      expect(await under.organizations.suspendedOf('acc_off')).toEqual([]);
    }
    const own = await under.organizations.organizationsOf('acc_owner');
    expect(own.map(({ name, roles }) => [name, roles])).toEqual([['Acme', ['owner']]]);
    expect(await under.organizations.organizationsOf('acc_off')).toEqual([]);
  });
});

test('an account begins with an organization of its own, first in the list', async () => {
  await under.account('acc_new');
  const id = await under.organizations.makePersonalOrganization(under.pool, { id: 'acc_new', name: ' Neu ' });
  await under.organizations.addOwner(under.pool, 'org_site', 'acc_new');
  await under.organizations.addOwner(under.pool, 'org_site', 'acc_new');
  const own = await under.organizations.organizationsOf('acc_new');
  expect(own.map(({ name, kind, roles }) => [name, kind, roles])).toEqual([
    ['Neu', 'personal', ['owner']],
    ['Site', 'shared', ['owner']],
  ]);
  expect(own[0]?.permissions).toContain('billing.write');
  expect((await under.call('GET', id, 'acc_new')).body).toMatchObject({ name: 'Neu', kind: 'personal', members: 1 });
});

test('the members of an organization, and what each may see of the others', async () => {
  const list = async (as: string, query = '') => (await under.call('GET', `${acme}/members${query}`, as)).body;
  const first = await list('acc_owner', '?limit=4');
  const second = await list('acc_owner', `?limit=4&cursor=${first.next_cursor}`);
  const ids = [...first.data, ...second.data].map((one: { account_id: string }) => one.account_id);
  expect(ids).toEqual(['acc_dev', 'acc_granted', 'acc_nothing', 'acc_off', 'acc_own', 'acc_owner']);
  expect(second.next_cursor).toBeNull();

  const key = await under.key(acme, { accountId: 'acc_dev' });
  await under.key(acme, { accountId: 'acc_owner' });
  await under.pool.query(`insert into usage_days (organization_id, day, key_id, project_id, group_id, model, actual_cost)
    values ('${acme}', '2026-11-21', '${key}', '', 'g', 'm', 7), ('${acme}', '2026-10-23', '${key}', '', 'g', 'm', 20),
           ('${acme}', '2026-10-22', '${key}', '', 'g', 'm', 100)`);
  expect((await list('acc_owner', '?search=DEV')).data).toEqual([
    expect.objectContaining({
      account_id: 'acc_dev',
      roles: ['developer'],
      teams: [{ id: 'tea_a', name: 'A' }],
      keys: 1,
      spend_30d_usd: '0.000000027',
      two_factor: false,
    }),
  ]);
  const seen = (await list('acc_dev')).data;
  expect(seen.map((one: { keys: number | null }) => one.keys)).toEqual([1, null, null, null, null, null]);
  expect((await list('acc_granted')).data).toMatchObject([{ account_id: 'acc_granted', grants: 2 }]);
  expect((await list('acc_owner', '?role=developer')).data).toHaveLength(1);
  expect((await list('acc_owner', '?team=tea_a&state=active')).data).toHaveLength(1);
  expect((await list('acc_owner', '?search=%25')).data).toEqual([]);
  expect((await under.call('GET', `${acme}/members`, 'acc_nothing')).status).toBe(403);
  expect((await under.call('GET', `${acme}/members`, 'acc_stranger')).status).toBe(404);
});

test('when a member was last active is noted, but not by staff with their eyes', async () => {
  const lastActive = async () =>
    (await under.call('GET', `${acme}/members/acc_own`, 'acc_owner')).body.last_active_at as string | null;
  await under.organizations.reach(personOf('acc_own', { actor: { accountId: 'acc_s', email: 's@x' } }), acme);
  await under.pool.query(`update members set last_active_at = null where account_id = 'acc_own'`);
  under.clock.advance(11 * 60_000);
  await under.organizations.reach(personOf('acc_own', { actor: { accountId: 'acc_s', email: 's@x' } }), acme);
  expect(await lastActive()).toBeNull();
  await under.organizations.reach(personOf('acc_own'), acme);
  await expect.poll(lastActive).toBe(new Date(under.clock.now()).toISOString());
});
