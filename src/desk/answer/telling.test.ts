import { describe, expect, test } from 'vitest';
import { type BuiltInRole, builtInRoles, reachOf } from '../../base/permissions.ts';
import { type AskedCall, decideTelling as decide, type Writer, type WriterStanding } from './telling.ts';

const owner: Writer = {
  verified: true,
  from: 'ada@example.test',
  replyTo: null,
  automatic: false,
  account: { id: 'acc_a', state: 'active', emailVerified: true },
  ticketAccountId: 'acc_a',
};
const call: AskedCall = { organizationId: 'org_a', projectId: null, keyAccountId: 'acc_b' };

function standing(
  role: BuiltInRole,
  projects: readonly string[] = [],
  state: 'active' | 'disabled' = 'active',
): WriterStanding {
  const granted = projects.map((projectId) => ({ projectId, permissions: ['requests.read'] as const }));
  return { state, reach: reachOf({ organization: builtInRoles[role], projects: granted }) };
}

const decideTelling = (
  writer: Writer,
  asked: AskedCall | null,
  stands: WriterStanding | null,
  place: string | null = 'org_a',
) => decide(writer, asked, stands, place);

const told = (withCost: boolean) => ({ tell: true, withCost });
const not = (why: string) => ({ tell: false, why });

test('an owner is told with what it cost, whoever may only see requests without', () => {
  expect(decideTelling(owner, call, standing('owner'))).toEqual(told(true));
  expect(decideTelling(owner, call, standing('admin'))).toEqual(told(true));
  expect(decideTelling(owner, call, standing('viewer'))).toEqual(told(false));
  expect(decideTelling(owner, call, standing('billing'))).toEqual(not('out_of_reach'));
});

test('a developer is told of what was done with their own keys, and of projects that they were let into', () => {
  const own = { ...call, keyAccountId: 'acc_a' };
  expect(decideTelling(owner, own, standing('developer'))).toEqual(told(false));
  expect(decideTelling(owner, call, standing('developer'))).toEqual(not('out_of_reach'));
  expect(decideTelling(owner, { ...call, keyAccountId: null }, standing('developer'))).toEqual(not('out_of_reach'));
  const project = { ...call, projectId: 'prj_a' };
  expect(decideTelling(owner, project, standing('developer', ['prj_a']))).toEqual(told(false));
  expect(decideTelling(owner, project, standing('developer', ['prj_b']))).toEqual(not('out_of_reach'));
});

describe('nothing is told', () => {
  const account = owner.account ?? { id: '', state: 'active', emailVerified: true };
  const writers: readonly (readonly [string, Partial<Writer>])[] = [
    ['unverified', { verified: false }],
    ['automatic', { automatic: true }],
    ['reply_to_differs', { replyTo: 'eve@example.test' }],
    ['no_account', { account: null }],
    ['account_disabled', { account: { ...account, state: 'disabled' } }],
    ['address_unverified', { account: { ...account, emailVerified: false } }],
    ['other_ticket', { ticketAccountId: 'acc_b' }],
    ['other_ticket', { ticketAccountId: null }],
  ];
  const calls: readonly (readonly [string, AskedCall | null, WriterStanding | null])[] = [
    ['told', call, standing('owner')],
    ['no_record', null, null],
    ['no_record', null, standing('owner')],
    ['no_owner', { ...call, organizationId: null }, null],
    ['no_owner', { ...call, organizationId: null }, standing('owner')],
    ['no_member', call, null],
    ['membership_disabled', call, standing('owner', [], 'disabled')],
    ['out_of_reach', call, standing('billing')],
  ];

  test('to whoever is not proven to be a member, whatever they ask about', () => {
    for (const [why, parts] of writers)
      for (const [, asked, stands] of calls)
        expect(decideTelling({ ...owner, ...parts }, asked, stands), why).toEqual(not(why));
  });

  test('of a call that is not theirs to see', () => {
    for (const [why, asked, stands] of calls)
      expect(decideTelling(owner, asked, stands), why).toEqual(why === 'told' ? told(true) : not(why));
  });

  test('two wrongs make no right', () => {
    for (const [first, one] of writers)
      for (const [, other] of writers) {
        const verdict = decideTelling({ ...owner, ...other, ...one }, call, standing('owner'));
        expect(verdict.tell, first).toBe(false);
      }
  });
});

test('on a ticket of another organization, a call is not told', () => {
  expect(decideTelling(owner, call, standing('owner'), 'org_b')).toEqual(not('other_organization'));
  expect(decideTelling(owner, call, standing('owner'), null)).toEqual(not('other_organization'));
});

test('an answer to the same address by another spelling is an answer to the writer', () => {
  expect(decideTelling({ ...owner, replyTo: 'Ada@Example.test' }, call, standing('owner'))).toEqual(told(true));
});
