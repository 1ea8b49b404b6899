import { Secret, TOTP } from 'otpauth';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { type Program, workplace } from '../site/program.ts';
import { browserOf, expectNoFaults, type Language, type Theme, type Window } from './browser.ts';
import { type Hands, keyboard, mouse } from './hands.ts';
import { goodPassword } from './people.ts';
import { say, type Words, wordsOf } from './words.ts';

/**
 * From the first page to the first call, its explanation, and a forgotten password: as people walk it, in both languages,
 * both themes, and once without a mouse. What they read and press comes from the console's own words.
 */
const work = workplace();
const browser = browserOf();
const nextPassword = 'another lodge stands at the gate';
let site: Program;

beforeAll(async () => {
  site = await work.start();
});

/** Somebody at a window. */
interface Walker {
  readonly window: Window;
  readonly page: Page;
  readonly hands: Hands;
  readonly words: Words;
  readonly email: string;
  readonly password: string;
}

interface Walk {
  readonly language: Language;
  readonly theme: Theme;
  readonly hands: 'mouse' | 'keyboard';
}

const walks: readonly Walk[] = [
  { language: 'en', theme: 'light', hands: 'mouse' },
  { language: 'zh', theme: 'dark', hands: 'mouse' },
  { language: 'en', theme: 'dark', hands: 'keyboard' },
  { language: 'zh', theme: 'light', hands: 'mouse' },
];

test.each(walks)(
  'from the first page to a call that is explained: $language, $theme, $hands',
  async (walk) => {
    const window = await browser.window(site, walk);
    const { page } = window;
    const walker: Walker = {
      window,
      page,
      hands: walk.hands === 'mouse' ? mouse() : keyboard(page),
      words: await wordsOf(walk.language),
      email: `${walk.language}-${walk.theme}@journey.test`,
      password: goodPassword,
    };
    await registers(walker);
    expect(await page.locator('html').getAttribute('data-theme')).toBe(walk.theme);
    expect(await page.locator('html').getAttribute('lang')).toMatch(walk.language);
    const secret = await createsKey(walker);
    await connects(walker, secret);
    const requestId = await seesUsage(walker, secret);
    await readsExplanation(walker, requestId);
    await signsOutAndIn(walker);
    const recoveryCode = await turnsTwoFactorOn(walker);
    await forgetsPassword(walker, recoveryCode);
    expectNoFaults(window);
  },
  240_000,
);

async function registers({ window, page, hands, words, email, password }: Walker): Promise<void> {
  const { signIn, dashboard } = words;
  await window.open('/');
  await hands.press(page.locator('a[href$="/console/register"]').first());
  await page.waitForURL('**/console/register');
  await hands.fill(page.getByLabel(signIn.name, { exact: true }), email.split('@', 1)[0] ?? '');
  await hands.fill(page.getByLabel(signIn.email), email);
  await hands.fill(page.getByLabel(signIn.password, { exact: true }), password);
  await hands.press(button(page, signIn.register.submit));
  await page.waitForURL('**/console/check-mail');
  await opensMail({ page, hands, words, email });
  await page.waitForURL('**/console/');
  await heading(page, dashboard.steps.title).waitFor();
}

/** From a page that says where mail is, to what its link opens. */
async function opensMail({ page, hands, words, email }: Omit<Walker, 'window' | 'password'>): Promise<void> {
  await hands.press(page.getByRole('link', { name: words.signIn.mail.open }));
  await page.waitForURL('**/console/outbox');
  await page
    .getByText(say(words.outbox.from, { recipient: email }))
    .first()
    .waitFor();
  await hands.press(page.getByRole('link', { name: words.outbox.open }));
}

