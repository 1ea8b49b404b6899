import type pg from 'pg';
import { AppError, errorText } from '../base/errors.ts';

/** What pg, the socket and Postgres say when the server is away or shutting down, as opposed to a refused statement. */
const awayCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  '53300',
  '57P01',
  '57P02',
  '57P03',
]);

/**
 * True when a query failed because the database is away, so that trying again later makes sense. False for anything
 * that the statement itself is to blame for.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isDatabaseAway);
  if (!(error instanceof Error)) return false;
  if (error instanceof AppError) return error.code === 'database_unreachable';
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return awayCodes.has(code) || code.startsWith('08');
  // pg's own errors have no code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/.test(
    error.message,
  );
}

/** The first connection failed: what to do about it, without the password that the address holds. */
export function connectionProblem(cause: unknown, config: pg.PoolConfig): AppError {
  const target = describeTarget(config);
  const code = String((cause as { code?: unknown }).code ?? '');
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing listens there. Start the server, or correct DATABASE_URL.',
    ENOENT: 'its socket does not exist. Start the server, or correct DATABASE_URL.',
    ENOTFOUND: 'the host name is not known. Correct DATABASE_URL.',
    '28P01': 'the password was refused. Correct DATABASE_URL.',
    '28000': 'the user was refused. Correct DATABASE_URL or the server’s pg_hba.conf.',
    '3D000': 'that database does not exist. Create it (createdb), or correct DATABASE_URL.',
    '53300': 'it has no free connections. Raise max_connections, or close other programs.',
  };
  const reason = reasons[code] ?? `${errorText(cause)}. Check DATABASE_URL and the server.`;
  return new AppError('database_unreachable', `No connection to Postgres at ${target}: ${reason}`, { cause });
}

function describeTarget(config: pg.PoolConfig): string {
  if (config.connectionString && URL.canParse(config.connectionString)) {
    const url = new URL(config.connectionString);
    return `${url.searchParams.get('host') ?? url.host}${url.pathname}`;
  }
  return `${config.host ?? 'localhost'}/${config.database ?? ''}`;
}
