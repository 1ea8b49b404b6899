import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { appendAudit, changedMembers } from '../audit/index.ts';
import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../db/index.ts';

export type AnnouncementLevel = 'info' | 'warning' | 'critical';

/** What staff write. An empty text in one language falls back to the other. */
export interface AnnouncementText {
  readonly level: AnnouncementLevel;
  readonly title: { readonly en: string; readonly zh: string };
  readonly body: { readonly en: string; readonly zh: string };
  readonly startsAtMs: number;
  /** Null: until it is taken back. */
  readonly endsAtMs: number | null;
}

export interface AnnouncementView extends AnnouncementText {
  readonly id: string;
  /** Who wrote it, as the audit log names them. */
  readonly createdBy: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** By the account that asks; false where nobody does. */
  readonly dismissed: boolean;
}

export interface AnnouncementPlace {
  readonly startsAtUs: number;
  readonly id: string;
}

export interface AnnouncementPage {
  readonly announcements: readonly AnnouncementView[];
  readonly next: AnnouncementPlace | null;
}

interface Row {
  readonly id: string;
  readonly level: AnnouncementLevel;
  readonly title_en: string;
  readonly title_zh: string;
  readonly body_en: string;
  readonly body_zh: string;
  readonly starts_at: Date;
  readonly ends_at: Date | null;
  readonly created_by: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly dismissed: boolean;
  readonly sort_us: bigint | string;
}

/** More at once than anybody reads. */
const liveMax = 20;

const columns = `a.id, a.level, a.title_en, a.title_zh, a.body_en, a.body_zh, a.starts_at, a.ends_at, a.created_by,
  a.created_at, a.updated_at, (extract(epoch from a.starts_at) * 1000000)::bigint as sort_us`;

export function announcementNotFound(): AppError {
  return new AppError('announcement_not_found', 'There is no such announcement.');
}

/** What an account has to see now: live, not dismissed, the gravest first. */
export async function liveAnnouncements(
  pool: pg.Pool,
  accountId: string,
  nowMs: number,
): Promise<readonly AnnouncementView[]> {
  const { rows } = await pool.query<Row>(
    `select ${columns}, false as dismissed from announcements a
      where a.starts_at <= $2 and (a.ends_at is null or a.ends_at > $2)
        and not exists (select 1 from announcement_dismissals d where d.account_id = $1 and d.announcement_id = a.id)
      order by array_position(array['critical', 'warning', 'info'], a.level), a.starts_at desc, a.id desc
      limit ${liveMax}`,
    [accountId, new Date(nowMs)],
  );
  return rows.map(viewOf);
}

/** `reader`: an account, which sees what has begun, also when it has ended; null: staff, who see all. Newest first. */
export async function listAnnouncements(
  pool: pg.Pool,
  reader: { readonly accountId: string; readonly nowMs: number } | null,
  limit: number,
  after: AnnouncementPlace | null,
): Promise<AnnouncementPage> {
  const values: unknown[] = [limit + 1, reader?.accountId ?? null];
  const conditions = ['true'];
  if (reader !== null) conditions.push(`a.starts_at <= $${values.push(new Date(reader.nowMs))}`);
  if (after !== null) {
    const startsAt = `timestamptz 'epoch' + $${values.push(after.startsAtUs)}::bigint * interval '1 microsecond'`;
    conditions.push(`(a.starts_at, a.id) < (${startsAt}, $${values.push(after.id)})`);
  }
  const { rows } = await pool.query<Row>(
    `select ${columns}, d.account_id is not null as dismissed
       from announcements a
       left join announcement_dismissals d on d.announcement_id = a.id and d.account_id = $2
      where ${conditions.join(' and ')} order by a.starts_at desc, a.id desc limit $1`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    announcements: page.map(viewOf),
    next: rows.length > page.length && last ? { startsAtUs: Number(last.sort_us), id: last.id } : null,
  };
}

/** Also counts as having read its notification. @throws AppError `announcement_not_found`, also for one to come */
export async function dismissAnnouncement(pool: pg.Pool, accountId: string, id: string, nowMs: number): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query('select 1 from announcements where id = $1 and starts_at <= $2', [
      id,
      new Date(nowMs),
    ]);
    if (rowCount === 0) throw announcementNotFound();
    await client.query('insert into announcement_dismissals values ($1, $2) on conflict do nothing', [accountId, id]);
    await client.query(
      'update notifications set read_at = now() where account_id = $1 and id = $2 and read_at is null',
      [accountId, `ntf_${id.slice(4)}`],
    );
  });
}

