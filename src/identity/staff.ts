import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import type { StaffRole } from '../base/permissions.ts';
import { inTransaction } from '../db/index.ts';
import { auditAccount } from './account-audit.ts';
import type { Core } from './core.ts';

export interface StaffAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly state: 'active' | 'disabled';
  readonly twoFactor: boolean;
  readonly lastSignInAt: Date | null;
}

export const staffProblems = { account_not_found: 404, account_unverified: 409, last_admin: 409 } as const;

export async function listStaff(core: Core): Promise<StaffAccount[]> {
  const { rows } = await core.pool.query<StaffAccount>(
    `select a.id, a.email, a.name, a.staff_role as role, a.state, a.two_factor_enabled as "twoFactor",
            (select max(s.at) from sign_ins s where s.account_id = a.id and s.outcome = 'passed') as "lastSignInAt"
       from accounts a where a.staff_role is not null order by a.email limit 500`,
  );
  return rows;
}

/**
 * Gives an account a role, changes or takes it. Sessions and tokens have the new permissions on their next call.
 *
 * @param role null: no staff any more
 * @throws AppError with a code of `staffProblems`
 */
export async function setStaffRole(
  core: Core,
  actor: Actor,
  who: { readonly email: string } | { readonly id: string },
  role: StaffRole | null,
): Promise<void> {
  await inTransaction(core.pool, async (client) => {
    await lockStaff(client);
    const column = 'email' in who ? 'email' : 'id';
    const { rows } = await client.query<{
      id: string;
      email: string;
      staff_role: StaffRole | null;
      email_verified: boolean;
    }>(`select id, email, staff_role, email_verified from accounts where ${column} = $1 for update`, [
      'email' in who ? who.email : who.id,
    ]);
    const account = rows[0];
    if (account === undefined || ('id' in who && account.staff_role === null)) throw accountNotFound();
    if (!account.email_verified) {
      throw new AppError('account_unverified', 'This person has not verified their address yet; ask them to do so.');
    }
    if (role !== 'admin') await refuseLastAdmin(client, account.id);
    await client.query('update accounts set staff_role = $2, updated_at = now() where id = $1', [account.id, role]);
    const states = { before: { staff_role: account.staff_role }, after: { staff_role: role } };
    await auditAccount(client, actor, 'account.staff_role_changed', account, states);
  });
}

export function accountNotFound(): AppError {
  return new AppError('account_not_found', 'There is no such account. Whoever shall be staff registers first.');
}

/**
 * Makes sure that the site keeps an administrator when this account stops being an active one. Two that leave at the same
 * time wait for each other.
 *
 * @throws AppError `last_admin`
 */
export async function refuseLastAdmin(client: pg.ClientBase, accountId: string): Promise<void> {
  await lockStaff(client);
  const { rows } = await client.query<{ id: string }>(
    `select id from accounts where staff_role = 'admin' and state = 'active' limit 2`,
  );
  if (rows.length !== 1 || rows[0]?.id !== accountId) return;
  throw new AppError('last_admin', 'This is the last administrator of the site; make another one first.');
}

/** Changes of who is staff go one after the other, to the end of their transaction. */
async function lockStaff(client: pg.ClientBase): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtext('lodge staff'))`);
}
