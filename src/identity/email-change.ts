import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { InputError, type Person } from '../http/index.ts';
import { auditAccount, provenActor } from './account-audit.ts';
import { confirm } from './confirm.ts';
import type { Core } from './core.ts';
import { evenly } from './evenly.ts';
import { dropLinks, makeLink, useLink } from './mail-links.ts';
import type { CallFrom } from './options.ts';
import { mailFloorMs } from './registration.ts';
import { tellOwner } from './security-mail.ts';
import { findAtDoor } from './sign-in.ts';

/**
 * Sends a link to the new address, which counts once the link was opened. Whether that address belongs to somebody else
 * shows neither in the answer nor in its time.
 *
 * @throws InputError; what `confirm` throws
 */
export async function askForEmail(
  core: Core,
  from: CallFrom & { readonly person: Person },
  email: string,
  password: string | undefined,
): Promise<void> {
  await confirm(core, from, password, { always: true });
  await evenly(mailFloorMs, () =>
    inTransaction(core.pool, async (client) => {
      const account = await findAtDoor(client, { id: from.person.accountId }, null);
      if (account === null) return;
      if (account.email === email) throw new InputError([{ field: 'body.email', message: 'is your address already' }]);
      if ((await findAtDoor(client, { email }, null)) !== null) return;
      const { token, expiresAtMs } = await makeLink(client, 'change-email', { accountId: account.id, email });
      await auditAccount(client, from.actor, 'account.email_change_asked', account, { after: { email } });
      await core.options.queueMail(client, {
        kind: 'verify-new-email',
        to: email,
        locale: account.locale,
        accountId: account.id,
        facts: { name: account.name, link: core.link(`/console/verify-email?token=${token}`), expiresAtMs },
      });
    }),
  );
}

/**
 * Takes the new address over by the link that went to it, and tells the old one.
 *
 * @returns false when the token is none of this kind
 * @throws AppError `email_taken`, which only the owner of the new mailbox can hear
 */
export async function takeEmail(core: Core, from: CallFrom, token: string): Promise<boolean> {
  return inTransaction(core.pool, async (client) => {
    const claim = await useLink(client, 'change-email', token);
    const account = claim === null ? null : await findAtDoor(client, { id: claim.accountId }, null);
    if (claim === null || account === null) return false;
    const { rowCount } = await client.query(
      `update accounts set email = $2, email_verified = true, updated_at = now()
        where id = $1 and not exists (select 1 from accounts where email = $2)`,
      [account.id, claim.email],
    );
    if (rowCount !== 1) throw new AppError('email_taken', 'Another account has this address by now.');
    await dropLinks(client, account.id, ['reset-password', 'verify-email']);
    const actor = provenActor(from.actor, account);
    const states = { before: { email: account.email }, after: { email: claim.email } };
    await auditAccount(client, actor, 'account.email_changed', account, states);
    await tellOwner(core, client, account, 'email-changed', actor, { newEmail: claim.email });
    return true;
  });
}
