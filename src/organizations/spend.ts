import type pg from 'pg';

/** What "the last 30 days" are: today in UTC, and the 29 days before. */
const days = 30;

/** Starts of those days, newest first. Each is one probe of the index for each key. */
export function lastDays(nowMs: number): Date[] {
  const today = Math.floor(nowMs / 86_400_000);
  return Array.from({ length: days }, (_, back) => new Date((today - back) * 86_400_000));
}

/** Spend of the keys that members hold today, in nano-USD. Members without any are not in the map. */
export async function spendByAccount(
  pool: pg.Pool,
  organizationId: string,
  accountIds: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, bigint>> {
  if (accountIds.length === 0) return new Map();
  const { rows } = await pool.query<{ id: string; spent: string }>(
    `select k.account_id as id, sum(u.actual_cost) as spent
     from keys k join usage_days u on u.organization_id = k.organization_id and u.key_id = k.id and u.day = any($3)
     where k.organization_id = $1 and k.account_id = any($2) group by 1`,
    [organizationId, accountIds, lastDays(nowMs)],
  );
  return new Map(rows.map(({ id, spent }) => [id, BigInt(spent)]));
}

/** Spend that was booked to projects, in nano-USD. */
export async function spendByProject(
  pool: pg.Pool,
  organizationId: string,
  projectIds: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, bigint>> {
  if (projectIds.length === 0) return new Map();
  const { rows } = await pool.query<{ id: string; spent: string }>(
    `select project_id as id, sum(actual_cost) as spent from usage_days
     where organization_id = $1 and day = any($3) and project_id = any($2) group by 1`,
    [organizationId, projectIds, lastDays(nowMs)],
  );
  return new Map(rows.map(({ id, spent }) => [id, BigInt(spent)]));
}

/** Spend that was booked to the projects that teams have today, in nano-USD. */
export async function spendByTeam(
  pool: pg.Pool,
  organizationId: string,
  teamIds: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, bigint>> {
  if (teamIds.length === 0) return new Map();
  const { rows } = await pool.query<{ id: string; spent: string }>(
    // Summed up before it is joined: a thousand rows instead of one for each key and day.
    `with booked as materialized (
       select project_id, sum(actual_cost) as spent from usage_days
       where organization_id = $1 and day = any($3) and project_id <> '' group by 1)
     select p.team_id as id, sum(b.spent) as spent from projects p join booked b on b.project_id = p.id
     where p.organization_id = $1 and p.team_id = any($2) group by 1`,
    [organizationId, teamIds, lastDays(nowMs)],
  );
  return new Map(rows.map(({ id, spent }) => [id, BigInt(spent)]));
}
