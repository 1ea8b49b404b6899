import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Program, workplace } from '../site/program.ts';
import { type Api, apiOf, at, listAt, textAt } from './api.ts';
import { browserOf, expectNoFaults, type Window } from './browser.ts';
import { addressOf, pageTable, type TablePage } from './page-table.ts';
import { register, type Signed, signIn, tokenMailed } from './people.ts';
import { wordsOf } from './words.ts';

/** Every page there is, as everybody who sees it: whether it can be read, reached, used on a phone, and stays still. */
const work = workplace();
const browser = browserOf();
const table = pageTable();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const maxShift = 0.1;
const maxFirstScriptBytes = 200_000;
let site: Program;
let owner: Signed;
let viewer: Signed;
let operator: Signed;
/** What stands for the members of paths. */
let values: Readonly<Record<string, string>>;

beforeAll(async () => {
  site = await work.start();
  owner = await register(site, 'owner@pages.test');
  const organization = textAt(await owner.api.post('/control/v1/organizations', { name: 'Pages' }), 'id');
  viewer = await member(organization);
  operator = await staff();
  values = await belongings(organization);
});

async function member(organization: string): Promise<Signed> {
  const signed = await register(site, 'viewer@pages.test');
  const invitations = `/control/v1/organizations/${organization}/invitations`;
  await owner.api.post(invitations, { emails: [signed.email], roles: ['viewer'] });
  const token = await tokenMailed(signed.api, signed.email, 'invitation');
  await signed.api.post('/control/v1/invitations/accept', { token });
  return signed;
}

async function staff(): Promise<Signed> {
  const { email } = await register(site, 'staff@pages.test');
  await apiOf(site.url, site.adminToken).post('/admin/v1/staff', { email, role: 'admin' });
  return signIn(site, email);
}

async function belongings(organization: string): Promise<Record<string, string>> {
  const here = `/control/v1/organizations/${organization}`;
  const { api } = owner;
  const made = await api.post(`${here}/keys`, { name: 'theirs', group: 'openai-standard' });
  const mails = listAt(await api.get('/control/v1/outbox'), 'data');
  return {
    organization,
    project: textAt(await api.post(`${here}/projects`, { name: 'Project' }), 'id'),
    team: textAt(await api.post(`${here}/teams`, { name: 'Team' }), 'id'),
    account: owner.accountId,
    key: textAt(made, 'key', 'id'),
    id: await callWith(textAt(made, 'secret')),
    mail: textAt(mails[0], 'id'),
    ticket: await ticketIn(here),
    group: 'openai-standard',
    channel: await firstId(operator.api, '/admin/v1/channels'),
    vendor: 'openai',
    model: 'gpt-5.5',
    '': 'no/such/page',
  };
}

async function ticketIn(here: string): Promise<string> {
  const asked = { category: 'bug', subject: 'It fails', text: 'It fails since noon.' };
  return textAt(await owner.api.post(`${here}/tickets`, asked), 'ticket', 'id');
}

async function firstId(api: Api, path: string): Promise<string> {
  const list = listAt(await api.get(path), 'data');
  return textAt(at(list[0]), 'id');
}

