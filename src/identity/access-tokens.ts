import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { InputError, type Person } from '../http/index.ts';
import { newAccessToken } from './access-token-form.ts';
import { auditAccount } from './account-audit.ts';
import { confirm } from './confirm.ts';
import type { Core } from './core.ts';
import { newId } from './digest.ts';
import type { CallFrom } from './options.ts';
import { tellOwner } from './security-mail.ts';
import { findAtDoor } from './sign-in.ts';

type Self = CallFrom & { readonly person: Person };

export const accessTokensMax = 50;
export const accessTokenProblems = { access_token_not_found: 404, access_tokens_full: 409 } as const;

export interface AccessToken {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly permissions: string[];
  readonly organization_id: string | null;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly created_at: Date;
}

export interface NewAccessToken {
  readonly name: string;
  readonly permissions: readonly string[];
  readonly organizationId: string | null;
  readonly expiresAt: Date | null;
  readonly password: string | undefined;
}

const columns = 'id, name, prefix, permissions, organization_id, expires_at, last_used_at, created_at';

/** Those that still open something, newest first. */
export async function listAccessTokens(core: Core, person: Person): Promise<AccessToken[]> {
  const { rows } = await core.pool.query<AccessToken>(
    `select ${columns} from access_tokens where account_id = $1 and revoked_at is null order by created_at desc, id`,
    [person.accountId],
  );
  return rows;
}

/**
 * Makes a token. It may do what both its permissions and its account allow, now and later.
 *
 * @returns the secret, shown this once
 * @throws InputError; AppError `access_tokens_full`; what `confirm` throws
 */
export async function createAccessToken(
  core: Core,
  from: Self,
  input: NewAccessToken,
): Promise<{ token: AccessToken; secret: string }> {
  await refuseUnusable(core, from.person, input);
  await confirm(core, from, input.password, { always: false });
  const { secret, prefix } = newAccessToken(core.options.keySite);
  const token = await inTransaction(core.pool, async (client) => {
    const account = await findAtDoor(client, { id: from.person.accountId }, null);
    if (account === null) throw new Error(`The account ${from.person.accountId} went away within a call.`);
    const { rows } = await client.query<AccessToken>(
      `insert into access_tokens (id, account_id, name, prefix, hash, permissions, organization_id, expires_at)
         select $1, $2, $3, $4, $5, $6, $7, $8
          where (select count(*) from access_tokens where account_id = $2 and revoked_at is null) < $9
         returning ${columns}`,
      [
        newId('tok'),
        account.id,
        input.name,
        prefix,
        core.options.hashToken(secret),
        [...new Set(input.permissions)],
        input.organizationId,
        input.expiresAt,
        accessTokensMax,
      ],
    );
    const made = rows[0];
    if (made === undefined) {
      throw new AppError('access_tokens_full', `An account has ${accessTokensMax} tokens at most; revoke one first.`);
    }
    const { name, permissions, organization_id, expires_at } = made;
    const after = { name, prefix, permissions, organization_id, expires_at };
    await auditAccount(client, from.actor, 'account.token_created', account, { after });
    await tellOwner(core, client, account, 'access-token-created', from.actor, { token: name });
    return made;
  });
  return { token, secret };
}

async function refuseUnusable(core: Core, person: Person, input: NewAccessToken): Promise<void> {
  const errors = [];
  if (person.staff === null && input.permissions.some((name) => name.startsWith('staff:'))) {
    errors.push({ field: 'body.permissions', message: 'staff permissions are for staff' });
  }
  if (input.expiresAt !== null && input.expiresAt.getTime() <= Date.now()) {
    errors.push({ field: 'body.expires_at', message: 'must lie in the future' });
  }
  if (input.organizationId !== null) {
    const own = await core.options.organizationsOf(person.accountId);
    if (!own.some(({ id }) => id === input.organizationId)) {
      errors.push({ field: 'body.organization', message: 'is none of your organizations' });
    }
  }
  if (errors.length > 0) throw new InputError(errors);
}

/** From its next call on it opens nothing. @throws AppError `access_token_not_found` */
export async function revokeAccessToken(core: Core, { person, actor }: Self, id: string): Promise<void> {
  await inTransaction(core.pool, async (client) => {
    const { rows } = await client.query<{ name: string; prefix: string }>(
      `update access_tokens set revoked_at = now()
        where id = $1 and account_id = $2 and revoked_at is null returning name, prefix`,
      [id, person.accountId],
    );
    if (rows[0] === undefined) throw new AppError('access_token_not_found', 'You have no such token.');
    const account = { id: person.accountId, email: person.email };
    await auditAccount(client, actor, 'account.token_revoked', account, { before: rows[0] });
  });
}
