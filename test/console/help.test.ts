import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { type Program, workplace } from '../site/program.ts';
import { type Api, apiOf, at, listAt, textAt } from './api.ts';
import { browserOf, expectNoFaults, type Language, type Theme, type Window } from './browser.ts';
import { type Hands, keyboard, mouse } from './hands.ts';
import { register, type Signed, signIn } from './people.ts';
import { say, type Words, wordsOf } from './words.ts';

/**
 * The customer's way to help: the list that finds what is wrong, an id explained, a ticket with the facts filled in and no
 * secret in it, its answer, and the end of it. What people read and press comes from the console's own words.
 */
const work = workplace();
const browser = browserOf();
let site: Program;
let staff: Api;

beforeAll(async () => {
  site = await work.start({ settings: { LODGE_SMTP_PORT: '0' } });
  await register(site, 'ann@help.test');
  await apiOf(site.url, site.adminToken).post('/admin/v1/staff', { email: 'ann@help.test', role: 'support' });
  staff = (await signIn(site, 'ann@help.test')).api;
});

interface Walker {
  readonly window: Window;
  readonly page: Page;
  readonly hands: Hands;
  readonly words: Words;
  readonly who: Signed;
  readonly secret: string;
  /** Of a call that was refused for its model. */
  readonly requestId: string;
}

const walks: readonly { readonly language: Language; readonly theme: Theme; readonly hands: 'mouse' | 'keyboard' }[] = [
  { language: 'en', theme: 'light', hands: 'keyboard' },
  { language: 'zh', theme: 'dark', hands: 'mouse' },
];

test.each(walks)(
  'from a call that fails to a ticket that is solved: $language, $theme, $hands',
  async (walk) => {
    const who = await register(site, `${walk.language}@help.test`, walk.language);
    const { secret, requestId } = await failingKey(who);
    const window = await browser.window(site, walk, who);
    const { page } = window;
    const hands = walk.hands === 'mouse' ? mouse() : keyboard(page);
    const walker = { window, page, hands, words: await wordsOf(walk.language), who, secret, requestId };
    await findsWhatIsWrong(walker);
    await readsExplanation(walker);
    const ticket = await writesTicket(walker);
    await isAnswered(walker, ticket);
    await endsIt(walker, ticket);
    expectNoFaults(window);
  },
  240_000,
);

