import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testAdminToken } from '../http/testing.ts';
import { goodPassword, startTestSite, type TestSite } from './testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite({
    organizationsOf: async () => [{ id: 'org_0c', name: 'Own', kind: 'personal', permissions: [], roles: ['owner'] }],
  });
});
afterAll(() => site.close());

const admin = (method: string, path: string, body?: unknown) =>
  site.browser().call(method, path, body, { authorization: `Bearer ${testAdminToken}` });
const role = (email: string, name: string) => admin('POST', '/admin/v1/staff', { email, role: name });
const actions = async (email: string) => {
  const text = 'select action, actor_name, organization_id from audit_log where subject_name = $1 order by at';
  return (await site.pool.query<{ action: string; actor_name: string; organization_id: string }>(text, [email])).rows;
};

describe('the operator', () => {
  test('is made once, by one of many starts, and must change the password first', async () => {
    const fresh = await startTestSite();
    const owners: string[] = [];
    const options = {
      email: 'operator@lodge.localhost',
      locale: 'en' as const,
      addOwner: async (_client: unknown, accountId: string) => void owners.push(accountId),
    };
    const made = await Promise.all([1, 2, 3].map(() => fresh.identity.ensureOperator(options)));
    const [operator, ...others] = made.filter((each) => each !== null);
    expect(others).toEqual([]);
    expect(operator?.password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    expect(owners).toHaveLength(1);
    expect(await fresh.identity.ensureOperator(options)).toBeNull();

    const browser = fresh.browser();
    expect((await browser.call('POST', '/control/v1/sign-in', operator)).body).toEqual({ next: 'done' });
    expect((await browser.call('GET', '/control/v1/session')).body).toMatchObject({
      account: { must_change_password: true },
      staff: { role: 'admin' },
    });
    expect((await browser.call('GET', '/admin/v1/staff')).body.code).toBe('password_change_needed');
    const change = { password: operator?.password, new_password: goodPassword };
    expect((await browser.call('POST', '/control/v1/account/password', change)).status).toBe(204);
    expect((await browser.call('GET', '/admin/v1/staff')).body.data).toHaveLength(1);
    await fresh.close();
  });

  test('is not made of a customer’s account', async () => {
    const fresh = await startTestSite();
    await fresh.person('boss@example.test');
    const options = { email: 'boss@example.test', locale: 'en' as const, addOwner: async () => undefined };
    await expect(fresh.identity.ensureOperator(options)).rejects.toMatchObject({ code: 'operator_email_taken' });
    await fresh.close();
  });
});

test('roles are given, changed and taken; the last administrator stays', async () => {
  const { id, browser } = await site.person('one@example.test');
  expect((await role('nobody@example.test', 'support')).body.code).toBe('account_not_found');
  expect((await browser.call('GET', '/admin/v1/staff')).status).toBe(403);
  expect((await role('one@example.test', 'admin')).status).toBe(204);
  expect((await browser.call('GET', '/admin/v1/staff')).body.data).toMatchObject([{ role: 'admin' }]);
  const demote = () => browser.call('PATCH', `/admin/v1/staff/${id}`, { role: 'support' });
  expect((await demote()).body.code).toBe('last_admin');
  expect((await browser.call('DELETE', `/admin/v1/staff/${id}`)).body.code).toBe('last_admin');
  expect((await admin('POST', `/admin/v1/accounts/${id}/disable`, { reason: 'test' })).body.code).toBe('last_admin');
  const own = { email: 'one@example.test', password: goodPassword };
  expect((await browser.call('POST', '/control/v1/account/delete', own)).body.code).toBe('last_admin');

  const second = await site.person('two@example.test');
  await role('two@example.test', 'admin');
  // Both leave at the same time: one of them stays.
  const left = await Promise.all([demote(), second.browser.call('DELETE', `/admin/v1/staff/${second.id}`)]);
  expect(left.map(({ status }) => status).sort()).toEqual([204, 409]);
  expect((await actions('one@example.test')).map(({ action }) => action)).toContain('account.staff_role_changed');
});

test('disabling ends sessions at once; support cannot touch staff; reasons are kept', async () => {
  const customer = await site.person('customer@example.test');
  const support = await site.person('sales@example.test');
  await role('sales@example.test', 'sales');
  const boss = await site.person('boss@example.test');
  await role('boss@example.test', 'admin');
  const act = (id: string, verb: string, body: unknown) =>
    support.browser.call('POST', `/admin/v1/accounts/${id}/${verb}`, body);
  expect((await act(customer.id, 'disable', { reason: ' ' })).body.code).toBe('input_invalid');
  expect((await act(customer.id, 'disable', { reason: 'card fraud' })).status).toBe(204);
  expect((await customer.browser.call('GET', '/control/v1/session')).status).toBe(401);
  expect((await act(customer.id, 'enable', { reason: 'cleared up' })).status).toBe(204);
  expect((await act('acc_00', 'disable', { reason: 'card fraud' })).body.code).toBe('account_not_found');
  for (const [verb, body] of [
    ['disable', { reason: 'revenge' }],
    ['reset-password', {}],
  ] as const) {
    expect((await act(boss.id, verb, body)).body.code).toBe('permission_missing');
  }
  expect((await act(customer.id, 'reset-password', { one_time: true })).body.code).toBe('admin_token_needed');
  expect((await act(customer.id, 'reset-password', {})).body).toEqual({ password: null });
  expect(site.mails.at(-1)).toMatchObject({ kind: 'reset-password', to: 'customer@example.test' });
  const kept = (await actions('customer@example.test')).filter(({ action }) => /disabled|enabled/.test(action));
  expect(kept.map(({ action, actor_name }) => [action, actor_name])).toEqual([
    ['account.disabled', 'sales@example.test'],
    ['account.enabled', 'sales@example.test'],
  ]);
});

test('with the admin token a one-time password opens the account, and has to be changed', async () => {
  const { id } = await site.person('lost@example.test');
  const { body } = await admin('POST', `/admin/v1/accounts/${id}/reset-password`, { one_time: true });
  const browser = site.browser();
  const input = { email: 'lost@example.test', password: String(body.password) };
  expect((await browser.call('POST', '/control/v1/sign-in', input)).body).toEqual({ next: 'done' });
  expect((await browser.call('GET', '/control/v1/account/sessions')).body.code).toBe('password_change_needed');
});

describe('acting', () => {
  test('shows the customer’s account, changes nothing, and ends', async () => {
    const customer = await site.person('seen@example.test');
    const staff = await site.person('helper@example.test');
    await role('helper@example.test', 'support');
    const { browser } = staff;
    const act = (id: string) => browser.call('POST', `/admin/v1/accounts/${id}/act`, { reason: 'ticket 17' });
    expect((await admin('POST', `/admin/v1/accounts/${customer.id}/act`, { reason: 'ticket 17' })).body.code).toBe(
      'session_needed',
    );
    expect((await act(staff.id)).body.code).toBe('account_is_staff');
    expect((await act('acc_00')).body.code).toBe('account_not_found');
    const { body } = await act(customer.id);
    expect(new Date(String(body.until)).getTime()).toBeGreaterThan(Date.now() + 59 * 60_000);

    expect((await browser.call('GET', '/control/v1/session')).body).toMatchObject({
      account: { id: customer.id, email: 'seen@example.test' },
      staff: null,
      acting_as: { account: { id: customer.id }, by: 'helper@example.test', until: body.until },
    });
    const refused = await browser.call('PATCH', '/control/v1/account', { name: 'Changed' });
    expect(refused.body.code).toBe('not_while_acting');
    expect((await act(customer.id)).status).toBe(403);
    expect((await browser.call('GET', '/admin/v1/staff')).body.code).toBe('permission_missing');
    expect((await browser.call('POST', '/control/v1/acting/end')).status).toBe(204);
    expect((await browser.call('GET', '/control/v1/session')).body).toMatchObject({
      account: { id: staff.id },
      acting_as: null,
    });
    const rows = await actions('seen@example.test');
    const acting = rows.filter(({ action }) => action.startsWith('account.acting'));
    expect(acting.map(({ action, actor_name, organization_id }) => [action, actor_name, organization_id])).toEqual([
      ['account.acting_started', 'helper@example.test', null],
      ['account.acting_started', 'helper@example.test', 'org_0c'],
      ['account.acting_ended', 'helper@example.test', null],
      ['account.acting_ended', 'helper@example.test', 'org_0c'],
    ]);
  });

  test('stops by itself: after an hour, with the role, with the customer’s account', async () => {
    const customer = await site.person('brief@example.test');
    const staff = await site.person('brief-helper@example.test');
    await role('brief-helper@example.test', 'support');
    const seen = async () => (await staff.browser.call('GET', '/control/v1/session')).body.account?.id;
    const path = `/admin/v1/accounts/${customer.id}/act`;
    const changes = [
      [`update sessions set acting_until = now() where account_id = '${staff.id}'`, 'select 1'],
      [
        `update accounts set staff_role = 'sales' where id = '${staff.id}'`,
        `update accounts set staff_role = 'support' where id = '${staff.id}'`,
      ],
      [
        `update accounts set state = 'disabled' where id = '${customer.id}'`,
        `update accounts set state = 'active' where id = '${customer.id}'`,
      ],
    ];
    for (const [change = '', back = ''] of changes) {
      await site.pool.query('update sessions set acting_as = null, acting_until = null');
      expect((await staff.browser.call('POST', path, { reason: 'ticket 18' })).status).toBe(200);
      expect(await seen()).toBe(customer.id);
      await site.pool.query(change);
      expect(await seen()).toBe(staff.id);
      await site.pool.query(back);
    }
  });
});
