import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import type { Caller, Person } from '../http/index.ts';
import { auditAccount } from './account-audit.ts';
import type { Core } from './core.ts';
import { findAtDoor } from './sign-in.ts';

export const actingMinutes = 60;
export const actingProblems = { account_not_found: 404, account_is_staff: 409, session_needed: 409 } as const;

/**
 * From now on this session sees the console with a customer's eyes, and can change nothing.
 *
 * @returns until when
 * @throws AppError with a code of `actingProblems`
 */
export async function startActing(
  core: Core,
  { caller, actor }: { readonly caller: Caller; readonly actor: Actor },
  accountId: string,
  reason: string,
): Promise<Date> {
  if (caller.kind !== 'person' || caller.sessionId === null) {
    throw new AppError('session_needed', 'Only who is signed in at the console can look with a customer’s eyes.');
  }
  const { sessionId } = caller;
  return inTransaction(core.pool, async (client) => {
    const account = await findAtDoor(client, { id: accountId }, null);
    if (account === null || account.state !== 'active') {
      throw new AppError('account_not_found', 'There is no such account, or it is disabled.');
    }
    if (account.staffRole !== null) {
      throw new AppError('account_is_staff', 'This account belongs to staff; nobody acts as a colleague.');
    }
    const { rows } = await client.query<{ acting_until: Date }>(
      `update sessions set acting_as = $2, acting_since = now(), acting_until = now() + make_interval(mins => $3)
        where id = $1 returning acting_until`,
      [sessionId, accountId, actingMinutes],
    );
    const until = rows[0]?.acting_until;
    if (until === undefined) throw new AppError('session_needed', 'This session has ended; sign in again.');
    await auditActing(core, client, actor, 'account.acting_started', account, { reason, until });
    return until;
  });
}

/** Back to one's own eyes. Nothing happens when nobody is acted as. */
export async function endActing(
  core: Core,
  { person, actor }: { readonly person: Person; readonly actor: Actor },
): Promise<void> {
  if (person.actor === null || person.sessionId === null) return;
  const { sessionId } = person;
  await inTransaction(core.pool, async (client) => {
    await client.query('update sessions set acting_as = null, acting_since = null, acting_until = null where id = $1', [
      sessionId,
    ]);
    const account = { id: person.accountId, email: person.email };
    await auditActing(core, client, actor, 'account.acting_ended', account, {});
  });
}

/** In the site's log, and in those that the customer can read: of the organizations that were seen. */
async function auditActing(
  core: Core,
  client: pg.PoolClient,
  actor: Actor,
  action: 'account.acting_started' | 'account.acting_ended',
  account: { readonly id: string; readonly email: string },
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  await auditAccount(client, actor, action, account, { after });
  const subject = { kind: 'account', id: account.id, name: account.email };
  for (const { id: organizationId } of await core.options.organizationsOf(account.id)) {
    await appendAudit(client, actor, { action, organizationId, subject, after });
  }
}
