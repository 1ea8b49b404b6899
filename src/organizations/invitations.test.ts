import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OrganizationsUnderTest, startOrganizations } from './testing.ts';

const dayMs = 86_400_000;

let under: OrganizationsUnderTest;
let acme: string;
let round = 0;

beforeAll(async () => {
  under = await startOrganizations();
});
afterAll(() => under.close());
beforeEach(async () => {
  round++;
  acme = await under.shared(`Acme ${round}`, owner(), { [admin()]: ['admin'] });
});

const owner = () => `acc_owner${round}`;
const admin = () => `acc_admin${round}`;
const guest = () => under.account(`acc_guest${round}`);
const address = () => `acc_guest${round}@example.test`;

const invite = (emails: string[], parts: object = {}, as = admin()) =>
  under.call('POST', `${acme}/invitations`, as, { emails, roles: ['developer'], ...parts });
const accept = (as: string, body: object) => under.call('POST', '/control/v1/invitations/accept', as, body);
const decline = (as: string, body: object) => under.call('POST', '/control/v1/invitations/decline', as, body);
const preview = (token: string) => under.call('GET', `/control/v1/invitations/preview?token=${token}`);
const list = async (query = '') => (await under.call('GET', `${acme}/invitations${query}`, admin())).body.data;

/** The token in the newest mail to an address. */
async function tokenTo(email: string): Promise<string> {
  const { rows } = await under.pool.query<{ text_body: string }>(
    `select text_body from outbox where recipient = $1 and kind = 'invitation' order by created_at desc limit 1`,
    [email],
  );
  return /https:\/\/example\.test\/console\/invitation\?token=([\w-]{43})/.exec(rows[0]?.text_body ?? '')?.[1] ?? '';
}

