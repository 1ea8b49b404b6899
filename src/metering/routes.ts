import { z } from 'zod';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Database } from '../db/index.ts';
import { pageOf, type Route, route } from '../http/index.ts';
import { audit } from './audit.ts';
import { explain, whatToDo } from './explain.ts';
import { wordsOf } from './explain-words.ts';
import { requestFactsSchema } from './facts.ts';
import { flushBriefly } from './flush.ts';
import { answerList, requireRequest } from './request-lists.ts';
import { readOrganizationNames } from './request-names.ts';
import { requestRoutes } from './route-requests.ts';
import {
  instant,
  locale,
  type ReadingOptions,
  requestListExtras,
  requestListQuery,
  text,
  timeOf,
} from './route-shapes.ts';
import { usageRoutes } from './route-usage.ts';
import { fetchSandboxCounts } from './sandbox-counts.ts';
import { timelineOf, timelineSchema } from './timeline.ts';

export interface MeteringRoutesOptions {
  readonly database: Pick<Database, 'pool'>;
  /** This node's journal; `flush` is its shipper's. */
  readonly journal: { readonly directory: string; readonly node: string; flush(): Promise<void> };
  /** Address of the site's own sandbox, null when it does not run. Asked for at each audit. */
  readonly sandboxUrl: () => string | null;
  readonly clock?: Clock;
}

const auditFlushWaitMs = 20_000;

const listQuery = z.object({
  ...requestListQuery,
  key_prefix: text.optional().describe('The public prefix, whole.'),
  key_id: text.optional(),
  organization_id: text.optional(),
  project_id: text.optional(),
});

const staffSchema = requestFactsSchema.extend({ organization_name: z.string().nullable() });

const shownSchema = staffSchema.extend({
  explanation: z.array(z.string()).describe('What happened and what was charged, in plain sentences.'),
  what_to_do: z.string().nullable().describe('For whoever has to act; null where there is nothing to do.'),
  timeline: timelineSchema,
});

const auditSchema = z.object({
  ok: z.boolean(),
  from: z.iso.datetime().nullable(),
  records: z.int(),
  open: z.int(),
  actual_cost_usd: z.string(),
  journal: z.object({ compared: z.int(), dead_letters: z.int() }).nullable(),
  prices: z.object({ recomputed: z.int() }),
  sandbox: z.object({ calls: z.int(), matched: z.int() }).nullable(),
  mismatch_count: z.int(),
  mismatches: z.array(z.object({ check: z.string(), subject: z.string(), detail: z.string() })).readonly(),
});

/** Requests and usage: for an organization, and for staff over all of them; and the proof of the books. */
export function meteringRoutes(options: MeteringRoutesOptions): readonly Route[] {
  const { database, journal, clock = systemClock } = options;
  const reading: ReadingOptions = { database, journal, clock };
  return [
    listRoute(reading),
    showRoute(reading),
    auditRoute(options),
    ...requestRoutes(reading),
    ...usageRoutes(reading),
  ];
}

function listRoute(options: ReadingOptions): Route {
  return route({
    method: 'GET',
    path: '/admin/v1/requests',
    summary: 'List requests, newest first',
    access: 'staff:requests.read',
    query: listQuery,
    responses: { 200: pageOf(staffSchema).extend(requestListExtras) },
    problems: { request_search_too_wide: 422, request_id_invalid: 400 },
    async handle(_context, { query }) {
      const { status, code, model, tool, outcome, since, until } = query;
      const { requests, ...extras } = await answerList(options, {
        filters: {
          organizationId: query.organization_id,
          projectId: query.project_id,
          keyId: query.key_id,
          keyPrefix: query.key_prefix,
          status,
          code,
          model,
          tool,
          outcome,
          minDurationMs: query.min_duration_ms,
          sinceMs: timeOf(since),
          untilMs: timeOf(until),
        },
        id: query.id,
        limit: query.limit,
        cursor: query.cursor,
        newerThan: query.newer_than,
      });
      const nameOf = await readOrganizationNames(options.database.pool, requests);
      const data = requests.map((facts) => ({ ...facts, organization_name: nameOf(facts) }));
      return { status: 200, body: { data, ...extras } };
    },
  });
}

function showRoute(options: ReadingOptions): Route {
  return route({
    method: 'GET',
    path: '/admin/v1/requests/{id}',
    summary: 'Show and explain a request',
    access: 'staff:requests.read',
    params: z.object({ id: text.describe('The X-Request-Id of its answer.') }),
    query: z.object({ locale: locale.describe('Language of the explanation.') }),
    responses: { 200: shownSchema },
    problems: { request_id_invalid: 400, request_not_found: 404 },
    async handle(_context, { params, query }) {
      const facts = await requireRequest(options, params.id);
      const words = wordsOf(query.locale);
      const told = { explanation: explain(facts, { words }), what_to_do: whatToDo(facts, words) };
      const nameOf = await readOrganizationNames(options.database.pool, [facts]);
      const { charge } = facts;
      const rule_words = (charge.rule && words.rules[charge.rule]) ?? charge.rule_words;
      const named = { ...facts, charge: { ...charge, rule_words }, organization_name: nameOf(facts) };
      return { status: 200, body: { ...named, ...told, timeline: timelineOf(facts) } };
    },
  });
}

function auditRoute({ database, journal, sandboxUrl }: MeteringRoutesOptions): Route {
  return route({
    method: 'GET',
    path: '/admin/v1/audit',
    summary: 'Prove the books: journal, records, sums, spending, prices, and the sandbox’s own count',
    access: 'staff:books.read',
    query: z.object({ since: instant.optional().describe('Only requests from then on.') }),
    responses: { 200: auditSchema },
    problems: { sandbox_unreachable: 503 },
    async handle(context, { query }) {
      const url = sandboxUrl();
      const sandboxCounts = url === null ? null : fetchSandboxCounts(url, context.signal);
      const sinceMs = timeOf(query.since);
      const { directory, node } = journal;
      const bounded = { directory, node, flush: () => flushBriefly(journal, auditFlushWaitMs) };
      const result = await audit({
        database,
        journal: bounded,
        sandboxCounts,
        ...(sinceMs !== undefined && { sinceMs }),
      });
      return { status: 200, body: result };
    },
  });
}
