import { z } from 'zod';
import { FileBody, InputError, type Route, type RouteContext, route } from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { time } from '../shapes.ts';
import { type ReportGroup, readReport, reportCsv, reportGroups } from './reports.ts';
import { mayStaff } from './sight.ts';

const path = '/admin/v1/tickets/report';
const dayMs = 24 * 3_600_000;
const spanMaxMs = 400 * dayMs;
const usualSpanMs = 30 * dayMs;

const query = z.object({
  from: time.optional().describe('Absent: 30 days before `to`.'),
  to: time.optional().describe('Absent: now.'),
  group: z.enum(reportGroups).default('day'),
});
const wallMs = z.int().nullable().describe('Wall time in milliseconds.');
const lineShape = z.object({
  group: z.string().describe('Empty: has none.'),
  opened: z.int(),
  solved: z.int(),
  first_response_median_ms: wallMs,
  first_response_p90_ms: wallMs,
  resolution_median_ms: wallMs,
  with_target: z.int().describe('Were promised a response time.'),
  target_met: z.int().describe('Of these, those without a missed target so far.'),
  reopened: z.int(),
  rated: z.int(),
  rating_mean: z.number().nullable(),
});

/** Figures over tickets, by the day on which they were opened in UTC. */
export function reportRoutes(parts: DeskParts): Route[] {
  return [
    route({
      method: 'GET',
      path,
      summary: 'Report on the tickets of a span of time',
      access: 'staff:tickets.read',
      query,
      responses: { 200: z.object({ from: time, to: time, data: z.array(lineShape) }) },
      async handle(context, input) {
        const { from, to, lines } = await read(parts, context, input.query);
        return { status: 200, body: { from: from.toISOString(), to: to.toISOString(), data: [...lines] } };
      },
    }),
    route({
      method: 'GET',
      path: `${path}/export`,
      summary: 'Download such a report as CSV',
      access: 'staff:tickets.read',
      query,
      responses: { 200: new FileBody('text/csv; charset=utf-8') },
      async handle(context, input) {
        const { to, lines } = await read(parts, context, input.query);
        const name = `tickets-by-${input.query.group}-${to.toISOString().slice(0, 10)}.csv`;
        const headers = { 'content-disposition': `attachment; filename="${name}"` };
        return { status: 200, body: pieces(input.query.group, lines), headers };
      },
    }),
  ];
}

async function* pieces(group: ReportGroup, lines: Parameters<typeof reportCsv>[1]): AsyncGenerator<string> {
  yield* reportCsv(group, lines);
}

async function read({ pool, clock }: DeskParts, context: RouteContext, asked: z.output<typeof query>) {
  const to = new Date(asked.to ?? clock.now());
  const from = new Date(asked.from ?? to.getTime() - usualSpanMs);
  const spanMs = to.getTime() - from.getTime();
  if (spanMs <= 0 || spanMs > spanMaxMs) {
    throw new InputError([{ field: 'query.from', message: 'must lie before `to`, and at most 400 days' }]);
  }
  const security = mayStaff(context, 'tickets.security');
  return { from, to, lines: await readReport(pool, { from, to, security }, asked.group) };
}
