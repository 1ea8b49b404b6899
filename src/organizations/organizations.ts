import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import type { Reach } from '../base/permissions.ts';
import type { Person } from '../http/index.ts';
import { addOwner, hasBelongings, makePersonalOrganization, releaseAccount, soleOwnerships } from './account-side.ts';
import { isInvited } from './invitation-answers.ts';
import type { OrganizationOptions } from './parts.ts';
import { createReach, listOwnOrganizations, listSuspended, type OwnOrganization } from './reach.ts';

/** What others need of organizations. */
export interface Organizations {
  /**
   * What a person may do in an organization. Null: it is none of theirs, is suspended or deleted, or their membership is
   * disabled.
   */
  reach(person: Person, organizationId: string): Promise<Reach | null>;
  /** The active ones, the personal one first. */
  organizationsOf(accountId: string): Promise<readonly OwnOrganization[]>;
  /** Those that staff have suspended, by name. */
  suspendedOf(accountId: string): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** In the transaction that makes the account. @returns the id of the organization */
  makePersonalOrganization(
    client: pg.ClientBase | pg.Pool,
    account: { readonly id: string; readonly name: string },
    actor?: Actor,
  ): Promise<string>;
  /** Makes an account an active owner, whatever it was before. */
  addOwner(client: pg.ClientBase | pg.Pool, organizationId: string, accountId: string): Promise<void>;
  /** Whether a token is an open invitation to this address, for a registration that needs one. */
  isInvited(token: string, email: string): Promise<boolean>;
  /** Names of the shared organizations that would be left without an owner; locked until the transaction ends. */
  soleOwnerships(client: pg.PoolClient, accountId: string): Promise<readonly string[]>;
  /** Whether an account has anything but its empty personal organization. */
  hasBelongings(client: pg.PoolClient, accountId: string): Promise<boolean>;
  /**
   * In the transaction that deletes an account, before its row is gone: ends its personal organization, stops its keys in
   * others and takes it out of them.
   *
   * @throws AppError `account_owns_organizations` (409)
   */
  releaseAccount(client: pg.PoolClient, accountId: string, actor: Actor): Promise<void>;
}

export function createOrganizations(options: OrganizationOptions): Organizations {
  const { pool, clock, keys } = options;
  return {
    reach: createReach(options),
    organizationsOf: (accountId) => listOwnOrganizations(pool, accountId),
    suspendedOf: (accountId) => listSuspended(pool, accountId),
    makePersonalOrganization,
    addOwner,
    soleOwnerships,
    hasBelongings,
    async releaseAccount(client, accountId, actor) {
      await releaseAccount(client, accountId, actor, keys);
    },
    isInvited: (token, email) => isInvited(pool, token, email, clock.now()),
  };
}
