import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { apiOf, at, isObject, type Json, listAt, textAt } from './api.ts';
import { expectNoFaults } from './browser.ts';
import {
  button,
  confirm,
  type Desk,
  desksOf,
  dialogOf,
  downloads,
  givesReason,
  goTo,
  signsIn,
  toasted,
} from './desk.ts';
import { goodPassword, register } from './people.ts';
import { say, wordsOf } from './words.ts';

/**
 * From the credentials that a first start prints to a site that serves a customer, and to what the audit log says of all
 * that was done: as its operator walks it, in one language and light, and shorter in the other and dark.
 */
const desks = desksOf();
const group = 'house';
const model = 'o4-mini';
/** USD per million tokens, the operator's own; what the group's customers pay is half of it. */
const rates = { input: 2, output: 10 };
const multiplier = 0.5;

function call({ site }: Desk, key: string, asked = model): Promise<Response> {
  return fetch(`${site.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: asked, messages: [{ role: 'user', content: 'Say hello' }] }),
  });
}

/** What the terminal shows opens a door behind which there is one thing to do. */
async function arrives(desk: Desk): Promise<void> {
  const { site, window, page, words, look } = desk;
  const { language, theme } = look;
  const [, email = '', password = ''] = /e-mail {4}(\S+)\n {2}password {2}(\S+)/.exec(site.stdout()) ?? [];
  await window.open('/console/operator/staff');
  await page.waitForURL('**/console/sign-in?next=*');
  // A choice of one's own outlasts what the account says.
  await button(page, words.shell.language).click();
  await page.locator(`[role="menuitemradio"]:has([lang^="${language}"])`).click();
  await signsIn(page, words, email, password);
  await page.waitForURL('**/console/new-password?next=*');
  for (const path of ['/console/', '/console/account', '/console/operator']) {
    await page.goto(path);
    await page.waitForURL('**/console/new-password**');
  }
  for (const path of ['/admin/v1/overview', '/admin/v1/staff', '/control/v1/account/sessions'])
    expect((await page.request.get(path)).status(), path).toBe(403);
  await page.getByLabel(words.signIn.given.present, { exact: true }).fill(password);
  await page.getByLabel(words.signIn.newPassword, { exact: true }).fill(goodPassword);
  await button(page, words.signIn.given.submit).click();
  await page.waitForURL('**/console/operator');
  await page.getByText(words.operator.overview.channelsGood, { exact: true }).waitFor();
  expect(await page.evaluate('window.scrollY'), 'the page begins at its beginning').toBe(0);
  expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
  expect(await page.locator('html').getAttribute('lang')).toMatch(language);
  const again = await apiOf(site.url).call('POST', '/control/v1/sign-in', { body: { email, password } });
  expect(again.code).toBe('sign_in_failed');
}

async function makesGroup(desk: Desk): Promise<void> {
  const { page, words } = desk;
  const { groups, channels } = words.catalogue;
  await goTo(desk, '/operator/groups');
  await button(page, groups.add).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel(words.catalogue.vendor).selectOption('openai');
  await dialog.getByLabel(words.catalogue.id, { exact: true }).fill(group);
  await dialog.getByLabel(groups.displayName, { exact: true }).fill('House');
  await dialog.getByLabel(groups.multiplier, { exact: true }).fill(String(multiplier));
  await confirm(page, groups.add);
  await page.getByRole('heading', { level: 1, name: 'House' }).waitFor();
  await page.getByText(groups.noChannels, { exact: true }).waitFor();
  await button(page, channels.add).click();
  await dialog.getByLabel(channels.displayName, { exact: true }).fill('Built in');
  await dialog.getByLabel(channels.baseUrl, { exact: true }).fill('sandbox:');
  await dialog.getByLabel(new RegExp(`^${channels.credential}`)).fill('any will do');
  await confirm(page, channels.add);
  await page.getByRole('heading', { level: 1, name: 'Built in' }).waitFor();
  await button(page, channels.test).click();
  await page.getByText(channels.testGood).waitFor();
  await page.getByText(channels.tests.served).waitFor();
}

/** The operator's own price of a model, and its place in the group. */
async function pricesModel(desk: Desk): Promise<void> {
  const { page, words } = desk;
  const { groups, models, prices, saved } = words.catalogue;
  await goTo(desk, '/operator/models');
  await page.getByRole('searchbox', { name: models.search }).fill(model);
  await page.getByRole('link', { name: model }).click();
  await button(page, prices.add).click();
  await dialogOf(page).getByLabel(prices.rate.input, { exact: true }).fill(String(rates.input));
  await dialogOf(page).getByLabel(prices.rate.output, { exact: true }).fill(String(rates.output));
  await confirm(page, prices.add);
  await page.getByText(`${prices.source}: ${prices.operator}`).waitFor();
  await page.getByText(prices.states.now, { exact: true }).waitFor();
  await goTo(desk, '/operator/groups');
  await page.getByRole('link', { name: /^House/ }).click();
  await page.getByLabel(groups.addModel).and(page.locator('select')).selectOption(model);
  await button(page, groups.addModel).click();
  await button(page, groups.saveModels).click();
  await toasted(desk, saved);
}

interface Served {
  readonly key: string;
  readonly requestId: string;
}

/** A call of the customer's is answered, and costs what was said. */
async function serves(desk: Desk): Promise<Served> {
  const { page, words, customer } = desk;
  const here = `/control/v1/organizations/${customer.organizationId}`;
  const key = textAt(await customer.api.post(`${here}/keys`, { name: 'laptop', group }), 'secret');
  const response = await call(desk, key);
  const answer = (await response.json()) as Json;
  expect(response.status, JSON.stringify(answer)).toBe(200);
  const requestId = response.headers.get('x-request-id') ?? '';
  const tokens = (name: string) => Number(at(answer, 'usage', name));
  const micros = tokens('prompt_tokens') * rates.input + tokens('completion_tokens') * rates.output;
  expect(micros).toBeGreaterThan(0);
  const charged = async () => {
    const { body } = await customer.api.call('GET', `${here}/requests/${requestId}`);
    return isObject(body) ? Number(body['actual_cost_usd']) : null;
  };
  await expect.poll(charged).toBeCloseTo((micros * multiplier) / 1e6, 9);
  const row = page.getByRole('row', { name: /^Built in/ });
  await row.getByText(words.operator.conditions.healthy, { exact: true }).waitFor();
  return { key, requestId };
}

/** The same call among everybody's, and the way back from it. */
async function explains(desk: Desk, requestId: string): Promise<void> {
  const { page, words } = desk;
  await goTo(desk, '/operator/requests');
  await page.getByRole('searchbox', { name: words.operator.requests.find }).fill(`it said ${requestId}, why?`);
  await page.locator(`a[data-row-link][href$="/${requestId}"]`).click();
  await page.getByRole('heading', { name: words.request.charge.title }).waitFor();
  await page.getByText(words.request.staff.foreign).waitFor();
  await page.getByRole('main').getByRole('link', { name: words.request.back }).click();
  await page.waitForURL('**/console/operator/requests');
}

async function setsFace(desk: Desk): Promise<void> {
  const { page, words, theirs } = desk;
  const { site } = words.siteSettings;
  await goTo(desk, '/operator/site');
  await page.getByLabel(site.name).fill('Harbour');
  await button(page, site.addContact).click();
  await page.getByRole('textbox', { name: site.contactValue.email, exact: true }).fill('desk@harbour.test');
  await page.getByLabel(new RegExp(`^${site.labelEn}`)).fill('The desk');
  await page.getByLabel(new RegExp(`^${site.labelZh}`)).fill('服务台');
  await button(page, site.save).click();
  await toasted(desk, site.saved);
  await theirs.open('/');
  await theirs.page.getByRole('heading', { level: 1, name: 'Harbour' }).waitFor();
  await theirs.page
    .getByText(/The desk|服务台/)
    .first()
    .waitFor();
  await theirs.page.getByRole('link', { name: 'desk@harbour.test' }).first().waitFor();
}

async function announces(desk: Desk): Promise<void> {
  const { page, words, theirs } = desk;
  const { announcements } = words.siteSettings;
  await goTo(desk, '/operator/announcements');
  await button(page, announcements.add).first().click();
  for (const [name, title] of [
    [announcements.english, 'Maintenance on Sunday'],
    [announcements.chinese, '周日维护'],
  ] as const)
    await dialogOf(page).getByRole('group', { name, exact: true }).getByLabel(announcements.titleField).fill(title);
  await confirm(page, announcements.publish);
  await toasted(desk, announcements.published);
  await theirs.open('/console/');
  await theirs.page
    .getByRole('main')
    .getByText(/^(?:Maintenance on Sunday|周日维护)$/)
    .first()
    .waitFor();
  expect(await theirs.page.title()).toMatch(/ · Harbour$/);
}

/** By whatever a customer's mail may hold; ends on the customer's page. */
async function finds(desk: Desk, clues: readonly string[]): Promise<void> {
  const { page, words } = desk;
  await goTo(desk, '/operator/customers');
  const rows = page.getByRole('table', { name: words.customers.list }).locator('a[data-row-link]');
  for (const clue of ['nobody@nowhere.test', ...clues]) {
    const isNobody = clue.startsWith('nobody');
    await page.getByRole('searchbox', { name: words.customers.search }).fill(clue);
    if (isNobody) await page.getByText(words.customers.emptyTitle, { exact: true }).waitFor();
    else await expect.poll(() => rows.allTextContents(), { message: clue }).toEqual(['ada']);
  }
  await rows.click();
  await page.getByRole('heading', { level: 1, name: 'ada' }).waitFor();
}

/** What sticks to the top does so below the banner, and nothing is pushed out of the window by it. */
async function expectBelow(page: Page, banner: Locator): Promise<void> {
  const height = async () => Math.round((await banner.boundingBox())?.height ?? 0);
  const side = () => page.getByRole('complementary').first().boundingBox();
  await expect.poll(async () => (await side())?.y).toBe(await height());
  await expect.poll(async () => (await side())?.height).toBe(900 - (await height()));
}

/** Looks with the customer's eyes, which change nothing and are seen. */
async function acts(desk: Desk): Promise<void> {
  const { window, page, words, customer, theirs } = desk;
  const { customers, shell, keys } = words;
  await page.getByRole('tab', { name: customers.tab.members }).click();
  const begun = page.url();
  await button(page, customers.act).click();
  await givesReason(desk, 'to see what is wrong', customers.actAction);
  const banner = page.getByRole('status').filter({ hasText: customer.email });
  await banner.waitFor();
  await expectBelow(page, banner);
  const links = page.getByRole('navigation', { name: shell.navigation }).getByRole('link');
  await expect.poll(() => links.count()).toBeGreaterThan(12);
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(paths.filter((path) => path.includes('operator'))).toEqual([]);
  for (const path of paths) {
    await goTo(desk, path.replace('/console', ''));
    await banner.waitFor();
  }
  await window.open('/console/keys/new');
  await page.getByRole('textbox', { name: keys.form.name, exact: true }).fill('not theirs');
  await page.locator('input[name="group"]').first().locator('xpath=ancestor::label').click();
  await button(page, keys.create).click();
  await page.getByText(/^(?:While you look|以客户身份查看时)/).waitFor();
  await button(page, shell.endActing).click();
  await page.waitForURL(begun);
  expect(new URL(begun).searchParams.get('tab')).toBe('members');
  await banner.waitFor({ state: 'detached' });
  await theirs.open('/console/organization/audit');
  for (const action of [words.audit.actions.account_acting_started, words.audit.actions.account_acting_ended])
    await button(theirs.page, action).waitFor();
}

/** Out of business and back: the key says so at once, and the console to whoever signs in. */
async function suspends(desk: Desk, key: string): Promise<void> {
  const { page, words, customer } = desk;
  const { customers, shell } = words;
  await button(page, customers.suspend).click();
  await givesReason(desk, 'invoices are overdue', customers.suspend);
  await toasted(desk, say(customers.suspendedToast, { name: 'ada' }));
  await expect.poll(async () => (await call(desk, key)).status).toBe(401);
  const refusal = (await (await call(desk, key)).json()) as Json;
  expect(textAt(refusal, 'error', 'code')).toBe('key_disabled');
  const anew = await desk.another();
  const en = await wordsOf('en');
  await anew.open('/console/sign-in');
  await signsIn(anew.page, en, customer.email, goodPassword);
  await anew.page.getByText(say(en.shell.suspended, { name: 'ada' })).waitFor();
  await anew.page.getByText(en.dashboard.noOrganization.suspended).waitFor();
  await button(page, customers.resume).click();
  await givesReason(desk, 'they are paid', customers.resume);
  await expect.poll(async () => (await call(desk, key)).status).toBe(200);
  await anew.open('/console/keys');
  await anew.page.getByText('laptop').waitFor();
  expect(await anew.page.getByText(say(shell.suspended, { name: 'ada' })).count()).toBe(0);
  expectNoFaults(anew);
  await anew.context.close();
}

/** Somebody for the desk, who sees what the desk needs and no more. */
async function addsStaff(desk: Desk): Promise<void> {
  const { site, page, words } = desk;
  const { staff } = words.operator;
  const { email } = await register(site, 'sam@staff.test');
  await goTo(desk, '/operator/staff');
  await button(page, staff.add).click();
  await dialogOf(page).getByLabel(staff.email).fill(email);
  await dialogOf(page).locator('input[name="role"][value="support"]').check();
  await confirm(page, staff.add);
  await toasted(desk, say(staff.added, { email }));
  const { page: seen, ...window } = await desk.another();
  const en = await wordsOf('en');
  await window.open('/console/sign-in?next=/console/operator');
  await signsIn(seen, en, email, goodPassword);
  await seen.waitForURL('**/console/operator');
  const links = seen.getByRole('navigation', { name: en.shell.navigation }).locator('a[href*="/operator"]');
  const names = [
    '',
    '/customers',
    '/accounts',
    '/requests',
    '/groups',
    '/channels',
    '/models',
    '/mail',
    '/site',
    '/audit',
  ];
  await expect
    .poll(() => links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? '')))
    .toEqual(names.map((name) => `/console/operator${name}`));
  for (const path of ['/console/operator/staff', '/console/operator/announcements']) {
    await window.open(path);
    await seen.getByText(en.shell.noAccessStaff).waitFor();
  }
  for (const path of ['/admin/v1/staff', '/admin/v1/announcements'])
    expect((await seen.request.get(path)).status(), path).toBe(403);
  await window.open(`/console/operator/groups/${group}`);
  await seen.getByText('Built in').waitFor();
  expect(await button(seen, en.catalogue.edit).count()).toBe(0);
  await window.open(`/console/operator/customers/${desk.customer.organizationId}`);
  await seen.getByRole('tab', { name: en.customers.tab.keys }).waitFor();
  expect(await button(seen, en.customers.suspend).count()).toBe(0);
  expectNoFaults({ page: seen, ...window });
  await window.context.close();
}

/** All of it stands in the log, can be narrowed, and is taken away as a file. */
async function readsLog(desk: Desk, done: readonly string[]): Promise<void> {
  const { page, words } = desk;
  const { audit } = words.operator;
  await goTo(desk, '/operator/audit');
  await button(page, audit.actions.group_created).waitFor();
  const whole = JSON.parse(await downloads(desk, audit.downloadJson)) as Json;
  const entries = Array.isArray(whole) ? whole : listAt(whole, 'data');
  const actions = entries.map((entry) => textAt(entry as Json, 'action'));
  expect(actions).toEqual(expect.arrayContaining([...done]));
  await page.getByLabel(audit.filterKind, { exact: true }).selectOption('group');
  await expect.poll(() => new URL(page.url()).searchParams.get('kind')).toBe('group');
  await button(page, audit.actions.channel_created).waitFor({ state: 'detached' });
  await button(page, audit.actions.group_created).first().click();
  await dialogOf(page).getByText('House').first().waitFor();
  await page.keyboard.press('Escape');
  const csv = await downloads(desk, audit.downloadCsv);
  const lines = csv.trimEnd().split('\r\n').slice(1);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toMatch(/\bgroup\.\w+/);
  expect(csv).toContain('group.created');
}

const always = [
  'account.password_changed',
  'group.created',
  'channel.created',
  'site.changed',
  'announcement.added',
  'account.acting_started',
  'account.acting_ended',
];

test('a site is opened, serves a customer at a price, and its operator answers for what was done', async () => {
  const desk = await desks.sitDown({ language: 'en', theme: 'light' });
  await arrives(desk);
  await makesGroup(desk);
  await pricesModel(desk);
  const { key, requestId } = await serves(desk);
  await explains(desk, requestId);
  await setsFace(desk);
  await announces(desk);
  await finds(desk, [desk.customer.email, key.slice(0, 'sk-lodge-'.length + 8), requestId]);
  await acts(desk);
  await suspends(desk, key);
  await addsStaff(desk);
  const more = ['price.created', 'group.changed', 'organization.suspended', 'organization.resumed'];
  await readsLog(desk, [...always, ...more, 'account.staff_role_changed']);
  expectNoFaults(desk.window);
  expectNoFaults(desk.theirs);
});

test('the same in Chinese and dark, shorter', async () => {
  const desk = await desks.sitDown({ language: 'zh', theme: 'dark' });
  await arrives(desk);
  await makesGroup(desk);
  await setsFace(desk);
  await announces(desk);
  await finds(desk, [desk.customer.email]);
  await acts(desk);
  await readsLog(desk, always);
  expectNoFaults(desk.window);
  expectNoFaults(desk.theirs);
});
