import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import type { Reach } from '../base/permissions.ts';
import type { Person } from '../http/index.ts';
import { addOwner, makePersonalOrganization, releaseAccount } from './account-side.ts';
import { isInvited, previewInvitation } from './invitation-answers.ts';
import type { OrganizationOptions } from './parts.ts';
import { createReach, listOwnOrganizations, type OwnOrganization } from './reach.ts';

/** What others need of organizations. */
export interface Organizations {
  /**
   * What a person may do in an organization. Null: it is none of theirs, is suspended or deleted, or their membership is
   * disabled.
   */
  reach(person: Person, organizationId: string): Promise<Reach | null>;
  /** The active ones, the personal one first. */
  organizationsOf(accountId: string): Promise<readonly OwnOrganization[]>;
  /** In the transaction that makes the account. @returns the id of the organization */
  makePersonalOrganization(
    client: pg.ClientBase | pg.Pool,
    account: { readonly id: string; readonly name: string },
    actor?: Actor,
  ): Promise<string>;
  /** Makes an account an active owner, whatever it was before. */
  addOwner(client: pg.ClientBase | pg.Pool, organizationId: string, accountId: string): Promise<void>;
  /** The address that an open invitation was sent to, for a registration that needs one. Null: the token opens nothing. */
  invitedAddress(token: string): Promise<string | null>;
  /**
   * In the transaction that deletes an account, before its row is gone: ends its personal organization, stops its keys in
   * others and takes it out of them.
   *
   * @throws AppError `sole_owner` (409)
   */
  releaseAccount(client: pg.PoolClient, accountId: string, actor: Actor): Promise<void>;
  /** Whether a token is that of an open invitation to an address. */
  isInvited(token: string, email: string): Promise<boolean>;
}

export function createOrganizations(options: OrganizationOptions): Organizations {
  const { pool, clock, disableKeys } = options;
  return {
    reach: createReach(options),
    organizationsOf: (accountId) => listOwnOrganizations(pool, accountId),
    makePersonalOrganization,
    addOwner,
    async invitedAddress(token) {
      const offer = await previewInvitation(pool, token, clock.now()).catch(nullWhenRefused);
      return offer?.email ?? null;
    },
    async releaseAccount(client, accountId, actor) {
      await releaseAccount(client, accountId, actor, disableKeys);
    },
    isInvited: (token, email) => isInvited(pool, token, email, clock.now()),
  };
}

function nullWhenRefused(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}
