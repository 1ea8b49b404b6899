import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { type KeyPlace, type KeyScope, mayCreate } from './scope.ts';

/**
 * Makes sure that a new key may stand where it is meant to. The organization stays locked until the transaction ends, so
 * that two calls at once do not both take the last place.
 *
 * @throws AppError `organization_not_found`, `key_limit_reached`, `permission_missing`, `project_not_found`,
 * `project_archived`, `member_not_found`
 */
export async function settlePlace(
  client: pg.PoolClient,
  organizationId: string,
  scope: KeyScope,
  place: KeyPlace,
): Promise<void> {
  const verdict = mayCreate(scope, place);
  if (verdict === 'project_hidden') throw projectNotFound();
  if (verdict === 'not_allowed')
    throw new AppError('permission_missing', 'You may make keys of your own only. Ask an administrator for others.');
  await lockOrganization(client, organizationId);
  await takePlace(client, organizationId);
  if (place.projectId !== null) await requireProject(client, organizationId, place.projectId);
  if (place.accountId !== null) await requireMember(client, organizationId, place.accountId);
}

/** @throws AppError `organization_not_found` */
export async function lockOrganization(client: pg.PoolClient, organizationId: string): Promise<void> {
  const { rows } = await client.query<{ state: string }>(
    'select state from organizations where id = $1 for no key update',
    [organizationId],
  );
  if (rows[0]?.state !== 'active')
    throw new AppError('organization_not_found', 'There is no such organization, or it is suspended.');
}

async function takePlace(client: pg.PoolClient, organizationId: string): Promise<void> {
  const { rows } = await client.query<{ count: bigint }>(
    `select count(*) as count from keys where organization_id = $1 and state <> 'deleted'`,
    [organizationId],
  );
  if (Number(rows[0]?.count ?? 0n) < limits.organizationKeys) return;
  const count = limits.organizationKeys.toLocaleString('en');
  throw new AppError('key_limit_reached', `An organization has at most ${count} keys. Delete some that are not used.`);
}

async function requireProject(client: pg.PoolClient, organizationId: string, projectId: string): Promise<void> {
  const { rows } = await client.query<{ name: string; archived_at: Date | null }>(
    'select name, archived_at from projects where organization_id = $1 and id = $2 for share',
    [organizationId, projectId],
  );
  const project = rows[0];
  if (project === undefined) throw projectNotFound();
  if (project.archived_at !== null)
    throw new AppError('project_archived', `The project ${project.name} is archived and takes no new keys.`);
}

async function requireMember(client: pg.PoolClient, organizationId: string, accountId: string): Promise<void> {
  const { rowCount } = await client.query(
    `select 1 from members where organization_id = $1 and account_id = $2 and state = 'active' for share`,
    [organizationId, accountId],
  );
  if (rowCount === 0) throw new AppError('member_not_found', 'There is no such active member in this organization.');
}

function projectNotFound(): AppError {
  return new AppError('project_not_found', 'There is no such project in this organization, or none of yours.');
}
