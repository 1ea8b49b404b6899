import type pg from 'pg';
import { inTransaction } from '../db/index.ts';
import { InputError, type Person } from '../http/index.ts';
import { auditAccount, provenActor } from './account-audit.ts';
import { confirm } from './confirm.ts';
import { deviceCookie, newDevice } from './cookies.ts';
import type { Core } from './core.ts';
import { evenly } from './evenly.ts';
import { dropLinks, makeLink, useLink } from './mail-links.ts';
import type { CallFrom } from './options.ts';
import { hashPassword } from './password-hash.ts';
import { passwordProblem } from './password-rules.ts';
import { linkInvalid, mailFloorMs, putPassword } from './registration.ts';
import { type Recipient, tellOwner } from './security-mail.ts';
import { findAtDoor } from './sign-in.ts';

/** Sends a link to set a new password; says nothing about whether there is such an account. */
export async function forgotPassword(core: Core, email: string): Promise<void> {
  await evenly(mailFloorMs, async () => {
    const account = await findAtDoor(core.pool, { email }, null);
    if (account?.state !== 'active') return;
    await inTransaction(core.pool, (client) => sendReset(core, client, account));
  });
}

export async function sendReset(core: Core, client: pg.ClientBase, account: Recipient): Promise<void> {
  const claim = { accountId: account.id, email: account.email };
  const { token, expiresAtMs } = await makeLink(client, 'reset-password', claim);
  await core.options.queueMail(client, {
    kind: 'reset-password',
    to: account.email,
    locale: account.locale,
    accountId: account.id,
    facts: { name: account.name, link: core.link(`/console/reset-password?token=${token}`), expiresAtMs },
  });
}

/**
 * Sets a new password by a link and ends every session. The mailbox is proved by that as well, and this browser is known
 * from then on: who is being guessed at has a sure way in.
 *
 * @returns lines for `Set-Cookie`
 * @throws AppError `link_invalid`; InputError for the password, which leaves the link as it was
 */
export async function resetPassword(core: Core, from: CallFrom, token: string, password: string): Promise<string[]> {
  const hash = password.length > 1_000 ? '' : await hashPassword(password);
  return inTransaction(core.pool, async (client) => {
    const claim = await useLink(client, 'reset-password', token);
    const account = claim === null ? null : await findAtDoor(client, { id: claim.accountId }, null);
    if (claim === null || account?.state !== 'active' || account.email !== claim.email) throw linkInvalid();
    refuseWeak(core, account, password, 'body.password');
    await storePassword(core, client, account, hash, null);
    await client.query('update accounts set email_verified = true where id = $1', [account.id]);
    const actor = provenActor(from.actor, account);
    await auditAccount(client, actor, 'account.password_reset', account);
    await tellOwner(core, client, account, 'password-changed', actor, {});
    const device = newDevice();
    await client.query('insert into known_devices (account_id, device_hash) values ($1, $2)', [
      account.id,
      device.hash,
    ]);
    return [deviceCookie(device, core.secure())];
  });
}

/**
 * Changes the password of who is signed in, and ends their other sessions.
 *
 * @throws InputError for `body.password` (the present one) and `body.new_password`; what `confirm` throws
 */
export async function changePassword(
  core: Core,
  from: CallFrom & { readonly person: Person },
  password: string | undefined,
  newPassword: string,
): Promise<void> {
  const { accountId, sessionId } = from.person;
  await confirm(core, from, password, { always: true });
  if (newPassword === password) {
    throw new InputError([{ field: 'body.new_password', message: 'must be another than the present one' }]);
  }
  const account = await findAtDoor(core.pool, { id: accountId }, null);
  if (account === null) throw new Error(`The account ${accountId} went away within a call.`);
  refuseWeak(core, account, newPassword, 'body.new_password');
  const hash = await hashPassword(newPassword);
  await inTransaction(core.pool, async (client) => {
    await storePassword(core, client, account, hash, sessionId);
    await auditAccount(client, from.actor, 'account.password_changed', account);
    await tellOwner(core, client, account, 'password-changed', from.actor, {});
  });
}

function refuseWeak(core: Core, owner: Recipient, password: string, field: string): void {
  const { email, name } = owner;
  const problem = passwordProblem(password, { email, name, siteName: core.options.siteName() });
  if (problem !== null) throw new InputError([{ field, message: problem }]);
}

/** `keptSessionId`: the session that goes on; null: none does. */
async function storePassword(
  core: Core,
  client: pg.ClientBase,
  account: Recipient,
  hash: string,
  keptSessionId: string | null,
): Promise<void> {
  await putPassword(client, account.id, hash);
  await client.query('update accounts set must_change_password = false, updated_at = now() where id = $1', [
    account.id,
  ]);
  await dropLinks(client, account.id, ['reset-password', 'change-email']);
  await endSessions(client, account.id, keptSessionId);
  core.log.info({ accountId: account.id }, 'password set');
}

/** Ends all sessions of an account but one, and its half-done sign-ins and trusted browsers. @returns how many */
export async function endSessions(
  client: pg.ClientBase,
  accountId: string,
  keptSessionId: string | null,
): Promise<number> {
  const { rowCount } = await client.query('delete from sessions where account_id = $1 and id is distinct from $2', [
    accountId,
    keptSessionId,
  ]);
  // Challenges and trusted browsers name the account as their value.
  await client.query('delete from verifications where value = $1', [accountId]);
  return rowCount ?? 0;
}
