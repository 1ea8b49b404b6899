import type pg from 'pg';
import { z } from 'zod';
import { type Clock, systemClock } from '../base/clock.ts';
import { decodeCursor, encodeCursor, FileBody, pageOf, type Route, route } from '../http/index.ts';
import { auditDownload, type DownloadFormat } from './download.ts';
import { type AuditViewer, type DeviceWords, shownEntry } from './entry.ts';
import {
  auditEntryShape,
  exportQuery,
  filterOf,
  listQuery,
  placeShape,
  siteExportQuery,
  siteListQuery,
} from './json.ts';
import { type AuditFilter, listAudit } from './read.ts';

export interface AuditRoutesOptions {
  readonly pool: pg.Pool;
  readonly deviceWords: DeviceWords;
  readonly clock?: Clock;
}

const problems = { audit_search_too_wide: 400 } as const;
const contentTypes = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const;

/** The audit log, for an organization's administrators and for staff: search, and download in CSV or JSON. */
export function auditRoutes(options: AuditRoutesOptions): readonly Route[] {
  const customers = '/control/v1/organizations/{organization}/audit';
  const site = '/admin/v1/audit-log';
  return [
    route({
      method: 'GET',
      path: customers,
      summary: 'List who did what in the organization, newest first',
      access: 'organization:audit.read',
      params: organizationParams,
      query: listQuery,
      responses: { 200: pageOf(auditEntryShape) },
      problems,
      handle: async ({ organizationId }, { query }) =>
        page(options, filterOf(query, organizationId), 'customer', query.limit, query.cursor),
    }),
    route({
      method: 'GET',
      path: `${customers}/export`,
      summary: 'Download the audit log of the organization',
      access: 'organization:audit.read',
      params: organizationParams,
      query: exportQuery,
      responses: { 200: new FileBody(contentTypes.csv) },
      problems,
      handle: async ({ organizationId, signal }, { query }) =>
        download(options, filterOf(query, organizationId), 'customer', query.format, organizationId, signal),
    }),
    route({
      method: 'GET',
      path: site,
      summary: 'List who did what on the site, newest first',
      access: 'staff:audit.read',
      query: siteListQuery,
      responses: { 200: pageOf(auditEntryShape) },
      problems,
      handle: async (_context, { query }) => page(options, filterOf(query, null), 'staff', query.limit, query.cursor),
    }),
    route({
      method: 'GET',
      path: `${site}/export`,
      summary: 'Download the audit log of the site',
      access: 'staff:audit.read',
      query: siteExportQuery,
      responses: { 200: new FileBody(contentTypes.csv) },
      problems,
      handle: async ({ signal }, { query }) =>
        download(options, filterOf(query, null), 'staff', query.format, 'site', signal),
    }),
  ];
}

const organizationParams = z.object({ organization: z.string() });

async function page(
  { pool, deviceWords }: AuditRoutesOptions,
  filter: AuditFilter,
  viewer: AuditViewer,
  limit: number,
  cursor: string | undefined,
) {
  const place = cursor === undefined ? null : decodeCursor(cursor, placeShape);
  const { entries, next } = await listAudit(pool, filter, limit, place && { atUs: place[0], id: place[1] });
  return {
    status: 200 as const,
    body: {
      data: entries.map((entry) => shownEntry(entry, viewer, deviceWords)),
      next_cursor: next === null ? null : encodeCursor([next.atUs, next.id]),
    },
  };
}

function download(
  { pool, deviceWords, clock = systemClock }: AuditRoutesOptions,
  filter: AuditFilter,
  viewer: AuditViewer,
  format: DownloadFormat,
  of: string,
  signal: AbortSignal,
) {
  const name = `audit-${of}-${new Date(clock.now()).toISOString().slice(0, 10)}.${format}`;
  return {
    status: 200 as const,
    body: auditDownload(pool, filter, { format, viewer, device: deviceWords, signal }),
    headers: {
      'content-type': contentTypes[format],
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
    },
  };
}
