import type pg from 'pg';
import { calendarJson, defaultPolicies, type Policy, targetsJson } from '../../targets/index.ts';
import { type Db, defaultCalendars } from '../store/index.ts';

/** On first start: what the site promises, and when it works, until the operator says otherwise. Later it does nothing. */
export async function ensureDefaults(pool: pg.Pool): Promise<void> {
  for (const calendar of defaultCalendars.values()) {
    const { id, name, time_zone, week, exceptions } = calendarJson(calendar);
    await pool.query(
      `insert into calendars (id, name, time_zone, week, exceptions) values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [id, name, time_zone, JSON.stringify(week), JSON.stringify(exceptions)],
    );
  }
  for (const policy of Object.values(defaultPolicies)) await insertPolicy(pool, policy);
}

export async function insertPolicy(client: Db, policy: Policy): Promise<void> {
  const { id, version, name, calendarId, targets } = policy;
  await client.query(
    `insert into target_policies (id, version, name, calendar_id, targets) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [id, version, name, calendarId, JSON.stringify(targetsJson(targets))],
  );
}
