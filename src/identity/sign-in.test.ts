import { afterAll, beforeAll, expect, test } from 'vitest';
import { goodPassword, startTestSite, type TestSite } from './testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite();
});
afterAll(() => site.close());

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
  const replayed = await site.browser().call('POST', '/control/v1/verify-email', { token });
  expect(replayed.body.code).toBe('link_invalid');

  expect((await browser.call('DELETE', '/control/v1/session')).status).toBe(204);
  expect((await browser.call('GET', '/control/v1/session')).status).toBe(401);
  const wrong = await browser.call('POST', '/control/v1/sign-in', { email, password: `${goodPassword}!` });
  expect([wrong.status, wrong.body.code]).toEqual([401, 'sign_in_failed']);
  const right = await browser.call('POST', '/control/v1/sign-in', { email, password: goodPassword, remember: true });
  expect(right.body).toEqual({ next: 'done' });
  expect((await browser.call('GET', '/control/v1/session')).status).toBe(200);
});
