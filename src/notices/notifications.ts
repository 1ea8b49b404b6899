import type pg from 'pg';
import { announcementKind, type NoticeLocale } from './kinds.ts';
import { type ShownNotification, shownNotification } from './words.ts';

/** Where a page ended. */
export interface NotificationPlace {
  /** Microseconds since the epoch: what Postgres sorts by. */
  readonly createdAtUs: number;
  readonly id: string;
}

export interface NotificationView extends ShownNotification {
  readonly id: string;
  readonly kind: string;
  readonly organizationId: string | null;
  readonly readAtMs: number | null;
  readonly createdAtMs: number;
}

export interface NotificationFilter {
  readonly limit: number;
  readonly unreadOnly: boolean;
  readonly after: NotificationPlace | null;
}

export interface NotificationPage {
  /** Newest first. */
  readonly notifications: readonly NotificationView[];
  readonly next: NotificationPlace | null;
}

/** Beyond, a bell shows "99+". */
export const unreadShownMax = 100;
/** What happened longer ago stands in the audit log. */
const keptDays = 180;

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly facts: Record<string, unknown>;
  readonly organization_id: string | null;
  readonly read_at: Date | null;
  readonly created_at: Date;
  readonly sort_us: bigint | string;
  readonly title_en: string | null;
  readonly title_zh: string | null;
}

/** A notification of an announcement that was taken back is not there. */
const shownRows = `notifications n
  left join announcements a on n.kind = '${announcementKind}' and a.id = n.facts->>'announcement'
  where n.account_id = $1 and (n.kind <> '${announcementKind}' or a.id is not null)`;

/**
 * Puts the critical announcements that are live among an account's notifications, once each. Done when somebody looks: then
 * it needs no job, and one that begins later is there when it begins.
 */
export async function takeAnnouncements(pool: pg.Pool, accountId: string, nowMs: number): Promise<void> {
  await pool.query(
    `insert into notifications (account_id, id, kind, facts, created_at)
       select $1::text, 'ntf_' || substr(id, 5), '${announcementKind}', jsonb_build_object('announcement', id), starts_at
         from announcements
        where level = 'critical' and starts_at <= $2::timestamptz and (ends_at is null or ends_at > $2::timestamptz)
          and exists (select 1 from accounts where id = $1)
       on conflict do nothing`,
    [accountId, new Date(nowMs)],
  );
}

export async function listNotifications(
  pool: pg.Pool,
  accountId: string,
  { limit, unreadOnly, after }: NotificationFilter,
  locale: NoticeLocale,
): Promise<NotificationPage> {
  const values: unknown[] = [accountId, limit + 1];
  const conditions = unreadOnly ? ['n.read_at is null'] : [];
  if (after !== null) {
    values.push(after.createdAtUs, after.id);
    conditions.push(`(n.created_at, n.id) < (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4)`);
  }
  const { rows } = await pool.query<Row>(
    `select n.id, n.kind, n.facts, n.organization_id, n.read_at, n.created_at, a.title_en, a.title_zh,
            (extract(epoch from n.created_at) * 1000000)::bigint as sort_us
       from ${[shownRows, ...conditions].join(' and ')}
      order by n.created_at desc, n.id desc limit $2`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    notifications: page.map((row) => viewOf(row, locale)),
    next: rows.length > page.length && last ? { createdAtUs: Number(last.sort_us), id: last.id } : null,
  };
}

/** How many are unread, up to `unreadShownMax`. */
export async function countUnread(pool: pg.Pool, accountId: string): Promise<number> {
  const { rows } = await pool.query<{ unread: number }>(
    `select count(*)::int as unread
       from (select 1 from ${shownRows} and n.read_at is null limit ${unreadShownMax}) as shown`,
    [accountId],
  );
  return rows[0]?.unread ?? 0;
}

/** Ids of others are passed over in silence. `ids` null: all. */
export async function markRead(pool: pg.Pool, accountId: string, ids: readonly string[] | null): Promise<void> {
  await pool.query(
    `update notifications set read_at = now()
      where account_id = $1 and read_at is null and ($2::text[] is null or id = any($2))`,
    [accountId, ids],
  );
}

function viewOf(row: Row, locale: NoticeLocale): NotificationView {
  const shown =
    row.kind === announcementKind ? announcementWords(row, locale) : shownNotification(row.kind, row.facts, locale);
  return {
    ...shown,
    id: row.id,
    kind: row.kind,
    organizationId: row.organization_id,
    readAtMs: row.read_at?.getTime() ?? null,
    createdAtMs: row.created_at.getTime(),
  };
}

function announcementWords({ title_en, title_zh }: Row, locale: NoticeLocale): ShownNotification {
  const [first, second] = locale === 'zh' ? [title_zh, title_en] : [title_en, title_zh];
  return {
    level: 'warning',
    title: first || second || '',
    text: '',
    link: '/console/account/notifications?show=announcements',
  };
}

/** For a daily job. */
export async function pruneNotifications(pool: pg.Pool, nowMs: number): Promise<number> {
  const { rowCount } = await pool.query('delete from notifications where created_at < $1', [
    new Date(nowMs - keptDays * 86_400_000),
  ]);
  return rowCount ?? 0;
}
