import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseNetworks } from '../base/client-address.ts';
import { signInLimits } from './sign-in-limits.ts';
import { goodPassword, startTestSite, type TestSite } from './testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite({}, { trustedProxies: parseNetworks('127.0.0.1') });
});
afterAll(() => site.close());

const from = (address: string) => ({ 'x-forwarded-for': address });
const signIn = (email: string, password: string, address = '198.51.100.1', browser = site.browser()) =>
  browser.call('POST', '/control/v1/sign-in', { email, password }, from(address));

test('register, verify, session, sign out, sign in', async () => {
  const browser = site.browser();
  const email = 'ada@example.test';
  const registered = await browser.call('POST', '/control/v1/register', {
    name: 'Ada',
    email: ' Ada@Example.test ',
    password: goodPassword,
  });
  expect([registered.status, registered.body]).toEqual([202, { status: 'accepted' }]);
  const early = await browser.call('POST', '/control/v1/sign-in', { email, password: goodPassword });
  expect(early.body.code).toBe('email_unverified');
  const token = site.tokenFor(email, 'verify-email');
  const verified = await browser.call('POST', '/control/v1/verify-email', { token });
  expect([verified.status, verified.body]).toEqual([200, { next: 'done' }]);
  const session = await browser.call('GET', '/control/v1/session');
  expect(session.body).toMatchObject({ account: { email, name: 'Ada', email_verified: true }, staff: null });
  expect((await site.browser().call('POST', '/control/v1/verify-email', { token })).body.code).toBe('link_invalid');

  expect((await browser.call('DELETE', '/control/v1/session')).status).toBe(204);
  expect((await browser.call('GET', '/control/v1/session')).status).toBe(401);
  expect((await signIn(email, `${goodPassword}!`)).body.code).toBe('sign_in_failed');
  const right = await browser.call('POST', '/control/v1/sign-in', { email, password: goodPassword, remember: true });
  expect(right.body).toEqual({ next: 'done' });
  expect((await browser.call('GET', '/control/v1/session')).status).toBe(200);
});

test('a hash of other parameters is replaced by a sign-in', async () => {
  const email = 'rehash@example.test';
  const { id } = await site.person(email);
  const { argon2Sync } = await import('node:crypto');
  const [message, nonce] = [goodPassword, Buffer.alloc(16, 1)];
  const tag = argon2Sync('argon2id', { message, nonce, parallelism: 1, tagLength: 32, memory: 64, passes: 1 });
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const old = `$argon2id$v=19$m=64,t=1,p=1$${text(nonce)}$${text(tag)}`;
  await site.pool.query('update credentials set password = $2 where account_id = $1', [id, old]);
  expect((await signIn(email, goodPassword)).body).toEqual({ next: 'done' });
  const { rows } = await site.pool.query<{ password: string }>(
    'select password from credentials where account_id = $1',
    [id],
  );
  expect(rows[0]?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await signIn(email, goodPassword)).body).toEqual({ next: 'done' });
});

test('cookies are closed to scripts and other sites, and end with the browser unless it is to remember', async () => {
  const { browser } = await site.person('cookie@example.test');
  const short = await browser.call('POST', '/control/v1/sign-in', {
    email: 'cookie@example.test',
    password: goodPassword,
  });
  const lines = short.headers.getSetCookie();
  const line = lines.find((each) => each.startsWith('lodge.session_token='));
  expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(lines.every((each) => /HttpOnly; SameSite=Lax/.test(each))).toBe(true);
  const body = { email: 'cookie@example.test', password: goodPassword, remember: true };
  const long = await browser.call('POST', '/control/v1/sign-in', body);
  expect(long.headers.getSetCookie().find((each) => each.startsWith('lodge.session_token='))).toMatch(
    /Max-Age=2592000/,
  );
  const { rows } = await site.pool.query<{ days: number }>(
    `select round(extract(epoch from expires_at - now()) / 86400)::int as days from sessions s
       join accounts a on a.id = s.account_id where a.email = 'cookie@example.test'`,
  );
  // One browser has one session: the earlier ones have ended.
  expect(rows).toEqual([{ days: 30 }]);
});

test('over https cookies are secure by name and by attribute', async () => {
  const secure = await startTestSite({ url: () => 'https://lodge.test' });
  const reply = await secure.browser().call('POST', '/control/v1/sign-in/passkey/options');
  expect(reply.headers.getSetCookie()[0]).toMatch(/^__Secure-lodge\.passkey=.*; Secure/);
  expect(reply.body).toMatchObject({ options: { rpId: 'lodge.test', userVerification: 'required' } });
  await secure.close();
});

test('a new device is told of by mail and in the console, a known one is not', async () => {
  const email = 'device@example.test';
  const { id, browser } = await site.person(email);
  const told = () => site.mails.filter(({ kind, to }) => kind === 'new-device' && to === email);
  await signIn(email, goodPassword, '198.51.100.1', browser);
  expect(told()).toEqual([]);
  await signIn(email, goodPassword, '203.0.113.5');
  expect(told()).toMatchObject([
    { locale: 'en', facts: { device: 'Firefox on Windows', ipAddress: '203.0.113.5', method: 'password' } },
  ]);
  expect(site.notices).toContainEqual({ accountId: id, kind: 'new-device' });
  const { body } = await browser.call('GET', '/control/v1/account/sign-ins?limit=2');
  expect(body.data).toMatchObject([
    { outcome: 'passed', new_device: true, ip_address: '203.0.113.5' },
    { outcome: 'passed', new_device: false },
  ]);
  const rest = await browser.call('GET', `/control/v1/account/sign-ins?limit=2&cursor=${body.next_cursor}`);
  expect(rest.body).toMatchObject({ data: [{ method: 'link', device: 'Firefox on Windows' }], next_cursor: null });
});

