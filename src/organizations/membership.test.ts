import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { inTransaction } from '../db/index.ts';
import { type OrganizationsUnderTest, startOrganizations } from './testing.ts';

let under: OrganizationsUnderTest;
let acme: string;
let round = 0;

beforeAll(async () => {
  under = await startOrganizations();
});
afterAll(() => under.close());
beforeEach(async () => {
  acme = await under.shared(`Acme ${++round}`, `acc_owner${round}`, {
    acc_admin: ['admin'],
    acc_dev: ['developer'],
    acc_view: ['viewer'],
  });
});

const owner = () => `acc_owner${round}`;
const act = (as: string, path: string, body?: unknown, method = 'POST') =>
  under.call(method, `${acme}/members/${path}`, as, body);

async function keyRow(id: string) {
  const sql = 'select state, account_id, project_id, disabled_reason from keys where id = $1';
  return (await under.pool.query(sql, [id])).rows[0];
}

async function audit(action: string) {
  const sql = 'select subject_id, before, after from audit_log where organization_id = $1 and action = $2 order by at';
  return (await under.pool.query(sql, [acme, action])).rows;
}

async function told(accountId: string) {
  const sql = `select kind, facts from notifications where account_id = $1 and organization_id = $2`;
  return (await under.pool.query(sql, [accountId, acme])).rows;
}

describe('roles', () => {
  test('are changed, written down, and told to whom they concern', async () => {
    const reply = await act('acc_admin', 'acc_dev', { roles: ['developer', 'viewer', 'viewer'] }, 'PATCH');
    expect(reply).toMatchObject({ status: 200, body: { roles: ['developer', 'viewer'] } });
    expect(await audit('member.roles_changed')).toEqual([
      { subject_id: 'acc_dev', before: { roles: ['developer'] }, after: { roles: ['developer', 'viewer'] } },
    ]);
    expect(await told('acc_dev')).toMatchObject([{ kind: 'role-changed', facts: { roles: ['developer', 'viewer'] } }]);
    await act('acc_admin', 'acc_dev', { roles: ['viewer', 'developer'] }, 'PATCH');
    expect(await audit('member.roles_changed')).toHaveLength(1);
  });

  test.each([
    ['acc_admin', 'acc_view', ['owner'], 403, 'owner_needed'],
    ['acc_admin', 'acc_view', ['billing'], 403, 'role_above_you'],
    ['acc_admin', 'acc_admin', ['admin', 'billing'], 403, 'own_roles_upward'],
    ['acc_admin', 'acc_view', ['rol_of_others'], 404, 'role_not_found'],
    ['acc_admin', 'acc_stranger', ['viewer'], 404, 'member_not_found'],
    ['acc_dev', 'acc_view', ['viewer'], 403, 'permission_missing'],
    ['acc_stranger', 'acc_view', ['viewer'], 404, 'organization_not_found'],
  ])('%s → %s %j: %i %s', async (as, to, roles, status, code) => {
    expect(await act(as, to, { roles }, 'PATCH')).toMatchObject({ status, body: { code } });
  });

  test('an owner makes another, and can step down then', async () => {
    expect((await act(owner(), owner(), { roles: ['admin'] }, 'PATCH')).body.code).toBe('last_owner');
    expect((await act(owner(), 'acc_admin', { roles: ['owner'] }, 'PATCH')).status).toBe(200);
    expect((await act(owner(), owner(), { roles: ['admin'] }, 'PATCH')).status).toBe(200);
    expect((await act(owner(), 'acc_admin', { roles: [] }, 'PATCH')).body.code).toBe('owner_needed');
  });
});

describe('a disabled member', () => {
  test('may do nothing, keeps their keys or has them stopped, and comes back', async () => {
    const key = await under.key(acme, { accountId: 'acc_dev' });
    expect((await act('acc_admin', 'acc_dev/disable', { keys: 'keep' })).body.state).toBe('disabled');
    expect(await keyRow(key)).toMatchObject({ state: 'enabled' });
    expect((await under.call('GET', acme, 'acc_dev')).body.code).toBe('organization_not_found');
    await act('acc_admin', 'acc_dev/disable', { keys: 'disable' });
    expect(await keyRow(key)).toMatchObject({ state: 'disabled', disabled_reason: 'The membership was disabled' });
    expect((await act('acc_admin', 'acc_dev/enable')).body.state).toBe('active');
    expect(await keyRow(key)).toMatchObject({ state: 'disabled' });
    expect((await told('acc_dev')).map(({ kind }) => kind)).toEqual([
      'member-disabled',
      'member-disabled',
      'member-enabled',
    ]);
    expect(await audit('member.enabled')).toHaveLength(1);
  });

  test('does not count as an owner', async () => {
    await act(owner(), 'acc_admin', { roles: ['owner'] }, 'PATCH');
    await act(owner(), 'acc_admin/disable', { keys: 'keep' });
    expect((await under.call('POST', `/control/v1/memberships/${acme}/leave`, owner())).body.code).toBe('last_owner');
    await act(owner(), 'acc_admin/enable');
    await under.pool.query(`update accounts set state = 'disabled' where id = 'acc_admin'`);
    expect((await under.call('POST', `/control/v1/memberships/${acme}/leave`, owner())).body.code).toBe('last_owner');
    await under.pool.query(`update accounts set state = 'active' where id = 'acc_admin'`);
    expect((await under.call('POST', `/control/v1/memberships/${acme}/leave`, owner())).status).toBe(204);
  });
});

