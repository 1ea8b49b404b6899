import { z } from 'zod';
import { CliError, exitCodes } from './exit.ts';

/** A customer of a site, as the console is one: with a session in a cookie. */
export interface DemoCustomer {
  readonly email: string;
  readonly organization: string;
  /** @throws CliError when the site refuses */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
}

const password = 'a lodge stands at the gate';
const waitMs = 10_000;
const pauseMs = 50;

const outboxPage = z.object({ data: z.array(z.object({ id: z.string(), recipient: z.string(), kind: z.string() })) });
const sessionPage = z.object({ organizations: z.array(z.object({ id: z.string(), kind: z.string() })) });

/** Asks until there is an answer. @throws CliError `demo_stuck`, naming what did not come */
export async function until<T>(what: string, ask: () => Promise<T | null>, longestMs = waitMs): Promise<T> {
  const endMs = performance.now() + longestMs;
  while (performance.now() < endMs) {
    const found = await ask();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new CliError(exitCodes.failed, 'demo_stuck', `${what} did not come within ${longestMs / 1_000} s.`);
}

/** Registers an account and proves its address by the mail that the built-in outbox shows. */
export async function registerCustomer(url: string, email: string, name: string): Promise<DemoCustomer> {
  const cookies = new Map<string, string>();
  const call: DemoCustomer['call'] = async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        'x-lodge-console': '1',
        cookie: [...cookies].map(([cookie, value]) => `${cookie}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(key, value);
    }
    const text = await response.text();
    if (response.ok) return text === '' ? null : JSON.parse(text);
    throw new CliError(exitCodes.failed, 'demo_refused', `${method} ${path} was refused: ${text.slice(0, 300)}`);
  };
  await call('POST', '/control/v1/register', { name, email, password, locale: 'en' });
  const token = await until('The mail that proves the address', () => tokenMailed(call, email));
  await call('POST', '/control/v1/verify-email', { token });
  const { organizations } = sessionPage.parse(await call('GET', '/control/v1/session'));
  return { email, organization: organizations.find(({ kind }) => kind === 'personal')?.id ?? '', call };
}

async function tokenMailed(call: DemoCustomer['call'], email: string): Promise<string | null> {
  const { data } = outboxPage.parse(await call('GET', '/control/v1/outbox'));
  const mail = data.find(({ recipient, kind }) => recipient === email && kind === 'verify-email');
  if (mail === undefined) return null;
  const { text } = z.object({ text: z.string() }).parse(await call('GET', `/control/v1/outbox/${mail.id}`));
  return /[?&]token=([A-Za-z0-9_.~-]+)/.exec(text)?.[1] ?? null;
}