describe('an invitation', () => {
  test('goes from the mail into membership, with roles and teams', async () => {
    const team = (await under.call('POST', `${acme}/teams`, owner(), { name: 'Backend' })).body.id;
    const invited = await invite([` ${address().toUpperCase()} `, `${owner()}@example.test`], { teams: [team] });
    expect(invited).toMatchObject({
      status: 201,
      body: {
        data: [
          { email: address(), outcome: 'invited', invitation: expect.stringMatching(/^inv_[0-9a-f]{24}$/) },
          { email: `${owner()}@example.test`, outcome: 'already_member', invitation: null },
        ],
      },
    });
    const token = await tokenTo(address());
    expect(await preview(token)).toMatchObject({
      status: 200,
      body: { organization: { name: `Acme ${round}` }, inviter: admin(), email: address(), roles: ['developer'] },
    });
    const account = await guest();
    expect((await accept(account, { token })).status).toBe(200);
    const members = (await under.call('GET', `${acme}/members?search=guest`, owner())).body.data;
    expect(members).toMatchObject([
      { account_id: account, roles: ['developer'], teams: [{ id: team, name: 'Backend' }] },
    ]);
    expect(await list('?state=accepted')).toMatchObject([{ email: address(), state: 'accepted' }]);

    expect((await accept(account, { token })).body.code).toBe('invitation_used');
    expect((await preview(token)).body.code).toBe('invitation_used');
    const { rows } = await under.pool.query(
      `select kind, facts from notifications where account_id = $1 and organization_id = $2`,
      [admin(), acme],
    );
    expect(rows).toMatchObject([{ kind: 'member-joined', facts: { member: address() } }]);
    const log = await under.pool.query('select action from audit_log where organization_id = $1 order by at', [acme]);
    expect(log.rows.map(({ action }) => action)).toEqual([
      'organization.created',
      'team.created',
      'member.invited',
      'member.joined',
    ]);
  });

  test('is answered by id where the address is known to be the account’s', async () => {
    const account = await guest();
    const id = (await invite([address()])).body.data[0].invitation;
    const { rows } = await under.pool.query('select kind from notifications where account_id = $1', [account]);
    expect(rows).toEqual([{ kind: 'invitation' }]);
    const offers = await under.call('GET', '/control/v1/invitations', account);
    expect(offers.body.data).toMatchObject([{ id, organization: { id: acme } }]);
    expect((await accept(admin(), { invitation: id })).body.code).toBe('invitation_not_found');
    expect((await decline(account, { invitation: id })).status).toBe(200);
    expect((await under.call('GET', '/control/v1/invitations', account)).body.data).toEqual([]);
    expect((await accept(account, { invitation: id })).body.code).toBe('invitation_used');
    expect(await list('?state=declined')).toHaveLength(1);
    expect((await invite([address()])).body.data[0].outcome).toBe('invited');
  });

  test('is worth nothing to another account, nor before the address is verified', async () => {
    const account = await guest();
    await invite([address()]);
    const token = await tokenTo(address());
    await under.account('acc_thief');
    expect((await accept('acc_thief', { token })).body.code).toBe('invitation_for_other');
    expect((await decline('acc_thief', { token })).body.code).toBe('invitation_for_other');
    await under.pool.query('update accounts set email_verified = false where id = $1', [account]);
    expect((await accept(account, { token })).body.code).toBe('email_not_verified');
    expect((await under.call('GET', '/control/v1/invitations', account)).body.data).toEqual([]);
    expect((await accept(account, { token: 'a'.repeat(43) })).body.code).toBe('invitation_not_found');
    expect((await preview('a'.repeat(43))).body.code).toBe('invitation_not_found');
    expect((await preview('short')).body.code).toBe('input_invalid');
    expect((await accept(account, {})).body.code).toBe('input_invalid');
    expect((await under.call('POST', '/control/v1/invitations/accept', undefined, { token })).status).toBe(401);
  });

  test('is accepted once, also when it is accepted twice at once', async () => {
    const account = await guest();
    await invite([address()]);
    const token = await tokenTo(address());
    const replies = await Promise.all([
      accept(account, { token }),
      accept(account, { token }),
      accept(account, { token }),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
  });

  test('ends after seven days, and its address may be invited again', async () => {
    const account = await guest();
    await invite([address()]);
    const token = await tokenTo(address());
    under.clock.advance(7 * dayMs - 1);
    expect((await preview(token)).status).toBe(200);
    under.clock.advance(1);
    expect((await preview(token)).body.code).toBe('invitation_expired');
    expect((await accept(account, { token })).body.code).toBe('invitation_expired');
    expect(await list()).toMatchObject([{ state: 'expired' }]);
    expect((await invite([address()])).body.data[0].outcome).toBe('invited');
    expect((await accept(account, { token: await tokenTo(address()) })).status).toBe(200);
  });

  test('sent again has a new link, and the old one is worth nothing', async () => {
    const id = (await invite([address()])).body.data[0].invitation;
    const first = await tokenTo(address());
    const resend = (as = owner()) => under.call('POST', `${acme}/invitations/${id}/resend`, as);
    const soon = await resend();
    expect([soon.status, soon.body.code]).toEqual([429, 'invitation_throttled']);
    under.clock.advance(60_000);
    expect((await resend()).body).toMatchObject({ sends: 2, invited_by: { account_id: owner() } });
    const second = await tokenTo(address());
    expect(second).not.toBe(first);
    expect((await preview(first)).body.code).toBe('invitation_not_found');
    expect((await accept(await guest(), { token: second })).status).toBe(200);
    expect((await resend()).body.code).toBe('invitation_used');
  });

  test('that is withdrawn opens nothing', async () => {
    const id = (await invite([address()])).body.data[0].invitation;
    expect((await invite([address()])).body.data).toEqual([
      { email: address(), outcome: 'already_invited', invitation: id },
    ]);
    const revoke = () => under.call('POST', `${acme}/invitations/${id}/revoke`, owner());
    expect((await revoke()).body.state).toBe('revoked');
    expect((await revoke()).body.code).toBe('invitation_used');
    expect((await accept(await guest(), { token: await tokenTo(address()) })).body.code).toBe('invitation_void');
  });

  test('dies with the right of whoever sent it', async () => {
    const account = await guest();
    await invite([address()], { roles: ['admin'] });
    const token = await tokenTo(address());
    const change = (path: string, body: object, method = 'POST') =>
      under.call(method, `${acme}/members/${admin()}${path}`, owner(), body);
    await change('', { roles: ['viewer'] }, 'PATCH');
    expect((await accept(account, { token })).body.code).toBe('invitation_void');
    await change('', { roles: ['admin'] }, 'PATCH');
    await change('/disable', { keys: 'keep' });
    expect((await accept(account, { token })).body.code).toBe('invitation_void');
    await change('/remove', { keys: { action: 'disable' } });
    expect((await accept(account, { token })).body.code).toBe('invitation_void');
    const [{ id }] = await (await under.call('GET', `${acme}/invitations`, owner())).body.data;
    under.clock.advance(60_000);
    await under.call('POST', `${acme}/invitations/${id}/resend`, owner());
    expect((await accept(account, { token: await tokenTo(address()) })).status).toBe(200);
  });

  test('keeps a stranger’s registration open, as long as it is open itself', async () => {
    await invite([address()]);
    const token = await tokenTo(address());
    expect(await under.organizations.isInvited(token, address().toUpperCase())).toBe(true);
    expect(await under.organizations.isInvited(token, 'other@example.test')).toBe(false);
    expect(await under.organizations.isInvited('nonsense', address())).toBe(false);
    await accept(await guest(), { token });
    expect(await under.organizations.isInvited(token, address())).toBe(false);
  });

  test('never stands in the database or the audit log as it was sent', async () => {
    await invite([address()]);
    const token = await tokenTo(address());
    const rows = await under.pool.query(
      'select row_to_json(i)::text as text from invitations i union all select row_to_json(a)::text from audit_log a',
    );
    expect(rows.rows.filter(({ text }) => text.includes(token))).toEqual([]);
  });
});

describe('who invites', () => {
  test.each([
    [['owner'], 403, 'owner_needed'],
    [['billing'], 403, 'role_above_you'],
    [['rol_gone'], 404, 'role_not_found'],
  ])('gives what they have: %j', async (roles, status, code) => {
    expect(await invite([address()], { roles })).toMatchObject({ status, body: { code } });
    expect(await list()).toEqual([]);
  });

  test('may be somebody else only with the permission, and names teams of their own', async () => {
    expect((await invite([address()], { teams: ['tea_x'] })).body.code).toBe('team_not_found');
    await under.call('PATCH', `${acme}/members/${admin()}`, owner(), { roles: ['developer'] });
    expect((await invite([address()])).body.code).toBe('permission_missing');
    const wrong = await invite(['not an address', 'a@b.c\nBcc: x@y.z'], {}, owner());
    expect(wrong.body.errors.map(({ field }: { field: string }) => field)).toEqual(['body.emails.0', 'body.emails.1']);
  });

  test('does not pester one address, nor flood the world', async () => {
    for (let time = 0; time < 5; time++) {
      const id = (await invite([address()])).body.data[0].invitation;
      await under.call('POST', `${acme}/invitations/${id}/revoke`, owner());
    }
    expect((await invite([address()])).body.code).toBe('invitation_throttled');
    under.clock.advance(dayMs);
    expect((await invite([address()])).status).toBe(201);
    const batch = (from: number) => Array.from({ length: 50 }, (_, index) => `n${from + index}@example.test`);
    expect((await invite(batch(0))).status).toBe(201);
    expect((await invite(batch(50))).body).toMatchObject({
      code: 'limit_reached',
      detail: 'An organization has at most 100 open invitations, and there are 51.',
    });
  });

  test('reads the list in pages, newest first', async () => {
    await invite(['a@example.test', 'b@example.test', 'c@example.test'], { locale: 'zh' });
    const first = (await under.call('GET', `${acme}/invitations?limit=2`, admin())).body;
    const second = (await under.call('GET', `${acme}/invitations?limit=2&cursor=${first.next_cursor}`, admin())).body;
    expect(new Set([...first.data, ...second.data].map((one: { email: string }) => one.email)).size).toBe(3);
    expect(second.next_cursor).toBeNull();
    const { rows } = await under.pool.query(`select locale from outbox where recipient = 'a@example.test'`);
    expect(rows.at(-1)).toEqual({ locale: 'zh' });
  });
});
