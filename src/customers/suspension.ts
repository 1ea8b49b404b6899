import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';

/** The operator's own: suspending it would put out of use what the site itself runs on. */
const siteOrganizationId = 'org_site';

export const suspensionProblems = {
  customer_not_found: 404,
  customer_is_site: 409,
  customer_not_active: 409,
  customer_not_suspended: 409,
} as const;

type State = 'active' | 'suspended' | 'deleted';

/** Pure: whether a customer's state may change so. @throws AppError with a code of `suspensionProblems` */
export function refuseChange(to: 'suspended' | 'active', id: string, state: State | null): void {
  if (state === null) throw customerNotFound(id);
  if (id === siteOrganizationId)
    throw new AppError('customer_is_site', 'This is the site’s own organization; disable its keys one by one instead.');
  if (to === 'suspended' && state !== 'active')
    throw new AppError('customer_not_active', `The customer is ${state} already.`);
  if (to === 'active' && state !== 'suspended')
    throw new AppError('customer_not_suspended', `The customer is ${state}, not suspended.`);
}

export function customerNotFound(id: string): AppError {
  return new AppError('customer_not_found', `There is no customer "${id}".`);
}

/**
 * Puts a customer out of business: its members find no organization, and its keys are refused. Gateways hear of each key
 * by the table's own notice, within a second.
 *
 * @returns how many keys were put out of use
 * @throws AppError with a code of `suspensionProblems`
 */
export async function suspend(pool: pg.Pool, actor: Actor, id: string, reason: string): Promise<number> {
  return inTransaction(pool, async (client) => {
    const name = await lock(client, 'suspended', id);
    const { rows } = await client.query<{ id: string }>(
      `update keys set state = 'disabled', disabled_by = $2, disabled_reason = $3, updated_at = now()
       where organization_id = $1 and state = 'enabled' returning id`,
      [id, actor.accountId, `The organization is suspended: ${reason}`],
    );
    await client.query(
      'insert into suspensions (organization_id, reason, suspended_by, key_ids) values ($1, $2, $3, $4)',
      [id, reason, actor.accountId, rows.map((row) => row.id)],
    );
    await client.query(`update organizations set state = 'suspended', updated_at = now() where id = $1`, [id]);
    await appendAudit(client, actor, {
      action: 'organization.suspended',
      organizationId: id,
      subject: { kind: 'organization', id, name },
      before: { state: 'active' },
      after: { state: 'suspended', reason, keys_disabled: rows.length },
    });
    return rows.length;
  });
}

/**
 * Takes a suspension back. Of its keys those come back that the suspension put out of use and nobody has deleted since.
 *
 * @returns how many keys are back
 * @throws AppError with a code of `suspensionProblems`
 */
export async function resume(pool: pg.Pool, actor: Actor, id: string, reason: string): Promise<number> {
  return inTransaction(pool, async (client) => {
    const name = await lock(client, 'active', id);
    const { rowCount } = await client.query(
      `update keys k set state = 'enabled', disabled_by = null, disabled_reason = null, updated_at = now()
       from suspensions s
       where s.organization_id = $1 and k.organization_id = $1 and k.id = any(s.key_ids) and k.state = 'disabled'`,
      [id],
    );
    await client.query('delete from suspensions where organization_id = $1', [id]);
    await client.query(`update organizations set state = 'active', updated_at = now() where id = $1`, [id]);
    await appendAudit(client, actor, {
      action: 'organization.resumed',
      organizationId: id,
      subject: { kind: 'organization', id, name },
      before: { state: 'suspended' },
      after: { state: 'active', reason, keys_enabled: rowCount ?? 0 },
    });
    return rowCount ?? 0;
  });
}

async function lock(client: pg.PoolClient, to: 'suspended' | 'active', id: string): Promise<string> {
  const { rows } = await client.query<{ name: string; state: State }>(
    'select name, state from organizations where id = $1 for update',
    [id],
  );
  refuseChange(to, id, rows[0]?.state ?? null);
  return rows[0]?.name ?? '';
}
