import type pg from 'pg';
import { monthStart } from './figures.ts';

/** Of each kind, as many as a page shows; there are lists for more. */
const shownMembers = 100;
const shownProjects = 100;
const shownKeys = 50;
const shownRequests = 20;
const shownInvitations = 50;

export interface CustomerMember {
  readonly account_id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly state: 'active' | 'disabled';
  readonly account_state: 'active' | 'disabled';
  readonly email_verified: boolean;
  readonly joined_at: Date;
}

export interface CustomerProject {
  readonly id: string;
  readonly name: string;
  readonly team: string | null;
  readonly archived_at: Date | null;
  readonly keys: number;
}

export interface CustomerKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly group_id: string;
  readonly state: 'enabled' | 'disabled' | 'deleted';
  readonly expires_at: Date | null;
  readonly owner_email: string | null;
  readonly project: string | null;
  readonly last_used_at: Date | null;
  readonly created_at: Date;
}

export interface CustomerRequest {
  readonly id: string;
  readonly received_at: Date;
  readonly key_prefix: string | null;
  readonly model: string | null;
  readonly status: number | null;
  readonly outcome: string;
  readonly error_code: string | null;
  readonly duration_ms: number | null;
  /** Nano-USD. */
  readonly actual_cost: bigint;
}

export interface CustomerInvitation {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly expires_at: Date;
  readonly created_at: Date;
}

export interface CustomerDay {
  readonly day: Date;
  readonly requests: bigint;
  readonly failures: bigint;
  /** Nano-USD. */
  readonly spend: bigint;
}

export interface CustomerSuspension {
  readonly reason: string;
  readonly suspended_at: Date;
  readonly suspended_by: string | null;
  readonly keys: number;
}

export interface CustomerParts {
  readonly members: readonly CustomerMember[];
  readonly projects: readonly CustomerProject[];
  readonly keys: readonly CustomerKey[];
  readonly requests: readonly CustomerRequest[];
  readonly invitations: readonly CustomerInvitation[];
  /** 30 days, oldest first, also those without a request. */
  readonly days: readonly CustomerDay[];
  readonly suspension: CustomerSuspension | null;
}

const membersSql = `
select m.account_id, a.name, a.email, m.roles, m.state, a.state as account_state, a.email_verified, m.joined_at
from members m join accounts a on a.id = m.account_id
where m.organization_id = $1 order by m.joined_at, m.account_id limit ${shownMembers}`;

const projectsSql = `
select p.id, p.name, t.name as team, p.archived_at,
  (select count(*)::int from keys k
    where k.organization_id = $1 and k.project_id = p.id and k.state <> 'deleted') as keys
from projects p left join teams t on t.organization_id = p.organization_id and t.id = p.team_id
where p.organization_id = $1 order by p.archived_at is not null, p.name limit ${shownProjects}`;

const keysSql = `
select k.id, k.name, k.prefix, k.group_id, k.state, k.expires_at, a.email as owner_email, p.name as project,
  used.last_used_at, k.created_at
from (select * from keys where organization_id = $1 and state <> 'deleted'
  order by created_at desc, id desc limit ${shownKeys}) k
left join accounts a on a.id = k.account_id
left join projects p on p.organization_id = $1 and p.id = k.project_id
left join key_activity used on used.key_id = k.id
order by k.created_at desc, k.id desc`;

const requestsSql = `
select id, received_at, key_prefix, coalesce(model_served, model_routed, model_asked) as model, status, outcome,
  error_code, duration_ms, actual_cost
from request_records where organization_id = $1 order by received_at desc limit ${shownRequests}`;

const invitationsSql = `
select id, email, roles, expires_at, created_at from invitations
where organization_id = $1 and state = 'open' order by created_at desc, id limit ${shownInvitations}`;

const daysSql = `
select d.day, coalesce(sum(u.requests), 0)::bigint as requests, coalesce(sum(u.failures), 0)::bigint as failures,
  coalesce(sum(u.actual_cost), 0)::bigint as spend
from generate_series(0, 29) n
cross join lateral (select $2::timestamptz + n * interval '24 hours' as day) d
left join usage_days u on u.organization_id = $1 and u.day = d.day
group by d.day order by d.day`;

const suspensionSql = `
select s.reason, s.suspended_at, a.email as suspended_by, cardinality(s.key_ids) as keys
from suspensions s left join accounts a on a.id = s.suspended_by where s.organization_id = $1`;

/** All that the page of one customer shows beside what the list knows of it. */
export async function readCustomerParts(pool: pg.Pool, id: string, nowMs: number): Promise<CustomerParts> {
  const [members, projects, keys, requests, invitations, days, suspension] = await Promise.all([
    pool.query<CustomerMember>(membersSql, [id]),
    pool.query<CustomerProject>(projectsSql, [id]),
    pool.query<CustomerKey>(keysSql, [id]),
    pool.query<CustomerRequest>(requestsSql, [id]),
    pool.query<CustomerInvitation>(invitationsSql, [id]),
    pool.query<CustomerDay>(daysSql, [id, monthStart(nowMs)]),
    pool.query<CustomerSuspension>(suspensionSql, [id]),
  ]);
  return {
    members: members.rows,
    projects: projects.rows,
    keys: keys.rows,
    requests: requests.rows,
    invitations: invitations.rows,
    days: days.rows,
    suspension: suspension.rows[0] ?? null,
  };
}
