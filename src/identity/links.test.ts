import { afterAll, beforeAll, expect, test } from 'vitest';
import { goodPassword, startTestSite, type TestSite } from './testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite();
});
afterAll(() => site.close());

const post = (path: string, body: unknown, headers?: Record<string, string>) =>
  site.browser().call('POST', `/control/v1/${path}`, body, headers);

test('a reset link works once, ends every session, and is told of', async () => {
  const email = 'reset@example.test';
  const { browser } = await site.person(email);
  await post('forgot-password', { email });
  await post('forgot-password', { email });
  const token = site.tokenFor(email, 'reset-password');
  const weak = await post('reset-password', { token, password: 'password1234' });
  expect(weak.body).toMatchObject({ code: 'input_invalid', errors: [{ field: 'body.password' }] });
  const password = 'a wholly different phrase';
  expect((await post('reset-password', { token, password })).status).toBe(204);
  expect((await post('reset-password', { token, password })).body.code).toBe('link_invalid');
  expect((await browser.call('GET', '/control/v1/session')).status).toBe(401);
  expect((await post('sign-in', { email, password: goodPassword })).body.code).toBe('sign_in_failed');
  expect((await post('sign-in', { email, password })).body).toEqual({ next: 'done' });
  expect(site.mails.filter(({ kind, to }) => kind === 'password-changed' && to === email)).toHaveLength(1);
  const { rows } = await site.pool.query<{ action: string }>(
    `select action from audit_log where subject_name = $1 order by at`,
    [email],
  );
  expect(rows.map(({ action }) => action)).toContain('account.password_reset');
});

test('of two that use a link at once one succeeds', async () => {
  const email = 'race@example.test';
  await site.person(email);
  await post('forgot-password', { email });
  const token = site.tokenFor(email, 'reset-password');
  const tries = ['first new phrase', 'second new phrase'].map((password) =>
    post('reset-password', { token, password }),
  );
  expect((await Promise.all(tries)).map(({ status }) => status).sort()).toEqual([204, 400]);
});

test('expired links, links of another purpose and rows of the database open nothing', async () => {
  const email = 'stale@example.test';
  await site.person(email);
  await post('forgot-password', { email });
  const token = site.tokenFor(email, 'reset-password');
  expect((await post('verify-email', { token })).body.code).toBe('link_invalid');
  const { rows } = await site.pool.query<{ identifier: string }>('select identifier from verifications');
  expect(rows.length).toBeGreaterThan(0);
  for (const { identifier } of rows) {
    expect(identifier).not.toContain(token);
    for (const guess of [identifier, identifier.split(' ').at(-1)]) {
      expect((await post('reset-password', { token: guess, password: goodPassword })).body.code).toBe('link_invalid');
    }
  }
  await site.pool.query(`update verifications set expires_at = now() - interval '1 second'`);
  expect((await post('reset-password', { token, password: 'another good phrase' })).body.code).toBe('link_invalid');
});

