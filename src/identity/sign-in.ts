import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { within } from './auth-adapter.ts';
import { readDevice } from './cookies.ts';
import type { Core } from './core.ts';
import type { CallFrom } from './options.ts';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';
import type { Recipient } from './security-mail.ts';
import { type Failures, signInLimits } from './sign-in-limits.ts';
import { recordSignIn, settleSignIn } from './sign-in-open.ts';
import { sendVerification } from './verification.ts';

export interface SignInResult {
  readonly next: 'done' | 'two_factor';
  /** Lines for `Set-Cookie`. */
  readonly cookies: readonly string[];
}

/** An account as somebody at the door sees it. */
export interface AtDoor extends Recipient {
  readonly state: 'active' | 'disabled';
  readonly verified: boolean;
  readonly staffRole: string | null;
  /** Null: it has no password. */
  readonly passwordHash: string | null;
  /** The browser has signed in to it before. */
  readonly known: boolean;
  readonly failures: Failures | null;
}

export type SignInVerdict = 'wrong' | 'disabled' | 'unverified' | 'open';

/** Who passes. Only a right password may learn that the address is unverified, and nobody that an account is disabled. */
export function decideSignIn(account: AtDoor | null, isRight: boolean): SignInVerdict {
  if (account === null || !isRight) return 'wrong';
  if (account.state !== 'active') return 'disabled';
  return account.verified ? 'open' : 'unverified';
}

/**
 * Signs in with a password; an account with a second factor is asked for it next.
 *
 * @throws AppError `sign_in_failed` (the same for every reason), `email_unverified` (after a right password alone);
 * ThrottledError `sign_in_throttled`
 */
export async function signIn(
  core: Core,
  from: CallFrom,
  { email, password, remember }: { email: string; password: string; remember: boolean },
): Promise<SignInResult> {
  const device = readDevice(from.cookies, core.secure());
  const account = await findAtDoor(core.pool, { email }, device?.hash ?? null);
  const attempt = core.limits.begin({
    account: email,
    ipAddress: from.actor.ipAddress,
    knownDevice: account?.known && device !== null ? device.value : null,
    recorded: account?.failures ?? null,
  });
  const isRight = await verifyPassword(account?.passwordHash ?? null, password);
  const verdict = decideSignIn(account, isRight);
  if (verdict === 'wrong' || verdict === 'disabled' || account === null) {
    await recordSignIn(core.pool, { email }, from, 'password', verdict === 'disabled' ? 'disabled' : 'wrong_password');
    throw signInFailed();
  }
  attempt.passed();
  if (verdict === 'unverified') {
    await sendVerification(core, core.pool, account);
    throw new AppError(
      'email_unverified',
      'Verify your address first: open the link in the mail that we have sent you.',
    );
  }
  return openByPassword(core, from, account, password, remember);
}

export function signInFailed(): AppError {
  return new AppError(
    'sign_in_failed',
    'That did not work: the address or the password is wrong. You can ask for a link to set a new password.',
  );
}

async function openByPassword(
  core: Core,
  from: CallFrom,
  account: AtDoor,
  password: string,
  remember: boolean,
): Promise<SignInResult> {
  const { passwordHash } = account;
  const fresh = passwordHash !== null && isOutdated(passwordHash) ? await hashPassword(password) : null;
  return inTransaction(core.pool, async (client) => {
    const { response, headers } = await within({ client, provenHash: passwordHash, actor: from.actor }, () =>
      core.auth().api.signInEmail({
        body: { email: account.email, password, rememberMe: remember },
        headers: core.headers(from, ['trust_device']),
        returnHeaders: true,
      }),
    );
    if (fresh !== null) await replaceHash(client, account.id, passwordHash, fresh);
    const cookies = headers.getSetCookie();
    if ('twoFactorRedirect' in response) return { next: 'two_factor', cookies };
    const { token } = response;
    const more = await settleSignIn(core, client, from, { account, token, method: 'password', remember });
    return { next: 'done', cookies: [...cookies, ...more] };
  });
}

/** Under today's parameters, unless somebody has changed the password meanwhile. */
async function replaceHash(client: pg.PoolClient, accountId: string, before: string | null, after: string) {
  await client.query(
    `update credentials set password = $3, updated_at = now()
      where account_id = $1 and provider = 'credential' and password = $2`,
    [accountId, before, after],
  );
}

/** By address or id, in one question that takes the same time when there is none. */
export async function findAtDoor(
  client: pg.ClientBase | pg.Pool,
  who: { readonly email: string } | { readonly id: string },
  deviceHash: Buffer | null,
): Promise<AtDoor | null> {
  const column = 'email' in who ? 'email' : 'id';
  const { rows } = await client.query<AtDoorRow>(
    `select a.id, a.name, a.email, a.locale, a.state, a.email_verified, a.staff_role, c.password,
            exists (select 1 from known_devices d where d.account_id = a.id and d.device_hash = $2) as known,
            f.count, f.first_at, f.last_at
       from accounts a
       left join credentials c on c.account_id = a.id and c.provider = 'credential'
       left join lateral (
         select count(*)::int as count, min(s.at) as first_at, max(s.at) as last_at from sign_ins s
          where s.account_id = a.id and s.at > now() - make_interval(secs => $3)
            and s.outcome in ('wrong_password', 'wrong_code')) f on true
      where a.${column} = $1`,
    ['email' in who ? who.email : who.id, deviceHash, signInLimits.accountWindowMs / 1_000],
  );
  return rows[0] ? atDoor(rows[0]) : null;
}

interface AtDoorRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: 'en' | 'zh';
  readonly state: 'active' | 'disabled';
  readonly email_verified: boolean;
  readonly staff_role: string | null;
  readonly password: string | null;
  readonly known: boolean;
  readonly count: number;
  readonly first_at: Date | null;
  readonly last_at: Date | null;
}

function atDoor(row: AtDoorRow): AtDoor {
  const { id, name, email, locale, state, known, count, first_at: first, last_at: last } = row;
  const failures = first && last ? { count, firstAtMs: first.getTime(), lastAtMs: last.getTime() } : null;
  const { email_verified: verified, staff_role: staffRole, password: passwordHash } = row;
  return { id, name, email, locale, state, verified, staffRole, passwordHash, known, failures };
}
