import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import { type Telling, tellOwner } from './tell.ts';
import { changeKey, disablingColumns, type LockedKey, lockedColumns } from './write.ts';

/** Which keys of an organization. */
export type KeySelection = { readonly accountId: string } | { readonly ids: readonly string[] };

/**
 * Puts enabled keys of an organization out of use, in the caller's transaction, each with its audit entry. Gateways hear
 * of it by the database when that commits. The owners are not told: whoever calls knows why, and tells them of that.
 *
 * @returns the ids of those that were enabled
 */
export async function disableKeys(
  client: pg.PoolClient,
  organizationId: string,
  selection: KeySelection,
  actor: Actor,
  reason: string,
): Promise<readonly string[]> {
  const keys = await lockEnabled(client, organizationId, selection);
  for (const key of keys) {
    const columns = await disablingColumns(client, key, actor, reason.slice(0, 500));
    await changeKey(client, key, columns, { actor, action: 'key.disabled' });
  }
  return keys.map((key) => key.id);
}

/** In the order of their ids, so that two such calls do not wait for each other. */
async function lockEnabled(
  client: pg.PoolClient,
  organizationId: string,
  selection: KeySelection,
): Promise<readonly LockedKey[]> {
  const [condition, value] =
    'ids' in selection ? ['id = any($2)', selection.ids] : ['account_id = $2', selection.accountId];
  const { rows } = await client.query<LockedKey>(
    `select ${lockedColumns} from keys
     where organization_id = $1 and ${condition} and state = 'enabled' order by id for update`,
    [organizationId, value],
  );
  return rows;
}

/** Puts a key out of use and tells its owner. */
export async function disableKey(
  client: pg.PoolClient,
  telling: Telling | undefined,
  key: LockedKey,
  { actor, action, reason }: { readonly actor: Actor; readonly action: string; readonly reason: string | null },
): Promise<void> {
  const columns = await disablingColumns(client, key, actor, reason);
  await changeKey(client, key, columns, { actor, action });
  const mark = String(columns['disabled_by']);
  await tellOwner(client, telling, { key, what: 'disabled', mark, reason: reason ?? '' }, actor);
}
