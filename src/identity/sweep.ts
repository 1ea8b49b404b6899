import type { Core } from './core.ts';

const keptDays = { signIns: 180, devices: 400 } as const;

/** Deletes what has ended: sessions, links, used codes, old history. To be called once a day. */
export async function sweep({ pool }: Core): Promise<void> {
  await pool.query('delete from sessions where expires_at < now()');
  await pool.query('delete from verifications where expires_at < now()');
  await pool.query(`delete from used_codes where used_at < now() - interval '1 hour'`);
  await pool.query('delete from sign_ins where at < now() - make_interval(days => $1)', [keptDays.signIns]);
  await pool.query('delete from known_devices where last_seen_at < now() - make_interval(days => $1)', [
    keptDays.devices,
  ]);
}
