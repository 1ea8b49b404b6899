import { Secret, type TOTP, URI } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, goodPassword, startTestSite, type TestSite } from './testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite();
});
afterAll(() => site.close());

/** Steps that a test may use: a code passes once, and the steps beside now pass as well. */
type Steps = -1 | 0 | 1;

async function enrolled(email: string) {
  const { id, browser } = await site.person(email);
  const begun = await browser.call('POST', '/control/v1/account/two-factor', { password: goodPassword });
  const app = URI.parse(String(begun.body.uri)) as TOTP;
  const code = (steps: Steps) => app.generate({ timestamp: Date.now() + steps * 30_000 });
  const confirmed = await browser.call('POST', '/control/v1/account/two-factor/confirm', { code: code(-1) });
  expect(confirmed.status).toBe(204);
  return { id, browser, code, app, begun, recoveryCodes: begun.body.recovery_codes as unknown as string[] };
}

const first = (email: string, browser: Browser) =>
  browser.call('POST', '/control/v1/sign-in', { email, password: goodPassword });
const second = (browser: Browser, body: Record<string, unknown>) =>
  browser.call('POST', '/control/v1/sign-in/two-factor', body);

test('setting up shows secret and recovery codes once, and counts after a first code', async () => {
  const email = 'setup@example.test';
  const { browser } = await site.person(email);
  const start = (password: string) => browser.call('POST', '/control/v1/account/two-factor', { password });
  expect((await start('not the password')).body).toMatchObject({ errors: [{ field: 'body.password' }] });
  const { body } = await start(goodPassword);
  expect(String(body.uri)).toMatch(/^otpauth:\/\/totp\/Lodge:setup%40example\.test\?/);
  expect(Secret.fromBase32(String(body.secret)).bytes.length).toBe(32);
  expect(body.recovery_codes).toHaveLength(10);
  const wrong = await browser.call('POST', '/control/v1/account/two-factor/confirm', { code: '000000' });
  expect([wrong.status, wrong.body.code]).toEqual([401, 'two_factor_code_wrong']);
  // Not confirmed: the password alone still opens the account.
  expect((await first(email, site.browser())).body).toEqual({ next: 'done' });
  const { rows } = await site.pool.query<{ secret: string; backup_codes: string }>('select * from two_factors');
  expect(JSON.stringify(rows)).not.toContain(Secret.fromBase32(String(body.secret)).utf8);
  expect(JSON.stringify(rows)).not.toContain(String((body.recovery_codes as unknown as string[])[0]));
});

test('a code opens one session, not a second one', async () => {
  const email = 'replay@example.test';
  const { code } = await enrolled(email);
  const [one, two] = [site.browser(), site.browser()];
  expect((await first(email, one)).body).toEqual({ next: 'two_factor' });
  expect((await first(email, two)).body).toEqual({ next: 'two_factor' });
  expect((await one.call('GET', '/control/v1/session')).status).toBe(401);
  const used = code(0);
  expect((await second(one, { code: used })).body).toEqual({ next: 'done' });
  expect((await one.call('GET', '/control/v1/session')).body).toMatchObject({ account: { email, two_factor: true } });
  expect((await second(two, { code: used })).body.code).toBe('two_factor_code_wrong');
  expect((await second(two, { code: code(1) })).body).toEqual({ next: 'done' });
});

test('of two that bring the same code at once one passes', async () => {
  const email = 'twice@example.test';
  const { code } = await enrolled(email);
  const browsers = [site.browser(), site.browser(), site.browser()];
  for (const browser of browsers) await first(email, browser);
  const used = code(0);
  const replies = await Promise.all(browsers.map((browser) => second(browser, { code: used })));
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
});

