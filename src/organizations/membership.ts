import type pg from 'pg';
import { appendAudit } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import type { NewHolder } from '../keys/index.ts';
import { decideMembership, type MembershipAct, type MembershipFacts } from './decide.ts';
import type { OrganizationOptions } from './parts.ts';
import { readRoles } from './roles.ts';
import { check, type Doer, inOrganization, lockOrganization, memberNotFound, type Scene } from './scene.ts';
import { readStanding, type Standing } from './standing.ts';

/** What becomes of a member's keys. */
export type KeysFate =
  | { readonly kind: 'keep' }
  | { readonly kind: 'disable' }
  | { readonly kind: 'hand_over'; readonly to: NewHolder };

/** A change as it is decided, with what the effect needs to know. */
interface Decided {
  readonly scene: Scene;
  readonly target: Standing;
  readonly email: string;
  readonly nameOf: (role: string) => string;
}

/** @throws AppError with what `decideMembership` refuses; `member_not_found` */
export async function changeRoles(
  options: OrganizationOptions,
  doer: Doer,
  accountId: string,
  wanted: readonly string[],
): Promise<void> {
  const roles = [...new Set(wanted)];
  await inOrganization(options.pool, doer, 'members.write', async (scene) => {
    const decided = await decide(scene, accountId, { kind: 'change_roles', roles });
    const { target, nameOf } = decided;
    if (sameSet(target.roles, roles)) return;
    await scene.client.query('update members set roles = $3 where organization_id = $1 and account_id = $2', [
      scene.organization.id,
      accountId,
      roles,
    ]);
    await auditMember(decided, 'member.roles_changed', { roles: target.roles }, { roles });
    await tell(options, decided, 'role-changed', { roles: roles.map(nameOf) });
  });
}

/** @throws AppError with what `decideMembership` refuses; `member_not_found` */
export async function disableMember(
  options: OrganizationOptions,
  doer: Doer,
  accountId: string,
  keys: KeysFate & { readonly kind: 'keep' | 'disable' },
): Promise<void> {
  const keyIds = await inOrganization(options.pool, doer, 'members.write', async (scene) => {
    const decided = await decide(scene, accountId, { kind: 'disable' });
    if (decided.target.state === 'disabled' && keys.kind === 'keep') return [];
    await setState(scene, accountId, 'disabled');
    const stopped = await settleKeys(options, scene, accountId, keys, 'The membership was disabled');
    const after = { state: 'disabled', keys_disabled: stopped.length };
    await auditMember(decided, 'member.disabled', { state: decided.target.state }, after);
    await tell(options, decided, 'member-disabled');
    return stopped;
  });
  options.onKeysChanged?.(keyIds);
}

/** Keys that were disabled stay so: each is enabled by whoever needs it. @throws as `disableMember` */
export async function enableMember(options: OrganizationOptions, doer: Doer, accountId: string): Promise<void> {
  await inOrganization(options.pool, doer, 'members.write', async (scene) => {
    const decided = await decide(scene, accountId, { kind: 'enable' });
    if (decided.target.state === 'active') return;
    await setState(scene, accountId, 'active');
    await auditMember(decided, 'member.enabled', { state: 'disabled' }, { state: 'active' });
    await tell(options, decided, 'member-enabled');
  });
}

/**
 * @returns how many keys were disabled or handed over
 * @throws AppError with what `decideMembership` refuses; `member_not_found`, also for a member that keys shall go to;
 * `project_not_found`, `project_archived`; `permission_missing` to hand keys over without `keys.write`
 */
export async function removeMember(
  options: OrganizationOptions,
  doer: Doer,
  accountId: string,
  keys: KeysFate & { readonly kind: 'disable' | 'hand_over' },
): Promise<number> {
  const keyIds = await inOrganization(options.pool, doer, 'members.write', async (scene) => {
    const decided = await decide(scene, accountId, { kind: 'remove' });
    const settled = await settleKeys(options, scene, accountId, keys, 'The member was removed');
    await dropMember(scene.client, scene.organization.id, accountId);
    await auditMember(decided, 'member.removed', { roles: decided.target.roles }, { keys: keys.kind });
    await tell(options, decided, 'member-removed');
    return settled;
  });
  options.onKeysChanged?.(keyIds);
  return keyIds.length;
}

/**
 * Also for a disabled member. Their keys are put out of use: who leaves holds nothing that works.
 *
 * @throws AppError `organization_not_found`, `organization_personal`, `last_owner`
 */
