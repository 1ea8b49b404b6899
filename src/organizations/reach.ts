import type pg from 'pg';
import type { Clock } from '../base/clock.ts';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Permission, Reach } from '../base/permissions.ts';
import type { Person } from '../http/index.ts';
import { readStanding, type StandingRow, selectStandings, standingOf } from './standing.ts';

/** One organization of an account, as the session shows it. */
export interface OwnOrganization {
  readonly id: string;
  readonly name: string;
  readonly kind: 'personal' | 'shared';
  /** Permissions that reach something there; how far is the API's affair. */
  readonly permissions: readonly Permission[];
  /** Names of built-in roles, ids of others. */
  readonly roles: readonly string[];
}

/** "Last active" is exact to this; a write for every call would be the only write of most calls. */
const activityStepMs = 10 * 60_000;
/** Members remembered as written; beyond, all are forgotten and written once more. */
const rememberedMax = 20_000;

export interface ReachOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What a person may do in an organization, in one query. Null: it is none of theirs, is suspended or deleted, or their
 * membership is disabled.
 */
export function createReach({ pool, clock, log }: ReachOptions) {
  const written = new Map<string, number>();

  const noteActivity = (organizationId: string, accountId: string): void => {
    const key = `${organizationId} ${accountId}`;
    const nowMs = clock.now();
    if (nowMs - (written.get(key) ?? Number.NEGATIVE_INFINITY) < activityStepMs) return;
    if (written.size >= rememberedMax) written.clear();
    written.set(key, nowMs);
    pool
      .query('update members set last_active_at = $3 where organization_id = $1 and account_id = $2', [
        organizationId,
        accountId,
        new Date(nowMs),
      ])
      .catch((error: unknown) => log.warn({ reason: errorText(error) }, 'the activity of a member was not noted'));
  };

  return async (person: Person, organizationId: string): Promise<Reach | null> => {
    // What comes from a path may be anything; Postgres refuses some of it.
    if (!/^org_\w{1,60}$/.test(organizationId)) return null;
    const only = person.token?.permissions ?? null;
    const standing = await readStanding(pool, organizationId, person.accountId, only);
    if (standing === null || standing.state !== 'active') return null;
    if (person.actor === null) noteActivity(organizationId, person.accountId);
    return standing.reach;
  };
}

/** The active organizations of an account: the personal one first, then by name. */
export async function listOwnOrganizations(pool: pg.Pool, accountId: string): Promise<OwnOrganization[]> {
  const { rows } = await pool.query<StandingRow>(
    `${selectStandings} where m.account_id = $1 and m.state = 'active' order by o.kind, lower(o.name), o.id`,
    [accountId],
  );
  return rows.map((row) => ({
    id: row.organization_id,
    name: row.organization_name,
    kind: row.organization_kind,
    permissions: [...standingOf(row).reach.keys()],
    roles: row.roles,
  }));
}

/** Those that staff have suspended: nothing of them can be opened, but whoever belongs to them is told why. */
export async function listSuspended(pool: pg.Pool, accountId: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    `select o.id, o.name from members m join organizations o on o.id = m.organization_id
      where m.account_id = $1 and m.state = 'active' and o.state = 'suspended' order by lower(o.name), o.id`,
    [accountId],
  );
  return rows;
}
