import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Program, workplace } from '../site/program.ts';
import { browserOf, type Language, type Theme, type Window } from './browser.ts';
import { register, type Signed } from './people.ts';
import { type Words, wordsOf } from './words.ts';

/** The operator at a window, and a customer at another. */
export interface Desk {
  readonly site: Program;
  readonly look: Look;
  readonly words: Words;
  readonly window: Window;
  readonly page: Page;
  readonly customer: Signed;
  /** What the customer sees. */
  readonly theirs: Window;
  /** A window of somebody else, in English. */
  another(): Promise<Window>;
}

interface Look {
  readonly language: Language;
  readonly theme: Theme;
}

/** For a file of tests: a site of its own for each desk, from its first start. */
export function desksOf(): { sitDown(look: Look): Promise<Desk> } {
  const work = workplace();
  const browser = browserOf();
  return {
    async sitDown(look) {
      const site = await work.start({ dataDir: work.path(look.language) });
      const words = await wordsOf(look.language);
      const window = await browser.window(site, look);
      const customer = await register(site, 'ada@customer.test', look.language);
      const theirs = await browser.window(site, look, customer);
      const another = () => browser.window(site);
      return { site, words, look, window, page: window.page, customer, theirs, another };
    },
  };
}

export function button(place: Page | Locator, name: string): Locator {
  return place.getByRole('button', { name, exact: true });
}

export function dialogOf(page: Page): Locator {
  return page.getByRole('dialog');
}

/** Presses the button that a dialog is for, and sees it go. */
export async function confirm(page: Page, name: string): Promise<void> {
  await button(dialogOf(page), name).click();
  await dialogOf(page).waitFor({ state: 'detached' });
}

export async function toasted({ page, words }: Desk, text: string): Promise<void> {
  await page.getByRole('region', { name: words.ui.messages }).getByText(text).first().waitFor();
}

export async function goTo({ page, words }: Desk, path: string): Promise<void> {
  const navigation = page.getByRole('navigation', { name: words.shell.navigation });
  await navigation.locator(`a[href="/console${path}"]`).click();
  await page.waitForURL(`**/console${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => navigation.locator('[aria-current]').count(), { message: path }).toBe(1);
  const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  expect(beyond, `${path} is wider than the window`).toBeLessThanOrEqual(0);
}

export async function givesReason({ page, words }: Desk, reason: string, action: string): Promise<void> {
  await dialogOf(page).getByLabel(words.operator.reason).fill(reason);
  await confirm(page, action);
}

export async function signsIn(page: Page, { signIn }: Words, email: string, password: string): Promise<void> {
  await page.getByLabel(signIn.email).fill(email);
  await page.getByLabel(signIn.password, { exact: true }).fill(password);
  await button(page, signIn.signIn).click();
}

export async function downloads({ page, words }: Desk, format: string): Promise<string> {
  await button(page, words.operator.audit.download).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: format }).click();
  return readFileSync(await (await downloading).path(), 'utf8');
}