export async function leaveOrganization(
  options: OrganizationOptions,
  doer: Pick<Doer, 'organizationId' | 'accountId' | 'actor'>,
): Promise<void> {
  const { organizationId, accountId, actor } = doer;
  const keyIds = await inTransaction(options.pool, async (client) => {
    const standing = await readStanding(client, organizationId, accountId);
    // Before the lock, so that a stranger cannot hold up the organization.
    if (standing === null) throw new AppError('organization_not_found', 'There is no such organization among yours.');
    const organization = await lockOrganization(client, organizationId);
    const scene: Scene = { client, organization, actor, doer: standing };
    const decided = await decide(scene, accountId, { kind: 'leave' });
    const stopped = await settleKeys(options, scene, accountId, { kind: 'disable' }, 'The member has left');
    await dropMember(client, organizationId, accountId);
    await auditMember(decided, 'member.left', { roles: decided.target.roles }, { keys: 'disable' });
    return stopped;
  });
  options.onKeysChanged?.(keyIds);
}

/** Everything that the rules ask for, read under the lock of the organization. */
export async function factsFor(
  { client, organization }: Pick<Scene, 'client' | 'organization'>,
  actor: MembershipFacts['actor'],
  target: MembershipFacts['target'],
): Promise<MembershipFacts> {
  const { permissionsOf, nameOf } = await readRoles(client, organization.id);
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from members m join accounts a on a.id = m.account_id and a.state = 'active'
     where m.organization_id = $1 and m.account_id <> $2 and m.state = 'active' and 'owner' = any(m.roles)`,
    [organization.id, target?.accountId ?? ''],
  );
  const otherActiveOwners = rows[0]?.count ?? 0;
  return { organizationKind: organization.kind, actor, target, otherActiveOwners, permissionsOf, nameOf };
}

async function decide(scene: Scene, accountId: string, act: MembershipAct): Promise<Decided> {
  const { client, organization, doer } = scene;
  const target = await readStanding(client, organization.id, accountId);
  if (target === null) throw memberNotFound();
  const facts = await factsFor(scene, doer, target);
  check(decideMembership(act, facts));
  const { rows } = await client.query<{ email: string }>('select email from accounts where id = $1', [accountId]);
  return { scene, target, email: rows[0]?.email ?? '', nameOf: facts.nameOf };
}

/** @returns ids of the keys that have changed */
async function settleKeys(
  { keys }: OrganizationOptions,
  { client, organization, actor, doer }: Scene,
  accountId: string,
  fate: KeysFate,
  reason: string,
): Promise<readonly string[]> {
  if (fate.kind === 'keep') return [];
  if (fate.kind === 'disable') return keys.disableKeys(client, organization.id, { accountId }, actor, reason);
  if (!doer.reach.get('keys.write')?.all) {
    throw new AppError('permission_missing', 'To hand keys over you need keys.write. Let them be disabled instead.');
  }
  await requireHolder(client, organization.id, accountId, fate.to);
  return keys.handOverKeys(client, { organizationId: organization.id, from: accountId, to: fate.to }, actor);
}

async function requireHolder(
  client: pg.PoolClient,
  organizationId: string,
  leaving: string,
  { projectId, accountId }: NewHolder,
): Promise<void> {
  if (projectId !== null) {
    const { rows } = await client.query<{ archived: boolean }>(
      'select archived_at is not null as archived from projects where organization_id = $1 and id = $2',
      [organizationId, projectId],
    );
    if (rows[0] === undefined)
      throw new AppError('project_not_found', 'There is no such project in this organization.');
    if (rows[0].archived) throw new AppError('project_archived', 'The project is archived and takes no keys.');
  }
  if (accountId === null) return;
  const holder = accountId === leaving ? null : await readStanding(client, organizationId, accountId);
  if (holder?.state !== 'active') {
    throw new AppError('member_not_found', 'Keys can go to another active member of this organization only.');
  }
}

async function setState({ client, organization }: Scene, accountId: string, state: Standing['state']): Promise<void> {
  await client.query('update members set state = $3 where organization_id = $1 and account_id = $2', [
    organization.id,
    accountId,
    state,
  ]);
}

/** Teams and grants go with it. */
async function dropMember(client: pg.PoolClient, organizationId: string, accountId: string): Promise<void> {
  await client.query('delete from members where organization_id = $1 and account_id = $2', [organizationId, accountId]);
}

async function auditMember(
  { scene: { client, organization, actor }, target, email }: Decided,
  action: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Promise<void> {
  const subject = { kind: 'member', id: target.accountId, name: email };
  await appendAudit(client, actor, { action, organizationId: organization.id, subject, before, after });
}

/** Nobody is told of what they did themselves. */
async function tell(
  { notify }: OrganizationOptions,
  { scene: { client, organization, actor, doer }, target }: Decided,
  kind: string,
  facts: Record<string, unknown> = {},
): Promise<void> {
  if (doer.accountId === target.accountId) return;
  const all = { organization: organization.name, by: actor.name, ...facts };
  await notify(client, target.accountId, kind, all, organization.id);
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
}
