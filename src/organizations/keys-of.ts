import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';

/** Where the keys of a member who leaves go: to a project, to another member, or, with neither, to the organization. */
export interface NewHolder {
  readonly projectId: string | null;
  readonly accountId: string | null;
}

interface HeldKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly state: string;
  readonly project_id: string | null;
}

/** Deletes all keys of an organization that ends. Gateways hear of each by the table's own trigger. @returns their ids */
export async function deleteKeys(
  client: pg.PoolClient,
  organizationId: string,
  actor: Actor,
): Promise<readonly string[]> {
  const { rows } = await client.query<HeldKey>(
    `update keys k set state = 'deleted', updated_at = now()
     from (select id, state as was from keys where organization_id = $1 and state <> 'deleted' for update) old
     where k.id = old.id returning k.id, k.name, k.prefix, old.was as state, k.project_id`,
    [organizationId],
  );
  for (const key of rows) {
    await appendAudit(client, actor, {
      action: 'key.deleted',
      organizationId,
      subject: { kind: 'key', id: key.id, name: key.name },
      before: { state: key.state },
      after: { state: 'deleted' },
    });
  }
  return rows.map(({ id }) => id);
}

/**
 * Hands a member's keys over; they go on working. A key that goes to another member stays booked to its project.
 *
 * @returns their ids
 */
export async function handOverKeys(
  client: pg.PoolClient,
  place: { readonly organizationId: string; readonly from: string; readonly to: NewHolder },
  actor: Actor,
): Promise<readonly string[]> {
  const { organizationId, from, to } = place;
  const { rows } = await client.query<HeldKey>(
    `update keys k set account_id = $3, project_id = coalesce($4, k.project_id), updated_at = now()
     from (select id, project_id from keys
           where organization_id = $1 and account_id = $2 and state <> 'deleted' for update) old
     where k.id = old.id returning k.id, k.name, k.prefix, k.state, old.project_id`,
    [organizationId, from, to.accountId, to.projectId],
  );
  for (const key of rows) {
    await appendAudit(client, actor, {
      action: 'key.handed_over',
      organizationId,
      subject: { kind: 'key', id: key.id, name: key.name },
      before: { account_id: from, project_id: key.project_id },
      after: { account_id: to.accountId, project_id: to.projectId ?? key.project_id },
    });
  }
  return rows.map(({ id }) => id);
}
