import type pg from 'pg';
import { monthStart } from './figures.ts';
import { likePart, type Search } from './search.ts';

export type CustomerSort = 'created' | 'name' | 'spend' | 'last_request';

export interface CustomerFilter {
  readonly search: Search | null;
  readonly kind?: 'personal' | 'shared' | undefined;
  /** Absent: all but deleted ones. */
  readonly state?: 'active' | 'suspended' | 'deleted' | undefined;
  readonly sort: CustomerSort;
}

export interface CustomerRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'personal' | 'shared';
  readonly state: 'active' | 'suspended' | 'deleted';
  readonly created_at: Date;
  readonly owner_id: string | null;
  readonly owner_email: string | null;
  readonly owner_name: string | null;
  readonly members: number;
  readonly keys: number;
  /** Nano-USD, of 30 days. */
  readonly spend: bigint;
  readonly last_request_at: Date | null;
  /** What the list is sorted by, as text, for the cursor. */
  readonly place: string;
}

/** The last customer of a page. */
export interface CustomerPlace {
  readonly place: string;
  readonly id: string;
}

type Place = (value: unknown) => string;

interface Sort {
  /** Over the organization `o` and its figures `f`. As an index has it, so that the page is read off it. */
  readonly value: string;
  /** The id, of the table that the index is on. */
  readonly id: string;
  /** The same, written down without loss. */
  readonly text: string;
  /** Reads it back from a parameter. */
  readonly bound: (place: string) => string;
  readonly order: 'bigint' | 'text';
  readonly direction: 'asc' | 'desc';
}

const ofTime = (value: string, id: string): Sort => ({
  value,
  id,
  text: `(extract(epoch from ${value}) * 1000000)::bigint::text`,
  bound: (place) => `timestamptz 'epoch' + ${place}::text::bigint * interval '1 microsecond'`,
  order: 'bigint',
  direction: 'desc',
});

const sorts: Readonly<Record<CustomerSort, Sort>> = {
  created: ofTime('o.created_at', 'o.id'),
  last_request: ofTime('f.last_request_at', 'f.organization_id'),
  spend: {
    value: 'f.spend_30d',
    id: 'f.organization_id',
    text: 'f.spend_30d::text',
    bound: (place) => `${place}::text::bigint`,
    order: 'bigint',
    direction: 'desc',
  },
  name: {
    value: 'lower(o.name)',
    id: 'o.id',
    text: 'lower(o.name)',
    bound: (place) => place,
    order: 'text',
    direction: 'asc',
  },
};

/**
 * One page of customers. It is found over organizations and the figures to sort by; what is shown is read for these few
 * alone, and is of this moment.
 */
export async function listCustomers(
  pool: pg.Pool,
  filter: CustomerFilter,
  limit: number,
  after: CustomerPlace | null,
  nowMs: number,
): Promise<{ readonly rows: readonly CustomerRow[]; readonly next: CustomerPlace | null }> {
  const values: unknown[] = [];
  const place: Place = (value) => `$${values.push(value)}`;
  const sort = sorts[filter.sort];
  const conditions = conditionsOf(filter, place);
  if (after !== null) {
    const sign = sort.direction === 'desc' ? '<' : '>';
    conditions.push(`(${sort.value}, ${sort.id}) ${sign} (${sort.bound(place(after.place))}, ${place(after.id)})`);
  }
  const figures = sort.value.startsWith('f.') ? 'join customer_figures f on f.organization_id = o.id' : '';
  const { rows } = await pool.query<CustomerRow>(
    `select o.*, ${shownColumns}
     from (
       select o.id, o.name, o.kind, o.state, o.created_at, ${sort.text} as place
       from ${sourceOf(filter.search, place)} ${figures}
       where ${conditions.join(' and ')}
       order by ${sort.value} ${sort.direction}, ${sort.id} ${sort.direction} limit ${place(limit + 1)}
     ) o ${shownJoins(place(monthStart(nowMs)))}
     order by o.place::${sort.order} ${sort.direction}, o.id ${sort.direction}`,
    values,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { rows: shown, next: last ? { place: last.place, id: last.id } : null };
}

/** One customer, as the list shows it; null when there is none. */
export async function readCustomer(pool: pg.Pool, id: string, nowMs: number): Promise<CustomerRow | null> {
  const { rows } = await pool.query<CustomerRow>(
    `select o.id, o.name, o.kind, o.state, o.created_at, '' as place, ${shownColumns}
     from organizations o ${shownJoins('$2')} where o.id = $1`,
    [id, monthStart(nowMs)],
  );
  return rows[0] ?? null;
}

const shownColumns = `owner.id as owner_id, owner.email as owner_email, owner.name as owner_name, m.members, k.keys,
  coalesce(u.spend, 0)::bigint as spend, k.last_request_at`;

const shownJoins = (since: string) => `
  left join lateral (
    select a.id, a.email, a.name from members m join accounts a on a.id = m.account_id
    where m.organization_id = o.id and 'owner' = any(m.roles) order by m.state, m.joined_at, a.id limit 1
  ) owner on true
  left join lateral (select count(*)::int as members from members where organization_id = o.id) m on true
  left join lateral (
    select count(*) filter (where keys.state <> 'deleted')::int as keys, max(a.last_used_at) as last_request_at
    from keys left join key_activity a on a.key_id = keys.id where keys.organization_id = o.id
  ) k on true
  left join lateral (
    select sum(actual_cost) as spend from usage_days where organization_id = o.id and day >= ${since}
  ) u on true`;

/**
 * Free text is looked for in one pass over all names and addresses, 80 ms for 100,000: `offset 0` keeps the planner from
 * walking an index of the order instead, row by row.
 */
function sourceOf(search: Search | null, place: Place): string {
  if (search?.by !== 'text') return 'organizations o';
  const part = `lower(${place(likePart(search.text))})`;
  const ofAccounts = (condition: string) =>
    `o.id in (select m.organization_id from accounts a join members m on m.account_id = a.id where ${condition})`;
  const condition = search.text.includes('@')
    ? ofAccounts(`a.email like ${part}`)
    : `lower(o.name) like ${part} or ${ofAccounts(`a.email like ${part} or lower(a.name) like ${part}`)}`;
  return `(select * from organizations o where ${condition} offset 0) o`;
}

function conditionsOf({ search, kind, state }: CustomerFilter, place: Place): string[] {
  const conditions = [state === undefined ? `o.state <> 'deleted'` : `o.state = ${place(state)}`];
  if (kind !== undefined) conditions.push(`o.kind = ${place(kind)}`);
  if (search !== null && search.by !== 'text') conditions.push(searchCondition(search, place));
  return conditions;
}

/** Each way to name a customer exactly reads its own index. */
function searchCondition(search: Exclude<Search, { readonly by: 'text' }>, place: Place): string {
  switch (search.by) {
    case 'organization':
      return `o.id = ${place(search.id)}`;
    case 'account':
      return `o.id in (select organization_id from members where account_id = ${place(search.id)})`;
    case 'project':
      return `o.id in (select organization_id from projects where id = ${place(search.id)})`;
    case 'key': {
      const reference = place(search.reference);
      return `o.id in (select organization_id from keys where prefix = ${reference} or id = ${reference})`;
    }
    case 'request': {
      const at = place(new Date(search.receivedAtMs));
      return `o.id in (select organization_id from request_records where received_at = ${at} and id = ${place(search.id)})`;
    }
  }
}
