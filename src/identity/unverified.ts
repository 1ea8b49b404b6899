import { systemActor } from '../base/actor.ts';
import { errorText } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { auditAccount } from './account-audit.ts';
import type { Core } from './core.ts';

/** An address that nobody has proved within it is free again for whoever owns it. */
const keptMs = 7 * 86_400_000;
const batchAccounts = 200;
/** Of one run; what is left waits for the next one. */
const mostBatches = 50;

/**
 * Deletes accounts whose address was never proved: nobody can have signed in with them. Those of staff, disabled ones,
 * those with a link that still works and those that something belongs to stay. Each deletion stands in the audit log.
 *
 * @returns how many were deleted
 */
export async function deleteUnverified(core: Core): Promise<number> {
  let deleted = 0;
  let after = '';
  for (let batch = 0; batch < mostBatches; batch++) {
    const ids = await overdue(core, after);
    for (const id of ids) {
      try {
        if (await deleteOne(core, id)) deleted++;
      } catch (error) {
        core.log.warn({ account: id, reason: errorText(error) }, 'an account that was never verified was not deleted');
      }
    }
    after = ids.at(-1) ?? after;
    if (ids.length < batchAccounts) break;
  }
  return deleted;
}

const isOverdue = `not a.email_verified and a.state = 'active' and a.staff_role is null
  and not exists (select 1 from sessions s where s.account_id = a.id)
  and not exists (select 1 from verifications v
    where v.subject in ('verify-email ' || a.id, 'reset-password ' || a.id) and v.expires_at > $1)`;

async function overdue({ pool, clock }: Core, after: string): Promise<readonly string[]> {
  const nowMs = clock.now();
  const { rows } = await pool.query<{ id: string }>(
    `select a.id from accounts a where ${isOverdue} and a.created_at < $2 and a.id > $3
     order by a.id limit ${batchAccounts}`,
    [new Date(nowMs), new Date(nowMs - keptMs), after],
  );
  return rows.map(({ id }) => id);
}

/** In a transaction of its own: one that cannot be deleted keeps none of the others. */
function deleteOne(core: Core, id: string): Promise<boolean> {
  return inTransaction(core.pool, async (client) => {
    const { rows } = await client.query<{ id: string; email: string; name: string }>(
      `select a.id, a.email, a.name from accounts a where a.id = $2 and ${isOverdue} for update skip locked`,
      [new Date(core.clock.now()), id],
    );
    const account = rows[0];
    if (account === undefined || (await core.options.hasBelongings(client, id))) return false;
    await core.options.onAccountDeleting(client, id, systemActor);
    const before = { name: account.name, verified: false };
    await auditAccount(client, systemActor, 'account.deleted', account, { before });
    await client.query('delete from accounts where id = $1', [id]);
    return true;
  });
}
