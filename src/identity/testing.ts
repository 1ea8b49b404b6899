import { randomBytes } from 'node:crypto';
import { silentLog } from '../base/log.ts';
import { createTestDatabase } from '../db/testing.ts';
import { type ControlServer, startControlServer } from '../http/testing.ts';
import type { NewMail } from '../mail/index.ts';
import { createIdentity, type Identity } from './identity.ts';
import type { IdentityOptions } from './options.ts';
import { identityRoutes } from './routes.ts';

/** JSON whose members a test names as it expects them. */
export interface Json {
  readonly [member: string]: Json;
}

/** What came back, with the body read. */
export interface Reply {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

/** A browser: keeps cookies, says what it is. */
export interface Browser {
  readonly cookies: Map<string, string>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

export interface TestSite {
  readonly url: string;
  readonly identity: Identity;
  readonly pool: IdentityOptions['pool'];
  /** All mail that was queued, oldest first. */
  readonly mails: NewMail[];
  readonly notices: { accountId: string; kind: string }[];
  readonly server: ControlServer;
  browser(userAgent?: string): Browser;
  /** The token in the newest mail of a kind to an address. */
  tokenFor(email: string, kind: NewMail['kind']): string;
  /** An account that may sign in. */
  person(email: string, password?: string): Promise<{ id: string; browser: Browser }>;
  close(): Promise<void>;
}

export const goodPassword = 'correct horse battery staple';
export const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** The module on a real database and a real server. `over` and `control` replace options. */
export async function startTestSite(
  over: Partial<IdentityOptions> = {},
  control: Parameters<typeof startControlServer>[1] = {},
): Promise<TestSite> {
  const { database, drop } = await createTestDatabase();
  const mails: NewMail[] = [];
  const notices: { accountId: string; kind: string }[] = [];
  let url = '';
  const identity = createIdentity({
    pool: database.pool,
    log: silentLog,
    secret: randomBytes(32),
    hashToken: (token) => Buffer.from(token).subarray(0, 60),
    keySite: 'test',
    url: () => url,
    siteName: () => 'Lodge',
    registrationOpen: () => true,
    sso: null,
    queueMail: async (_client, mail) => {
      mails.push(mail);
      return `mail_${mails.length}`;
    },
    notify: async (_client, accountId, kind) => void notices.push({ accountId, kind }),
    onAccountCreated: async () => undefined,
    soleOwnerships: async () => [],
    hasBelongings: async () => false,
    onAccountDeleting: async () => undefined,
    organizationsOf: async () => [],
    suspendedOf: async () => [],
    isInvited: async () => false,
    ...over,
  });
  const gate = { ...identity.gate, reach: async () => null };
  const server = await startControlServer(identityRoutes(identity), { gate, ...control });
  url = server.url;
  const site: TestSite = {
    url,
    identity,
    pool: database.pool,
    mails,
    notices,
    server,
    browser: (userAgent = firefox) => browserOf(server, userAgent),
    tokenFor: (email, kind) => tokenIn(mails, email, kind),
    async person(email, password = goodPassword) {
      const browser = site.browser();
      await browser.call('POST', '/control/v1/register', { name: 'Ada', email, password });
      await browser.call('POST', '/control/v1/verify-email', { token: site.tokenFor(email, 'verify-email') });
      const { body } = await browser.call('GET', '/control/v1/session');
      return { id: String(body.account?.id), browser };
    },
    async close() {
      server.close();
      await drop();
    },
  };
  return site;
}

function browserOf(server: ControlServer, userAgent: string): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async call(method, path, body, headers = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await server.call(method, path, {
        ...(body === undefined ? {} : { body }),
        headers: { 'user-agent': userAgent, ...(cookie === '' ? {} : { cookie }), ...headers },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
    },
  };
}

function tokenIn(mails: readonly NewMail[], email: string, kind: NewMail['kind']): string {
  const mail = mails.findLast((each) => each.kind === kind && each.to === email);
  const link = mail && 'link' in mail.facts ? String(mail.facts.link) : '';
  const token = /[?&]token=([\w-]+)/.exec(link)?.[1];
  if (token === undefined) throw new Error(`no ${kind} mail with a link to ${email}`);
  return token;
}