/** The secret of the key, as it was shown. */
async function createsKey({ page, hands, words }: Walker): Promise<string> {
  const { keys, dashboard, ui } = words;
  await hands.press(page.getByRole('link', { name: dashboard.steps.keyAction }).first());
  await page.waitForURL('**/console/keys/new');
  await hands.fill(page.getByRole('textbox', { name: keys.form.name, exact: true }), 'laptop');
  await hands.choose(page.locator('input[name="group"][value="openai-standard"]'));
  await hands.press(button(page, keys.create));
  const dialog = page.getByRole('dialog', { name: say(keys.created, { name: 'laptop' }) });
  const secret = (await dialog.getByRole('code').textContent()) ?? '';
  expect(secret).toMatch(/^sk-lodge-\w{20,}$/);
  await hands.press(button(dialog, ui.copySecret));
  await expect.poll(() => clipboard(page)).toBe(secret);
  // Shown once: it does not go away before somebody says that it is stored.
  await page.keyboard.press('Escape');
  await hands.check(dialog.getByLabel(ui.secretStored));
  await hands.press(button(dialog, ui.done));
  await hands.press(page.getByRole('dialog').getByRole('link', { name: keys.connectTool }));
  await page.waitForURL('**/console/connect?*');
  return secret;
}

async function connects({ window, page, hands, words }: Walker, secret: string): Promise<void> {
  const { connect } = words;
  await hands.choose(page.locator('input[name="tool"][value="curl"]'));
  const snippet = page.locator('pre', { hasText: `${site.url}/v1` }).first();
  await expect.poll(() => page.locator('pre').allTextContents()).toContainEqual(expect.stringContaining(secret));
  await snippet.waitFor();
  // Nothing keeps the secret but the window's memory.
  await page.reload();
  const prefix = secret.slice(0, 'sk-lodge-'.length + 4);
  const field = page.getByLabel(new RegExp(literal(prefix)));
  await field.waitFor();
  expect(await page.content()).not.toContain(secret);
  await hands.fill(field, secret);
  await hands.press(button(page, connect.test.run));
  await page.getByText(connect.test.works, { exact: true }).waitFor();
  await page.locator('a[href*="/console/requests/req_"]').nth(1).waitFor();
  await expect.poll(() => button(page, connect.test.again).isEnabled()).toBe(true);
  expectNoFaults(window);
}

