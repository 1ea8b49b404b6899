import { randomInt } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import type { RouteContext } from '../http/index.ts';
import { auditAccount } from './account-audit.ts';
import type { Core } from './core.ts';
import { hashPassword } from './password-hash.ts';
import { endSessions, sendReset } from './passwords.ts';
import { putPassword } from './registration.ts';
import { type AtDoor, findAtDoor } from './sign-in.ts';
import { accountNotFound, refuseLastAdmin } from './staff.ts';

/**
 * Disables an account, which ends its sessions at once, or enables it again.
 *
 * @throws AppError `account_not_found`, `last_admin`, `permission_missing`
 */
export async function setAccountState(
  core: Core,
  context: RouteContext,
  accountId: string,
  state: 'active' | 'disabled',
  reason: string,
): Promise<void> {
  await inTransaction(core.pool, async (client) => {
    if (state === 'disabled') await refuseLastAdmin(client, accountId);
    const account = requireMayTouch(context, await findAtDoor(client, { id: accountId }, null));
    if (account.state === state) return;
    await client.query('update accounts set state = $2, updated_at = now() where id = $1', [accountId, state]);
    if (state === 'disabled') await endSessions(client, accountId, null);
    const action = state === 'disabled' ? 'account.disabled' : 'account.enabled';
    const states = { before: { state: account.state }, after: { state, reason } };
    await auditAccount(client, context.actor, action, account, states);
  });
}

/**
 * Sends the mail to set a new password. With the admin token, `oneTime` sets one right away, which has to be changed at
 * the first sign-in: the way in for an operator without mail.
 *
 * @returns the one-time password; null when a mail was sent
 * @throws AppError `account_not_found`, `admin_token_needed`, `permission_missing`
 */
export async function resetByStaff(
  core: Core,
  context: RouteContext,
  accountId: string,
  oneTime: boolean,
): Promise<string | null> {
  if (oneTime && context.caller.kind !== 'admin_token') {
    throw new AppError('admin_token_needed', 'A one-time password is given with the admin token only; send the mail.');
  }
  const password = oneTime ? newPassword() : null;
  const hash = password === null ? null : await hashPassword(password);
  await inTransaction(core.pool, async (client) => {
    const account = requireMayTouch(context, await findAtDoor(client, { id: accountId }, null));
    if (hash === null) {
      await sendReset(core, client, account);
    } else {
      await putPassword(client, accountId, hash);
      await client.query('update accounts set must_change_password = true, email_verified = true where id = $1', [
        accountId,
      ]);
      await endSessions(client, accountId, null);
    }
    const after = { by: hash === null ? 'mail' : 'one-time password' };
    await auditAccount(client, context.actor, 'account.password_reset_by_staff', account, { after });
  });
  return password;
}

/** Accounts of staff are touched by who may make staff only: support must not be able to become an administrator. */
function requireMayTouch({ caller }: RouteContext, account: AtDoor | null): AtDoor {
  if (account === null) throw accountNotFound();
  if (account.staffRole === null || caller.kind === 'admin_token') return account;
  if (caller.kind === 'person' && caller.staff?.permissions.has('staff.write')) return account;
  throw new AppError('permission_missing', 'This account belongs to staff: that needs the permission staff.write.');
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Four groups of five without what looks alike: 100 bits, and can be typed from paper. */
export function newPassword(): string {
  const group = () => Array.from({ length: 5 }, () => letters.charAt(randomInt(letters.length))).join('');
  return Array.from({ length: 4 }, group).join('-');
}
