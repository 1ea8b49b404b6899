// npm run screenshots: starts a site of its own, makes real calls to the sandbox vendors, and takes docs/images/*.png.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { ensureConsole } from './build-console.ts';
import { root } from './steps.ts';

const images = path.join(root, 'docs/images');
const executablePath = '/usr/bin/chromium';
const password = 'a lodge stands at the gate';
const maxBytes = 150_000;
const startMs = 120_000;
const mailMs = 15_000;

interface Site {
  readonly url: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function startSite(): Promise<Site> {
  const mailPort = String(await freePort());
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lodge-screenshots-'));
  const child = spawn(process.execPath, ['src/main.ts', 'start'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      LODGE_PORT: '0',
      LODGE_SMTP_PORT: mailPort,
      LODGE_DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const late = setTimeout(() => child.kill('SIGKILL'), startMs);
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes('Stop with Ctrl-C.')) break;
  }
  clearTimeout(late);
  const { url } = JSON.parse(readFileSync(path.join(dataDir, 'run.json'), 'utf8')) as { url: string };
  const stop = async () => {
    child.kill('SIGTERM');
    await closed;
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  return { url, dataDir, stop };
}

/** The members of answers that this script reads; each call has those that it asks for. */
interface Answer {
  readonly id: string;
  readonly secret: string;
  readonly text: string;
  readonly data: readonly { readonly id: string; readonly recipient: string; readonly state?: string }[];
}

/** The control plane as one person sees it. */
class Person {
  readonly cookies = new Map<string, string>();
  readonly #url: string;
  readonly #token: string | null;

  constructor(url: string, token: string | null = null) {
    this.#url = url;
    this.#token = token;
  }

  async ask(method: string, at: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.#url + at, {
      method,
      headers: {
        'x-lodge-console': '1',
        'content-type': 'application/json',
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(this.#token === null ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${text}`);
    return JSON.parse(text || '{}') as Answer;
  }

  async register(name: string, email: string): Promise<void> {
    await this.ask('POST', '/control/v1/register', { name, email, password, locale: 'en' });
    const deadline = Date.now() + mailMs;
    for (;;) {
      const { data } = await this.ask('GET', '/control/v1/outbox');
      const mail = data.find(({ recipient }) => recipient === email);
      const text = mail ? (await this.ask('GET', `/control/v1/outbox/${mail.id}`)).text : '';
      const token = /[?&]token=([\w.~-]+)/.exec(text)?.[1];
      if (token) {
        await this.ask('POST', '/control/v1/verify-email', { token });
        return;
      }
      if (Date.now() > deadline) throw new Error(`No mail to ${email} has come.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const prompt = 'Name three things that a gate needs. '.repeat(20);
const openai = (model: string) => ({ model, messages: [{ role: 'user', content: prompt }] });

interface Scene {
  readonly owner: Person;
  readonly staff: Person;
  readonly organization: string;
  readonly request: string;
}

async function setScene({ url, dataDir }: Site): Promise<Scene> {
  const owner = new Person(url);
  await owner.register('Ada Berg', 'ada@northwind.localhost');
  const { id: organization } = await owner.ask('POST', '/control/v1/organizations', { name: 'Northwind' });
  const here = `/control/v1/organizations/${organization}`;
  const project = (await owner.ask('POST', `${here}/projects`, { name: 'Search' })).id;
  await owner.ask('POST', `${here}/teams`, { name: 'Platform' });
  const key = async (body: object): Promise<string> => (await owner.ask('POST', `${here}/keys`, body)).secret;
  const laptop = await key({ name: 'ada-laptop', group: 'openai-standard', limits: { spend_usd: { '1d': '5' } } });
  const service = await key({ name: 'search-service', group: 'openai-standard', project_id: project });
  const agent = await key({ name: 'review-agent', group: 'anthropic-standard' });
  const call = async (at: string, headers: Record<string, string>, body: object): Promise<string> => {
    const json = { 'content-type': 'application/json', ...headers };
    const response = await fetch(url + at, { method: 'POST', headers: json, body: JSON.stringify(body) });
    await response.text();
    return response.headers.get('x-request-id') ?? '';
  };
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
  const message = { model: 'claude-sonnet-4-6', max_tokens: 300, messages: [{ role: 'user', content: prompt }] };
  for (let round = 0; round < 6; round++) {
    await call('/v1/chat/completions', bearer(laptop), openai('gpt-5.5'));
    await call('/v1/chat/completions', bearer(service), openai(round % 2 ? 'gpt-5.5' : 'gpt-5.4-mini'));
    await call('/v1/messages', { 'x-api-key': agent, 'anthropic-version': '2023-06-01' }, message);
  }
  const failed = await call('/v1/chat/completions', bearer(service), openai('gpt-0'));
  const streamed = { ...message, stream: true };
  const request = await call('/v1/messages', { 'x-api-key': agent, 'anthropic-version': '2023-06-01' }, streamed);
  const staff = new Person(url);
  await staff.register('Olga', 'olga@lodge.localhost');
  const token = readFileSync(path.join(dataDir, 'admin-token'), 'utf8').trim();
  await new Person(url, token).ask('POST', '/admin/v1/staff', { email: 'olga@lodge.localhost', role: 'admin' });
  await mailed(
    dataDir,
    staff,
    'bug: the search service gets 404',
    `Since this morning our service fails: ${failed}. Codex 1.2.3.`,
  );
  await mailed(dataDir, staff, 'billing: invoice for October', 'Could you send us the invoice for October again?');
  return { owner, staff, organization, request };
}

/** Ada writes to support; resolves when all her mails are answered. */
async function mailed(dataDir: string, staff: Person, subject: string, text: string): Promise<void> {
  const args = ['src/main.ts', 'mail', 'send', '--as', 'ada@northwind.localhost', '--to', 'support@lodge.localhost'];
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], LODGE_DATA_DIR: dataDir };
  execFileSync(process.execPath, [...args, '--subject', subject, '--text', text], { cwd: root, env });
  const deadline = Date.now() + mailMs;
  for (;;) {
    const { data } = await staff.ask('GET', '/admin/v1/mailroom/mails');
    if (data.length > 0 && data.every(({ state }) => state === 'answered')) return;
    if (Date.now() > deadline) throw new Error(`The mail "${subject}" was not answered.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

interface Shot {
  readonly name: string;
  readonly at: string;
  readonly who?: Person;
  readonly dark?: boolean;
  readonly chinese?: boolean;
  readonly height?: number;
}

async function take(browser: Browser, { url }: Site, { organization }: Scene, shot: Shot): Promise<void> {
  const { name, at, who, dark = false, chinese = false, height = 800 } = shot;
  const context = await browser.newContext({
    baseURL: url,
    locale: chinese ? 'zh-CN' : 'en-GB',
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1_280, height },
    reducedMotion: 'reduce',
  });
  if (who) await context.addCookies([...who.cookies].map(([cookie, value]) => ({ name: cookie, value, url })));
  const chosen = { 'lodge.organization': organization, 'lodge.language': chinese ? 'zh' : 'en' };
  await context.addInitScript(`Object.assign(localStorage, ${JSON.stringify(chosen)})`);
  const page = await context.newPage();
  await page.goto(at);
  await page.waitForLoadState('networkidle');
  await page.locator('h1').first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  const file = path.join(images, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  await context.close();
  const { size } = statSync(file);
  console.log(`  ${name}.png, ${Math.round(size / 1_000)} kB`);
  if (size > maxBytes) throw new Error(`${name}.png is larger than ${maxBytes} bytes.`);
}

await ensureConsole(root, (line) => console.log(line));
mkdirSync(images, { recursive: true });
const site = await startSite();
const browser = await chromium.launch({ executablePath, args: ['--disable-dev-shm-usage'] });
try {
  const scene = await setScene(site);
  const { owner, staff, request } = scene;
  const explained = `/console/requests/${request}`;
  const shots: readonly Shot[] = [
    { name: 'sign-in', at: '/console/sign-in' },
    { name: 'dashboard', at: '/console/', who: owner },
    { name: 'keys', at: '/console/keys', who: owner },
    { name: 'connect', at: '/console/connect', who: owner },
    { name: 'usage', at: '/console/usage', who: owner },
    { name: 'requests', at: '/console/requests', who: owner, height: 720 },
    { name: 'explain', at: explained, who: owner },
    { name: 'explain-zh-dark', at: explained, who: owner, dark: true, chinese: true },
    { name: 'organization', at: '/console/organization/members', who: owner },
    { name: 'operator', at: '/console/operator', who: staff },
    { name: 'help', at: '/console/help', who: owner },
    { name: 'inbox', at: '/console/desk', who: staff, height: 640 },
    { name: 'ticket', at: '/console/desk/T-1001', who: staff, height: 620 },
  ];
  for (const shot of shots) await take(browser, site, scene, shot);
} finally {
  await browser.close();
  await site.stop();
}