describe('a removed member', () => {
  test('leaves no working key behind, or hands them over', async () => {
    const project = (await under.call('POST', `${acme}/projects`, owner(), { name: 'Backend' })).body.id;
    const booked = await under.key(acme, { accountId: 'acc_dev', projectId: project });
    const elsewhere = await under.key(acme, { accountId: 'acc_view' });
    const handOver = { keys: { action: 'hand_over', account: 'acc_admin' } };
    expect((await act('acc_admin', 'acc_dev/remove', handOver)).body).toEqual({ keys: 1 });
    expect(await keyRow(booked)).toMatchObject({ state: 'enabled', account_id: 'acc_admin', project_id: project });
    expect(await act('acc_admin', 'acc_view/remove', { keys: { action: 'disable' } })).toMatchObject({ status: 200 });
    expect(await keyRow(elsewhere)).toMatchObject({ state: 'disabled', account_id: 'acc_view' });
    const mine = await under.key(acme, { accountId: 'acc_admin' });
    await act(owner(), 'acc_admin/remove', { keys: { action: 'hand_over', project } });
    expect(await keyRow(mine)).toMatchObject({ account_id: null, project_id: project, state: 'enabled' });
    expect(await audit('key.handed_over')).toHaveLength(3);
    expect(await told('acc_dev')).toMatchObject([{ kind: 'member-removed' }]);
    expect((await under.call('GET', acme, 'acc_dev')).status).toBe(404);
  });

  test('hands keys over only to where they may go', async () => {
    const other = await under.shared('Elsewhere', 'acc_else');
    const theirs = (await under.call('POST', `${other}/projects`, 'acc_else', { name: 'Theirs' })).body.id;
    const mine = (await under.call('POST', `${acme}/projects`, owner(), { name: 'Old' })).body.id;
    await under.call('POST', `${acme}/projects/${mine}/archive`, owner());
    const tries: [unknown, string][] = [
      [{ action: 'hand_over', project: theirs }, 'project_not_found'],
      [{ action: 'hand_over', project: mine }, 'project_archived'],
      [{ action: 'hand_over', account: 'acc_else' }, 'member_not_found'],
      [{ action: 'hand_over', account: 'acc_dev' }, 'member_not_found'],
      [{ action: 'hand_over', account: 'acc_admin', project: mine }, 'input_invalid'],
      [{ action: 'keep' }, 'input_invalid'],
    ];
    for (const [keys, code] of tries) expect((await act(owner(), 'acc_dev/remove', { keys })).body.code).toBe(code);
    await under.pool.query(`insert into roles (organization_id, id, name, permissions)
      values ('${acme}', 'rol_hr', 'HR', '{organization.read,members.write}')`);
    await act(owner(), 'acc_view', { roles: ['rol_hr'] }, 'PATCH');
    const grab = { keys: { action: 'hand_over', account: 'acc_view' } };
    expect((await act('acc_view', 'acc_dev/remove', grab)).body.code).toBe('permission_missing');
    expect((await act('acc_view', 'acc_admin/remove', grab)).body.code).toBe('member_above_you');
    expect((await act('acc_view', 'acc_dev')).status).toBe(405);
  });
});

