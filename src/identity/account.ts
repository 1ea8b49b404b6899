import { changedMembers } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { InputError, type Person } from '../http/index.ts';
import { auditAccount } from './account-audit.ts';
import { confirm } from './confirm.ts';
import type { Core } from './core.ts';
import type { CallFrom } from './options.ts';
import { findAtDoor } from './sign-in.ts';
import { refuseLastAdmin } from './staff.ts';

export interface ProfileChange {
  readonly name?: string | undefined;
  readonly locale?: 'en' | 'zh' | undefined;
  /** IANA name; null: the viewer's own. */
  readonly time_zone?: string | null | undefined;
}

type Self = CallFrom & { readonly person: Person };
type Profile = { name: string; locale: string; time_zone: string | null };

/** @throws InputError for `body.time_zone` */
export async function changeProfile(core: Core, { person, actor }: Self, change: ProfileChange): Promise<void> {
  if (change.time_zone && !isTimeZone(change.time_zone)) {
    throw new InputError([{ field: 'body.time_zone', message: 'must be a zone such as Asia/Shanghai' }]);
  }
  await inTransaction(core.pool, async (client) => {
    const { rows } = await client.query<Profile>(
      'select name, locale, time_zone from accounts where id = $1 for update',
      [person.accountId],
    );
    const before = rows[0];
    if (before === undefined) return;
    const { name = before.name, locale = before.locale, time_zone = before.time_zone } = change;
    const after = { name, locale, time_zone };
    await client.query('update accounts set name = $2, locale = $3, time_zone = $4, updated_at = now() where id = $1', [
      person.accountId,
      name,
      locale,
      time_zone,
    ]);
    const account = { id: person.accountId, email: person.email };
    await auditAccount(client, actor, 'account.changed', account, changedMembers(before, after));
  });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * Deletes an account for good. What others still need goes first: a shared organization another owner, the site another
 * administrator.
 *
 * @throws AppError `account_owns_organizations`, `last_admin`; InputError for `body.email`; what `confirm` throws
 */
export async function deleteAccount(
  core: Core,
  from: Self,
  typedEmail: string,
  password: string | undefined,
): Promise<void> {
  const { person, actor } = from;
  if (typedEmail !== person.email) {
    throw new InputError([{ field: 'body.email', message: 'must be the address of this account, to be sure' }]);
  }
  await confirm(core, from, password, { always: true });
  await inTransaction(core.pool, async (client) => {
    await refuseLastAdmin(client, person.accountId);
    const account = await findAtDoor(client, { id: person.accountId }, null);
    if (account === null) return;
    const owned = await core.options.soleOwnerships(client, account.id);
    if (owned.length > 0) {
      const message = `You are the only owner of ${owned.join(', ')}: make somebody else an owner, or delete it, first.`;
      throw new AppError('account_owns_organizations', message);
    }
    await core.options.onAccountDeleting(client, account.id, actor);
    await auditAccount(client, actor, 'account.deleted', account, { before: { name: account.name } });
    await client.query('delete from accounts where id = $1', [account.id]);
  });
}
