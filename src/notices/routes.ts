import { z } from 'zod';
import { systemClock } from '../base/clock.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import {
  countUnread,
  listNotifications,
  markRead,
  type NotificationView,
  takeAnnouncements,
  unreadShownMax,
} from './notifications.ts';
import { announcementRoutes } from './route-announcements.ts';
import { staffAnnouncementRoutes } from './route-staff.ts';
import { langQuery, localeOf, type NoticeRouteOptions, placeSchema, type RouteParts } from './shapes.ts';

export type { NoticeRouteOptions };

const idsMax = 200;
const unreadShape = z.int().describe(`How many are unread; ${unreadShownMax} stands for that many or more.`);

const notificationSchema = z
  .object({
    id: z.string(),
    kind: z.string().describe('Stable: "key-disabled".'),
    level: z.enum(['info', 'warning', 'security']),
    title: z.string(),
    text: z.string().describe('Sentences; empty where the title says all.'),
    link: z.string().nullable().describe('Path within the console.'),
    organization_id: z.string().nullable(),
    read_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Notification' });

/** Notifications and announcements: for everybody signed in, and for the staff who publish. */
export function noticeRoutes({ pool, clock = systemClock }: NoticeRouteOptions): readonly Route[] {
  const parts: RouteParts = { pool, clock };
  return [...notificationRoutes(parts), ...announcementRoutes(parts), ...staffAnnouncementRoutes(parts)];
}

function notificationRoutes({ pool, clock }: RouteParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/control/v1/notifications',
      summary: 'List your notifications, newest first',
      access: 'account',
      query: z.object({
        ...pageQuery,
        ...langQuery,
        unread: z.enum(['1']).optional().describe('1: only those that are not read.'),
      }),
      responses: { 200: pageOf(notificationSchema).extend({ unread: unreadShape }) },
      async handle({ person: { accountId } }, { query }) {
        await takeAnnouncements(pool, accountId, clock.now());
        const locale = await localeOf(pool, accountId, query.lang);
        const filter = { limit: query.limit, unreadOnly: query.unread === '1', after: placeOf(query.cursor) };
        const { notifications, next } = await listNotifications(pool, accountId, filter, locale);
        const unread = await countUnread(pool, accountId);
        const next_cursor = next === null ? null : encodeCursor([next.createdAtUs, next.id]);
        return { status: 200, body: { data: notifications.map(notificationBody), next_cursor, unread } };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/notifications/read',
      summary: 'Mark notifications as read',
      access: 'account',
      body: z.union([
        z.strictObject({ ids: z.array(z.string().max(100)).min(1).max(idsMax) }),
        z.strictObject({ all: z.literal(true) }),
      ]),
      responses: { 200: z.object({ unread: unreadShape }) },
      async handle({ person: { accountId } }, { body }) {
        await markRead(pool, accountId, 'ids' in body ? body.ids.map((id) => id.replaceAll('\0', '')) : null);
        return { status: 200, body: { unread: await countUnread(pool, accountId) } };
      },
    }),
  ];
}

function placeOf(cursor: string | undefined) {
  if (cursor === undefined) return null;
  const [createdAtUs, id] = decodeCursor(cursor, placeSchema);
  return { createdAtUs, id };
}

function notificationBody(view: NotificationView): z.input<typeof notificationSchema> {
  return {
    id: view.id,
    kind: view.kind,
    level: view.level,
    title: view.title,
    text: view.text,
    link: view.link,
    organization_id: view.organizationId,
    read_at: view.readAtMs === null ? null : new Date(view.readAtMs).toISOString(),
    created_at: new Date(view.createdAtMs).toISOString(),
  };
}
