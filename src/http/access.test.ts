import { describe, expect, test } from 'vitest';
import { builtInRoles, reachOf, staffRoles } from '../base/permissions.ts';
import { type Access, admit, admitToOrganization, type Caller } from './access.ts';
import { gateOf, owning, personOf } from './testing.ts';

const customer = personOf('acc_a');
const support = personOf('acc_s', { staff: { role: 'support', permissions: new Set(staffRoles.support) } });
const tokenOf = (...permissions: string[]) => ({
  id: 'tok_1',
  permissions: new Set(permissions),
  organizationId: null,
});

/** The code of the refusal, or 'passes'. */
function decided(access: Access, caller: Caller, method = 'GET', openness = {}): string {
  try {
    admit(access, caller, method, openness);
    return 'passes';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('who passes', () => {
  const cases: [string, Access, Caller, string, string][] = [
    ['anybody, where it is public', 'public', { kind: 'nobody' }, 'POST', 'passes'],
    ['nobody', 'account', { kind: 'nobody' }, 'GET', 'session_missing'],
    ['nobody, as staff', 'staff:keys.read', { kind: 'nobody' }, 'GET', 'session_missing'],
    ['the admin token, for staff', 'staff:staff.write', { kind: 'admin_token' }, 'POST', 'passes'],
    ['the admin token, as a person', 'account', { kind: 'admin_token' }, 'GET', 'permission_missing'],
    ['the admin token, as a member', 'organization:keys.read', { kind: 'admin_token' }, 'GET', 'permission_missing'],
    ['a customer, as staff', 'staff:customers.read', customer, 'GET', 'permission_missing'],
    ['staff with the permission', 'staff:customers.act', support, 'POST', 'passes'],
    ['staff without it', 'staff:catalogue.write', support, 'POST', 'permission_missing'],
    ['a token that reads accounts', 'account', { ...customer, token: tokenOf('account.read') }, 'GET', 'passes'],
    [
      'a token that would change one',
      'account',
      { ...customer, token: tokenOf('account.read') },
      'PATCH',
      'token_permission_missing',
    ],
    [
      'a token of staff without the scope',
      'staff:keys.read',
      { ...support, token: tokenOf('keys.read') },
      'GET',
      'token_permission_missing',
    ],
    ['a token of staff with it', 'staff:keys.read', { ...support, token: tokenOf('staff:keys.read') }, 'GET', 'passes'],
    ['a given password', 'account', { ...customer, mustChangePassword: true }, 'GET', 'password_change_needed'],
    [
      'staff with a customer’s eyes, reading',
      'account',
      { ...customer, actor: { accountId: 's', email: 's' } },
      'GET',
      'passes',
    ],
    ['and changing', 'account', { ...customer, actor: { accountId: 's', email: 's' } }, 'POST', 'not_while_acting'],
  ];
  test.each(cases)('%s', (_name, access, caller, method, expected) => {
    expect(decided(access, caller, method)).toBe(expected);
  });

  test('what a route opens stays open', () => {
    const given = { ...customer, mustChangePassword: true };
    expect(decided('account', given, 'POST', { beforePasswordChange: true })).toBe('passes');
    const acting = { ...customer, actor: { accountId: 's', email: 's' } };
    expect(decided('account', acting, 'POST', { whileActing: true })).toBe('passes');
  });
});

describe('organizations', () => {
  const gate = gateOf({ acc_a: { in: { org_a: owning, org_b: { organization: builtInRoles.viewer, projects: [] } } } });

  test('a member with the permission gets its reach', async () => {
    const reach = await admitToOrganization(gate, customer, 'org_a', 'keys.write');
    expect(reach).toEqual(reachOf(owning));
  });

  test('a stranger hears the same for an organization that is there and one that is not', async () => {
    const refusals = await Promise.all(
      ['org_c', 'org_none'].map((id) => admitToOrganization(gate, customer, id, 'keys.read').catch((error) => error)),
    );
    expect(refusals.map((error) => error.code)).toEqual(['organization_not_found', 'organization_not_found']);
    expect(refusals[0].message).toBe(refusals[1].message);
  });

  test('a member without the permission, a token without it, and a token of another organization are refused', async () => {
    const code = (promise: Promise<unknown>) => promise.catch((error: { code: string }) => error.code);
    expect(await code(admitToOrganization(gate, customer, 'org_b', 'keys.write'))).toBe('permission_missing');
    const reader = { ...customer, token: tokenOf('usage.read') };
    expect(await code(admitToOrganization(gate, reader, 'org_a', 'keys.read'))).toBe('token_permission_missing');
    const elsewhere = { ...customer, token: { ...tokenOf('keys.read'), organizationId: 'org_b' } };
    expect(await code(admitToOrganization(gate, elsewhere, 'org_a', 'keys.read'))).toBe('organization_not_found');
  });
});
