import type pg from 'pg';
import { systemActor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { auditAccount } from './account-audit.ts';
import { newPassword } from './accounts-admin.ts';
import type { Core } from './core.ts';
import { newId } from './digest.ts';
import { hashPassword } from './password-hash.ts';
import { putPassword } from './registration.ts';

export interface OperatorOptions {
  /** `LODGE_OPERATOR_EMAIL`. */
  readonly email: string;
  readonly locale: 'en' | 'zh';
  /** Makes the account an owner of the site's own organization. */
  readonly addOwner: (client: pg.PoolClient, accountId: string) => Promise<void>;
}

/**
 * Makes the first administrator of a site that has no staff yet. Of several nodes that start at once one does.
 *
 * @returns address and password, known this once; null when there is staff already
 * @throws AppError `operator_email_taken` when a customer has the address
 */
export async function ensureOperator(
  core: Core,
  { email, locale, addOwner }: OperatorOptions,
): Promise<{ email: string; password: string } | null> {
  if (await hasStaff(core.pool)) return null;
  const password = newPassword();
  const hash = await hashPassword(password);
  return inTransaction(core.pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('lodge staff'))`);
    if (await hasStaff(client)) return null;
    const account = { id: newId('acc'), email: email.trim().toLowerCase() };
    const { rowCount } = await client.query(
      `insert into accounts (id, name, email, locale, email_verified, staff_role, must_change_password)
         values ($1, 'Operator', $2, $3, true, 'admin', true) on conflict (email) do nothing`,
      [account.id, account.email, locale],
    );
    if (rowCount !== 1) {
      const message = `${email} belongs to a customer's account; set LODGE_OPERATOR_EMAIL to another address.`;
      throw new AppError('operator_email_taken', message);
    }
    await putPassword(client, account.id, hash);
    await addOwner(client, account.id);
    await auditAccount(client, systemActor, 'account.created', account, { after: { staff_role: 'admin' } });
    return { email: account.email, password };
  });
}

async function hasStaff(client: pg.ClientBase | pg.Pool): Promise<boolean> {
  const { rows } = await client.query('select 1 from accounts where staff_role is not null limit 1');
  return rows.length > 0;
}
