import type { Pool } from 'pg';
import { addDays, dateAt } from '../../src/base/time-zone.ts';
import { type Interval, intervalOf, rangeOf } from '../../src/metering/buckets.ts';
import { dashboardReport } from '../../src/metering/dashboard.ts';
import { wordsOf } from '../../src/metering/explain-words.ts';
import { latencyReport } from '../../src/metering/latency.ts';
import { type Scope, scopeOf } from '../../src/metering/reach.ts';
import { reading } from '../../src/metering/reading.ts';
import { findRequest } from '../../src/metering/records.ts';
import type { RequestFilters } from '../../src/metering/request-filters.ts';
import { listRequests, newerRequests } from '../../src/metering/request-search.ts';
import { dayMs } from '../../src/metering/time-zone.ts';
import { usageExport } from '../../src/metering/usage-export.ts';
import { noFilters, type UsageFilters } from '../../src/metering/usage-filters.ts';
import { type Split, splits } from '../../src/metering/usage-pieces.ts';
import { usageReport } from '../../src/metering/usage-report.ts';
import { listCases } from './list-cases.ts';

/** What the console asks the database, through the functions that its endpoints call. */

export interface Site {
  readonly pool: Pool;
  readonly nowMs: number;
}

/** Whose console it is, drawn by how much they use. */
export interface Viewer {
  readonly organizationId: string;
  readonly keyId: string;
  readonly projectId: string;
  readonly accountId: string;
  readonly model: string;
  readonly requestId: string;
}

export interface Case {
  readonly name: string;
  /** What is read at least: a look-up of nothing would be fast. */
  readonly run: (site: Site, viewer: Viewer) => Promise<unknown>;
}

const words = wordsOf('en');
const whole = (viewer: Viewer): Scope => ({ organizationId: viewer.organizationId, only: null });

interface UsageCase {
  readonly days: number;
  readonly split?: Split;
  readonly interval?: Interval;
  readonly zone?: string;
  readonly filters?: (viewer: Viewer) => Partial<UsageFilters>;
  readonly scope?: (site: Site, viewer: Viewer) => Promise<Scope> | Scope;
}

async function usage(site: Site, viewer: Viewer, asked: UsageCase): Promise<unknown> {
  const { days, split = 'none', zone = 'Europe/Paris', filters, scope } = asked;
  const range = rangeOf({ from: addDays(dateAt(zone, site.nowMs), 1 - days) }, zone, site.nowMs);
  const query = {
    scope: scope ? await scope(site, viewer) : whole(viewer),
    filters: { ...noFilters, ...filters?.(viewer) },
    range,
    interval: asked.interval ?? intervalOf(range),
    timeZone: zone,
    split,
    rank: 'actual_cost',
  } as const;
  return reading(site.pool, (client) => usageReport(client, query));
}

function latency(site: Site, viewer: Viewer, days: number, filters: Partial<UsageFilters> = {}): Promise<unknown> {
  const zone = 'Europe/Paris';
  const range = rangeOf({ from: addDays(dateAt(zone, site.nowMs), 1 - days) }, zone, site.nowMs);
  const query = {
    scope: whole(viewer),
    filters: { ...noFilters, ...filters },
    range,
    interval: intervalOf(range),
    timeZone: zone,
    words,
  };
  return reading(site.pool, (client) => latencyReport(client, query));
}

function requests(name: string, filters: (viewer: Viewer, site: Site) => RequestFilters): Case {
  return {
    name: `requests: ${name}`,
    run: ({ pool, nowMs }, viewer) => listRequests({ pool }, filters(viewer, { pool, nowMs }), 50, null, nowMs),
  };
}

const own = async ({ pool }: Site, viewer: Viewer): Promise<Scope> =>
  scopeOf(pool, viewer.organizationId, { all: false, projects: new Set(), own: true }, viewer.accountId);
const ofProject = async ({ pool }: Site, viewer: Viewer): Promise<Scope> =>
  scopeOf(
    pool,
    viewer.organizationId,
    { all: false, projects: new Set([viewer.projectId]), own: true },
    viewer.accountId,
  );

