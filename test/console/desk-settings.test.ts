import { beforeAll, expect, test } from 'vitest';
import { type Program, workplace } from '../site/program.ts';
import { apiOf } from './api.ts';
import { browserOf, expectNoFaults, type Language, type Theme } from './browser.ts';
import { register, type Signed, signIn } from './people.ts';
import { say, wordsOf } from './words.ts';

/** The desk is set up: rules that are tried before they hold, macros, calendars and what follows from them. */
const work = workplace();
const browser = browserOf();
let site: Program;
/** Who works in which language. */
let agents: Readonly<Record<Language, Signed>>;

const looks: readonly { readonly language: Language; readonly theme: Theme }[] = [
  { language: 'en', theme: 'light' },
  { language: 'zh', theme: 'dark' },
];

beforeAll(async () => {
  site = await work.start({ settings: { LODGE_SMTP_PORT: '0' } });
  const customer = await register(site, 'dora@customer.test');
  const asked = { category: 'billing', subject: 'An invoice please', text: 'We need the invoice of May.' };
  await customer.api.post('/control/v1/account/tickets', asked);
  agents = { en: await staff('ann@settings.test', 'en'), zh: await staff('lin@settings.test', 'zh') };
});

async function staff(email: string, language: Language): Promise<Signed> {
  await register(site, email, language);
  await apiOf(site.url, site.adminToken).post('/admin/v1/staff', { email, role: 'admin' });
  return signIn(site, email);
}

test.each(looks)(
  'a rule is tried on the last tickets, saved, moved and taken back: $language',
  async (look) => {
    const { deskSettings, tickets, ui } = await wordsOf(look.language);
    const { rules } = deskSettings;
    const window = await browser.window(site, look, agents[look.language]);
    const { page } = window;
    await window.open('/console/desk/rules');
    const dialog = page.getByRole('dialog').last();
    for (const [name, text] of [
      ['First', 'invoice'],
      ['Second', 'nothing of it'],
    ] as const) {
      await page.getByRole('button', { name: rules.add, exact: true }).first().click();
      await dialog.getByLabel(rules.name, { exact: true }).fill(`${name} ${look.language}`);
      await dialog.getByLabel(rules.addCondition).selectOption('subject');
      await dialog.getByRole('textbox', { name: rules.kinds.subject }).fill(text);
      await dialog.getByLabel(deskSettings.ticket.priority).selectOption('urgent');
      await dialog.getByRole('button', { name: rules.tryNow, exact: true }).click();
      if (name === 'First' && look.language === 'en') {
        const changes = dialog.getByRole('list', { name: rules.changes });
        await changes.getByText('An invoice please').waitFor();
        await changes.getByText(tickets.priorities.urgent).waitFor();
      }
      await dialog.getByRole('button', { name: rules.add, exact: true }).click();
      await page.getByText(say(rules.added, { name: `${name} ${look.language}` })).waitFor();
    }
    const list = page.getByRole('list', { name: rules.list }).getByRole('listitem');
    const last = `Second ${look.language}`;
    const placeOf = async () => (await list.allInnerTexts()).findIndex((text) => text.includes(last));
    const place = await placeOf();
    await page.getByRole('button', { name: say(rules.up, { name: last }) }).press('Enter');
    await expect.poll(placeOf).toBe(place - 1);
    await page.getByRole('button', { name: ui.undo, exact: true }).last().click();
    await expect.poll(placeOf).toBe(place);
    expectNoFaults(window);
  },
  120_000,
);

test.each(looks)(
  'a calendar says when a ticket is due before it is saved, and a policy takes it in a new version: $language',
  async (look) => {
    const { deskSettings } = await wordsOf(look.language);
    const { targets } = deskSettings;
    const window = await browser.window(site, { ...look, width: 360, height: 740 }, agents[look.language]);
    const { page } = window;
    await window.open('/console/desk/targets?tab=calendars');
    const dialog = page.getByRole('dialog').last();
    const name = `Wien ${look.language}`;
    await page.getByRole('button', { name: targets.addCalendar, exact: true }).click();
    await dialog.getByLabel(targets.name, { exact: true }).fill(name);
    await dialog.getByLabel(targets.zone).fill('Europe/Vienna');
    await dialog.getByLabel(targets.days.friday, { exact: true }).fill('9-13');
    await dialog.getByRole('button', { name: targets.addCalendar, exact: true }).click();
    await dialog.getByText(targets.hoursUnread).waitFor();
    await dialog.getByLabel(targets.days.friday, { exact: true }).fill('9:00-13:00');
    // A Friday after closing time: two hours of Monday.
    await dialog.getByLabel(targets.previewAt).fill('2026-11-20T17:30');
    await dialog.locator('time[datetime^="2026-11-23T10:00"]').first().waitFor();
    await dialog.getByRole('button', { name: targets.addCalendar, exact: true }).click();
    await page.getByText(say(targets.calendarAdded, { name })).waitFor();

    await page.getByRole('tab', { name: targets.tab.policies }).click();
    await page.getByRole('button', { name: targets.newVersion, exact: true }).nth(1).click();
    await dialog.getByLabel(targets.calendar, { exact: true }).selectOption({ label: name });
    await dialog.getByRole('button', { name: targets.newVersion, exact: true }).click();
    await page.getByText(say(targets.policySaved, { name: 'Standard' })).waitFor();
    await page.getByRole('button', { name: targets.olderVersions }).first().waitFor();
    expectNoFaults(window);
  },
  120_000,
);
