import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { siteOrganizationId } from '../base/site-organization.ts';
import { inTransaction } from '../db/index.ts';
import { addOwner, endOrganization } from './account-side.ts';
import { newId, type OrganizationOptions } from './parts.ts';
import { type Doer, inOrganization } from './scene.ts';
import type { Sight } from './shapes.ts';
import { teamWithin } from './teams.ts';

export interface OrganizationView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'personal' | 'shared';
  readonly createdAtMs: number;
  /** These three as far as the reader sees them. */
  readonly members: number;
  readonly teams: number;
  readonly projects: number;
}

/** Of a reader's sight; without one, all is counted. */
export async function showOrganization(
  client: pg.ClientBase | pg.Pool,
  id: string,
  sight: Sight | null = null,
): Promise<OrganizationView> {
  const { all, accountId, projectIds } = sight ?? { all: true, accountId: null, projectIds: [] };
  const { rows } = await client.query<Omit<OrganizationView, 'createdAtMs'> & { readonly created_at: Date }>(
    `select id, name, kind, created_at,
       (select count(*)::int from members where organization_id = o.id and ($2 or account_id = $3)) as members,
       (select count(*)::int from teams t where organization_id = o.id and ($2 or ${teamWithin('$3', '$4')})) as teams,
       (select count(*)::int from projects where organization_id = o.id and ($2 or id = any($4))) as projects
     from organizations o where id = $1`,
    [id, all, accountId, projectIds],
  );
  const row = rows[0];
  if (row === undefined) throw new AppError('organization_not_found', 'There is no such organization among yours.');
  const { created_at, ...rest } = row;
  return { ...rest, createdAtMs: created_at.getTime() };
}

/**
 * A shared organization, owned by whoever makes it.
 *
 * @throws AppError `limit_reached`
 */
export async function makeOrganization(
  pool: pg.Pool,
  name: string,
  { accountId, actor }: { readonly accountId: string; readonly actor: Actor },
): Promise<OrganizationView> {
  return inTransaction(pool, async (client) => {
    // Two calls at once do not both take the last place.
    await client.query('select 1 from accounts where id = $1 for no key update', [accountId]);
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from members m join organizations o on o.id = m.organization_id
       where m.account_id = $1 and 'owner' = any(m.roles) and o.kind = 'shared' and o.state <> 'deleted'`,
      [accountId],
    );
    const most = limits.ownedOrganizations;
    if ((rows[0]?.count ?? 0) >= most) {
      throw new AppError('limit_reached', `You own ${most} organizations, which is the most. Delete one, or leave it.`);
    }
    const id = newId('org');
    await client.query('insert into organizations (id, name) values ($1, $2)', [id, name]);
    await addOwner(client, id, accountId);
    await appendAudit(client, actor, {
      action: 'organization.created',
      organizationId: id,
      subject: { kind: 'organization', id, name },
      after: { name, kind: 'shared', owner: accountId },
    });
    return showOrganization(client, id);
  });
}

export async function renameOrganization(pool: pg.Pool, doer: Doer, name: string): Promise<void> {
  await inOrganization(pool, doer, 'organization.write', async ({ client, organization, actor }) => {
    if (organization.name !== name) {
      await client.query('update organizations set name = $2, updated_at = now() where id = $1', [
        organization.id,
        name,
      ]);
      await appendAudit(client, actor, {
        action: 'organization.changed',
        organizationId: organization.id,
        subject: { kind: 'organization', id: organization.id, name },
        before: { name: organization.name },
        after: { name },
      });
    }
  });
}

/**
 * Final: all keys are deleted, and nobody reaches it any more.
 *
 * @param typedName what the owner has typed to show that they mean it
 * @returns ids of the keys that were deleted
 * @throws AppError `owner_needed`, `organization_personal`, `organization_permanent`, `organization_name_differs`
 */
export async function deleteOrganization(
  { pool, keys }: Pick<OrganizationOptions, 'pool' | 'keys'>,
  doer: Doer,
  typedName: string,
): Promise<readonly string[]> {
  return inOrganization(pool, doer, 'organization.write', async (scene) => {
    const { client, organization, actor } = scene;
    if (!scene.doer.roles.includes('owner')) {
      throw new AppError('owner_needed', 'Only an owner may delete the organization.');
    }
    if (organization.kind === 'personal') {
      throw new AppError('organization_personal', 'A personal organization goes with its account. Delete the account.');
    }
    if (organization.id === siteOrganizationId) {
      throw new AppError('organization_permanent', 'This is the site’s own organization, which cannot be deleted.');
    }
    if (organization.name !== typedName) {
      throw new AppError('organization_name_differs', 'Type the name of the organization exactly as it is shown.');
    }
    return endOrganization(client, organization, actor, keys);
  });
}
