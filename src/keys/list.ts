import type pg from 'pg';
import { type KeyView, selectViews, type ViewRow, viewOfRow } from './view.ts';

/** Where a page ended: the sort values of its last key. */
export interface KeyPlace {
  /** Microseconds since the epoch: what Postgres sorts by. */
  readonly createdAtUs: number;
  readonly id: string;
}

export interface KeyFilter {
  readonly groupId?: string | undefined;
  /** `expired`: enabled or disabled, but past its time. Absent: all but deleted ones. */
  readonly state?: 'enabled' | 'disabled' | 'deleted' | 'expired' | 'all' | undefined;
  /** Part of a name, note or prefix, in any case of letters. */
  readonly search?: string | undefined;
  readonly limit: number;
  readonly after?: KeyPlace | undefined;
}

export interface KeyPage {
  /** Newest first. */
  readonly keys: readonly KeyView[];
  /** Null on the last page. */
  readonly next: KeyPlace | null;
}

const stateConditions: Readonly<Record<NonNullable<KeyFilter['state']>, string>> = {
  enabled: `k.state = 'enabled'`,
  disabled: `k.state = 'disabled'`,
  deleted: `k.state = 'deleted'`,
  expired: `k.state <> 'deleted' and k.expires_at <= now()`,
  all: 'true',
};

const order = 'order by k.created_at desc, k.id desc';

export async function listKeys(
  pool: pg.Pool,
  organizationId: string,
  filter: KeyFilter,
  nowMs: number,
): Promise<KeyPage> {
  const values: unknown[] = [organizationId, filter.limit + 1];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['k.organization_id = $1', filter.state ? stateConditions[filter.state] : `k.state <> 'deleted'`];
  if (filter.groupId !== undefined) conditions.push(`k.group_id = ${place(filter.groupId)}`);
  if (filter.search) {
    const part = place(`%${filter.search.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`);
    conditions.push(`(k.name ilike ${part} or k.note ilike ${part} or k.prefix ilike ${part})`);
  }
  if (filter.after) {
    const createdAt = `timestamptz 'epoch' + ${place(filter.after.createdAtUs)}::bigint * interval '1 microsecond'`;
    conditions.push(`(k.created_at, k.id) < (${createdAt}, ${place(filter.after.id)})`);
  }
  const { rows } = await pool.query<ViewRow>(
    `${selectViews(`(select k.* from keys k where ${conditions.join(' and ')} ${order} limit $2)`)} ${order}`,
    values,
  );
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    keys: page.map((row) => viewOfRow(row, nowMs)),
    next: rows.length > page.length && last ? { createdAtUs: Number(last.sort_us), id: last.id } : null,
  };
}