test('five wrong codes burn the challenge; the right one then needs a new sign-in', async () => {
  const email = 'burnt@example.test';
  const { code } = await enrolled(email);
  const browser = site.browser();
  await first(email, browser);
  const codes = [];
  for (let i = 0; i < 6; i++) codes.push((await second(browser, { code: '000000' })).body.code);
  expect(codes.slice(0, 5)).toEqual(Array(5).fill('two_factor_code_wrong'));
  expect(codes[5]).toBe('two_factor_expired');
  expect((await second(browser, { code: code(0) })).body.code).toBe('two_factor_expired');
  const { rows } = await site.pool.query(
    `select 1 from sign_ins s join accounts a on a.id = s.account_id where a.email = $1 and outcome = 'wrong_code'`,
    [email],
  );
  expect(rows.length).toBeGreaterThanOrEqual(5);
});

test('guessing goes on to be slowed down over many challenges', async () => {
  const email = 'guess@example.test';
  await enrolled(email);
  const codes: string[] = [];
  for (let round = 0; round < 4; round++) {
    const browser = site.browser();
    await first(email, browser);
    for (let i = 0; i < 4; i++) codes.push(String((await second(browser, { code: '000000' })).body.code));
  }
  expect(codes.filter((code) => code === 'two_factor_code_wrong').length).toBeLessThanOrEqual(10);
  expect(codes.at(-1)).toBe('sign_in_throttled');
});

test('a recovery code works once, and its use is told', async () => {
  const email = 'recovery@example.test';
  const { recoveryCodes } = await enrolled(email);
  const [code = ''] = recoveryCodes;
  const [one, two] = [site.browser(), site.browser()];
  await first(email, one);
  await first(email, two);
  expect((await second(one, { recovery_code: ` ${code} ` })).body).toEqual({ next: 'done' });
  expect((await second(two, { recovery_code: code })).body.code).toBe('two_factor_code_wrong');
  expect(site.mails.findLast(({ kind }) => kind === 'recovery-code-used')).toMatchObject({
    to: email,
    facts: { left: 9 },
  });
  const both = await second(two, { recovery_code: code, code: '123456' });
  expect(both.body.code).toBe('input_invalid');
});

test('a trusted browser needs no code until the account’s sessions are ended', async () => {
  const email = 'trusted@example.test';
  const { browser: own, code } = await enrolled(email);
  const browser = site.browser();
  await first(email, browser);
  expect((await second(browser, { code: code(0), trust_device: true })).body).toEqual({ next: 'done' });
  expect((await first(email, browser)).body).toEqual({ next: 'done' });
  const other = site.browser();
  other.cookies.set('lodge.trust_device', 'forged');
  expect((await first(email, other)).body).toEqual({ next: 'two_factor' });
  await own.call('POST', '/control/v1/account/sessions/revoke-others');
  expect((await first(email, browser)).body).toEqual({ next: 'two_factor' });
});

test('new recovery codes replace the old ones; turning it off asks for the password', async () => {
  const email = 'off@example.test';
  const { browser, recoveryCodes } = await enrolled(email);
  const path = '/control/v1/account/two-factor';
  expect((await browser.call('POST', path, { password: goodPassword })).body.code).toBe('two_factor_on');
  const renewed = await browser.call('POST', `${path}/recovery-codes`, { password: goodPassword });
  expect(renewed.body.recovery_codes).toHaveLength(10);
  const other = site.browser();
  await first(email, other);
  expect((await second(other, { recovery_code: recoveryCodes[1] })).status).toBe(401);
  expect((await browser.call('POST', `${path}/disable`, {})).body).toMatchObject({
    errors: [{ field: 'body.password' }],
  });
  expect((await browser.call('POST', `${path}/disable`, { password: goodPassword })).status).toBe(204);
  expect((await browser.call('POST', `${path}/disable`, { password: goodPassword })).body.code).toBe('two_factor_off');
  expect((await first(email, site.browser())).body).toEqual({ next: 'done' });
  const told = site.mails.filter(({ kind, to }) => kind === 'two-factor-changed' && to === email);
  expect(told.map(({ facts }) => 'enabled' in facts && facts.enabled)).toEqual([true, true, false]);
});
