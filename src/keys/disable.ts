import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import { type Telling, tellOwner } from './tell.ts';
import { changeKey, disablingColumns, type LockedKey } from './write.ts';

/** Puts a key out of use and tells its owner. */
export async function disableKey(
  client: pg.PoolClient,
  telling: Telling | undefined,
  key: LockedKey,
  { actor, action, reason }: { readonly actor: Actor; readonly action: string; readonly reason: string | null },
): Promise<void> {
  const columns = await disablingColumns(client, key, actor, reason);
  await changeKey(client, key, columns, { actor, action });
  const mark = String(columns['disabled_by']);
  await tellOwner(client, telling, { key, what: 'disabled', mark, reason: reason ?? '' }, actor);
}