async function callWith(key: string): Promise<string> {
  const response = await fetch(`${site.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-5.5', messages: [{ role: 'user', content: 'Say hello' }] }),
  });
  expect(response.status, await response.text()).toBe(200);
  return response.headers.get('x-request-id') ?? '';
}

/** A window in which the organization of these tests is the chosen one. */
async function windowOf(who?: Signed): Promise<Window> {
  const window = await browser.window(site, {}, who);
  // Not by a script of the context: browsers complain of those in the sandboxed frames of mails.
  await window.page.goto('/favicon.svg');
  await window.page.evaluate(`localStorage.setItem('lodge.organization', ${JSON.stringify(values['organization'])})`);
  return window;
}

/** What is wrong with a page, each in a line. */
async function wrongsOf(window: Window, address: string): Promise<string[]> {
  const { page } = window;
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  await window.open(address);
  const wrongs: string[] = [];
  await page.locator('h1').first().waitFor();
  if ((await page.locator('h1').count()) !== 1) wrongs.push('has more than one h1');
  if (!/\S+ · Lodge$/.test(await page.title())) wrongs.push(`has the title "${await page.title()}"`);
  const shifted = await shiftOf(page);
  if (shifted > maxShift) wrongs.push(`shifts by ${shifted.toFixed(3)}`);
  await page.evaluate(axe);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const violation of await violations(page)) wrongs.push(`${colorScheme}: ${violation}`);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
  if (width > 360) wrongs.push(`is ${width} px wide on 360 px`);
  wrongs.push(...window.faults.splice(0));
  return wrongs.map((wrong) => `${address} ${wrong}`);
}

/** How far what stood already was moved by what came later: the browser's own sum since the page was opened. */
function shiftOf(page: Page): Promise<number> {
  return page.evaluate(`
    new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => resolve(sum), 50);
    })
  `);
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/** Colours that fade into one another while the theme changes are none; they are looked at when they stand still. */
async function violations(page: Page): Promise<string[]> {
  const found = (await page.evaluate(`
    (async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (const animation of document.getAnimations()) try { animation.finish(); } catch { animation.cancel(); }
      const { violations } = await axe.run({ exclude: ['iframe'] }, { resultTypes: ['violations'] });
      return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ target }) => ({ target })) }));
    })()
  `)) as Violation[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

async function expectAllWell(window: Window, pages: readonly TablePage[]): Promise<void> {
  const wrongs: string[] = [];
  for (const page of pages) wrongs.push(...(await wrongsOf(window, addressOf(page, values))));
  expect(wrongs).toEqual([]);
}

const inside = table.filter(({ isFront }) => !isFront);

test('the table has been read', () => {
  expect(table.length).toBeGreaterThan(45);
  expect(table.filter(({ isFront }) => isFront).length).toBeGreaterThan(8);
  expect(table.find(({ path }) => path === '/keys')).toMatchObject({ permission: 'keys.read', staff: null });
});

describe('every page can be read, by a screen reader too, in both themes, and fits on a phone', () => {
  const shown = { timeout: 400_000 };

  test('for people on their way in', shown, async () => {
    await expectAllWell(
      await windowOf(),
      table.filter(({ isFront }) => isFront),
    );
  });

  test('as owner', shown, async () => {
    await expectAllWell(
      await windowOf(owner),
      inside.filter(({ staff }) => staff === null),
    );
  });

  test('as staff', shown, async () => {
    await expectAllWell(
      await windowOf(operator),
      inside.filter(({ staff }) => staff !== null),
    );
  });

  test('as viewer', shown, async () => {
    await expectAllWell(
      await windowOf(viewer),
      inside.filter(({ permission }) => permission !== null),
    );
  });
});

test('a fresh account is told what a page is for and what to do next', async () => {
  const { keys, requests, connect } = await wordsOf('en');
  const window = await browser.window(site, {}, await register(site, 'fresh@pages.test'));
  for (const [path, text] of [
    ['/keys', keys.empty],
    ['/requests', requests.empty.title],
    ['/connect', connect.noKeys],
  ] as const) {
    await window.open(`/console${path}`);
    await window.page.getByText(text, { exact: true }).waitFor();
  }
  expectNoFaults(window);
});

test('a page whose answer fails says so, and tries again when asked', async () => {
  const { ui } = await wordsOf('en');
  const { context } = await windowOf(owner);
  const pages = inside.filter(({ path, permission }) => permission !== null && !path.includes('$'));
  const problem = { type: 'about:blank', title: 'busy', status: 503, code: 'database_unavailable', detail: 'Later.' };
  const wrongs: string[] = [];
  const tryPage = async (one: TablePage): Promise<void> => {
    const page = await context.newPage();
    // Everything of the organization; who is signed in is known.
    const ours = /\/control\/v1\/organizations\/[^/]+/;
    await page.route(ours, (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    await page.goto(addressOf(one, values));
    const again = page.getByRole('button', { name: ui.tryAgain }).first();
    const failed = await again.waitFor({ timeout: 12_000 }).then(
      () => true,
      () => false,
    );
    await page.unroute(ours);
    if (!failed) wrongs.push(`${one.path} does not say that it failed`);
    // A page may have several that failed, and one that renews itself may heal before the click.
    for (let tries = 0; tries < 6 && (await again.isVisible()); tries++) {
      await again.click({ timeout: 3_000 }).catch(() => undefined);
      await page.waitForLoadState('networkidle');
    }
    await again.waitFor({ state: 'hidden', timeout: 5_000 }).catch(() => undefined);
    if (await again.isVisible()) wrongs.push(`${one.path} stays failed`);
    await page.close();
  };
  for (let index = 0; index < pages.length; index += 4) await Promise.all(pages.slice(index, index + 4).map(tryPage));
  expect(wrongs).toEqual([]);
});

test('where the keyboard is can be seen', async () => {
  for (const [path, who] of [
    ['/sign-in', undefined],
    ['/', owner],
    ['/keys', owner],
  ] as const) {
    const window = await windowOf(who);
    await window.open(`/console${path}`);
    for (let stop = 0; stop < 12; stop++) {
      await window.page.keyboard.press('Tab');
      const seen = await window.page.evaluate(`(() => {
        const focused = document.activeElement;
        if (focused === document.body) return 'the end';
        const drawn = (element, pseudo) => {
          const { outlineStyle, boxShadow } = getComputedStyle(element, pseudo);
          return outlineStyle !== 'none' || boxShadow !== 'none';
        };
        const shown = drawn(focused) || drawn(focused, '::after') || (focused.parentElement && drawn(focused.parentElement));
        return shown ? 'seen' : focused.outerHTML.slice(0, 200);
      })()`);
      expect(['seen', 'the end']).toContain(seen);
    }
    await window.context.close();
  }
});

test.each([['/sign-in'], ['/']])('the first script of %s is small', async (path) => {
  const window = await windowOf(path === '/' ? owner : undefined);
  const sizes: Promise<number>[] = [];
  window.page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    sizes.push(
      response
        .finished()
        .then(() => response.request().sizes())
        .then(({ responseBodySize }) => responseBodySize),
    );
  });
  await window.open(`/console${path}`);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  console.log(`${path}: ${Math.round(bytes / 1_000)} kB of script over the network, in ${sizes.length} files.`);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(maxFirstScriptBytes);
});
