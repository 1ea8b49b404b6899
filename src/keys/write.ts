import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { appendAudit, changedMembers } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { newKey } from '../base/key-format.ts';
import type { ColumnValues } from './input.ts';
import { markOf, readMark } from './marks.ts';
import { type KeyScope, sightOf } from './scope.ts';

/** A key's row under a lock, without its hash. Members are columns, so that they can be compared and audited. */
export interface LockedKey {
  readonly id: string;
  readonly prefix: string;
  readonly organization_id: string;
  readonly account_id: string | null;
  readonly project_id: string | null;
  readonly group_id: string;
  readonly name: string;
  readonly note: string;
  readonly state: 'enabled' | 'disabled' | 'deleted';
  readonly disabled_by: string | null;
  readonly disabled_reason: string | null;
  readonly expires_at: Date | null;
  readonly allowed_models: readonly string[] | null;
  readonly requests_per_minute: number;
  readonly counts_per_minute: number;
  readonly tokens_per_minute: bigint | null;
  readonly concurrency: number | null;
  readonly spend_total: bigint | null;
  readonly spend_5h: bigint | null;
  readonly spend_1d: bigint | null;
  readonly spend_7d: bigint | null;
}

export const lockedColumns = `id, prefix, organization_id, account_id, project_id, group_id, name, note, state,
  disabled_by, disabled_reason, expires_at, allowed_models, requests_per_minute, counts_per_minute, tokens_per_minute,
  concurrency, spend_total, spend_5h, spend_1d, spend_7d`;

/** What can be taken over by a successor. */
export const settingColumns = [
  'expires_at',
  'allowed_models',
  'requests_per_minute',
  'counts_per_minute',
  'tokens_per_minute',
  'concurrency',
  'spend_total',
  'spend_5h',
  'spend_1d',
  'spend_7d',
] as const satisfies readonly (keyof LockedKey)[];

/** Two keys with the same 8 public characters: once in 10^8 at a million keys. */
const mostAttempts = 5;

export interface KeyMint {
  readonly hashKey: (secret: string) => Buffer;
  readonly site: string;
}

/**
 * The key that a member may change.
 *
 * @throws AppError `key_not_found` also for what is out of sight; `permission_missing` for what may be seen only
 */
export async function lockKey(client: pg.PoolClient, scope: KeyScope, reference: string): Promise<LockedKey> {
  const { rows } = await client.query<LockedKey>(
    `select ${lockedColumns} from keys
     where (organization_id = $1 or $1::text is null) and (id = $2 or prefix = $2) for update`,
    [scope.organizationId, reference],
  );
  const key = rows[0];
  const sight = key === undefined ? 'hidden' : sightOf(scope, placeOf(key));
  if (key === undefined || sight === 'hidden') throw keyNotFound();
  if (sight === 'shown') throw new AppError('permission_missing', 'You may see this key, but not change it.');
  return key;
}

/** Changes columns and writes the audit entry of it. Names come from this module's own tables, never from a caller. */
export async function changeKey(
  client: pg.PoolClient,
  key: LockedKey,
  columns: ColumnValues,
  { actor, action }: { readonly actor: Actor; readonly action: string },
): Promise<void> {
  const names = Object.keys(columns);
  const sets = names.map((name, i) => `${name} = $${i + 2}`);
  await client.query(`update keys set ${[...sets, 'updated_at = now()'].join(', ')} where id = $1`, [
    key.id,
    ...Object.values(columns),
  ]);
  await auditKey(client, actor, { action, key, ...changedMembers(stateOf(key), stateOf({ ...key, ...columns })) });
}

export interface KeyEvent {
  readonly action: string;
  readonly key: Pick<LockedKey, 'id' | 'name' | 'organization_id'>;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export async function auditKey(client: pg.PoolClient, actor: Actor, event: KeyEvent): Promise<void> {
  const { action, key, before, after } = event;
  const subject = { kind: 'key', id: key.id, name: key.name };
  await appendAudit(client, actor, { action, organizationId: key.organization_id, subject, before, after });
}

/** What a new key's row is made of. */
export interface NewKeyRow extends ColumnValues {
  readonly organization_id: string;
  readonly account_id: string | null;
  readonly project_id: string | null;
  readonly group_id: string;
  readonly name: string;
}

/** Mints a key and writes its row and the audit entry of it. */
export async function insertKey(
  client: pg.PoolClient,
  mint: KeyMint,
  columns: NewKeyRow,
  actor: Actor,
): Promise<{ id: string; secret: string }> {
  const row: ColumnValues = { ...columns, created_by: await markOf(client, columns.organization_id, actor) };
  const names = ['id', 'prefix', 'hash', ...Object.keys(row)];
  const places = names.map((_, i) => `$${i + 1}`);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const { secret, prefix } = newKey(mint.site);
    const id = `key_${randomBytes(12).toString('hex')}`;
    const { rowCount } = await client.query(
      `insert into keys (${names.join(', ')}) values (${places.join(', ')}) on conflict do nothing`,
      [id, prefix, mint.hashKey(secret), ...Object.values(row)],
    );
    if (rowCount !== 1) continue;
    const { organization_id, created_by: _by, ...rest } = row;
    const key = { id, name: columns.name, organization_id: columns.organization_id };
    await auditKey(client, actor, { action: 'key.created', key, before: null, after: { prefix, ...rest } });
    return { id, secret };
  }
  throw new Error('no free prefix was found for a new key');
}

/** The columns by which a key is put out of use. */
export async function disablingColumns(
  client: pg.PoolClient,
  key: LockedKey,
  actor: Actor,
  reason: string | null,
): Promise<ColumnValues> {
  return { state: 'disabled', disabled_by: await markOf(client, key.organization_id, actor), disabled_reason: reason };
}

export const enablingColumns: ColumnValues = { state: 'enabled', disabled_by: null, disabled_reason: null };

export function placeOf(key: Pick<LockedKey, 'account_id' | 'project_id'>) {
  return { accountId: key.account_id, projectId: key.project_id };
}

export function refuseDeleted(key: LockedKey): void {
  if (key.state === 'deleted')
    throw new AppError('key_deleted', `The key ${key.prefix} was deleted, which is final. Create a new one.`);
}

export function keyNotFound(): AppError {
  return new AppError('key_not_found', 'There is no such key. Name it by its id or its public prefix.');
}

/** As the audit log shows it. */
function stateOf(key: LockedKey): Record<string, unknown> {
  const { id: _id, prefix: _prefix, organization_id: _organization, disabled_by, ...state } = key;
  return { ...state, disabled_by: readMark(disabled_by)?.accountId ?? null };
}