const usageCases: readonly Case[] = [
  ...splits.map(
    (split): Case => ({
      name: `usage: 30 days by day, split by ${split}`,
      run: (site, viewer) => usage(site, viewer, { days: 30, split }),
    }),
  ),
  { name: 'usage: 24 hours by hour, by key', run: (site, viewer) => usage(site, viewer, { days: 1, split: 'key' }) },
  {
    name: 'usage: 7 days by hour, by model',
    run: (s, v) => usage(s, v, { days: 7, split: 'model', interval: 'hour' }),
  },
  { name: 'usage: 90 days by day, by model', run: (site, viewer) => usage(site, viewer, { days: 90, split: 'model' }) },
  { name: 'usage: 90 days by day, by key', run: (site, viewer) => usage(site, viewer, { days: 90, split: 'key' }) },
  {
    name: 'usage: 90 days by month, by team, Shanghai',
    run: (s, v) => usage(s, v, { days: 90, split: 'team', interval: 'month', zone: 'Asia/Shanghai' }),
  },
  {
    name: 'usage: 30 days of one project, by key, Kolkata',
    run: (s, v) =>
      usage(s, v, {
        days: 30,
        split: 'key',
        zone: 'Asia/Kolkata',
        filters: ({ projectId }) => ({ projects: [projectId] }),
      }),
  },
  {
    name: 'usage: 30 days of one key, by model',
    run: (s, v) => usage(s, v, { days: 30, split: 'model', filters: ({ keyId }) => ({ keys: [keyId] }) }),
  },
  { name: 'usage: 30 days of one’s own keys', run: (s, v) => usage(s, v, { days: 30, split: 'key', scope: own }) },
  {
    name: 'usage: 30 days of a project’s lead',
    run: (s, v) => usage(s, v, { days: 30, split: 'key', scope: ofProject }),
  },
  { name: 'latency: 24 hours', run: (site, viewer) => latency(site, viewer, 1) },
  { name: 'latency: 7 days', run: (site, viewer) => latency(site, viewer, 7) },
  { name: 'latency: 7 days of one key', run: (site, viewer) => latency(site, viewer, 7, { keys: [viewer.keyId] }) },
  { name: 'latency: 90 days', run: (site, viewer) => latency(site, viewer, 90) },
];

const requestCases: readonly Case[] = [
  requests('newest', (viewer) => ({ scope: whole(viewer) })),
  requests('of one key', (viewer) => ({ scope: whole(viewer), keyId: viewer.keyId })),
  requests('of one project', (viewer) => ({ scope: whole(viewer), projectId: viewer.projectId })),
  requests('status 4xx', (viewer) => ({ scope: whole(viewer), status: '4xx' })),
  requests('status 402, rare', (viewer) => ({ scope: whole(viewer), status: '402' })),
  requests('code model_not_found', (viewer) => ({ scope: whole(viewer), code: 'model_not_found' })),
  requests('code that never was', (viewer) => ({ scope: whole(viewer), code: 'key_expired' })),
  requests('of one model', (viewer) => ({ scope: whole(viewer), model: viewer.model })),
  requests('of one tool', (viewer) => ({ scope: whole(viewer), tool: 'curl' })),
  requests('of a tool that nobody uses', (viewer) => ({ scope: whole(viewer), tool: 'postman' })),
  requests('longer than 7 s', (viewer) => ({ scope: whole(viewer), minDurationMs: 7_000 })),
  requests('sixty days ago', (viewer, { nowMs }) => ({ scope: whole(viewer), untilMs: nowMs - 60 * dayMs })),
  {
    name: 'requests: of one’s own keys',
    run: async (site, viewer) => listRequests(site, { scope: await own(site, viewer) }, 50, null, site.nowMs),
  },
  {
    name: 'requests: of a project’s lead',
    run: async (site, viewer) => listRequests(site, { scope: await ofProject(site, viewer) }, 50, null, site.nowMs),
  },
  {
    name: 'requests: new since two seconds',
    run: ({ pool, nowMs }, viewer) =>
      newerRequests(pool, { scope: whole(viewer) }, { asOfMs: nowMs - 2_000, openIds: [] }, 50),
  },
  { name: 'requests: one by its id', run: (site, viewer) => findRequest(site, viewer.requestId, whole(viewer)) },
  { name: 'staff requests: newest of all', run: (site) => listRequests(site, {}, 50, null, site.nowMs) },
  {
    name: 'staff requests: code of all',
    run: (site) => listRequests(site, { code: 'upstream_overloaded' }, 50, null, site.nowMs),
  },
  {
    name: 'staff requests: a tool that nobody uses',
    run: (site) => listRequests(site, { tool: 'postman' }, 50, null, site.nowMs),
  },
];

/** The whole file is no look-up; its beginning is what a person waits for. */
const exportCases: readonly Case[] = (['hours', 'requests'] as const).map((detail) => ({
  name: `export: 30 days by ${detail}, its beginning`,
  run: async ({ pool, nowMs }, viewer) => {
    const range = rangeOf({}, 'UTC', nowMs);
    const file = await usageExport(pool, { scope: whole(viewer), filters: noFilters, range, detail, bom: false });
    const pieces = file.pieces[Symbol.asyncIterator]();
    await pieces.next();
    await pieces.next();
    await pieces.return?.();
  },
}));

export const cases: readonly Case[] = [
  {
    name: 'dashboard',
    run: ({ pool, nowMs }, viewer) =>
      reading(pool, (client) =>
        dashboardReport(client, { scope: whole(viewer), timeZone: 'Europe/Paris', nowMs, words }),
      ),
  },
  {
    name: 'dashboard of one’s own keys',
    run: async (site, viewer) => {
      const query = { scope: await own(site, viewer), timeZone: 'Europe/Paris', nowMs: site.nowMs, words };
      return reading(site.pool, (client) => dashboardReport(client, query));
    },
  },
  ...usageCases,
  ...requestCases,
  ...listCases,
  ...exportCases,
];