/** A key in use, and a call with it that asks for a model that its group does not have. */
async function failingKey({ api, organizationId }: Signed) {
  const keys = `/control/v1/organizations/${organizationId}/keys`;
  const made = await api.post(keys, { name: 'laptop', group: 'openai-standard' });
  const secret = textAt(made, 'secret');
  const response = await fetch(`${site.url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      'user-agent': 'codex_exec/0.169.0',
    },
    body: JSON.stringify({ model: 'gpt-5.5-mistyped', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(response.status).toBe(404);
  const requestId = response.headers.get('x-request-id') ?? '';
  const record = `/control/v1/organizations/${organizationId}/requests/${requestId}`;
  await expect.poll(async () => (await api.call('GET', record)).status, { timeout: 10_000 }).toBe(200);
  return { secret, requestId, keyId: textAt(made, 'key', 'id') };
}

async function findsWhatIsWrong({ window, page, hands, words, secret }: Walker): Promise<void> {
  const { help, connect } = words;
  await window.open('/console/help');
  const { checks } = help;
  await line(page, checks.reach.title).getByText(checks.states.ok, { exact: true }).waitFor();
  await line(page, checks.key.title).getByText(checks.states.ok, { exact: true }).waitFor();
  await line(page, checks.model.title).getByText(checks.states.attention, { exact: true }).waitFor();
  await line(page, checks.model.title).getByRole('button', { name: 'gpt-5.5', exact: true }).waitFor();
  await line(page, checks.errors.title).getByText('model_not_found').waitFor();
  await hands.fill(page.getByLabel(checks.choices.url), `${site.url}/v1/v1`);
  await page.getByText(checks.url.faults.twice).waitFor();
  await hands.fill(page.getByLabel(checks.choices.url), `${site.url}/v1`);
  await line(page, checks.url.title).getByText(checks.url.ok, { exact: true }).waitFor();
  await hands.fill(page.getByLabel(checks.key.paste), secret.slice(0, -1));
  await page.getByText(connect.keyProblems.truncated).waitFor();
  await hands.fill(page.getByLabel(checks.key.paste), secret);
  await page.getByText(checks.key.whole).waitFor();
  // What was pasted stands in no address.
  expect(page.url()).not.toContain(secret.slice(-20));
}

async function readsExplanation({ page, hands, words, requestId }: Walker): Promise<void> {
  const { help, request } = words;
  const box = page.getByLabel(help.explain.label);
  await hands.fill(box, 'It does not work.');
  await hands.press(button(page, help.explain.submit));
  await page.getByText(help.explain.none).waitFor();
  await hands.fill(box, `> HTTP/1.1 404\n> x-request-id: ${requestId.toLowerCase()}\n`);
  await hands.press(button(page, help.explain.submit));
  await page.waitForURL(`**/console/requests/${requestId}`);
  await hands.press(page.getByRole('link', { name: request.support.ask }));
  await page.waitForURL('**/console/help/tickets/new?*');
}

/** @returns its name */
async function writesTicket({ page, hands, words, secret, requestId }: Walker): Promise<string> {
  const { myTickets, tickets } = words;
  const { form } = myTickets;
  await expect.poll(() => page.getByRole('textbox', { name: form.subject }).inputValue()).toContain('model_not_found');
  expect(await page.getByRole('checkbox', { name: new RegExp(requestId) }).isChecked()).toBe(true);
  await page.getByText(form.promiseNone).waitFor();
  await hands.fill(page.getByLabel(form.text), `Since noon, with ${secret}`);
  await page.getByText(/sk-lodge-\w{8}…/).waitFor();
  await hands.press(button(page, form.submit));
  await page.getByText(form.secretStays).waitFor();
  await hands.press(button(page, tickets.secret.takeOut));
  await page.getByLabel(form.impact).selectOption('blocked');
  await page.locator('input[type=file]').setInputFiles({
    name: 'log.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('a log\n'.repeat(200_000)),
  });
  await page.getByText('1.2 MB').waitFor();
  await hands.press(button(page, form.submit));
  await page.waitForURL(/\/help\/tickets\/T-\d+$/);
  await page.locator(`article a[href$="/requests/${requestId}"]`).waitFor();
  await page.getByText('Codex 0.169.0').waitFor();
  await page.getByText('log.txt').waitFor();
  const ticket = page.url().split('/').at(-1) ?? '';
  const { text } = await staff.call('GET', `/admin/v1/tickets/${ticket}`);
  expect(text).toContain(requestId);
  expect(text).not.toContain(secret.slice(-20));
  return ticket;
}

async function isAnswered({ page, hands, words, who }: Walker, ticket: string): Promise<void> {
  const { myTickets } = words;
  await hands.fill(page.getByLabel(myTickets.ticket.replyLabel), 'One more thing.');
  await hands.press(button(page, myTickets.ticket.send));
  await page.getByRole('article').filter({ hasText: 'One more thing.' }).waitFor();
  const shown = await staff.get(`/admin/v1/tickets/${ticket}`);
  await staff.post(`/admin/v1/tickets/${ticket}/notes`, { text: 'Among ourselves.' });
  const answer = { text: 'The name is gpt-5.5.', state: 'solved', version: at(shown, 'version') };
  // A note has changed the ticket, or has not: whoever answers reads it again.
  const again = await staff.get(`/admin/v1/tickets/${ticket}`);
  await staff.post(`/admin/v1/tickets/${ticket}/reply`, { ...answer, version: at(again, 'version') });
  // It may be taken back for a while; then it is seen here as well as in the mail.
  await page.getByText('The name is gpt-5.5.').waitFor({ timeout: 45_000 });
  await page.getByText(myTickets.states.solved, { exact: true }).first().waitFor();
  expect(await page.getByText('Among ourselves.').count()).toBe(0);
  const list = await who.api.get('/control/v1/account/tickets');
  expect(textAt(listAt(list, 'data')[0], 'id')).toBe(ticket);
}

async function endsIt({ page, hands, words }: Walker, ticket: string): Promise<void> {
  const { myTickets, ui } = words;
  const { rating } = myTickets;
  await hands.press(button(page, myTickets.ticket.close));
  await page.getByText(say(myTickets.ticket.closed, { ticket })).waitFor();
  await hands.press(button(page, ui.undo));
  await page.getByText(say(myTickets.ticket.reopened, { ticket })).waitFor();
  await hands.press(button(page, myTickets.ticket.close));
  await hands.choose(page.getByRole('radio', { name: rating.stars['4'], exact: true }));
  await hands.press(page.locator('form').getByRole('button', { name: rating.send, exact: true }));
  await page.getByText(say(rating.given, { stars: rating.stars['4'] })).waitFor();
  await hands.press(page.getByRole('link', { name: myTickets.ticket.back }).first());
  await page.waitForURL('**/console/help/tickets');
  await page.getByText(myTickets.emptyOpen).waitFor();
}

test('a key that somebody found is out of use after its report, and nobody learns that from the answer', async () => {
  const { help } = await wordsOf('en');
  const owner = await register(site, 'owner@help.test');
  const { secret, keyId } = await failingKey(owner);
  const window = await browser.window(site);
  const thanks: string[] = [];
  for (const text of [`seen in a log: ${secret}`, 'nothing at all']) {
    await window.open('/console/report-key');
    await window.page.getByLabel(help.reportKey.label).fill(text);
    await button(window.page, help.reportKey.submit).click();
    await window.page.getByText(help.reportKey.thanksText).waitFor();
    thanks.push((await window.page.locator('main').textContent()) ?? '');
  }
  expect(thanks[0]).toBe(thanks[1]);
  const key = await owner.api.get(`/control/v1/organizations/${owner.organizationId}/keys/${keyId}`);
  expect(textAt(key, 'state')).toBe('disabled');
  expectNoFaults(window);
});

test('an organization says how long a key that became known stays in use', async () => {
  const { help } = await wordsOf('en');
  const owner = await register(site, 'rule@help.test');
  const window = await browser.window(site, {}, owner);
  const { page } = window;
  await window.open('/console/organization');
  await page.getByText(help.leakedKeys.rules.grace, { exact: true }).click();
  await page.getByLabel(help.leakedKeys.grace).fill('2');
  await page.getByLabel(help.leakedKeys.unit).selectOption('hours');
  await page
    .locator('section')
    .filter({ hasText: help.leakedKeys.title })
    .getByRole('button', { name: help.leakedKeys.save })
    .click();
  await page.getByText(help.leakedKeys.saved).waitFor();
  const path = `/control/v1/organizations/${owner.organizationId}/leaked-key-rule`;
  expect(await owner.api.get(path)).toEqual({ rule: 'grace', grace_minutes: 120 });
  expectNoFaults(window);
});

test('a link to rate that was cut off says so', async () => {
  const { myTickets } = await wordsOf('en');
  const window = await browser.window(site);
  for (const path of ['/console/rate', '/console/rate?token=1001.abc']) {
    await window.open(path);
    await window.page.getByText(myTickets.rating.expired, { exact: true }).waitFor();
  }
  expectNoFaults(window);
});

/** A point of the list. */
function line(page: Page, title: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) });
}

function button(place: Page | Locator, name: string): Locator {
  return place.getByRole('button', { name, exact: true });
}