describe('leaving', () => {
  const leave = (as: string, organization = acme) =>
    under.call('POST', `/control/v1/memberships/${organization}/leave`, as);

  test('ends the membership and stops the keys', async () => {
    const key = await under.key(acme, { accountId: 'acc_dev' });
    expect((await leave('acc_dev')).status).toBe(204);
    expect(await keyRow(key)).toMatchObject({ state: 'disabled', disabled_reason: 'The member has left' });
    expect((await leave('acc_dev')).body.code).toBe('organization_not_found');
    expect((await leave('acc_stranger')).body.code).toBe('organization_not_found');
    expect(await audit('member.left')).toHaveLength(1);
  });

  test('is open to the disabled and to those without a role', async () => {
    await act(owner(), 'acc_dev/disable', { keys: 'keep' });
    expect((await leave('acc_dev')).status).toBe(204);
    await act(owner(), 'acc_view', { roles: [] }, 'PATCH');
    expect((await leave('acc_view')).status).toBe(204);
  });

  test('of two last owners at once, one stays', async () => {
    await act(owner(), 'acc_admin', { roles: ['owner'] }, 'PATCH');
    const replies = await Promise.all([leave(owner()), leave('acc_admin')]);
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 409]);
    const { rows } = await under.pool.query(
      `select account_id from members where organization_id = $1 and 'owner' = any(roles)`,
      [acme],
    );
    expect(rows).toHaveLength(1);
  });

  test('owners who unmake each other at once do not both succeed', async () => {
    await act(owner(), 'acc_admin', { roles: ['owner'] }, 'PATCH');
    const replies = await Promise.all([
      act(owner(), 'acc_admin', { roles: [] }, 'PATCH'),
      act('acc_admin', owner(), { roles: [] }, 'PATCH'),
    ]);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('the organization itself', () => {
  test('is renamed, and deleted by an owner who typed its name', async () => {
    const name = `New ${round}`;
    expect((await under.call('PATCH', acme, 'acc_admin', { name: '  ' })).body.errors[0].field).toBe('body.name');
    expect((await under.call('PATCH', acme, 'acc_admin', { name: 'a\u202eb' })).status).toBe(400);
    expect((await under.call('PATCH', acme, 'acc_admin', { name: ` ${name} ` })).body).toMatchObject({
      name,
      members: 4,
    });
    expect((await under.call('PATCH', acme, 'acc_dev', { name: 'Mine' })).body.code).toBe('permission_missing');
    const key = await under.key(acme);
    expect((await under.call('DELETE', acme, 'acc_admin', { name })).body.code).toBe('owner_needed');
    expect((await under.call('DELETE', acme, owner(), { name: 'Acme' })).body.code).toBe('organization_name_differs');
    expect((await under.call('DELETE', acme, owner(), { name })).status).toBe(204);
    expect(await keyRow(key)).toMatchObject({ state: 'deleted' });
    expect((await under.call('GET', acme, owner())).status).toBe(404);
    expect(await audit('organization.deleted')).toHaveLength(1);
    expect(await audit('key.deleted')).toHaveLength(1);
  });

  test('a personal one and the site’s own stay', async () => {
    await under.account('acc_p');
    const personal = await under.organizations.makePersonalOrganization(under.pool, { id: 'acc_p', name: 'P' });
    await under.organizations.addOwner(under.pool, 'org_site', 'acc_p');
    const end = async (id: string, name: string) => (await under.call('DELETE', id, 'acc_p', { name })).body.code;
    expect(await end(personal, 'P')).toBe('organization_personal');
    expect(await end('org_site', 'Site')).toBe('organization_permanent');
    const invited = await under.call('POST', `${personal}/invitations`, 'acc_p', { emails: ['a@b.c'], roles: [] });
    expect(invited.body.code).toBe('organization_personal');
  });

  test('one account owns twenty at most', async () => {
    await under.account('acc_many');
    const make = () => under.call('POST', '/control/v1/organizations', 'acc_many', { name: 'One of many' });
    await under.pool.query(
      `with made as (insert into organizations (id, name) select 'org_many' || n, 'M' from generate_series(1, 19) n
         returning id) insert into members (organization_id, account_id, roles) select id, 'acc_many', '{owner}' from made`,
    );
    const replies = await Promise.all([make(), make()]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await make()).body.code).toBe('limit_reached');
  });
});

test('an account that is deleted ends its own organization and stops its keys elsewhere', async () => {
  await under.account('acc_bye');
  const personal = await under.organizations.makePersonalOrganization(under.pool, { id: 'acc_bye', name: 'Bye' });
  await under.pool.query(`insert into members values ($1, 'acc_bye', '{owner}')`, [acme]);
  const kept = await under.key(personal, { accountId: 'acc_bye' });
  const stopped = await under.key(acme, { accountId: 'acc_bye' });
  const release = (id: string) =>
    inTransaction(under.pool, (client) => under.organizations.releaseAccount(client, id, systemActor));
  // The two would go at once: one of them must stay.
  const gone = await Promise.allSettled([release(owner()), release('acc_bye')]);
  expect(gone.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(gone.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'account_owns_organizations' },
  });
  await under.organizations.addOwner(under.pool, acme, 'acc_admin');
  await release('acc_bye');
  expect([await keyRow(kept), await keyRow(stopped)]).toMatchObject([{ state: 'deleted' }, { state: 'disabled' }]);
  expect(await under.organizations.organizationsOf('acc_bye')).toEqual([]);
});

test('an account has belongings once there is more than its empty personal organization', async () => {
  const has = (id: string) => inTransaction(under.pool, (client) => under.organizations.hasBelongings(client, id));
  const id = await under.account('acc_empty');
  expect(await has(id)).toBe(false);
  const personal = await under.organizations.makePersonalOrganization(under.pool, { id, name: 'Empty' });
  expect(await has(id)).toBe(false);
  const key = await under.key(personal);
  expect(await has(id)).toBe(true);
  await under.pool.query('delete from keys where id = $1', [key]);
  expect(await has(id)).toBe(false);
  await under.shared('With others', 'acc_someone', { [id]: [] });
  expect(await has(id)).toBe(true);
});
