import { z } from 'zod';
import { encodeCursor, InputError, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import {
  type AnnouncementText,
  type AnnouncementView,
  addAnnouncement,
  changeAnnouncement,
  getAnnouncement,
  listAnnouncements,
  removeAnnouncement,
} from './announcements.ts';
import { placeOf } from './route-announcements.ts';
import { noticeProblems, type RouteParts } from './shapes.ts';

const titleMax = 200;
const bodyMax = 5_000;

/** Line feeds, but no other control characters; Postgres keeps no NUL. */
const textShape = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^(?:[^\p{Cc}]|[\n\t])*$/u, 'must not have control characters');
const bothShape = (max: number) => z.object({ en: textShape(max), zh: textShape(max) });
const levelShape = z.enum(['info', 'warning', 'critical']);
const timeShape = z.iso.datetime({ offset: true });

const staffAnnouncementSchema = z
  .object({
    id: z.string(),
    level: levelShape.describe('critical: it also stands among everybody’s notifications.'),
    title: z.object({ en: z.string(), zh: z.string() }).describe('An empty one falls back to the other.'),
    body: z.object({ en: z.string(), zh: z.string() }).describe('Plain text; an empty line divides paragraphs.'),
    starts_at: timeShape,
    ends_at: timeShape.nullable().describe('Null: until it is taken back.'),
    state: z.enum(['scheduled', 'live', 'ended']),
    created_by: z.string().nullable(),
    created_at: timeShape,
    updated_at: timeShape,
  })
  .meta({ id: 'StaffAnnouncement' });

const changeBody = z.object({
  level: levelShape.optional(),
  title: bothShape(titleMax).optional(),
  body: bothShape(bodyMax).optional(),
  starts_at: timeShape.optional().describe('Absent in a new one: now.'),
  ends_at: timeShape.nullable().optional(),
});
const byAnnouncement = z.object({ announcement: z.string() });

/** Announcements as staff write them. */
export function staffAnnouncementRoutes(parts: RouteParts): Route[] {
  return [...collectionRoutes(parts), ...memberRoutes(parts)];
}

function collectionRoutes({ pool, clock }: RouteParts): Route[] {
  const path = '/admin/v1/announcements';
  return [
    route({
      method: 'GET',
      path,
      summary: 'List all announcements, newest first',
      access: 'staff:notices.write',
      query: z.object(pageQuery),
      responses: { 200: pageOf(staffAnnouncementSchema) },
      async handle(_context, { query }) {
        const { announcements, next } = await listAnnouncements(pool, null, query.limit, placeOf(query.cursor));
        const next_cursor = next === null ? null : encodeCursor([next.startsAtUs, next.id]);
        return { status: 200, body: { data: announcements.map((one) => bodyOf(one, clock.now())), next_cursor } };
      },
    }),
    route({
      method: 'POST',
      path,
      summary: 'Publish an announcement, now or later',
      access: 'staff:notices.write',
      body: changeBody.extend({ title: bothShape(titleMax) }),
      responses: { 201: staffAnnouncementSchema },
      async handle({ actor }, { body }) {
        const nowMs = clock.now();
        const empty = { en: '', zh: '' };
        const fresh = { level: 'info', title: empty, body: empty, startsAtMs: nowMs, endsAtMs: null } as const;
        const view = await addAnnouncement(pool, actor, changed(fresh, body));
        return { status: 201, body: bodyOf(view, nowMs) };
      },
    }),
  ];
}

function memberRoutes({ pool, clock }: RouteParts): Route[] {
  const path = '/admin/v1/announcements/{announcement}';
  return [
    route({
      method: 'GET',
      path,
      summary: 'Show an announcement',
      access: 'staff:notices.write',
      params: byAnnouncement,
      responses: { 200: staffAnnouncementSchema },
      problems: noticeProblems,
      handle: async (_context, { params }) => ({
        status: 200,
        body: bodyOf(await getAnnouncement(pool, params.announcement), clock.now()),
      }),
    }),
    route({
      method: 'PATCH',
      path,
      summary: 'Change an announcement; members left out stay as they are',
      access: 'staff:notices.write',
      params: byAnnouncement,
      body: changeBody,
      responses: { 200: staffAnnouncementSchema },
      problems: noticeProblems,
      async handle({ actor }, { params, body }) {
        const view = await changeAnnouncement(pool, actor, params.announcement, (before) => changed(before, body));
        return { status: 200, body: bodyOf(view, clock.now()) };
      },
    }),
    route({
      method: 'DELETE',
      path,
      summary: 'Take an announcement back: nobody sees it any more',
      access: 'staff:notices.write',
      params: byAnnouncement,
      responses: { 204: null },
      problems: noticeProblems,
      async handle({ actor }, { params }) {
        await removeAnnouncement(pool, actor, params.announcement);
        return { status: 204, body: null };
      },
    }),
  ];
}

/** @throws InputError for what does not fit together */
function changed(before: AnnouncementText, body: z.output<typeof changeBody>): AnnouncementText {
  const after: AnnouncementText = {
    level: body.level ?? before.level,
    title: body.title ?? before.title,
    body: body.body ?? before.body,
    startsAtMs: body.starts_at === undefined ? before.startsAtMs : Date.parse(body.starts_at),
    endsAtMs: endOf(before, body.ends_at),
  };
  if (after.title.en === '' && after.title.zh === '') {
    throw new InputError([{ field: 'body.title', message: 'needs words in one language at least' }]);
  }
  if (after.endsAtMs !== null && after.endsAtMs <= after.startsAtMs) {
    throw new InputError([{ field: 'body.ends_at', message: 'must be later than the beginning' }]);
  }
  return after;
}

function endOf(before: AnnouncementText, asked: string | null | undefined): number | null {
  if (asked === undefined) return before.endsAtMs;
  return asked === null ? null : Date.parse(asked);
}

function bodyOf(view: AnnouncementView, nowMs: number): z.input<typeof staffAnnouncementSchema> {
  const ended = view.endsAtMs !== null && view.endsAtMs <= nowMs;
  return {
    id: view.id,
    level: view.level,
    title: view.title,
    body: view.body,
    starts_at: new Date(view.startsAtMs).toISOString(),
    ends_at: view.endsAtMs === null ? null : new Date(view.endsAtMs).toISOString(),
    state: ended ? 'ended' : view.startsAtMs > nowMs ? 'scheduled' : 'live',
    created_by: view.createdBy,
    created_at: new Date(view.createdAtMs).toISOString(),
    updated_at: new Date(view.updatedAtMs).toISOString(),
  };
}
