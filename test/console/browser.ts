import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import type { Program } from '../site/program.ts';
import type { Signed } from './people.ts';

/** Debian's; `scripts/system-packages.ts` installs it. */
const executablePath = '/usr/bin/chromium';

export type Language = 'en' | 'zh';
export type Theme = 'light' | 'dark';

export interface Look {
  readonly language?: Language;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

/** A window of a person. Whatever goes wrong inside it stands in `faults`. */
export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly faults: string[];
  /** Opens a path of the site and waits until all of it is there. */
  open(path: string): Promise<void>;
}

/** One browser for a file of tests. */
export function browserOf(): { window(site: Program, look?: Look, who?: Signed): Promise<Window> } {
  let browser: Promise<Browser> | null = null;
  afterAll(async () => {
    await (await browser)?.close();
  });
  return {
    async window(site, look = {}, who) {
      browser ??= chromium.launch({ executablePath, args: ['--disable-dev-shm-usage'] });
      return openWindow(await browser, site, look, who);
    },
  };
}

async function openWindow(browser: Browser, site: Program, look: Look, who: Signed | undefined): Promise<Window> {
  const { language = 'en', theme = 'light', width = 1280, height = 900 } = look;
  const context = await browser.newContext({
    baseURL: site.url,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: theme,
    timezoneId: 'Europe/Paris',
    viewport: { width, height },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  if (who !== undefined) {
    await context.addCookies([...who.api.cookies].map(([name, value]) => ({ name, value, url: site.url })));
  }
  // Less than a test has, so that what is missing is said.
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refusal that the page handles is told by the browser as well; what matters is whether the page coped.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return {
    page,
    context,
    faults,
    async open(path) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      if (path === '/') return;
      // On a busy machine there are pauses between a page's code and its facts.
      await page.locator('h1').first().waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    },
  };
}

/** Nothing was said in the browser's console, nothing thrown, nothing refused by the content security policy. */
export function expectNoFaults({ faults }: Window): void {
  expect(faults).toEqual([]);
}
