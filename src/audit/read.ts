import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import type { StoredEntry } from './entry.ts';

/** Members that are given narrow the list. */
export interface AuditFilter {
  /** Only of this organization, as its members may see it. Null: of the whole site. */
  readonly organizationId: string | null;
  /** An account id, a mail address, `support`, `system` or `admin_token`. */
  readonly actor?: string | undefined;
  /** A whole action, or its beginning: `key.` */
  readonly action?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  /** Part of a name or id, in any case of letters. */
  readonly search?: string | undefined;
  readonly sinceMs?: number | undefined;
  /** Before. */
  readonly untilMs?: number | undefined;
  /** For staff: only entries of this organization, with all that staff see. */
  readonly ofOrganization?: string | undefined;
}

/** The last entry of a page: the next begins behind it. */
export interface AuditPlace {
  readonly atUs: number;
  readonly id: string;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly StoredEntry[];
  readonly next: AuditPlace | null;
}

/** A search for something rare in a long log ends here, with advice. */
const searchTimeoutMs = 5_000;
/** Entries read at once for a download: with their states about a megabyte. */
const exportBatch = 500;

/** @throws AppError `audit_search_too_wide` */
export async function listAudit(
  pool: pg.Pool,
  filter: AuditFilter,
  limit: number,
  after: AuditPlace | null,
): Promise<AuditPage> {
  const rows = await read(pool, filter, limit + 1, after);
  const entries = rows.slice(0, limit);
  const last = rows.length > limit ? entries.at(-1) : undefined;
  return { entries, next: last ? { atUs: Number(last.at_us), id: last.id } : null };
}

/** All entries of a filter, newest first, a batch at a time: memory does not grow with the log. */
export async function* eachAuditEntry(
  pool: pg.Pool,
  filter: AuditFilter,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredEntry[]> {
  let place: AuditPlace | null = null;
  do {
    const page: AuditPage = await listAudit(pool, filter, exportBatch, place);
    yield page.entries;
    place = page.next;
  } while (place !== null && !signal.aborted);
}

async function read(pool: pg.Pool, filter: AuditFilter, limit: number, after: AuditPlace | null) {
  const values: unknown[] = [];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const page = pageSql(filter, limit, after, place);
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(`begin read only; set local statement_timeout = ${searchTimeoutMs}`);
    const { rows } = await client.query<StoredEntry>(
      `select (extract(epoch from a.at) * 1000000)::bigint as at_us, a.*, o.name as organization_name,
              acted.email as acting_as_email, t.name as token_name
       from (${page}) a
       left join organizations o on o.id = a.organization_id
       left join accounts acted on acted.id = a.acting_as
       left join access_tokens t on t.id = a.token_id
       order by a.at desc, a.id desc`,
      values,
    );
    await client.query('commit');
    return rows;
  } catch (error) {
    broken = true;
    if ((error as { code?: unknown }).code !== '57014') throw error;
    throw new AppError(
      'audit_search_too_wide',
      'The search reads too many entries. Narrow the time span, or name a subject or an actor.',
    );
  } finally {
    client.release(broken);
  }
}

type Place = (value: unknown) => string;

function pageSql(filter: AuditFilter, limit: number, after: AuditPlace | null, place: Place): string {
  const conditions = conditionsOf(filter, place);
  if (after !== null) {
    const at = `timestamptz 'epoch' + ${place(after.atUs)}::bigint * interval '1 microsecond'`;
    conditions.push(`(a.at, a.id) < (${at}, ${place(after.id)})`);
  }
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  return `select a.* from audit_log a ${where} order by a.at desc, a.id desc limit ${place(limit)}`;
}

function conditionsOf(filter: AuditFilter, place: Place): string[] {
  const conditions: string[] = [];
  const equal = (column: string, value: string | undefined) => {
    if (value !== undefined) conditions.push(`a.${column} = ${place(value)}`);
  };
  equal('subject_kind', filter.subjectKind);
  equal('subject_id', filter.subjectId);
  equal('organization_id', filter.organizationId ?? filter.ofOrganization);
  if (filter.action !== undefined) conditions.push(`starts_with(a.action, ${place(filter.action)})`);
  if (filter.sinceMs !== undefined) conditions.push(`a.at >= ${place(new Date(filter.sinceMs))}`);
  if (filter.untilMs !== undefined) conditions.push(`a.at < ${place(new Date(filter.untilMs))}`);
  // A customer must not find out by searching what is not shown to them.
  const nameable = filter.organizationId === null ? 'true' : 'not a.as_staff';
  if (filter.actor !== undefined) conditions.push(actorCondition(filter.actor, nameable, place));
  if (filter.search !== undefined) {
    const part = place(`%${filter.search.replace(/[\\%_]/g, '\\$&')}%`);
    conditions.push(
      `(a.subject_name ilike ${part} or a.subject_id ilike ${part} or a.action ilike ${part}
        or (${nameable} and a.actor_name ilike ${part}))`,
    );
  }
  return conditions;
}

function actorCondition(actor: string, nameable: string, place: Place): string {
  if (actor === 'support') return 'a.as_staff';
  if (actor === 'system' || actor === 'admin_token') return `a.actor_kind = ${place(actor)} and ${nameable}`;
  const column = actor.includes('@') ? 'actor_name' : 'actor_id';
  return `a.${column} = ${place(actor.includes('@') ? actor.toLowerCase() : actor)} and ${nameable}`;
}