/** @throws AppError `announcement_not_found` */
export async function getAnnouncement(pool: pg.Pool, id: string): Promise<AnnouncementView> {
  return read(pool, id);
}

export async function addAnnouncement(pool: pg.Pool, actor: Actor, text: AnnouncementText): Promise<AnnouncementView> {
  return inTransaction(pool, async (client) => {
    const id = `ann_${randomBytes(12).toString('hex')}`;
    await client.query(
      `insert into announcements (id, level, title_en, title_zh, body_en, body_zh, starts_at, ends_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, ...valuesOf(text), actor.name],
    );
    await audit(client, actor, 'announcement.added', id, { before: null, after: stateOf(text) });
    return read(client, id);
  });
}

/** `decide` makes the new text of the old one, or throws. @throws AppError `announcement_not_found` */
export async function changeAnnouncement(
  pool: pg.Pool,
  actor: Actor,
  id: string,
  decide: (before: AnnouncementText) => AnnouncementText,
): Promise<AnnouncementView> {
  return inTransaction(pool, async (client) => {
    const before = await read(client, id, 'for update of a');
    const after = decide(before);
    const changed = changedMembers(stateOf(before), stateOf(after));
    if (Object.keys(changed.after).length === 0) return before;
    await client.query(
      `update announcements set level = $2, title_en = $3, title_zh = $4, body_en = $5, body_zh = $6, starts_at = $7,
         ends_at = $8, updated_at = now() where id = $1`,
      [id, ...valuesOf(after)],
    );
    await audit(client, actor, 'announcement.changed', id, changed, after);
    return read(client, id);
  });
}

/** @throws AppError `announcement_not_found` */
export async function removeAnnouncement(pool: pg.Pool, actor: Actor, id: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const before = await read(client, id, 'for update of a');
    await client.query('delete from announcements where id = $1', [id]);
    await audit(client, actor, 'announcement.removed', id, { before: stateOf(before), after: null });
  });
}

async function read(client: pg.Pool | pg.PoolClient, id: string, lock: 'for update of a' | '' = '') {
  const { rows } = await client.query<Row>(
    `select ${columns}, false as dismissed from announcements a where a.id = $1 ${lock}`,
    [id],
  );
  const row = rows[0];
  if (row === undefined) throw announcementNotFound();
  return viewOf(row);
}

type State = ReturnType<typeof stateOf>;

async function audit(
  client: pg.PoolClient,
  actor: Actor,
  action: string,
  id: string,
  change: { readonly before: Partial<State> | null; readonly after: Partial<State> | null },
  text?: AnnouncementText,
): Promise<void> {
  const name = text ? text.title.en || text.title.zh : String(change.after?.title_en || change.before?.title_en || '');
  await appendAudit(client, actor, {
    action,
    organizationId: null,
    subject: { kind: 'announcement', id, name },
    ...change,
  });
}

function stateOf({ level, title, body, startsAtMs, endsAtMs }: AnnouncementText) {
  return {
    level,
    title_en: title.en,
    title_zh: title.zh,
    body_en: body.en,
    body_zh: body.zh,
    starts_at: new Date(startsAtMs).toISOString(),
    ends_at: endsAtMs === null ? null : new Date(endsAtMs).toISOString(),
  };
}

function valuesOf(text: AnnouncementText): unknown[] {
  const { level, title_en, title_zh, body_en, body_zh, starts_at, ends_at } = stateOf(text);
  return [level, title_en, title_zh, body_en, body_zh, starts_at, ends_at];
}

function viewOf(row: Row): AnnouncementView {
  return {
    id: row.id,
    level: row.level,
    title: { en: row.title_en, zh: row.title_zh },
    body: { en: row.body_en, zh: row.body_zh },
    startsAtMs: row.starts_at.getTime(),
    endsAtMs: row.ends_at?.getTime() ?? null,
    createdBy: row.created_by,
    createdAtMs: row.created_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
    dismissed: row.dismissed,
  };
}
