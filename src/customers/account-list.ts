import type pg from 'pg';
import type { StaffRole } from '../base/permissions.ts';
import { likePart } from './search.ts';

export interface AccountFilter {
  /** An id, or part of a name or address. */
  readonly search?: string | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly verified?: boolean | undefined;
  readonly staff?: boolean | undefined;
}

export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly two_factor_enabled: boolean;
  readonly state: 'active' | 'disabled';
  readonly staff_role: StaffRole | null;
  readonly locale: 'en' | 'zh';
  readonly must_change_password: boolean;
  readonly created_at: Date;
  readonly last_sign_in_at: Date | null;
  readonly organizations: number;
  readonly at_us: bigint;
}

/** The last account of a page. */
export interface AccountPlace {
  readonly createdAtUs: number;
  readonly id: string;
}

const columns = `a.id, a.name, a.email, a.email_verified, a.two_factor_enabled, a.state, a.staff_role, a.locale,
  a.must_change_password, a.created_at`;

const shown = `${columns}, s.last_sign_in_at, m.organizations, (extract(epoch from a.created_at) * 1000000)::bigint as at_us`;

const joins = `
left join lateral (
  select at as last_sign_in_at from sign_ins where account_id = a.id and outcome = 'passed' order by at desc limit 1
) s on true
left join lateral (select count(*)::int as organizations from members where account_id = a.id) m on true`;

/** Newest first. */
export async function listAccounts(
  pool: pg.Pool,
  filter: AccountFilter,
  limit: number,
  after: AccountPlace | null,
): Promise<{ readonly rows: readonly AccountRow[]; readonly next: AccountPlace | null }> {
  const values: unknown[] = [];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['true'];
  if (filter.search !== undefined) {
    const part = `lower(${place(likePart(filter.search))})`;
    conditions.push(`(a.id = ${place(filter.search)} or a.email like ${part} or lower(a.name) like ${part})`);
  }
  if (filter.state !== undefined) conditions.push(`a.state = ${place(filter.state)}`);
  if (filter.verified !== undefined) conditions.push(filter.verified ? 'a.email_verified' : 'not a.email_verified');
  if (filter.staff !== undefined) conditions.push(`a.staff_role is ${filter.staff ? 'not null' : 'null'}`);
  if (after !== null) {
    const at = `timestamptz 'epoch' + ${place(after.createdAtUs)}::bigint * interval '1 microsecond'`;
    conditions.push(`(a.created_at, a.id) < (${at}, ${place(after.id)})`);
  }
  const order = 'order by a.created_at desc, a.id desc';
  const { rows } = await pool.query<AccountRow>(
    `select ${shown}
     from (select * from accounts a where ${conditions.join(' and ')} ${order} limit ${place(limit + 1)}) a
     ${joins} ${order}`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { rows: page, next: last ? { createdAtUs: Number(last.at_us), id: last.id } : null };
}

export interface AccountSignIn {
  readonly at: Date;
  readonly method: string;
  readonly outcome: string;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
  readonly new_device: boolean;
}

export interface AccountOrganization {
  readonly id: string;
  readonly name: string;
  readonly kind: 'personal' | 'shared';
  readonly state: 'active' | 'suspended' | 'deleted';
  readonly roles: readonly string[];
  readonly member_state: 'active' | 'disabled';
}

export interface AccountParts {
  readonly account: AccountRow;
  /** Of now. */
  readonly sessions: number;
  readonly passkeys: number;
  readonly access_tokens: number;
  /** Newest first. */
  readonly sign_ins: readonly AccountSignIn[];
  readonly organizations: readonly AccountOrganization[];
}

const countsSql = `
select
  (select count(*)::int from sessions where account_id = $1 and expires_at > now()) as sessions,
  (select count(*)::int from passkeys where account_id = $1) as passkeys,
  (select count(*)::int from access_tokens
    where account_id = $1 and revoked_at is null and (expires_at is null or expires_at > now())) as access_tokens`;

/** One account with what staff need to help its owner; null when there is none. */
export async function readAccount(pool: pg.Pool, id: string): Promise<AccountParts | null> {
  const [account, counts, signIns, organizations] = await Promise.all([
    pool.query<AccountRow>(`select ${shown} from accounts a ${joins} where a.id = $1`, [id]),
    pool.query<{ sessions: number; passkeys: number; access_tokens: number }>(countsSql, [id]),
    pool.query<AccountSignIn>(
      `select at, method, outcome, ip_address, user_agent, new_device from sign_ins
       where account_id = $1 order by at desc limit 20`,
      [id],
    ),
    pool.query<AccountOrganization>(
      `select o.id, o.name, o.kind, o.state, m.roles, m.state as member_state
       from members m join organizations o on o.id = m.organization_id
       where m.account_id = $1 order by o.kind, o.name, o.id limit 100`,
      [id],
    ),
  ]);
  const [row] = account.rows;
  const [count] = counts.rows;
  if (row === undefined || count === undefined) return null;
  return { account: row, ...count, sign_ins: signIns.rows, organizations: organizations.rows };
}
