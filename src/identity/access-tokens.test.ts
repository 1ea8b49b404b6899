import { afterAll, beforeAll, expect, test } from 'vitest';
import { findKeys } from '../base/key-format.ts';
import { startTestSite, type TestSite } from './testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite({
    organizationsOf: async () => [
      { id: 'org_0a', name: 'Engines', kind: 'shared', permissions: ['keys.read'], roles: ['viewer'] },
    ],
  });
});
afterAll(() => site.close());

const tokens = '/control/v1/account/tokens';
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const ask = (secret: string, method = 'GET', path = '/control/v1/session', body?: unknown) =>
  site.browser().call(method, path, body, bearer(secret));

test('a token reads the account, writes nothing of it, and ends when it is revoked', async () => {
  const { id, browser } = await site.person('token@example.test');
  const { status, body } = await browser.call('POST', tokens, { name: 'deploy', permissions: ['account.read'] });
  expect(status).toBe(201);
  const secret = String(body.secret);
  expect(secret).toMatch(/^pat-test-[0-9A-Za-z]{46}$/);
  expect(body.token).toMatchObject({ name: 'deploy', prefix: secret.slice(0, 17), organization: null });
  expect(findKeys(secret)).toEqual([]);
  expect(site.mails.at(-1)).toMatchObject({ kind: 'access-token-created', facts: { token: 'deploy' } });
  const { rows } = await site.pool.query('select * from access_tokens');
  expect(JSON.stringify(rows)).not.toContain(secret);

  expect((await ask(secret)).body).toMatchObject({ account: { id } });
  const write = await ask(secret, 'PATCH', '/control/v1/account', { name: 'Other' });
  expect([write.status, write.body.code]).toEqual([403, 'token_permission_missing']);
  const made = await ask(secret, 'POST', tokens, { name: 'more', permissions: ['account.read'] });
  expect(made.status).toBe(403);
  const list = await browser.call('GET', tokens);
  expect(list.body.data).toMatchObject([{ id: body.token?.id, last_used_at: expect.any(String) }]);
  expect(JSON.stringify(list.body)).not.toContain(secret);

  const stranger = await site.person('other@example.test');
  expect((await stranger.browser.call('DELETE', `${tokens}/${body.token?.id}`)).status).toBe(404);
  expect((await browser.call('DELETE', `${tokens}/${body.token?.id}`)).status).toBe(204);
  expect((await ask(secret)).body.code).toBe('access_token_wrong');
});

test('expired tokens, those of disabled accounts and mistyped ones open nothing', async () => {
  const { id, browser } = await site.person('ends@example.test');
  const expires_at = new Date(Date.now() + 86_400_000).toISOString();
  const { body } = await browser.call('POST', tokens, { name: 'ends', permissions: ['account.read'], expires_at });
  const secret = String(body.secret);
  expect((await ask(secret)).status).toBe(200);
  const mistyped = `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`;
  expect(site.identity.gate.isToken(secret)).toBe(true);
  expect(site.identity.gate.isToken(mistyped)).toBe(false);
  await site.pool.query(`update accounts set state = 'disabled' where id = $1`, [id]);
  expect((await ask(secret)).status).toBe(401);
  await site.pool.query(`update accounts set state = 'active' where id = $1`, [id]);
  await site.pool.query(`update access_tokens set expires_at = now() where account_id = $1`, [id]);
  expect((await ask(secret)).status).toBe(401);
});

test('what a token cannot be given is named', async () => {
  const { browser } = await site.person('wrong@example.test');
  const { body } = await browser.call('POST', tokens, {
    name: 'x',
    permissions: ['staff:keys.read'],
    organization: 'org_0b',
    expires_at: '2020-01-01T00:00:00Z',
  });
  expect((body.errors as unknown as { field: string }[]).map(({ field }) => field)).toEqual([
    'body.permissions',
    'body.expires_at',
    'body.organization',
  ]);
  const unknown = await browser.call('POST', tokens, { name: 'x', permissions: ['everything'] });
  expect(unknown.body.code).toBe('input_invalid');
  const own = await browser.call('POST', tokens, { name: 'x', permissions: ['keys.read'], organization: 'org_0a' });
  expect(own.body).toMatchObject({ token: { organization: 'org_0a' } });
});

test('a session that is not young has to bring the password', async () => {
  const { id, browser } = await site.person('stale@example.test');
  await site.pool.query(`update sessions set created_at = now() - interval '16 minutes' where account_id = $1`, [id]);
  const input = { name: 'x', permissions: ['account.read'] };
  expect((await browser.call('POST', tokens, input)).body).toMatchObject({ errors: [{ field: 'body.password' }] });
  const { status } = await browser.call('POST', tokens, { ...input, password: 'correct horse battery staple' });
  expect(status).toBe(201);
});

test('an account has fifty tokens at most', async () => {
  const { browser } = await site.person('full@example.test');
  const input = { name: 'x', permissions: ['account.read'] };
  for (let i = 0; i < 50; i++) expect((await browser.call('POST', tokens, input)).status).toBe(201);
  expect((await browser.call('POST', tokens, input)).body.code).toBe('access_tokens_full');
});
