import type { Pool, PoolClient } from 'pg';

/** The beginning of the first day, in UTC, that has a partition for records; null: there is none. */
export async function firstRecordDay(connection: Pool | PoolClient): Promise<number | null> {
  const { rows } = await connection.query<{ day: string | null }>(
    `select min(right(c.relname, 8)) as day from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'request_records'::regclass and c.relname ~ '^request_records_[0-9]{8}$'`,
  );
  const day = rows[0]?.day;
  return day ? Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`) : null;
}
