import type { Pool, PoolClient } from 'pg';
import { AppError } from '../base/errors.ts';

/**
 * For reports: many rows of one organization, most of them in memory. What Postgres assumes by default fits spinning
 * disks: it would rather read a day of all organizations, which lies together, than one organization's rows here and
 * there, and takes ten times as long. JIT takes longer to compile than these statements to run, and a second core for
 * one reader's chart is one that calls do not have.
 */
const settings = `set local seq_page_cost = 0.05; set local random_page_cost = 0.05; set local work_mem = '16MB';
  set local jit = off; set local max_parallel_workers_per_gather = 0`;

/** What takes longer ends with advice, and not in the pool's own timeout. */
const reportTimeoutMs = 10_000;

/** Problems of reports. */
export const readingProblems = { report_too_wide: 422 } as const;

/**
 * Runs the statements of one report on one connection and one snapshot, so that its parts add up to its totals.
 *
 * @throws AppError `report_too_wide` when one of them takes too long
 */
export async function reading<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  statementTimeoutMs = reportTimeoutMs,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(
      `begin isolation level repeatable read read only; set local statement_timeout = ${statementTimeoutMs}; ${settings}`,
    );
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = error as Error;
    if ((error as { code?: unknown }).code !== '57014') throw error;
    throw new AppError(
      'report_too_wide',
      'This reads too much at once. Shorten the range, or filter by a key or project.',
    );
  } finally {
    client.release(broken);
  }
}
