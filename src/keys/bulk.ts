import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import { staffMarkOf } from './marks.ts';
import { auditKey, changeKey, disablingColumns, enablingColumns, type LockedKey, lockedColumns } from './write.ts';

/** Which keys of an organization. */
export type KeySelection = { readonly accountId: string } | { readonly ids: readonly string[] };

/** Where keys go: to a project, to a member, or, with neither, to the organization. */
export interface NewHolder {
  readonly projectId: string | null;
  readonly accountId: string | null;
}

/**
 * What other modules do with the keys of an organization, in their own transaction: gateways hear of it by the database
 * when that commits. Owners are not told: whoever calls knows why, and tells them of that. Each gives the ids of the keys
 * that it has changed.
 */
export interface BulkKeys {
  /** Puts enabled keys out of use, each with its audit entry. */
  disableKeys(
    client: pg.PoolClient,
    organizationId: string,
    selection: KeySelection,
    actor: Actor,
    reason: string,
  ): Promise<readonly string[]>;
  /** All keys of an organization that ends, each with its audit entry. */
  deleteKeys(client: pg.PoolClient, organizationId: string, actor: Actor): Promise<readonly string[]>;
  /** A member's keys; they go on working. One that goes to another member stays booked to its project. */
  handOverKeys(
    client: pg.PoolClient,
    place: { readonly organizationId: string; readonly from: string; readonly to: NewHolder },
    actor: Actor,
  ): Promise<readonly string[]>;
  /** All enabled keys at once, by staff. There may be thousands, so the caller's audit entry stands for all. */
  suspendKeys(client: pg.PoolClient, organizationId: string, actor: Actor, reason: string): Promise<readonly string[]>;
  /** Those of `ids` that are still out of use. */
  resumeKeys(client: pg.PoolClient, organizationId: string, ids: readonly string[]): Promise<readonly string[]>;
}

export const bulkKeys: BulkKeys = { disableKeys, deleteKeys, handOverKeys, suspendKeys, resumeKeys };

export async function disableKeys(
  client: pg.PoolClient,
  organizationId: string,
  selection: KeySelection,
  actor: Actor,
  reason: string,
): Promise<readonly string[]> {
  const [condition, value] =
    'ids' in selection ? ['id = any($2)', selection.ids] : ['account_id = $2', selection.accountId];
  const keys = await lockKeys(client, organizationId, `${condition} and state = 'enabled'`, [value]);
  for (const key of keys) {
    const columns = await disablingColumns(client, key, actor, reason.slice(0, 500));
    await changeKey(client, key, columns, { actor, action: 'key.disabled' });
  }
  return idsOf(keys);
}

async function deleteKeys(client: pg.PoolClient, organizationId: string, actor: Actor): Promise<readonly string[]> {
  const keys = await lockKeys(client, organizationId, `state <> 'deleted'`);
  await client.query(`update keys set state = 'deleted', updated_at = now() where id = any($1)`, [idsOf(keys)]);
  for (const key of keys) {
    const change = { before: { state: key.state }, after: { state: 'deleted' } };
    await auditKey(client, actor, { action: 'key.deleted', key, ...change });
  }
  return idsOf(keys);
}

async function handOverKeys(
  client: pg.PoolClient,
  { organizationId, from, to }: Parameters<BulkKeys['handOverKeys']>[1],
  actor: Actor,
): Promise<readonly string[]> {
  const keys = await lockKeys(client, organizationId, `account_id = $2 and state <> 'deleted'`, [from]);
  await client.query(
    `update keys set account_id = $2, project_id = coalesce($3, project_id), updated_at = now() where id = any($1)`,
    [idsOf(keys), to.accountId, to.projectId],
  );
  for (const key of keys) {
    const before = { account_id: from, project_id: key.project_id };
    const after = { account_id: to.accountId, project_id: to.projectId ?? key.project_id };
    await auditKey(client, actor, { action: 'key.handed_over', key, before, after });
  }
  return idsOf(keys);
}

async function suspendKeys(
  client: pg.PoolClient,
  organizationId: string,
  actor: Actor,
  reason: string,
): Promise<readonly string[]> {
  const ids = idsOf(await lockKeys(client, organizationId, `state = 'enabled'`));
  await client.query(
    `update keys set state = 'disabled', disabled_by = $2, disabled_reason = $3, updated_at = now() where id = any($1)`,
    [ids, staffMarkOf(actor), reason.slice(0, 500)],
  );
  return ids;
}

async function resumeKeys(
  client: pg.PoolClient,
  organizationId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const back = idsOf(await lockKeys(client, organizationId, `id = any($2) and state = 'disabled'`, [ids]));
  const columns = Object.entries(enablingColumns);
  const sets = columns.map(([name], index) => `${name} = $${index + 2}`);
  await client.query(`update keys set ${sets.join(', ')}, updated_at = now() where id = any($1)`, [
    back,
    ...columns.map(([, value]) => value),
  ]);
  return back;
}

/** In the order of their ids, so that two such calls do not wait for each other. */
async function lockKeys(
  client: pg.PoolClient,
  organizationId: string,
  condition: string,
  values: readonly unknown[] = [],
): Promise<readonly LockedKey[]> {
  const { rows } = await client.query<LockedKey>(
    `select ${lockedColumns} from keys where organization_id = $1 and ${condition} order by id for update`,
    [organizationId, ...values],
  );
  return rows;
}

function idsOf(keys: readonly LockedKey[]): string[] {
  return keys.map(({ id }) => id);
}
