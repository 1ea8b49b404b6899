import { AppError } from '../base/errors.ts';
import { InputError, type Person } from '../http/index.ts';
import type { Core } from './core.ts';
import type { CallFrom } from './options.ts';
import { verifyPassword } from './password-hash.ts';

/** A sign-in as young as this proves enough where a password may be left out. */
const freshMinutes = 15;

export const confirmProblems = { sign_in_again: 403, sign_in_throttled: 429 } as const;

export interface Standing {
  /** Null: the account has no password. */
  readonly passwordHash: string | null;
  /** The session began within the last minutes. */
  readonly isFresh: boolean;
}

export type Confirmation = 'ask_password' | 'check_password' | 'sign_in_again' | 'enough';

/** What a change that opens a way in needs before it is made. `always`: also right after signing in. */
export function decideConfirmation(standing: Standing, hasPassword: boolean, always: boolean): Confirmation {
  if (standing.passwordHash === null) return standing.isFresh ? 'enough' : 'sign_in_again';
  if (hasPassword) return 'check_password';
  return !always && standing.isFresh ? 'enough' : 'ask_password';
}

/**
 * Makes sure that it is the person themself who sits at the session.
 *
 * @returns the hash of the password that was verified, null when none was needed
 * @throws InputError for `body.password`; AppError `sign_in_again`; ThrottledError `sign_in_throttled`
 */
export async function confirm(
  core: Core,
  from: CallFrom & { readonly person: Person },
  password: string | undefined,
  { always }: { always: boolean },
): Promise<string | null> {
  const { accountId, sessionId } = from.person;
  const standing = await standingOf(core, accountId, sessionId);
  const needed = decideConfirmation(standing, password !== undefined, always);
  if (needed === 'enough') return null;
  if (needed === 'sign_in_again') {
    throw new AppError('sign_in_again', 'Sign out and in again first: this needs a sign-in of the last 15 minutes.');
  }
  if (needed === 'ask_password' || password === undefined) {
    throw new InputError([{ field: 'body.password', message: 'is needed: enter your present password' }]);
  }
  const { ipAddress } = from.actor;
  const attempt = core.limits.begin({ account: `confirm:${accountId}`, ipAddress, knownDevice: null, recorded: null });
  if (!(await verifyPassword(standing.passwordHash, password))) {
    throw new InputError([{ field: 'body.password', message: 'is not your present password' }]);
  }
  attempt.passed();
  return standing.passwordHash;
}

async function standingOf(core: Core, accountId: string, sessionId: string | null): Promise<Standing> {
  const { rows } = await core.pool.query<{ password: string | null; is_fresh: boolean | null }>(
    `select c.password, s.created_at > now() - make_interval(mins => $3) as is_fresh
       from accounts a
       left join credentials c on c.account_id = a.id and c.provider = 'credential'
       left join sessions s on s.id = $2
      where a.id = $1`,
    [accountId, sessionId, freshMinutes],
  );
  return { passwordHash: rows[0]?.password ?? null, isFresh: rows[0]?.is_fresh ?? false };
}
