import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import type { MarkKind } from './scope.ts';

/** Who made a key or put it out of use, as `keys.created_by` and `keys.disabled_by` hold it. */
export interface Mark {
  readonly by: MarkKind;
  /** Null for the operator's token and for the program itself. */
  readonly accountId: string | null;
}

const staffPrefix = 'staff:';
const tokenMark = 'admin_token';
const systemMark = 'system';

/** For what staff do as staff, whatever else they are. */
export function staffMarkOf({ accountId }: Pick<Actor, 'accountId'>): string {
  return staffPrefix + (accountId ?? tokenMark);
}

/** `acc_…`: a member of the organization. `staff:acc_…`, `staff:admin_token`: the site's staff. `system`: the program. */
export async function markOf(client: pg.ClientBase, organizationId: string, actor: Actor): Promise<string> {
  if (actor.kind === 'system') return systemMark;
  if (actor.kind === 'admin_token' || actor.accountId === null) return staffMarkOf({ accountId: null });
  // Somebody who has just left the organization is no staff for that.
  const { rowCount } = await client.query(
    `select 1 from accounts a where a.id = $2 and a.staff_role is not null
       and not exists (select 1 from members where organization_id = $1 and account_id = $2)`,
    [organizationId, actor.accountId],
  );
  return rowCount === 1 ? staffMarkOf(actor) : actor.accountId;
}

export function readMark(text: string | null): Mark | null {
  if (text === null) return null;
  if (text === systemMark) return { by: 'system', accountId: null };
  if (!text.startsWith(staffPrefix)) return { by: 'member', accountId: text };
  const rest = text.slice(staffPrefix.length);
  return { by: 'staff', accountId: rest === tokenMark ? null : rest };
}

/** SQL for the account id inside a mark; null or no account's id where there is none. */
export function accountOfMark(column: string): string {
  return `replace(${column}, '${staffPrefix}', '')`;
}
