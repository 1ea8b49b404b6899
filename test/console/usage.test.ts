import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { type Program, workplace } from '../site/program.ts';
import { textAt } from './api.ts';
import { browserOf, expectNoFaults } from './browser.ts';
import { register, type Signed } from './people.ts';

const here = workplace();
const browser = browserOf();
/** Two seconds on a machine of one's own; without the pulse it would be a minute. */
const soonMs = 15_000;
/** A browser, a database and the program beside other tests. */
const timeoutMs = 90_000;
let site: Program;

beforeAll(async () => {
  site = await here.start();
});

async function newKey({ api, organizationId }: Signed, name: string, group: string): Promise<string> {
  const path = `/control/v1/organizations/${organizationId}/keys`;
  return textAt(await api.post(path, { name, group }), 'secret');
}

async function call(secret: string, model: string): Promise<number> {
  const response = await fetch(`${site.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Say hello' }] }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** The value below a figure's name. */
function figure(page: Page, name: string): Promise<string | null> {
  const label = page.getByRole('main').getByRole('heading', { name, exact: true });
  return label.locator('xpath=../p[1]').textContent();
}

test(
  'the first steps tick themselves off, and are gone afterwards',
  async () => {
    const ada = await register(site, 'ada@example.org');
    const window = await browser.window(site, {}, ada);
    const { page } = window;
    await page.goto('/console/');
    await page.getByText('0 of 3 done').waitFor();
    const secret = await newKey(ada, 'first', 'openai-standard');
    await page.getByText('1 of 3 done').waitFor();
    expect(await call(secret, 'no-such-model')).toBe(404);
    await page.getByText('2 of 3 done').waitFor();
    await page.getByRole('link', { name: 'See why' }).click();
    await page.waitForURL('**/console/requests/req_*');
    await page.goBack();
    await page.getByText('2 of 3 done').waitFor();
    expect(await call(secret, 'gpt-5.5')).toBe(200);
    await page.getByText('It works.').waitFor();
    await page.reload();
    await expect.poll(() => figure(page, 'Requests today')).toBe('2');
    expect(await page.getByText('Your first call').count()).toBe(0);
    expectNoFaults(window);
  },
  timeoutMs,
);

test(
  'usage is narrowed in the address, shows a call at once, and is saved as a file',
  async () => {
    const ben = await register(site, 'ben@example.org');
    const [one, other] = [await newKey(ben, 'one', 'openai-standard'), await newKey(ben, 'other', 'openai-standard')];
    for (const secret of [one, other, other]) expect(await call(secret, 'gpt-5.5')).toBe(200);
    const window = await browser.window(site, {}, ben);
    const { page } = window;
    await page.goto('/console/usage?split=key');
    await expect.poll(() => figure(page, 'Requests')).toBe('3');
    await page.getByRole('button', { name: 'Show only other' }).click();
    await expect.poll(() => figure(page, 'Requests')).toBe('2');
    await page.getByRole('button', { name: 'Take the filter away: Key: other' }).waitFor();
    expect(new URL(page.url()).searchParams.get('key')).toMatch(/^key_/);
    await page.reload();
    await expect.poll(() => figure(page, 'Requests')).toBe('2');

    await call(one, 'gpt-5.5');
    await call(other, 'gpt-5.5');
    await expect.poll(() => figure(page, 'Requests'), { timeout: soonMs, interval: 25 }).toBe('3');

    await page.getByRole('button', { name: 'Export' }).click();
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: /^Request/ })
      .check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^usage-requests-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    await page.getByText(/is saved: 3 rows/).waitFor();
    expectNoFaults(window);
  },
  timeoutMs,
);

test(
  'every view fits a phone',
  async () => {
    const cleo = await register(site, 'cleo@example.org');
    const secret = await newKey(cleo, 'phone', 'openai-standard');
    for (const model of ['gpt-5.5', 'no-such-model']) await call(secret, model);
    const window = await browser.window(site, { language: 'zh', theme: 'dark', width: 360, height: 740 }, cleo);
    for (const view of ['', 'usage', 'usage?split=none', 'usage?tab=latency', 'usage?tab=errors', 'usage?tab=rate']) {
      await window.page.goto(`/console/${view}`);
      await window.page.locator('main section').first().waitFor();
      const beyond = await window.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(beyond, view).toBeLessThanOrEqual(0);
    }
    expectNoFaults(window);
  },
  timeoutMs,
);
