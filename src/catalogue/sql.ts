import type { Pool, PoolClient } from 'pg';

/** What a query can be sent through: the pool, or one connection inside a transaction. */
export type Queryable = Pick<Pool | PoolClient, 'query'>;

/** One step of a list: entries after this one, at most so many. */
export interface Page {
  readonly after?: string | undefined;
  /** 1 to 1000, which is also the default. */
  readonly limit?: number | undefined;
}

export const pageLimit = 1_000;

export function limitOf(page: Page): number {
  return Math.min(pageLimit, Math.max(1, Math.trunc(page.limit ?? pageLimit)));
}

/** Runs `work` whole or not at all. */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away instead of handed on.
    await client.query('rollback').catch((rollback: Error) => {
      failure = rollback;
    });
    throw error;
  } finally {
    client.release(failure);
  }
}

/** The name of the constraint that a statement broke, or null for any other failure. */
export function brokenConstraint(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('constraint' in error)) return null;
  return typeof error.constraint === 'string' ? error.constraint : null;
}

/** The one row of an answer that must have one. */
export function only<Row>(rows: readonly Row[]): Row {
  const row = rows[0];
  if (row === undefined) throw new Error('a statement that returns a row returned none');
  return row;
}