describe('what a stranger hears', () => {
  test('is the same for a wrong password, an unknown address, an unverified and a disabled account', async () => {
    await site.person('known@example.test');
    await site.person('disabled@example.test');
    await site.pool.query(`update accounts set state = 'disabled' where email = 'disabled@example.test'`);
    await site
      .browser()
      .call('POST', '/control/v1/register', { name: 'B', email: 'unverified@example.test', password: goodPassword });
    const answers = [];
    for (const [name, password] of [
      ['known', 'wrong password here'],
      ['unknown', 'wrong password here'],
      ['unverified', 'wrong password here'],
      ['disabled', 'wrong password here'],
      ['disabled', goodPassword],
    ]) {
      const { status, body, headers } = await signIn(`${name}@example.test`, `${password}`, '198.51.100.77');
      const { request_id: _id, ...rest } = body;
      answers.push(JSON.stringify([status, rest, headers.getSetCookie()]));
    }
    expect(new Set(answers).size).toBe(1);
  });

  test('takes about the same time', async () => {
    await site.person('timed@example.test');
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let i = 0; i < 12; i++) {
      for (const kind of ['known', 'unknown'] as const) {
        const email = kind === 'known' ? 'timed@example.test' : `nobody${i}@example.test`;
        const startedMs = performance.now();
        // From a place of its own each time, so that no limit answers in place of the check.
        await signIn(email, 'wrong password here', `198.51.${kind === 'known' ? 100 : 101}.${i + 1}`);
        times[kind].push(performance.now() - startedMs);
      }
    }
    const quartiles = (values: number[]) => {
      const sorted = values.toSorted((a, b) => a - b);
      return { low: sorted[2] ?? 0, high: sorted[9] ?? 0 };
    };
    const known = quartiles(times.known);
    const unknown = quartiles(times.unknown);
    expect(known.low).toBeLessThan(unknown.high);
    expect(unknown.low).toBeLessThan(known.high);
    // Both have derived a key: an answer without one takes about a tenth of that.
    expect(Math.min(...times.unknown)).toBeGreaterThan(Math.min(...times.known) / 3);
  });

  test('registering a taken address looks like registering a free one; its owner gets a mail', async () => {
    await site.person('taken@example.test');
    const register = async (email: string) => {
      const startedMs = performance.now();
      const body = { name: 'Somebody', email, password: 'another good phrase' };
      const reply = await site.browser().call('POST', '/control/v1/register', body);
      return { answer: [reply.status, reply.body, reply.headers.getSetCookie()], ms: performance.now() - startedMs };
    };
    const [taken, free] = [await register('taken@example.test'), await register('free@example.test')];
    expect(taken.answer).toEqual(free.answer);
    expect(Math.min(taken.ms, free.ms)).toBeGreaterThan(245);
    expect(site.mails.at(-2)).toMatchObject({ kind: 'already-registered', to: 'taken@example.test' });
  });
});

describe('brute force', () => {
  test('from one address stops at the tenth guess, also with forged headers behind an untrusted peer', async () => {
    const plain = await startTestSite();
    await plain.person('target@example.test');
    const codes = [];
    for (let i = 0; i < signInLimits.perPair + 3; i++) {
      const body = { email: 'target@example.test', password: `wrong password ${i}` };
      const reply = await plain.browser().call('POST', '/control/v1/sign-in', body, from(`203.0.113.${i}`));
      codes.push(reply.body.code);
      if (reply.status === 429) expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(codes.filter((code) => String(code) === 'sign_in_failed')).toHaveLength(signInLimits.perPair);
    expect(codes.at(-1)).toBe('sign_in_throttled');
    await plain.close();
  });

  test('from many addresses slows strangers down and locks the owner out of nothing', async () => {
    const email = 'victim@example.test';
    const { browser } = await site.person(email);
    const codes = [];
    for (let i = 0; i < signInLimits.perAccount + 6; i++) {
      codes.push((await signIn(email, `wrong password ${i}`, `203.0.113.${i}`)).body.code);
    }
    expect(codes.filter((code) => String(code) === 'sign_in_throttled').length).toBeGreaterThan(0);
    expect((await signIn(email, goodPassword, '203.0.113.250')).body.code).toBe('sign_in_throttled');
    // Their own browser, and one that has just set a new password by mail, do not wait.
    expect((await signIn(email, goodPassword, '203.0.113.251', browser)).body).toEqual({ next: 'done' });
    const fresh = site.browser();
    await fresh.call('POST', '/control/v1/forgot-password', { email });
    const token = site.tokenFor(email, 'reset-password');
    const password = 'entirely new phrase';
    expect((await fresh.call('POST', '/control/v1/reset-password', { token, password })).status).toBe(204);
    expect((await signIn(email, password, '203.0.113.252', fresh)).body).toEqual({ next: 'done' });
  });
});
