import type pg from 'pg';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { auditAccount } from './account-audit.ts';
import { type Auth, addressHeader, createAuth } from './auth.ts';
import { authDatabase } from './auth-adapter.ts';
import { type CookieName, onlyCookies } from './cookies.ts';
import type { CallFrom, IdentityOptions } from './options.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { ssoConfig } from './sso-config.ts';

/** What the parts of this module share. */
export interface Core {
  readonly options: IdentityOptions;
  readonly pool: pg.Pool;
  readonly log: Log;
  readonly clock: Clock;
  /** Signs cookies. */
  readonly secret: string;
  readonly limits: SignInLimits;
  /** The sign-in library for the address that people see now. */
  auth(): Auth;
  /** The same with the identity provider, whose description it fetches first. `fresh`: fetch it again. */
  ssoAuth(fresh: boolean): Auth;
  secure(): boolean;
  /** `/console/verify-email?token=…` as a whole link. */
  link(path: string): string;
  /** A head for the library, with what a step needs and nothing that a stranger wrote but the user agent. */
  headers(from: CallFrom, cookies: readonly CookieName[]): Headers;
}

export function createCore(options: IdentityOptions): Core {
  const clock = options.clock ?? systemClock;
  const secret = options.secret.toString('base64url');
  const database = authDatabase(options.pool, async (client, account, actor) => {
    await options.onAccountCreated(client, account);
    await auditAccount(client, actor, 'account.created', account, { after: { name: account.name } });
  });
  const made = new Map<string, Auth>();
  const authFor = (kind: 'own' | 'sso', fresh: boolean): Auth => {
    const url = options.url();
    const siteName = options.siteName();
    const name = JSON.stringify([kind, url, siteName, kind === 'sso' && options.sso?.signUp()]);
    const found = fresh ? undefined : made.get(name);
    if (found) return found;
    // Another address or name of the site, or its closing to strangers, is rare; nothing of the one before is needed any more.
    for (const key of made.keys()) if (key.startsWith(`["${kind}"`)) made.delete(key);
    const sso = kind === 'sso' && options.sso !== null ? ssoConfig(options.sso, url) : null;
    const auth = createAuth({ database, secret, url, siteName, log: options.log, sso });
    made.set(name, auth);
    return auth;
  };
  const secure = () => options.url().startsWith('https:');
  return {
    options,
    pool: options.pool,
    log: options.log,
    clock,
    secret,
    limits: new SignInLimits(clock),
    auth: () => authFor('own', false),
    ssoAuth: (fresh) => authFor('sso', fresh),
    secure,
    link: (path) => options.url() + path,
    headers(from, cookies) {
      const { ipAddress, userAgent } = from.actor;
      const headers = new Headers({ cookie: onlyCookies(from.cookies, cookies, secure()), origin: options.url() });
      if (ipAddress !== null) headers.set(addressHeader, ipAddress);
      if (userAgent !== null) headers.set('user-agent', userAgent.replace(/[^\x20-\x7e]/g, '?'));
      return headers;
    },
  };
}
