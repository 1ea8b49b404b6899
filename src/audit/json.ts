import { z } from 'zod';
import { pageQuery } from '../http/index.ts';
import type { AuditFilter } from './read.ts';

const text = z
  .string()
  .min(1)
  .max(254)
  .regex(/^[^\0]*$/);

const state = z.record(z.string(), z.unknown()).nullable();

export const auditEntryShape = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    action: z.string().describe('`<subject>.<what happened>`: `key.disabled`.'),
    organization: z.object({ id: z.string(), name: z.string() }).nullable().describe('Null: the site itself.'),
    actor: z.object({
      kind: z
        .enum(['account', 'support', 'admin_token', 'system'])
        .describe('support: staff of the site, as customers see them.'),
      id: z.string().nullable(),
      name: z.string(),
      acting_as: z
        .object({ id: z.string(), email: z.string().nullable() })
        .nullable()
        .describe('With whose eyes staff looked.'),
      token: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    }),
    subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    before: state.describe('Members that changed, as they were.'),
    after: state.describe('The same, as they are since.'),
    from: z.object({
      ip_address: z.string().nullable(),
      device: z.string().nullable().describe('Such as "Firefox on Windows".'),
    }),
    request_id: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const filterQuery = {
  actor: text.optional().describe('Account id or mail address; `support`, `system` or `admin_token`.'),
  action: text.optional().describe('Whole, or its beginning: `key.`'),
  subject_kind: text.optional(),
  subject: text.optional().describe('Its id.'),
  search: text.optional().describe('Part of a name, id or action.'),
  since: z.iso.datetime({ offset: true }).optional().describe('At or after.'),
  until: z.iso.datetime({ offset: true }).optional().describe('Before.'),
};

export const siteFilterQuery = { ...filterQuery, organization: text.optional() };

export const listQuery = z.object({ ...pageQuery, ...filterQuery });
export const siteListQuery = z.object({ ...pageQuery, ...siteFilterQuery });
const format = { format: z.enum(['csv', 'json']).default('csv') };
export const exportQuery = z.object({ ...format, ...filterQuery });
export const siteExportQuery = z.object({ ...format, ...siteFilterQuery });

/** `[at in microseconds, id]`. */
export const placeShape = z.tuple([z.int().min(0), text]);

/** The filter that a query asks for, within one organization or, with null, over the site. */
export function filterOf(
  query: Omit<z.output<typeof siteExportQuery>, 'format'>,
  organizationId: string | null,
): AuditFilter {
  return {
    organizationId,
    actor: query.actor,
    action: query.action,
    subjectKind: query.subject_kind,
    subjectId: query.subject,
    search: query.search,
    sinceMs: query.since === undefined ? undefined : Date.parse(query.since),
    untilMs: query.until === undefined ? undefined : Date.parse(query.until),
    ofOrganization: organizationId === null ? query.organization : undefined,
  };
}
