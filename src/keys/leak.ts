import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';
import { disableKey } from './disable.ts';
import type { ColumnValues } from './input.ts';
import { type LeakUsage, leakSights, readLeakUsage } from './leak-usage.ts';
import { requireOffer } from './models.ts';
import { settlePlace } from './owner.ts';
import type { KeyParts } from './parts.ts';
import type { KeyScope } from './scope.ts';
import type { KeyView } from './view.ts';
import { auditKey, changeKey, insertKey, type LockedKey, lockKey, placeOf, settingColumns } from './write.ts';

export interface LeakInput {
  /** What becomes of the leaked key. Deleting is final. */
  readonly action: 'disable' | 'delete';
  /** Make a key with the same settings in its place. */
  readonly successor: boolean;
  /** From when on its use is shown, in Unix milliseconds. */
  readonly sinceMs: number;
}

export interface LeakReport {
  readonly key: KeyView;
  readonly successor: { readonly key: KeyView; readonly secret: string } | null;
  /** Why there is no successor although one was asked for. */
  readonly refused: { readonly code: string; readonly message: string } | null;
  /** Members are null where the caller may not see them. */
  readonly usage: LeakUsage;
}

/** What stands against a successor must not keep a leaked key in use. */
const successorRefusals: ReadonlySet<string> = new Set([
  'key_expired',
  'key_limit_reached',
  'group_not_found',
  'project_not_found',
  'project_archived',
  'member_not_found',
  'organization_not_found',
  'permission_missing',
]);

const leakReason = 'Reported as leaked.';

/**
 * Puts a leaked key out of use and makes its successor, in one transaction, and shows what was done with it lately.
 *
 * @throws AppError `key_not_found`, `permission_missing`
 */
export async function reportLeak(
  parts: KeyParts,
  scope: KeyScope,
  reference: string,
  { input, actor }: { readonly input: LeakInput; readonly actor: Actor },
): Promise<LeakReport> {
  const done = await inTransaction(parts.pool, async (client) => {
    const key = await lockKey(client, scope, reference);
    await putOutOfUse(client, parts, key, { input, actor });
    const made = input.successor ? await makeSuccessor(client, parts, { scope, key, actor }) : null;
    const successor = made !== null && 'id' in made ? made : null;
    const subject = { action: 'key.leaked', key, before: null, after: { successor: successor?.id ?? null } };
    await auditKey(client, actor, subject);
    return {
      key: await parts.read(client, key.id),
      successor: successor && { key: await parts.read(client, successor.id), secret: successor.secret },
      refused: made !== null && 'code' in made ? made : null,
    };
  });
  parts.onChange?.(done.key.id);
  if (done.successor) parts.onChange?.(done.successor.key.id);
  const sights = leakSights(scope, done.key);
  return { ...done, usage: await readLeakUsage(parts.pool, done.key, input.sinceMs, sights) };
}

async function putOutOfUse(
  client: pg.PoolClient,
  parts: KeyParts,
  key: LockedKey,
  { input, actor }: { readonly input: LeakInput; readonly actor: Actor },
): Promise<void> {
  if (key.state === 'enabled')
    await disableKey(client, parts.telling, key, { actor, action: 'key.disabled', reason: leakReason });
  if (input.action === 'disable' || key.state === 'deleted') return;
  await changeKey(client, { ...key, state: 'disabled' }, { state: 'deleted' }, { actor, action: 'key.deleted' });
}

interface Succession {
  readonly scope: KeyScope;
  readonly key: LockedKey;
  readonly actor: Actor;
}

async function makeSuccessor(
  client: pg.PoolClient,
  parts: KeyParts,
  { scope, key, actor }: Succession,
): Promise<{ id: string; secret: string } | { code: string; message: string }> {
  try {
    if (key.expires_at !== null && key.expires_at.getTime() <= parts.clock.now())
      throw new AppError('key_expired', 'The key has expired, so it was not replaced. Create a new one.');
    await settlePlace(client, key.organization_id, scope, placeOf(key));
    await requireOffer(client, key.group_id);
  } catch (error) {
    if (!(error instanceof AppError && successorRefusals.has(error.code))) throw error;
    return { code: error.code, message: error.message };
  }
  const settings: ColumnValues = Object.fromEntries(settingColumns.map((column) => [column, key[column]]));
  const { organization_id, account_id, project_id, group_id, name, note } = key;
  const row = { ...settings, organization_id, account_id, project_id, group_id, name, note };
  return insertKey(client, parts, row, actor);
}
