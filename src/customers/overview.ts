import type pg from 'pg';
import { siteOrganizationId } from '../base/site-organization.ts';

/** Counts of the whole site for the start page. */
export interface SiteCounts {
  readonly customers: number;
  readonly suspended: number;
  readonly accounts: number;
  readonly newAccountsToday: number;
  readonly newAccountsWeek: number;
  readonly unverifiedAccounts: number;
  /** Nano-USD, of today in UTC. */
  readonly spendToday: bigint;
  readonly requestsToday: bigint;
  readonly spendYesterday: bigint;
  readonly mailWaiting: number;
  /** Of the last seven days. */
  readonly mailFailed: number;
}

interface Row {
  readonly customers: number;
  readonly suspended: number;
  readonly accounts: number;
  readonly new_today: number;
  readonly new_week: number;
  readonly unverified: number;
  readonly spend_today: bigint;
  readonly requests_today: bigint;
  readonly spend_yesterday: bigint;
  readonly mail_waiting: number;
  readonly mail_failed: number;
}

const dayMs = 86_400_000;

const sql = `
with site as (
  select count(*) filter (where state <> 'deleted')::int as customers,
    count(*) filter (where state = 'suspended')::int as suspended
  from organizations where id <> '${siteOrganizationId}'
), days as (
  select coalesce(sum(actual_cost) filter (where day = $1), 0)::bigint as spend_today,
    coalesce(sum(requests) filter (where day = $1), 0)::bigint as requests_today,
    coalesce(sum(actual_cost) filter (where day < $1), 0)::bigint as spend_yesterday
  from usage_days where day in ($1::timestamptz, $1::timestamptz - interval '24 hours')
)
select site.*, days.*,
  (select count(*)::int from accounts) as accounts,
  (select count(*)::int from accounts where created_at >= $1) as new_today,
  (select count(*)::int from accounts where created_at >= $2) as new_week,
  (select count(*)::int from accounts where not email_verified) as unverified,
  (select count(*)::int from outbox where state in ('waiting', 'sending')) as mail_waiting,
  (select count(*)::int from outbox where state = 'failed' and created_at >= $2) as mail_failed
from site, days`;

export async function readCounts(pool: pg.Pool, nowMs: number): Promise<SiteCounts> {
  const today = new Date(Math.floor(nowMs / dayMs) * dayMs);
  const { rows } = await pool.query<Row>(sql, [today, new Date(nowMs - 7 * dayMs)]);
  const [row] = rows;
  if (row === undefined) throw new Error('counting returns one row');
  return {
    customers: row.customers,
    suspended: row.suspended,
    accounts: row.accounts,
    newAccountsToday: row.new_today,
    newAccountsWeek: row.new_week,
    unverifiedAccounts: row.unverified,
    spendToday: row.spend_today,
    requestsToday: row.requests_today,
    spendYesterday: row.spend_yesterday,
    mailWaiting: row.mail_waiting,
    mailFailed: row.mail_failed,
  };
}
