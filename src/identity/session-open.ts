import { createHmac, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import { sessionDays } from './auth.ts';
import { setCookie } from './cookies.ts';
import type { Core } from './core.ts';
import { digestText, newId } from './digest.ts';
import type { CallFrom } from './options.ts';
import type { Recipient } from './security-mail.ts';
import { type SignInMethod, settleSignIn } from './sign-in-open.ts';

/**
 * Opens a session for somebody who has proved who they are in a way that the sign-in library does not know: by a link.
 * The cookie has the library's form.
 *
 * @returns lines for `Set-Cookie`
 * @throws AppError `sign_in_failed` when the account is disabled or its address unverified
 */
export async function openSession(
  core: Core,
  client: pg.PoolClient,
  from: CallFrom,
  account: Recipient & { readonly staffRole: string | null },
  method: SignInMethod,
  remember: boolean,
): Promise<string[]> {
  const token = randomBytes(24).toString('base64url');
  const { rowCount } = await client.query(
    `insert into sessions (id, account_id, token, expires_at, ip_address, user_agent)
       select $1, id, $3, now(), $4, $5 from accounts where id = $2 and state = 'active' and email_verified`,
    [newId('ses'), account.id, digestText(token), from.actor.ipAddress, from.actor.userAgent],
  );
  if (rowCount !== 1) throw new AppError('sign_in_failed', 'This account is disabled; ask support.');
  const more = await settleSignIn(core, client, from, { account, token, method, remember });
  return [sessionCookie(core, token, remember), ...more];
}

/** `<token>.<signature>`; without remembering it ends with the browser. */
export function sessionCookie(core: Core, token: string, remember: boolean): string {
  const signature = createHmac('sha256', core.secret).update(token).digest('base64');
  const maxAgeSeconds = remember ? sessionDays.remembered * 86_400 : null;
  return setCookie('session_token', `${token}.${signature}`, core.secure(), maxAgeSeconds);
}
