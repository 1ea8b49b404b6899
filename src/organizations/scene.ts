import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import type { Permission } from '../base/permissions.ts';
import { inTransaction } from '../db/index.ts';
import type { OrganizationContext } from '../http/index.ts';
import type { Refusal } from './decide.ts';
import { readStanding, type Standing } from './standing.ts';

/** Who does something in an organization. */
export interface Doer {
  readonly organizationId: string;
  readonly accountId: string;
  /** The permissions of the token that was used; null: no token. */
  readonly only: ReadonlySet<string> | null;
  readonly actor: Actor;
}

/** What a change finds: nobody else changes this organization until it is done. */
export interface Scene {
  readonly client: pg.PoolClient;
  readonly organization: { readonly id: string; readonly name: string; readonly kind: 'personal' | 'shared' };
  readonly actor: Actor;
  /** The doer's rights as they are now, not as they were when the call came in. */
  readonly doer: Standing;
}

export function doerOf({ organizationId, person, actor }: OrganizationContext): Doer {
  return { organizationId, accountId: person.accountId, only: person.token?.permissions ?? null, actor };
}

/**
 * One change of an organization, in one transaction. Changes come one after the other, so that what they decide by (how many
 * owners, how many members) is still true when they write.
 *
 * @throws AppError `organization_not_found` when the doer is no active member any more
 */
export async function inOrganization<T>(
  pool: pg.Pool,
  { organizationId, accountId, only, actor }: Doer,
  needs: Permission,
  work: (scene: Scene) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, async (client) => {
    const organization = await lockOrganization(client, organizationId);
    const doer = await readStanding(client, organizationId, accountId, only);
    if (doer === null || doer.state !== 'active') throw organizationNotFound();
    if (!doer.reach.has(needs)) throw new AppError('permission_missing', `This needs the permission ${needs} here.`);
    return work({ client, organization, actor, doer });
  });
}

/** @throws AppError `organization_not_found` */
export async function lockOrganization(client: pg.ClientBase, id: string): Promise<Scene['organization']> {
  const { rows } = await client.query<Scene['organization']>(
    `select id, name, kind from organizations where id = $1 and state = 'active' for no key update`,
    [id],
  );
  if (rows[0] === undefined) throw organizationNotFound();
  return rows[0];
}

export function check(refusal: Refusal | null): void {
  if (refusal !== null) throw new AppError(refusal.code, refusal.message);
}

export function organizationNotFound(): AppError {
  return new AppError('organization_not_found', 'There is no such organization among yours.');
}

/** Runs a write whose unique index of names may refuse it. */
export async function withFreeName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError('name_taken', `The name "${name}" is taken in this organization. Choose another.`);
  }
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

export function memberNotFound(): AppError {
  return new AppError('member_not_found', 'There is no such member in this organization.');
}