test('links are made from the site’s own address, whatever the head says', async () => {
  const email = 'host@example.test';
  await site.person(email);
  await post(
    'forgot-password',
    { email },
    { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https', forwarded: 'host=evil.test' },
  );
  // fetch does not let a test set Host; a bare socket does.
  const { request } = await import('node:http');
  const text = JSON.stringify({ email });
  await new Promise((resolve, reject) => {
    const headers = { host: 'evil.test', 'content-type': 'application/json', 'x-lodge-console': '1' };
    const call = request(`${site.url}/control/v1/forgot-password`, { method: 'POST', headers }, resolve);
    call.on('error', reject).end(text);
  });
  const links = site.mails.flatMap(({ facts }) => ('link' in facts ? [String(facts.link)] : []));
  expect(links.length).toBeGreaterThan(1);
  expect(links.every((link) => link.startsWith(`${site.url}/console/`))).toBe(true);
});

test('an unknown address gets no mail and the same answer', async () => {
  const before = site.mails.length;
  const replies = [];
  for (const path of ['forgot-password', 'verify-email/resend']) {
    replies.push(await post(path, { email: 'nobody@example.test' }));
  }
  expect(replies.map(({ status, body }) => [status, body])).toEqual([
    [202, { status: 'accepted' }],
    [202, { status: 'accepted' }],
  ]);
  expect(site.mails).toHaveLength(before);
});

test('who registers with somebody else’s address first does not choose its password', async () => {
  const email = 'contested@example.test';
  await post('register', { name: 'Attacker', email, password: 'phrase of the attacker' });
  await post('register', { name: 'Owner', email, password: 'phrase of the owner' });
  const token = site.tokenFor(email, 'verify-email');
  const owner = site.browser();
  expect((await owner.call('POST', '/control/v1/verify-email', { token })).body).toEqual({ next: 'done' });
  for (const password of ['phrase of the attacker', 'phrase of the owner']) {
    expect((await post('sign-in', { email, password })).body.code).toBe('sign_in_failed');
  }
  expect((await owner.call('GET', '/control/v1/session')).body).toMatchObject({ account: { has_password: false } });
  const set = await owner.call('POST', '/control/v1/account/password', { new_password: 'phrase of the owner' });
  expect(set.status).toBe(204);
  expect((await post('sign-in', { email, password: 'phrase of the owner' })).body).toEqual({ next: 'done' });
});

test('registration can be closed, and an invitation opens it', async () => {
  const closed = await startTestSite({
    registrationOpen: () => false,
    isInvited: async (token, email) => token === 'right' && email === 'guest@example.test',
  });
  const register = (body: Record<string, string>) =>
    closed.browser().call('POST', '/control/v1/register', { name: 'Guest', password: goodPassword, ...body });
  const refused = await register({ email: 'guest@example.test' });
  expect([refused.status, refused.body.code]).toEqual([403, 'registration_closed']);
  expect((await register({ email: 'other@example.test', invitation: 'right' })).body.code).toBe('registration_closed');
  expect((await register({ email: 'guest@example.test', invitation: 'right' })).status).toBe(202);
  await closed.close();
});

test('a new address counts once its mailbox was opened; the old one is told', async () => {
  const { browser } = await site.person('before@example.test');
  await site.person('somebody@example.test');
  const ask = (email: string, password?: string) =>
    browser.call('POST', '/control/v1/account/email', { email, password });
  expect((await ask('after@example.test')).body).toMatchObject({ errors: [{ field: 'body.password' }] });
  expect((await ask('after@example.test', 'wrong phrase')).body).toMatchObject({
    errors: [{ field: 'body.password' }],
  });
  const count = site.mails.length;
  const [taken, free] = [
    await ask('somebody@example.test', goodPassword),
    await ask('after@example.test', goodPassword),
  ];
  expect([taken.status, taken.body]).toEqual([free.status, free.body]);
  expect(site.mails.slice(count).map(({ kind, to }) => [kind, to])).toEqual([
    ['verify-new-email', 'after@example.test'],
  ]);
  expect((await browser.call('GET', '/control/v1/session')).body.account?.email).toBe('before@example.test');
  const token = site.tokenFor('after@example.test', 'verify-new-email');
  expect((await post('verify-email', { token })).body).toEqual({ next: 'email_changed' });
  expect((await browser.call('GET', '/control/v1/session')).body.account?.email).toBe('after@example.test');
  expect(site.mails.at(-1)).toMatchObject({
    kind: 'email-changed',
    to: 'before@example.test',
    facts: { newEmail: 'after@example.test' },
  });
  expect((await post('verify-email', { token })).body.code).toBe('link_invalid');
});

test('changing the password ends the other sessions and keeps this one', async () => {
  const email = 'change@example.test';
  const { browser } = await site.person(email);
  const other = site.browser();
  await other.call('POST', '/control/v1/sign-in', { email, password: goodPassword });
  const change = (password: string, new_password: string) =>
    browser.call('POST', '/control/v1/account/password', { password, new_password });
  expect((await change(goodPassword, goodPassword)).body).toMatchObject({ errors: [{ field: 'body.new_password' }] });
  expect((await change(goodPassword, 'a wholly different phrase')).status).toBe(204);
  expect((await browser.call('GET', '/control/v1/session')).status).toBe(200);
  expect((await other.call('GET', '/control/v1/session')).status).toBe(401);
});

test('deleting an account needs its address and password, and waits for organizations that need it', async () => {
  const owned = ['Engines'];
  const ended: string[] = [];
  const other = await startTestSite({
    soleOwnerships: async () => owned,
    onAccountDeleting: async (_client, accountId) => void ended.push(accountId),
  });
  const email = 'gone@example.test';
  const { id, browser } = await other.person(email);
  const remove = (body: Record<string, string>) => browser.call('POST', '/control/v1/account/delete', body);
  expect((await remove({ email: 'wrong@example.test', password: goodPassword })).body).toMatchObject({
    errors: [{ field: 'body.email' }],
  });
  const refused = await remove({ email, password: goodPassword });
  expect(refused.body.code).toBe('account_owns_organizations');
  expect(String(refused.body.detail)).toContain('Engines');
  owned.pop();
  expect((await remove({ email, password: goodPassword })).status).toBe(204);
  expect(ended).toEqual([id]);
  expect((await browser.call('GET', '/control/v1/session')).status).toBe(401);
  expect((await other.pool.query('select 1 from accounts')).rowCount).toBe(0);
  await other.close();
});
