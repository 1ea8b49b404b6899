import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { type Program, workplace } from '../site/program.ts';
import { apiOf, listAt, textAt } from './api.ts';
import { browserOf, expectNoFaults, type Language, type Theme, type Window } from './browser.ts';
import { register, type Signed, signIn } from './people.ts';
import { say, type Words, wordsOf } from './words.ts';

/**
 * A day at the desk: the inbox by keys, a ticket that is answered, what is taken back, and a colleague who was faster.
 * What people read and press comes from the console's own words.
 */
const work = workplace();
const browser = browserOf();
let site: Program;
let customer: Signed;
let ann: Signed;
let ben: Signed;
/** Who works in which language. */
let agents: Readonly<Record<Language, Signed>>;

beforeAll(async () => {
  site = await work.start({ settings: { LODGE_SMTP_PORT: '0' } });
  customer = await register(site, 'dora@customer.test');
  ann = await staff('ann@inbox.test', 'admin');
  ben = await staff('ben@inbox.test', 'support');
  agents = { en: ann, zh: await staff('lin@inbox.test', 'admin', 'zh') };
});

async function staff(email: string, role: string, language: Language = 'en'): Promise<Signed> {
  await register(site, email, language);
  await apiOf(site.url, site.adminToken).post('/admin/v1/staff', { email, role });
  return signIn(site, email);
}

async function ticket(subject: string, category = 'bug'): Promise<string> {
  const asked = { category, subject, text: `${subject}: what can we do?` };
  return textAt(await customer.api.post('/control/v1/account/tickets', asked), 'ticket', 'id');
}

const looks: readonly { readonly language: Language; readonly theme: Theme }[] = [
  { language: 'en', theme: 'light' },
  { language: 'zh', theme: 'dark' },
];

test.each(looks)(
  'the inbox is worked by keys alone: $language',
  async (look) => {
    const words = await wordsOf(look.language);
    const { desk } = words;
    const [first, second] = [await ticket(`First ${look.language}`), await ticket(`Second ${look.language}`)];
    const window = await browser.window(site, look, agents[look.language]);
    const { page } = window;
    await window.open('/console/desk');
    const { keyboard } = page;
    const focused = () => page.evaluate<string | null>('document.activeElement.dataset.rowLink ?? null');
    const toFirst = () =>
      expect
        .poll(async () => {
          await keyboard.press('j');
          return focused();
        })
        .toBe(first);

    await keyboard.press('j');
    expect(await focused()).toBe(second);
    await toFirst();
    await keyboard.press('a');
    await page.getByText(say(desk.done.assigned, { id: first, name: desk.list.mine })).waitFor();
    await keyboard.press('e');
    await page.getByText(say(desk.done.solved, { id: first })).waitFor();
    await page.locator(`[data-row-link="${first}"]`).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: words.ui.undo, exact: true }).last().press('Enter');
    await page.locator(`[data-row-link="${first}"]`).waitFor();

    await page.getByRole('checkbox', { name: say(desk.list.select, { id: first }) }).press('Space');
    await page.getByRole('checkbox', { name: say(desk.list.select, { id: second }) }).press('Space');
    const bar = page.getByRole('region', { name: desk.bulk.label });
    await bar.getByRole('button', { name: desk.bulk.solve }).press('Enter');
    await page.locator(`[data-row-link="${second}"]`).waitFor({ state: 'detached' });

    await keyboard.press('/');
    await keyboard.type(second);
    await page.getByText(desk.found.ticket).waitFor();
    await keyboard.press('Tab');
    await page.locator(`[data-row-link="${second}"]`).focus();
    await keyboard.press('?');
    await page.getByRole('dialog', { name: desk.keys.title }).waitFor();
    await keyboard.press('Escape');
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `Second ${look.language}` }).waitFor();
    expectNoFaults(window);
  },
  120_000,
);

