import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { siteOrganizationId } from '../base/site-organization.ts';
import { inTransaction } from '../db/index.ts';
import type { BulkKeys } from '../keys/index.ts';

export const suspensionProblems = {
  customer_not_found: 404,
  customer_is_site: 409,
  customer_not_active: 409,
  customer_not_suspended: 409,
} as const;

/** What suspending needs of others. */
export interface Suspending {
  readonly pool: pg.Pool;
  readonly keys: Pick<BulkKeys, 'suspendKeys' | 'resumeKeys'>;
}

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
export async function suspend({ pool, keys }: Suspending, actor: Actor, id: string, reason: string): Promise<number> {
  return inTransaction(pool, async (client) => {
    const name = await lock(client, 'suspended', id);
    const keyIds = await keys.suspendKeys(client, id, actor, `The organization is suspended: ${reason}`);
    await client.query(
      'insert into suspensions (organization_id, reason, suspended_by, key_ids) values ($1, $2, $3, $4)',
      [id, reason, actor.accountId, keyIds],
    );
    await client.query(`update organizations set state = 'suspended', updated_at = now() where id = $1`, [id]);
    await appendAudit(client, actor, {
      action: 'organization.suspended',
      organizationId: id,
      subject: { kind: 'organization', id, name },
      before: { state: 'active' },
      after: { state: 'suspended', reason, keys_disabled: keyIds.length },
    });
    return keyIds.length;
  });
}

/**
 * Takes a suspension back. Of its keys those come back that the suspension put out of use and nobody has deleted since.
 *
 * @returns how many keys are back
 * @throws AppError with a code of `suspensionProblems`
 */
export async function resume({ pool, keys }: Suspending, actor: Actor, id: string, reason: string): Promise<number> {
  return inTransaction(pool, async (client) => {
    const name = await lock(client, 'active', id);
    const { rows } = await client.query<{ key_ids: string[] }>(
      'delete from suspensions where organization_id = $1 returning key_ids',
      [id],
    );
    const back = await keys.resumeKeys(client, id, rows[0]?.key_ids ?? []);
    await client.query(`update organizations set state = 'active', updated_at = now() where id = $1`, [id]);
    await appendAudit(client, actor, {
      action: 'organization.resumed',
      organizationId: id,
      subject: { kind: 'organization', id, name },
      before: { state: 'suspended' },
      after: { state: 'active', reason, keys_enabled: back.length },
    });
    return back.length;
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
