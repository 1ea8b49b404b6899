import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import type { Secrets } from './secrets.ts';

const fact = 'secret_check';

/**
 * Makes sure that the database was written under this master secret; the first caller's counts from then on. The value
 * that is kept is derived for this purpose alone and helps nobody to find the secret.
 *
 * @throws AppError `secret_mismatch`
 */
export async function checkSecret(secrets: Secrets, pool: pg.Pool): Promise<void> {
  const mine = secrets.deriveKey('database-check').toString('base64url');
  await pool.query('insert into site_facts (name, value) values ($1, $2) on conflict (name) do nothing', [
    fact,
    JSON.stringify(mine),
  ]);
  const { rows } = await pool.query<{ value: unknown }>('select value from site_facts where name = $1', [fact]);
  if (rows[0]?.value === mine) return;
  throw new AppError(
    'secret_mismatch',
    'This database was written under another LODGE_SECRET: keys would not be recognised and credentials could not be read. Start with the secret that this site was made with (LODGE_SECRET, or the file "secret" of its data directory).',
  );
}