test.each(looks)(
  'a ticket is answered, taken back, and answered again: $language',
  async (look) => {
    const words = await wordsOf(look.language);
    const { desk } = words;
    const id = await ticket(`Answered ${look.language}`);
    const window = await browser.window(site, { ...look, width: 360, height: 740 }, agents[look.language]);
    const { page } = window;
    await window.open(`/console/desk/${id}`);
    const { composer } = desk;
    const field = page.getByRole('textbox', { name: composer.textReply, exact: true });
    const secret = textAt(
      await customer.api.post(`/control/v1/organizations/${customer.organizationId}/keys`, {
        name: `key ${look.language}`,
        group: 'openai-standard',
      }),
      'secret',
    );
    await field.fill(`Your key ${secret} works.`);
    await page.getByRole('button', { name: words.tickets.secret.takeOut }).click();
    expect(await field.inputValue()).not.toContain(secret);

    // What was begun is there again after a reload.
    const written = await field.inputValue();
    await page.waitForFunction((name) => localStorage.getItem(name) !== null, `lodge.draft.${id}.reply`);
    await page.reload();
    await expect.poll(() => field.inputValue()).toBe(written);

    await page.getByRole('button', { name: composer.send, exact: true }).click();
    await page.getByText(composer.sent).waitFor();
    await page.getByRole('button', { name: words.ui.undo, exact: true }).click();
    await page.getByText(composer.undone).waitFor();
    expect(await field.inputValue()).toBe(written);
    await page.getByRole('button', { name: composer.sendSolve, exact: true }).click();
    await page.getByText(say(composer.sentSolved, { id })).waitFor();
    const shown = await ann.api.get(`/admin/v1/tickets/${id}`);
    expect(shown).toMatchObject({ state: 'solved', assignee: { email: agents[look.language].email } });
    expect(listAt(shown, 'messages').filter((one) => textAt(one, 'kind') === 'out')).toHaveLength(1);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expectNoFaults(window);
  },
  120_000,
);

test('whoever was slower reads first, and chooses', async () => {
  const { desk } = await wordsOf('en');
  const id = await ticket('Two at once');
  const mine = await browser.window(site, {}, ann);
  const theirs = await browser.window(site, {}, ben);
  const fieldOf = (page: Page) => page.getByRole('textbox', { name: desk.composer.textReply, exact: true });
  const send = (page: Page) => page.getByRole('button', { name: desk.composer.send, exact: true });
  for (const { open } of [mine, theirs]) await open(`/console/desk/${id}`);
  await fieldOf(mine.page).fill('Slower');
  await fieldOf(theirs.page).fill('Faster');
  await send(theirs.page).click();
  await mine.page.getByText(say(desk.collision.replied, { name: 'ben' })).waitFor();
  expect(await send(mine.page).isDisabled()).toBe(true);
  expect(await fieldOf(mine.page).inputValue()).toBe('Slower');
  await mine.page.getByRole('button', { name: desk.collision.goOn }).click();
  await send(mine.page).click();
  await mine.page.getByText(desk.composer.sent).waitFor();
  const messages = listAt(await ann.api.get(`/admin/v1/tickets/${id}`), 'messages');
  expect(messages.map((one) => textAt(one, 'text')).slice(-2)).toEqual(['Faster', 'Slower']);
  for (const window of [mine, theirs] satisfies Window[]) expectNoFaults(window);
}, 120_000);

test('a restricted ticket is there for those who may see it', async () => {
  const words: Words = await wordsOf('en');
  const id = await ticket('Restricted');
  const path = `/admin/v1/tickets/${id}`;
  const moved = await ann.api.call('PATCH', path, { body: { queue: 'vulnerability' } });
  expect(moved.status, moved.text).toBe(200);
  const { tickets, desk } = words;
  const queue = (page: Page) =>
    page.getByRole('navigation', { name: desk.views.label }).getByRole('link', { name: tickets.queues.vulnerability });
  const mine = await browser.window(site, {}, ann);
  await mine.open(`/console/desk/${id}`);
  await mine.page.getByText(desk.ticket.restricted).waitFor();
  await mine.open('/console/desk');
  await queue(mine.page).waitFor();
  const theirs = await browser.window(site, {}, ben);
  await theirs.open('/console/desk');
  expect(await queue(theirs.page).count()).toBe(0);
  expect(await theirs.page.locator(`[data-row-link="${id}"]`).count()).toBe(0);
  await theirs.page.goto(`/console/desk/${id}`);
  await theirs.page.getByText(words.ui.couldNotLoad).waitFor();
}, 120_000);
