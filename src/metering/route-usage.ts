import { z } from 'zod';
import { dateAt, isTimeZone } from '../base/time-zone.ts';
import { FileBody, InputError, type OrganizationContext, type Route, route } from '../http/index.ts';
import { bucketCount, type Interval, intervalOf, intervals, mostBuckets, type Range, rangeOf } from './buckets.ts';
import { dashboardReport, dashboardSchema } from './dashboard.ts';
import { wordsOf } from './explain-words.ts';
import { flushBriefly } from './flush.ts';
import { latencyReport, latencySchema } from './latency.ts';
import { type Scope, scopeOf } from './reach.ts';
import { reading, readingProblems } from './reading.ts';
import { instant, locale, type ReadingOptions, text } from './route-shapes.ts';
import { usageExport } from './usage-export.ts';
import { keyIdsOf, type UsageFilters } from './usage-filters.ts';
import { ranks, splits } from './usage-pieces.ts';
import { fewValues, usageReport, usageSchema } from './usage-report.ts';
import { exportDetails } from './usage-sheets.ts';

const base = '/control/v1/organizations/{organization}';
const organizationParams = z.object({ organization: text });

const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'an IANA time zone such as Europe/Paris')
  .default('UTC')
  .describe('IANA name. Days begin at its midnight.');

const dateOrTime = z.union([z.iso.date(), instant]);
/** One, or several by repeating the name. */
const several = z
  .union([text, z.array(text).max(50)])
  .transform((value) => (typeof value === 'string' ? [value] : value))
  .optional();

const rangeQuery = {
  from: dateOrTime.optional().describe('A date in the time zone, or a time. Absent: thirty days before the end.'),
  to: dateOrTime.optional().describe('A date, which is included, or a time, which is not. Absent: today.'),
  time_zone: timeZone,
  key: several.describe('Id or public prefix. Repeatable, as all filters; none: without one.'),
  model: several,
  group: several,
  vendor: several,
  project: several,
  team: several,
  member: several.describe('Account id of the keys’ owner.'),
};

const interval = z.enum(intervals).optional().describe('Absent: as fine as the range can be read.');

/** Told apart in a table, or to choose from. */
const mostValues = 100;

/** An organization's dashboard, usage, latency, and the export. */
export function usageRoutes(options: ReadingOptions): readonly Route[] {
  return [dashboardRoute(options), usageRoute(options), latencyRoute(options), exportRoute(options)];
}

function dashboardRoute(options: ReadingOptions): Route {
  const { pool } = options.database;
  return route({
    method: 'GET',
    path: `${base}/dashboard`,
    summary: 'Show the dashboard: trends, groups, estimated cost, errors that need action',
    access: 'organization:usage.read',
    params: organizationParams,
    query: z.object({ time_zone: timeZone, locale }),
    responses: { 200: dashboardSchema },
    problems: readingProblems,
    async handle(context, { query }) {
      await flushBriefly(options.journal);
      const scope = await usageScope(options, context);
      const facts = { scope, timeZone: query.time_zone, nowMs: options.clock.now(), words: wordsOf(query.locale) };
      return { status: 200, body: await reading(pool, (client) => dashboardReport(client, facts)) };
    },
  });
}

function usageRoute(options: ReadingOptions): Route {
  const { pool } = options.database;
  return route({
    method: 'GET',
    path: `${base}/usage`,
    summary: 'Read usage and spend over time',
    access: 'organization:usage.read',
    params: organizationParams,
    query: z.object({
      ...rangeQuery,
      interval,
      split: z.enum(splits).default('none').describe('Into the greatest and the rest.'),
      rank: z.enum(ranks).default('actual_cost').describe('What greatest means.'),
      most: z.coerce.number().int().min(1).max(mostValues).default(fewValues).describe('How many are the greatest.'),
    }),
    responses: { 200: usageSchema },
    problems: readingProblems,
    async handle(context, { query }) {
      await flushBriefly(options.journal);
      const asked = await askedFor(options, context, query);
      const { split, rank, most } = query;
      const whole = { ...asked, split, rank, most, nowMs: options.clock.now() };
      return { status: 200, body: await reading(pool, (client) => usageReport(client, whole)) };
    },
  });
}

