import { z } from 'zod';
import { decodeCursor, encodeCursor, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import { type AnnouncementView, dismissAnnouncement, listAnnouncements, liveAnnouncements } from './announcements.ts';
import type { NoticeLocale } from './kinds.ts';
import { langQuery, localeOf, noticeProblems, placeSchema, type RouteParts } from './shapes.ts';

const announcementSchema = z
  .object({
    id: z.string(),
    level: z.enum(['info', 'warning', 'critical']),
    title: z.string(),
    body: z.string().describe('Plain text; an empty line divides paragraphs.'),
    starts_at: z.iso.datetime(),
    ends_at: z.iso.datetime().nullable().describe('Null: until it is taken back.'),
    dismissed: z.boolean(),
  })
  .meta({ id: 'Announcement' });

/** Announcements as their readers see them. */
export function announcementRoutes({ pool, clock }: RouteParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/control/v1/announcements',
      summary: 'List the announcements that are live and that you have not dismissed',
      access: 'account',
      query: z.object({
        ...pageQuery,
        ...langQuery,
        all: z.enum(['1']).optional().describe('1: every one that has begun, also dismissed and ended ones, in pages.'),
      }),
      responses: { 200: pageOf(announcementSchema) },
      async handle({ person: { accountId } }, { query }) {
        const nowMs = clock.now();
        const locale = await localeOf(pool, accountId, query.lang);
        if (query.all === undefined) {
          const live = await liveAnnouncements(pool, accountId, nowMs);
          return { status: 200, body: { data: live.map((one) => announcementBody(one, locale)), next_cursor: null } };
        }
        const after = placeOf(query.cursor);
        const { announcements, next } = await listAnnouncements(pool, { accountId, nowMs }, query.limit, after);
        const next_cursor = next === null ? null : encodeCursor([next.startsAtUs, next.id]);
        return { status: 200, body: { data: announcements.map((one) => announcementBody(one, locale)), next_cursor } };
      },
    }),
    route({
      method: 'POST',
      path: '/control/v1/announcements/{announcement}/dismiss',
      summary: 'Put an announcement away, for yourself',
      access: 'account',
      params: z.object({ announcement: z.string() }),
      responses: { 204: null },
      problems: noticeProblems,
      async handle({ person: { accountId } }, { params }) {
        await dismissAnnouncement(pool, accountId, params.announcement, clock.now());
        return { status: 204, body: null };
      },
    }),
  ];
}

export function placeOf(cursor: string | undefined) {
  if (cursor === undefined) return null;
  const [startsAtUs, id] = decodeCursor(cursor, placeSchema);
  return { startsAtUs, id };
}

function announcementBody(view: AnnouncementView, locale: NoticeLocale): z.input<typeof announcementSchema> {
  const other = locale === 'en' ? 'zh' : 'en';
  return {
    id: view.id,
    level: view.level,
    title: view.title[locale] || view.title[other],
    // A title and a text in two languages would puzzle: what has no title in a language has no text in it either.
    body: view.title[locale] === '' ? view.body[other] : view.body[locale] || view.body[other],
    starts_at: new Date(view.startsAtMs).toISOString(),
    ends_at: view.endsAtMs === null ? null : new Date(view.endsAtMs).toISOString(),
    dismissed: view.dismissed,
  };
}
