import { vi } from 'vitest';
import type { Program } from '../site/program.ts';
import { type Api, apiOf, listAt, textAt } from './api.ts';
import type { Language } from './browser.ts';

export const goodPassword = 'a lodge stands at the gate';

/** An account with a session, and what of it tests name. */
export interface Signed {
  readonly api: Api;
  readonly email: string;
  readonly accountId: string;
  /** Of its personal organization. */
  readonly organizationId: string;
}

/** Registers, follows the link in the mail that the built-in outbox shows, and is signed in. */
export async function register(site: Program, email: string, locale: Language = 'en'): Promise<Signed> {
  const api = apiOf(site.url);
  await api.post('/control/v1/register', { name: nameOf(email), email, password: goodPassword, locale });
  await api.post('/control/v1/verify-email', { token: await tokenMailed(api, email, 'verify-email') });
  return signedIn(api, email);
}

export async function signIn(site: Program, email: string, password = goodPassword): Promise<Signed> {
  const api = apiOf(site.url);
  await api.post('/control/v1/sign-in', { email, password, remember: false });
  return signedIn(api, email);
}

async function signedIn(api: Api, email: string): Promise<Signed> {
  const session = await api.get('/control/v1/session');
  const own = listAt(session, 'organizations').find((one) => textAt(one, 'kind') === 'personal');
  return {
    api,
    email,
    accountId: textAt(session, 'account', 'id'),
    organizationId: own === undefined ? '' : textAt(own, 'id'),
  };
}

/** The token in the newest mail of a kind to an address, as its reader would click it. */
export async function tokenMailed(api: Api, email: string, kind: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const mails = listAt(await api.get('/control/v1/outbox'), 'data');
      const mail = mails.find((one) => textAt(one, 'recipient') === email && textAt(one, 'kind') === kind);
      if (mail === undefined) throw new Error(`there is no mail "${kind}" to ${email}`);
      const text = textAt(await api.get(`/control/v1/outbox/${textAt(mail, 'id')}`), 'text');
      const token = /[?&]token=([A-Za-z0-9_.~-]+)/.exec(text)?.[1];
      if (token === undefined) throw new Error(`the mail "${kind}" to ${email} has no link: ${text}`);
      return token;
    },
    { timeout: 10_000, interval: 50 },
  );
}

function nameOf(email: string): string {
  return email.split('@', 1)[0] ?? email;
}
