import type pg from 'pg';
import { auditAccount, provenActor } from './account-audit.ts';
import { sessionDays } from './auth.ts';
import { deviceCookie, newDevice, readCookie, readDevice, setCookie, signedToken } from './cookies.ts';
import type { Core } from './core.ts';
import { digestText, newId } from './digest.ts';
import type { CallFrom } from './options.ts';
import { type Recipient, tellOwner } from './security-mail.ts';

export type SignInMethod = 'password' | 'passkey' | 'sso' | 'recovery_code' | 'totp' | 'link';
type Outcome = 'passed' | 'wrong_password' | 'wrong_code' | 'disabled' | 'throttled';

export interface OpenedSession {
  readonly account: Recipient & { readonly staffRole: string | null };
  /** Of the session as it stands in the new cookie. */
  readonly token: string;
  readonly method: SignInMethod;
  readonly remember: boolean;
}

/** What a person reads as the way in, in the mail about a new device. */
const methodWords: Readonly<Record<SignInMethod, string>> = {
  password: 'password',
  passkey: 'passkey',
  sso: 'single sign-on',
  recovery_code: 'recovery code',
  totp: 'password and one-time code',
  link: 'link in a mail',
};

/**
 * What belongs to every sign-in, once the session's row stands: how long it lasts, the end of the session that this
 * browser had before, the history, the device, and a mail when it is a new one.
 *
 * @returns cookies to set beside those of the session
 */
export async function settleSignIn(
  core: Core,
  client: pg.PoolClient,
  from: CallFrom,
  opened: OpenedSession,
): Promise<string[]> {
  const { account, method, remember } = opened;
  const days = remember ? sessionDays.remembered : sessionDays.otherwise;
  await client.query(
    `update sessions set remember = $2, method = $3, expires_at = now() + make_interval(days => $4) where token = $1`,
    [digestText(opened.token), remember, method, days],
  );
  await endSessionOf(core, client, from.cookies);
  const { cookie, isNew, isFirst } = await meetDevice(core, client, from, account.id);
  await recordSignIn(client, { email: account.email }, from, method, 'passed', isNew && !isFirst);
  const actor = provenActor(from.actor, account);
  if (isNew && !isFirst) {
    await tellOwner(core, client, account, 'new-device', actor, { method: methodWords[method] });
  }
  // The site's own people: every entry is worth an entry. Customers have their history.
  if (account.staffRole !== null) {
    await auditAccount(client, actor, 'account.signed_in', account, { after: { method, new_device: isNew } });
  }
  const forgotten = remember ? [setCookie('dont_remember', '', core.secure(), 0)] : [];
  return [cookie, ...forgotten];
}

/** Ends the session in a `Cookie` header: a browser has one, and nobody's planted session outlives a sign-in. */
export async function endSessionOf(core: Core, client: pg.ClientBase | pg.Pool, cookies: string): Promise<void> {
  const value = readCookie(cookies, 'session_token', core.secure());
  const token = value === null ? null : signedToken(value, core.secret);
  if (token !== null) await client.query('delete from sessions where token = $1', [digestText(token)]);
}

async function meetDevice(core: Core, client: pg.PoolClient, from: CallFrom, accountId: string) {
  const secure = core.secure();
  const brought = readDevice(from.cookies, secure);
  const { rowCount } = await client.query(
    'update known_devices set last_seen_at = now() where account_id = $1 and device_hash = $2',
    [accountId, brought?.hash ?? null],
  );
  const known = brought !== null && rowCount === 1;
  // One browser, several accounts: the cookie stays when it is known to anybody, so that neither forgets the browser.
  const device = brought !== null && (known || (await isKnownToAny(client, brought.hash))) ? brought : newDevice();
  const { rows } = await client.query<{ first: boolean }>(
    `insert into known_devices (account_id, device_hash) values ($1, $2)
       on conflict (account_id, device_hash) do update set last_seen_at = now()
       returning not exists (select 1 from sign_ins where account_id = $1 and outcome = 'passed') as first`,
    [accountId, device.hash],
  );
  return { cookie: deviceCookie(device, secure), isNew: !known, isFirst: rows[0]?.first ?? false };
}

async function isKnownToAny(client: pg.PoolClient, hash: Buffer): Promise<boolean> {
  const { rows } = await client.query('select 1 from known_devices where device_hash = $1 limit 1', [hash]);
  return rows.length > 0;
}

/** The same statement whether there is such an account or not: neither the answer nor its time tells. */
export async function recordSignIn(
  client: pg.ClientBase | pg.Pool,
  who: { readonly email: string },
  from: CallFrom,
  method: SignInMethod,
  outcome: Outcome,
  isNewDevice = false,
): Promise<void> {
  const { ipAddress, userAgent } = from.actor;
  await client.query(
    `insert into sign_ins (account_id, id, method, outcome, ip_address, user_agent, new_device)
       select id, $2, $3, $4, $5, $6, $7 from accounts where email = $1`,
    [who.email, newId('sin'), method, outcome, ipAddress, userAgent, isNewDevice],
  );
}