/** The call that was made while the page was open: how soon it stood there is said, and bounded. */
async function seesUsage({ page, hands, words }: Walker, secret: string): Promise<string> {
  await hands.press(navigation(page, words, words.shell.pages.usage));
  await page.waitForURL('**/console/usage**');
  const figure = page.locator('main h2', { hasText: words.usage.requests }).first().locator('xpath=../p[1]');
  await expect.poll(async () => Number(await figure.textContent())).toBeGreaterThan(0);
  const before = Number(await figure.textContent());
  const response = await fetch(`${site.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-5.5', messages: [{ role: 'user', content: 'Say hello' }] }),
  });
  expect(response.status, await response.text()).toBe(200);
  const endedMs = performance.now();
  await expect.poll(async () => Number(await figure.textContent())).toBeGreaterThan(before);
  const shownMs = Math.round(performance.now() - endedMs);
  console.log(`A call stood on the usage page ${shownMs} ms after its end.`);
  // Two seconds by themselves; the machine may be busy with other tests.
  expect(shownMs).toBeLessThan(5_000);
  return response.headers.get('x-request-id') ?? '';
}

async function readsExplanation({ page, hands, words }: Walker, requestId: string): Promise<void> {
  const { request, shell } = words;
  await hands.press(navigation(page, words, shell.pages.requests));
  await page.waitForURL('**/console/requests');
  await hands.press(page.locator(`a[data-row-link][href$="/console/requests/${requestId}"]`));
  await page.waitForURL(`**/console/requests/${requestId}`);
  for (const title of [request.timeline.title, request.charge.title, request.facts.title])
    await heading(page, title).waitFor();
  await page.getByText(request.action.nobody).waitFor();
  await hands.press(button(page, request.support.copy));
  await expect.poll(() => clipboard(page)).toContain(requestId);
}

async function signsOutAndIn(walker: Walker): Promise<void> {
  const { window, page, password } = walker;
  await signsOut(walker);
  await givesPassword({ ...walker, password: 'not the password at all' });
  // The API's own English, or the console's words for its code.
  await page.getByText(/the address or the password is wrong|邮箱或密码错误/).waitFor();
  expectNoFaults(window);
  await givesPassword({ ...walker, password });
  await page.waitForURL('**/console/');
}

async function signsOut({ page, hands, words, email }: Walker): Promise<void> {
  const name = email.split('@', 1)[0] ?? '';
  await hands.press(button(page, say(words.shell.accountMenu, { name })));
  await hands.pick(page.getByRole('menuitem', { name: words.shell.signOut }));
  await page.waitForURL('**/console/sign-in');
}

async function givesPassword({ page, hands, words, email, password }: Walker): Promise<void> {
  await hands.fill(page.getByLabel(words.signIn.email), email);
  await hands.fill(page.getByLabel(words.signIn.password, { exact: true }), password);
  await hands.press(button(page, words.signIn.signIn));
}

/** Signed in with a code at the end; one of the recovery codes. */
async function turnsTwoFactorOn(walker: Walker): Promise<string> {
  const { window, page, hands, words, password } = walker;
  const { twoFactor, presentPassword } = words.account;
  await window.open('/console/account/security');
  await hands.press(button(page, twoFactor.setUp));
  const dialog = page.getByRole('dialog');
  await hands.fill(dialog.getByLabel(presentPassword, { exact: true }), password);
  await hands.press(button(dialog, twoFactor.steps.begin));
  const field = dialog.getByLabel(twoFactor.steps.code);
  await field.waitFor();
  const shown = (await dialog.getByRole('code').textContent()) ?? '';
  const app = new TOTP({ secret: Secret.fromBase32(shown.replaceAll(' ', '')) });
  await hands.fill(field, app.generate());
  const codes = dialog.getByRole('listitem');
  await codes.first().waitFor();
  const recoveryCode = (await codes.first().textContent()) ?? '';
  await hands.check(dialog.getByLabel(twoFactor.recovery.stored));
  await hands.press(button(dialog, twoFactor.recovery.done));
  await page.getByText(twoFactor.on, { exact: true }).waitFor();
  await signsOut(walker);
  await givesPassword(walker);
  await page.waitForURL('**/console/sign-in?step=code');
  // A code opens one door; the next one counts already.
  await hands.fill(page.getByLabel(words.signIn.code.code), app.generate({ timestamp: Date.now() + 30_000 }));
  await page.waitForURL('**/console/');
  return recoveryCode;
}

async function forgetsPassword(walker: Walker, recoveryCode: string): Promise<void> {
  const { page, hands, words, email } = walker;
  const { forgot, reset, code, newPassword } = words.signIn;
  await signsOut(walker);
  await hands.press(page.getByRole('link', { name: words.signIn.in.forgot }));
  await page.waitForURL('**/console/forgot-password');
  await hands.fill(page.getByLabel(words.signIn.email), email);
  await hands.press(button(page, forgot.submit));
  await opensMail(walker);
  await page.waitForURL('**/console/reset-password?token=*');
  await hands.fill(page.getByLabel(newPassword, { exact: true }), nextPassword);
  await hands.press(button(page, reset.submit));
  await page.waitForURL('**/console/sign-in');
  await givesPassword({ ...walker, password: nextPassword });
  await page.waitForURL('**/console/sign-in?step=code');
  await hands.press(button(page, code.useRecovery));
  await hands.fill(page.getByLabel(code.recovery, { exact: true }), recoveryCode);
  await hands.press(button(page, code.submit));
  await page.waitForURL('**/console/');
}

function literal(text: string): string {
  return text.replaceAll(/[^\w]/g, '\\$&');
}

function button(place: Page | Locator, name: string): Locator {
  return place.getByRole('button', { name, exact: true });
}

function heading(page: Page, name: string): Locator {
  return page.getByRole('heading', { name, exact: true });
}

function navigation(page: Page, words: Words, name: string): Locator {
  return page.getByRole('navigation', { name: words.shell.navigation }).getByRole('link', { name, exact: true });
}

function clipboard(page: Page): Promise<string> {
  return page.evaluate('navigator.clipboard.readText()') as Promise<string>;
}
