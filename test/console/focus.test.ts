import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { workplace } from '../site/program.ts';
import { textAt } from './api.ts';
import { browserOf, expectNoFaults } from './browser.ts';
import { keyboard } from './hands.ts';
import { register, signIn } from './people.ts';
import { say, wordsOf } from './words.ts';

const here = workplace();
const browser = browserOf();

async function expectFocus(page: Page, name: string): Promise<void> {
  const focused = page.locator(':focus');
  await expect
    .poll(async () => (await focused.getAttribute('aria-label')) ?? (await focused.textContent()), { timeout: 10_000 })
    .toBe(name);
}

test('whoever removes rows of a list by keyboard stays in the list, and comes to its heading at the end', async () => {
  const site = await here.start();
  const en = await wordsOf('en');
  const ada = await register(site, 'ada@example.org');
  const at = `/control/v1/organizations/${ada.organizationId}`;
  for (const name of ['first', 'second', 'third']) await ada.api.post(`${at}/keys`, { name, group: 'openai-standard' });
  const window = await browser.window(site, {}, ada);
  const { page, context } = window;
  const hands = keyboard(page);
  const actionsOf = (name: string) => say(en.keys.actionsOf, { name });
  const remove = async (name: string) => {
    await hands.press(page.getByRole('button', { name: actionsOf(name) }));
    await hands.pick(page.getByRole('menuitem', { name: en.keys.delete, exact: true }));
    await hands.press(page.getByRole('dialog').getByRole('button', { name: en.keys.deleteKey, exact: true }));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  await window.open('/console/keys');
  await remove('second');
  await expectFocus(page, actionsOf('first'));
  await remove('first');
  await expectFocus(page, actionsOf('third'));
  await remove('third');
  await expectFocus(page, en.keys.title);

  // Buttons without a dialog: the row of the session that is in use has none.
  await signIn(site, ada.email);
  await window.open('/console/account/security?tab=sessions');
  await hands.press(page.getByRole('button', { name: /^End the session on/ }).first());
  await expectFocus(page, en.account.sessions.list);

  // A dialog that stands in the row which goes with it.
  const shared = textAt(await ada.api.post('/control/v1/organizations', { name: 'Northwind' }), 'id');
  const emails = ['ben@example.org', 'eve@example.org'];
  await ada.api.post(`/control/v1/organizations/${shared}/invitations`, { emails, roles: [] });
  await context.addInitScript(`localStorage.setItem('lodge.organization', '${shared}')`);
  await window.open('/console/organization/members?tab=invitations');
  const revoke = (email: string) => say(en.members.revoke, { email });
  for (const next of [revoke('ben@example.org'), null]) {
    await hands.press(page.getByRole('button', { name: /^Withdraw the invitation/ }).first());
    await hands.press(page.getByRole('dialog').getByRole('button', { name: en.members.revokeAction, exact: true }));
    await expectFocus(page, next ?? 'Members');
  }
  expectNoFaults(window);
});