function latencyRoute(options: ReadingOptions): Route {
  const { pool } = options.database;
  return route({
    method: 'GET',
    path: `${base}/usage/latency`,
    summary: 'Read latency and errors over time',
    access: 'organization:usage.read',
    params: organizationParams,
    query: z.object({ ...rangeQuery, interval, locale }),
    responses: { 200: latencySchema },
    problems: readingProblems,
    async handle(context, { query }) {
      await flushBriefly(options.journal);
      const asked = await askedFor(options, context, query);
      const words = wordsOf(query.locale);
      return { status: 200, body: await reading(pool, (client) => latencyReport(client, { ...asked, words })) };
    },
  });
}

function exportRoute(options: ReadingOptions): Route {
  return route({
    method: 'GET',
    path: `${base}/usage/export.csv`,
    summary: 'Export usage as CSV',
    access: 'organization:usage.read',
    params: organizationParams,
    query: z.object({
      ...rangeQuery,
      detail: z.enum(exportDetails).default('hours').describe('A row per hour, key, group and model, or per request.'),
      bom: z.enum(['0', '1']).default('0').describe('1: begin with a byte order mark, for Excel.'),
    }),
    responses: { 200: new FileBody('text/csv; charset=utf-8') },
    problems: readingProblems,
    async handle(context, { query }) {
      await flushBriefly(options.journal);
      const { scope, filters, range, timeZone } = await askedFor(options, context, query);
      const { detail, bom } = query;
      const file = await usageExport(options.database.pool, { scope, filters, range, detail, bom: bom === '1' });
      const headers = {
        'content-disposition': `attachment; filename="usage-${detail}-${dateAt(timeZone, range.fromMs)}-${dateAt(timeZone, range.toMs - 1)}.csv"`,
        'x-total-rows': String(file.rows),
      };
      return { status: 200, body: file.pieces, headers };
    },
  });
}

const rangeSchema = z.object({ ...rangeQuery, interval });
type RangeQuery = z.output<typeof rangeSchema>;

interface Asked {
  readonly scope: Scope;
  readonly filters: UsageFilters;
  readonly range: Range;
  readonly interval: Interval;
  readonly timeZone: string;
}

/** @throws InputError */
async function askedFor(options: ReadingOptions, context: OrganizationContext, query: RangeQuery): Promise<Asked> {
  const range = rangeOf(query, query.time_zone, options.clock.now());
  const step = query.interval ?? intervalOf(range);
  checkRange(range, step);
  const { pool } = options.database;
  const ids = (given: readonly string[] = []) => given.map((id) => (id === 'none' ? '' : id));
  const filters = {
    keys: await keyIdsOf(pool, context.organizationId, ids(query.key)),
    models: ids(query.model),
    groups: ids(query.group),
    vendors: ids(query.vendor),
    projects: ids(query.project),
    teams: ids(query.team),
    members: ids(query.member),
  };
  const scope = await usageScope(options, context);
  return { scope, filters, range, interval: step, timeZone: query.time_zone };
}

const earliestMs = Date.UTC(2020, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);

/** @throws InputError */
function checkRange(range: Range, step: Interval): void {
  if (range.fromMs >= range.toMs) throw new InputError([{ field: 'query.from', message: 'must lie before the end' }]);
  if (range.fromMs < earliestMs - 86_400_000 || range.toMs > latestMs)
    throw new InputError([{ field: 'query.from', message: 'must lie between 2020 and 2100' }]);
  if (bucketCount(range, step) > mostBuckets) {
    const message = `this range has more than ${mostBuckets} steps by ${step}; choose a longer step or a shorter range`;
    throw new InputError([{ field: 'query.interval', message }]);
  }
}

function usageScope({ database }: ReadingOptions, context: OrganizationContext): Promise<Scope> {
  const { organizationId, reach, person } = context;
  return scopeOf(database.pool, organizationId, reach.get('usage.read'), person.accountId);
}
