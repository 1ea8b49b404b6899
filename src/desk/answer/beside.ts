import type pg from 'pg';
import { findRequest, type RequestFacts } from '../../metering/index.ts';
import type { Ticket } from '../store/index.ts';

/** What stands beside a ticket, for staff: whoever wrote it, and whatever may be told to them. */
export interface TicketBeside {
  readonly requests: readonly BesideRequest[];
  /** As they were written. */
  readonly mistyped: readonly string[];
  readonly keys: readonly BesideKey[];
  readonly account: BesideAccount | null;
  readonly organization: BesideOrganization | null;
  /** Of the organization's calls in the last day: newest codes first. */
  readonly failures: readonly BesideFailure[];
}

export interface BesideRequest {
  readonly id: string;
  /** Null: there is no record, because none was made or its retention has passed. */
  readonly facts: RequestFacts | null;
  readonly organizationName: string | null;
  /** Its facts went out in an answer. */
  readonly told: boolean;
  /** Why they may not; null: they may, or were. */
  readonly withheld: string | null;
}

export interface BesideKey {
  readonly prefix: string;
  /** Null: no key of this site. */
  readonly id: string | null;
  readonly name: string | null;
  readonly state: 'enabled' | 'disabled' | 'deleted' | 'expired' | null;
  readonly organizationId: string | null;
  readonly organizationName: string | null;
  readonly groupName: string | null;
}

export interface BesideAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly state: 'active' | 'disabled';
}

export interface BesideOrganization {
  readonly id: string;
  readonly name: string;
  readonly state: 'active' | 'suspended' | 'deleted';
  /** As it is today; the ticket keeps the one that it began with. */
  readonly plan: 'starter' | 'pro' | 'enterprise';
}

export interface BesideFailure {
  readonly code: string;
  readonly fault: string | null;
  readonly count: number;
  readonly lastId: string;
  readonly lastAtMs: number;
}

const dayMs = 86_400_000;
/** Ids of one ticket that are looked up: a thread can name more than a mail. */
const mostRequests = 50;
const mostFailures = 20;
/** A customer who floods us has millions of failures: the newest tell enough. */
const mostCounted = 20_000;

/** Everything that is known beside a ticket, read at once. */
export async function readBeside(pool: pg.Pool, ticket: Ticket, nowMs: number): Promise<TicketBeside> {
  const [facts, verdicts, account, organization, failures] = await Promise.all([
    readNamed(pool, ticket.number),
    readVerdicts(pool, ticket.number),
    readAccount(pool, ticket.requester.address),
    readOrganization(pool, ticket.organizationId),
    readFailures(pool, ticket.organizationId, nowMs),
  ]);
  const valuesOf = (kind: string) => facts.filter((fact) => fact.kind === kind).map(({ value }) => value);
  const requests = await readRequests(pool, valuesOf('request').slice(0, mostRequests), verdicts);
  const keys = await readKeys(pool, valuesOf('key_prefix').slice(0, mostRequests), nowMs);
  return { requests, mistyped: valuesOf('mistyped_request'), keys, account, organization, failures };
}

async function readNamed(pool: pg.Pool, number: bigint): Promise<readonly { kind: string; value: string }[]> {
  const { rows } = await pool.query<{ kind: string; value: string }>(
    `select kind, value from ticket_facts
     where ticket_number = $1 and kind in ('request', 'mistyped_request', 'key_prefix') order by kind, value`,
    [number],
  );
  return rows;
}

/** By id: null where facts were told, else why not; the last word counts. */
async function readVerdicts(pool: pg.Pool, number: bigint): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await pool.query<{ id: string; why: string | null }>(
    `select r->>'id' as id, r->>'why' as why from ticket_events e, jsonb_array_elements(e.data->'requests') r
     where e.ticket_number = $1 and e.kind in ('facts_told', 'facts_withheld') order by e.id`,
    [number],
  );
  return new Map(rows.map(({ id, why }) => [id, why]));
}

async function readRequests(
  pool: pg.Pool,
  ids: readonly string[],
  verdicts: ReadonlyMap<string, string | null>,
): Promise<readonly BesideRequest[]> {
  const found = await Promise.all(ids.map((id) => findRequest({ pool }, id)));
  const organizationIds = found.flatMap((facts) => (facts?.organization_id ? [facts.organization_id] : []));
  const { rows } = await pool.query<{ id: string; name: string }>(
    'select id, name from organizations where id = any($1)',
    [organizationIds],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return ids.map((id, index) => {
    const facts = found[index] ?? null;
    const organizationName = names.get(facts?.organization_id ?? '') ?? null;
    return { id, facts, organizationName, told: verdicts.get(id) === null, withheld: verdicts.get(id) ?? null };
  });
}

interface KeyRow {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly state: 'enabled' | 'disabled' | 'deleted';
  readonly expires_at: Date | null;
  readonly organization_id: string;
  readonly organization: string;
  readonly group_name: string;
}

async function readKeys(pool: pg.Pool, prefixes: readonly string[], nowMs: number): Promise<readonly BesideKey[]> {
  const { rows } = await pool.query<KeyRow>(
    `select k.id, k.prefix, k.name, k.state, k.expires_at, k.organization_id, o.name as organization,
       g.display_name as group_name
     from keys k join organizations o on o.id = k.organization_id join groups g on g.id = k.group_id
     where k.prefix = any($1)`,
    [prefixes],
  );
  const byPrefix = new Map(rows.map((row) => [row.prefix, row]));
  return prefixes.map((prefix) => {
    const row = byPrefix.get(prefix);
    const expired = row?.state === 'enabled' && row.expires_at !== null && row.expires_at.getTime() <= nowMs;
    return {
      prefix,
      id: row?.id ?? null,
      name: row?.name ?? null,
      state: expired ? 'expired' : (row?.state ?? null),
      organizationId: row?.organization_id ?? null,
      organizationName: row?.organization ?? null,
      groupName: row?.group_name ?? null,
    };
  });
}

async function readAccount(pool: pg.Pool, address: string): Promise<BesideAccount | null> {
  const { rows } = await pool.query<BesideAccount>(
    `select id, name, email, email_verified as "emailVerified", state from accounts where email = lower($1)`,
    [address],
  );
  return rows[0] ?? null;
}

async function readOrganization(pool: pg.Pool, id: string | null): Promise<BesideOrganization | null> {
  const { rows } = await pool.query<BesideOrganization>(
    `select o.id, o.name, o.state, coalesce(p.plan, 'starter') as plan from organizations o
     left join support_plans p on p.organization_id = o.id where o.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

async function readFailures(
  pool: pg.Pool,
  organizationId: string | null,
  nowMs: number,
): Promise<readonly BesideFailure[]> {
  const { rows } = await pool.query<{
    code: string;
    fault: string | null;
    count: number;
    last_id: string;
    last_at: Date;
  }>(
    `select error_code as code, max(fault) as fault, count(*)::int as count,
       (array_agg(id order by received_at desc, id desc))[1] as last_id, max(received_at) as last_at
     from (select error_code, fault, id, received_at from request_records
       where organization_id = $1 and received_at >= $2 and error_code is not null
       order by received_at desc limit ${mostCounted}) newest
     group by error_code order by last_at desc, error_code limit ${mostFailures}`,
    [organizationId ?? '-', new Date(nowMs - dayMs)],
  );
  return rows.map(({ last_id: lastId, last_at: lastAt, ...row }) => ({ ...row, lastId, lastAtMs: lastAt.getTime() }));
}
