import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedToken } from './cookies.ts';
import { goodPassword, startTestSite, type TestSite } from './testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite();
});
afterAll(() => site.close());

const cookieOf = (browser: { cookies: Map<string, string> }) => browser.cookies.get('lodge.session_token') ?? '';
const alive = async (browser: ReturnType<TestSite['browser']>) =>
  (await browser.call('GET', '/control/v1/session')).status === 200;

test('a row of the database opens no session: the token is a hash, and the cookie is signed', async () => {
  const { id, browser } = await site.person('row@example.test');
  const token = signedToken(decodeURIComponent(cookieOf(browser)), site.identity.core.secret) ?? '';
  const { rows } = await site.pool.query<{ token: string }>('select token from sessions where account_id = $1', [id]);
  const stolen = rows[0]?.token ?? '';
  expect(token).not.toBe('');
  expect(stolen).not.toBe(token);
  for (const forged of [stolen, `${stolen}.${stolen}`, `${token}.`, token, `${token}.AAAA`]) {
    const thief = site.browser();
    thief.cookies.set('lodge.session_token', encodeURIComponent(forged));
    expect(await alive(thief)).toBe(false);
  }
  // Not even with the right signature: what is stored is not what is asked for.
  const signed = site.browser();
  const { createHmac } = await import('node:crypto');
  const signature = createHmac('sha256', site.identity.core.secret).update(stolen).digest('base64');
  signed.cookies.set('lodge.session_token', encodeURIComponent(`${stolen}.${signature}`));
  expect(await alive(signed)).toBe(false);
});

test('a session that was planted in a browser is not the one after signing in', async () => {
  const attacker = await site.person('attacker@example.test');
  await site.person('planted@example.test');
  const victim = site.browser();
  victim.cookies.set('lodge.session_token', cookieOf(attacker.browser));
  await victim.call('POST', '/control/v1/sign-in', { email: 'planted@example.test', password: goodPassword });
  expect(cookieOf(victim)).not.toBe(cookieOf(attacker.browser));
  expect((await victim.call('GET', '/control/v1/session')).body).toMatchObject({
    account: { email: 'planted@example.test' },
  });
  expect(await alive(attacker.browser)).toBe(false);
});

test('expired sessions, and those of disabled accounts, pass nowhere; use prolongs', async () => {
  const { id, browser } = await site.person('old@example.test');
  await site.pool.query(
    `update sessions set updated_at = now() - interval '1 day', expires_at = now() + interval '1 hour'
    where account_id = $1`,
    [id],
  );
  expect(await alive(browser)).toBe(true);
  const { rows } = await site.pool.query<{ days: number }>(
    `select (extract(epoch from expires_at - now()) / 86400)::int as days from sessions where account_id = $1`,
    [id],
  );
  expect(rows[0]?.days).toBe(30);
  await site.pool.query(`update accounts set state = 'disabled' where id = $1`, [id]);
  expect(await alive(browser)).toBe(false);
  await site.pool.query(`update accounts set state = 'active' where id = $1`, [id]);
  expect(await alive(browser)).toBe(true);
  await site.pool.query(`update sessions set expires_at = now() where account_id = $1`, [id]);
  expect(await alive(browser)).toBe(false);
  await site.identity.sweep();
  expect((await site.pool.query('select 1 from sessions where account_id = $1', [id])).rowCount).toBe(0);
});

test('sessions are listed, ended one by one and all but this one; those of others are not there', async () => {
  const email = 'many@example.test';
  const { browser } = await site.person(email);
  const others = [site.browser('curl/8.0'), site.browser(), site.browser()];
  for (const other of others) await other.call('POST', '/control/v1/sign-in', { email, password: goodPassword });
  const { body } = await browser.call('GET', '/control/v1/account/sessions');
  const list = body.data as unknown as { id: string; current: boolean; device: string }[];
  expect(list).toHaveLength(4);
  expect(list.filter(({ current }) => current)).toHaveLength(1);
  const curl = list.find(({ device }) => device === 'curl')?.id;
  const stranger = await site.person('stranger@example.test');
  const path = `/control/v1/account/sessions/${curl}`;
  expect((await stranger.browser.call('DELETE', path)).body.code).toBe('session_not_found');
  expect((await browser.call('DELETE', path)).status).toBe(204);
  expect((await browser.call('DELETE', path)).body.code).toBe('session_not_found');
  expect(await Promise.all([browser, ...others].map(alive))).toEqual([true, false, true, true]);
  expect((await browser.call('POST', '/control/v1/account/sessions/revoke-others')).body).toEqual({ ended: 2 });
  expect(await Promise.all([browser, ...others].map(alive))).toEqual([true, false, false, false]);
});

test('looking a session up takes one statement, and a second one at most', async () => {
  const { browser } = await site.person('count@example.test');
  const cookies = `lodge.session_token=${cookieOf(browser)}`;
  let statements = 0;
  const counted = () => statements++;
  const query = site.pool.query;
  site.pool.query = ((...input: Parameters<typeof query>) => {
    counted();
    return query.apply(site.pool, input);
  }) as typeof query;
  await site.identity.gate.session(cookies);
  expect(statements).toBe(1);
  site.pool.query = query;
  expect(await site.identity.gate.session('lodge.session_token=nonsense')).toBeNull();
});
