import type pg from 'pg';
import { reaches } from '../base/permissions.ts';
import type { KeyScope } from './scope.ts';
import type { KeyView } from './view.ts';

/** What was done with a leaked key. Networks are not recorded, so they cannot be told. */
export interface LeakUsage {
  /** The full hour from which is counted. */
  readonly sinceMs: number;
  readonly sums: LeakSums | null;
  readonly requests: readonly LeakRequest[] | null;
  /** Of the newest `toolsOfNewest` requests. */
  readonly tools: readonly { readonly tool: string | null; readonly requests: number }[] | null;
}

interface LeakSums {
  readonly requests: number;
  /** Nano-USD. */
  readonly spent: bigint;
  /** Those that cost most first. */
  readonly models: readonly { readonly model: string; readonly requests: number; readonly spent: bigint }[];
}

export interface LeakRequest {
  readonly id: string;
  readonly receivedAtMs: number;
  readonly model: string | null;
  readonly tool: string | null;
  readonly status: number | null;
  readonly code: string | null;
  readonly spent: bigint;
}

export interface LeakSights {
  readonly sums: boolean;
  readonly requests: boolean;
}

/** A key that was flooded has millions of records: its newest tell enough. */
export const toolsOfNewest = 10_000;
const newestRequests = 20;
const mostModels = 50;
const hourMs = 3_600_000;

/** Who may put a key out of use may not thereby see what it was used for. */
export function leakSights({ member }: KeyScope, key: Pick<KeyView, 'accountId' | 'projectId'>): LeakSights {
  if (member === null) return { sums: true, requests: true };
  const sees = (name: 'usage.read' | 'requests.read') => reaches(member.reach.get(name), key, member.accountId);
  return { sums: sees('usage.read'), requests: sees('requests.read') };
}

/** As far as the journal has been applied. */
export async function readLeakUsage(
  pool: pg.Pool,
  key: Pick<KeyView, 'id' | 'organizationId'>,
  fromMs: number,
  sights: LeakSights,
): Promise<LeakUsage> {
  const sinceMs = fromMs - (fromMs % hourMs);
  const since = new Date(sinceMs);
  const [sums, requests, tools] = await Promise.all([
    sights.sums ? readSums(pool, key, since) : null,
    sights.requests ? readRequests(pool, key.id, since) : null,
    sights.requests ? readTools(pool, key.id, since) : null,
  ]);
  return { sinceMs, sums, requests, tools };
}

async function readSums(pool: pg.Pool, key: Pick<KeyView, 'id' | 'organizationId'>, since: Date): Promise<LeakSums> {
  const { rows } = await pool.query<{ model: string; requests: bigint; spent: string }>(
    `select model, sum(requests)::bigint as requests, sum(actual_cost)::text as spent from usage_hours
     where organization_id = $1 and key_id = $2 and hour >= $3 group by model order by sum(actual_cost) desc, model`,
    [key.organizationId, key.id, since],
  );
  const models = rows.map((row) => ({ model: row.model, requests: Number(row.requests), spent: BigInt(row.spent) }));
  return {
    requests: models.reduce((sum, each) => sum + each.requests, 0),
    spent: models.reduce((sum, each) => sum + each.spent, 0n),
    // Refused calls may name no model.
    models: models.filter((each) => each.model !== '').slice(0, mostModels),
  };
}

async function readRequests(pool: pg.Pool, keyId: string, since: Date): Promise<readonly LeakRequest[]> {
  const { rows } = await pool.query<{
    id: string;
    received_at: Date;
    model: string | null;
    client_tool: string | null;
    status: number | null;
    error_code: string | null;
    actual_cost: bigint;
  }>(
    `select id, received_at, coalesce(model_routed, model_asked) as model, client_tool, status, error_code, actual_cost
     from request_records where key_id = $1 and received_at >= $2 order by received_at desc, id desc limit $3`,
    [keyId, since, newestRequests],
  );
  return rows.map((row) => ({
    id: row.id,
    receivedAtMs: row.received_at.getTime(),
    model: row.model,
    tool: row.client_tool,
    status: row.status,
    code: row.error_code,
    spent: row.actual_cost,
  }));
}

async function readTools(pool: pg.Pool, keyId: string, since: Date): Promise<NonNullable<LeakUsage['tools']>> {
  const { rows } = await pool.query<{ tool: string | null; requests: bigint }>(
    `select client_tool as tool, count(*) as requests from (
       select client_tool from request_records where key_id = $1 and received_at >= $2
       order by received_at desc limit ${toolsOfNewest}) newest
     group by client_tool order by count(*) desc, client_tool limit 20`,
    [keyId, since],
  );
  return rows.map((row) => ({ tool: row.tool, requests: Number(row.requests) }));
}
