import type pg from 'pg';
import { type KeyScope, narrowingOf } from './scope.ts';
import { type KeyView, selectViews, type ViewRow, viewOfRow } from './view.ts';

export const keySorts = ['-created', 'created', '-last_used', 'last_used', '-spend', 'spend', 'name', '-name'] as const;
/** By what a list is sorted; `-`: falling. `spend`: all that was ever spent with the key. */
export type KeySort = (typeof keySorts)[number];

/** Where a page ended: the sort value of its last key, as the database writes it, and its id. */
export interface KeyPosition {
  readonly value: string;
  readonly id: string;
}

export interface KeyFilter {
  readonly groupId?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly accountId?: string | undefined;
  /** `expired`: enabled or disabled, but past its time. Absent: all but deleted ones. */
  readonly state?: 'enabled' | 'disabled' | 'deleted' | 'expired' | 'all' | undefined;
  /** Part of a name, note or prefix, in any case of letters. */
  readonly search?: string | undefined;
  /** Absent: newest first. */
  readonly sort?: KeySort | undefined;
  readonly limit: number;
  readonly after?: KeyPosition | undefined;
}

export interface KeyPage {
  readonly keys: readonly KeyView[];
  /** Null on the last page. */
  readonly next: KeyPosition | null;
}

const stateConditions: Readonly<Record<NonNullable<KeyFilter['state']>, string>> = {
  enabled: `k.state = 'enabled'`,
  disabled: `k.state = 'disabled'`,
  deleted: `k.state = 'deleted'`,
  expired: `k.state <> 'deleted' and k.expires_at <= now()`,
  all: 'true',
};

/** What is compared, as text and back. `join`: what it needs beside the key. */
interface SortColumn {
  readonly column: string;
  readonly asText: (column: string) => string;
  readonly fromText: (place: string) => string;
  readonly join: string;
  /** What a cursor may hold. */
  readonly form: RegExp;
}

const time = {
  asText: (column: string) => `(extract(epoch from ${column}) * 1000000)::bigint::text`,
  fromText: (place: string) => `timestamptz 'epoch' + ${place}::bigint * interval '1 microsecond'`,
  form: /^\d{1,16}$/,
};
const activity = 'left join key_activity used on used.key_id = k.id';
const total = `left join key_spend total on total.key_id = k.id and total.span = 'total'`;
const columns: Readonly<Record<'created' | 'last_used' | 'spend' | 'name', SortColumn>> = {
  created: { ...time, column: 'k.created_at', join: '' },
  last_used: { ...time, column: `coalesce(used.last_used_at, 'epoch')`, join: activity },
  spend: {
    column: 'coalesce(total.spent, 0)',
    asText: (column) => `${column}::text`,
    fromText: (place) => `${place}::numeric`,
    join: total,
    form: /^\d{1,19}$/,
  },
  name: {
    column: 'lower(k.name)',
    asText: (column) => column,
    fromText: (place) => `${place}::text`,
    join: '',
    form: /^[^\0]{1,400}$/,
  },
};

/** Whether a position can have come from a list that is sorted so. */
export function fitsSort(sort: KeySort, { value }: KeyPosition): boolean {
  return sortOf(sort).form.test(value);
}

/** Lists the keys of a scope that its member reaches. */
export async function listKeys(pool: pg.Pool, scope: KeyScope, filter: KeyFilter, nowMs: number): Promise<KeyPage> {
  const { column, asText, fromText, join, direction } = sortOf(filter.sort ?? '-created');
  const values: unknown[] = [filter.limit + 1];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = conditionsOf(scope, filter, place);
  if (filter.after) {
    const sign = direction === 'desc' ? '<' : '>';
    conditions.push(`(${column}, k.id) ${sign} (${fromText(place(filter.after.value))}, ${place(filter.after.id)})`);
  }
  const page = `(
    select k.*, ${column} as sort_column, ${asText(column)} as sort_value
    from keys k join groups kg on kg.id = k.group_id ${join}
    where ${conditions.join(' and ')} order by ${column} ${direction}, k.id ${direction} limit $1)`;
  const { rows } = await pool.query<ViewRow & { readonly sort_value: string }>(
    `${selectViews(page, ', k.sort_value')} order by k.sort_column ${direction}, k.id ${direction}`,
    values,
  );
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    keys: shown.map((row) => viewOfRow(row, nowMs)),
    next: rows.length > shown.length && last ? { value: last.sort_value, id: last.id } : null,
  };
}

function conditionsOf(scope: KeyScope, filter: KeyFilter, place: (value: unknown) => string): string[] {
  const conditions = [filter.state ? stateConditions[filter.state] : `k.state <> 'deleted'`];
  const equal = (column: string, value: string | null | undefined): void => {
    if (value !== undefined && value !== null) conditions.push(`${column} = ${place(value)}`);
  };
  equal('k.organization_id', scope.organizationId);
  equal('k.group_id', filter.groupId);
  equal('kg.vendor_id', filter.vendorId);
  equal('k.project_id', filter.projectId);
  equal('k.account_id', filter.accountId);
  const narrowing = narrowingOf(scope);
  if (narrowing !== null) {
    // A comparison with null lets nothing pass.
    const { projectIds, accountId } = narrowing;
    conditions.push(`(k.project_id = any(${place(projectIds)}::text[]) or k.account_id = ${place(accountId)}::text)`);
  }
  if (filter.search) {
    const part = place(`%${filter.search.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`);
    conditions.push(`(k.name ilike ${part} or k.note ilike ${part} or k.prefix ilike ${part})`);
  }
  return conditions;
}

function sortOf(sort: KeySort): SortColumn & { readonly direction: 'asc' | 'desc' } {
  const falling = sort.startsWith('-');
  const name = (falling ? sort.slice(1) : sort) as keyof typeof columns;
  return { ...columns[name], direction: falling ? 'desc' : 'asc' };
}
