import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import { type Actor, systemActor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { type KeyMoves, newId } from './parts.ts';

const nameMax = 100;

/** Makes an account's own organization, in the transaction that makes the account. @returns its id */
export async function makePersonalOrganization(
  client: pg.ClientBase | pg.Pool,
  account: { readonly id: string; readonly name: string },
  actor: Actor = systemActor,
): Promise<string> {
  const id = newId('org');
  const name = [...account.name.trim()].slice(0, nameMax).join('') || 'Personal';
  await client.query(`insert into organizations (id, name, kind) values ($1, $2, 'personal')`, [id, name]);
  await addOwner(client, id, account.id);
  await appendAudit(client, actor, {
    action: 'organization.created',
    organizationId: id,
    subject: { kind: 'organization', id, name },
    after: { name, kind: 'personal', owner: account.id },
  });
  return id;
}

/** Makes an account an active owner, whatever it was before. Twice is no error. */
export async function addOwner(
  client: pg.ClientBase | pg.Pool,
  organizationId: string,
  accountId: string,
): Promise<void> {
  await client.query(
    `insert into members (organization_id, account_id, roles) values ($1, $2, '{owner}')
     on conflict (organization_id, account_id) do update
       set state = 'active', roles = array_append(array_remove(members.roles, 'owner'), 'owner')`,
    [organizationId, accountId],
  );
}

/**
 * Names of the shared organizations that would be left without an owner. They stay locked until the transaction ends: of
 * two last owners who go at once, the second sees that the first has gone.
 */
export async function soleOwnerships(client: pg.PoolClient, accountId: string): Promise<readonly string[]> {
  await client.query(
    `select 1 from organizations where id in (select organization_id from members where account_id = $1)
     order by id for no key update`,
    [accountId],
  );
  const { rows } = await client.query<{ name: string }>(
    `select o.name from organizations o join members m on m.organization_id = o.id
     where m.account_id = $1 and o.kind = 'shared' and o.state <> 'deleted' and 'owner' = any(m.roles) and not exists (
       select 1 from members other join accounts a on a.id = other.account_id and a.state = 'active'
       where other.organization_id = o.id and other.account_id <> m.account_id and other.state = 'active'
         and 'owner' = any(other.roles))
     order by lower(o.name)`,
    [accountId],
  );
  return rows.map(({ name }) => name);
}

/** Whether an account has anything but its empty personal organization: a membership elsewhere, or a key that ever was. */
export async function hasBelongings(client: pg.PoolClient, accountId: string): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from members m join organizations o on o.id = m.organization_id
     where m.account_id = $1 and (o.kind = 'shared' or o.state <> 'active'
       or exists (select 1 from keys k where k.organization_id = o.id)) limit 1`,
    [accountId],
  );
  return rows.length > 0;
}

/**
 * Takes an account out of all its organizations, in the transaction that deletes it and before its row is gone: its personal
 * organization ends with its keys, its keys elsewhere are put out of use.
 *
 * @returns ids of the keys that have changed
 * @throws AppError `account_owns_organizations`, naming those that would be left without an owner
 */
export async function releaseAccount(
  client: pg.PoolClient,
  accountId: string,
  actor: Actor,
  keys: KeyMoves,
): Promise<readonly string[]> {
  const owned = await soleOwnerships(client, accountId);
  if (owned.length > 0) {
    const message = `${owned.join(', ')} would be left without an owner. Make somebody else an owner, or delete it, first.`;
    throw new AppError('account_owns_organizations', message);
  }
  const { rows } = await client.query<{ id: string; name: string; kind: 'personal' | 'shared' }>(
    `select o.id, o.name, o.kind from organizations o join members m on m.organization_id = o.id
     where m.account_id = $1 and o.state <> 'deleted'`,
    [accountId],
  );
  const changed: string[] = [];
  for (const organization of rows) {
    const personal = organization.kind === 'personal';
    const keyIds = personal
      ? await endOrganization(client, organization, actor, keys)
      : await leave(client, organization.id, accountId, actor, keys);
    changed.push(...keyIds);
  }
  return changed;
}

/** Deletes an organization with its keys. Its row stays, for the records that name it. @returns ids of its keys */
export async function endOrganization(
  client: pg.PoolClient,
  { id, name }: { readonly id: string; readonly name: string },
  actor: Actor,
  { deleteKeys }: KeyMoves,
): Promise<readonly string[]> {
  const keyIds = await deleteKeys(client, id, actor);
  await client.query(`update organizations set state = 'deleted', updated_at = now() where id = $1`, [id]);
  await client.query(`update invitations set state = 'revoked' where organization_id = $1 and state = 'open'`, [id]);
  await appendAudit(client, actor, {
    action: 'organization.deleted',
    organizationId: id,
    subject: { kind: 'organization', id, name },
    before: { state: 'active', keys: keyIds.length },
    after: { state: 'deleted', keys: 0 },
  });
  return keyIds;
}

async function leave(
  client: pg.PoolClient,
  organizationId: string,
  accountId: string,
  actor: Actor,
  { disableKeys }: KeyMoves,
): Promise<readonly string[]> {
  const keyIds = await disableKeys(client, organizationId, { accountId }, actor, 'The account was deleted');
  await client.query('delete from members where organization_id = $1 and account_id = $2', [organizationId, accountId]);
  await appendAudit(client, actor, {
    action: 'member.left',
    organizationId,
    subject: { kind: 'member', id: accountId },
    before: { member: true },
    after: { member: false },
  });
  return keyIds;
}
