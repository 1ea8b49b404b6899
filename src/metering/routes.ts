import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { Database } from '../db/index.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery, type Route, route } from '../http/index.ts';
import { audit } from './audit.ts';
import { explain } from './explain.ts';
import { requestFactsSchema } from './facts.ts';
import { findRequest, listRequests } from './records.ts';
import { fetchSandboxCounts } from './sandbox-counts.ts';

export interface MeteringRoutesOptions {
  readonly database: Pick<Database, 'pool'>;
  /** This node's journal; `flush` is its shipper's. */
  readonly journal: { readonly directory: string; readonly node: string; flush(): Promise<void> };
  /** Address of the site's own sandbox, null when it does not run. Asked for at each audit. */
  readonly sandboxUrl: () => string | null;
}

/** A call that has just ended may still be in the journal. With the database away the answer is an error soon enough. */
const flushWaitMs = 2_000;
const auditFlushWaitMs = 20_000;

const text = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/);

const listQuery = z.object({
  ...pageQuery,
  key_prefix: text.optional().describe('The public prefix, whole.'),
  key_id: text.optional(),
  organization_id: text.optional(),
  status: z.coerce.number().int().min(100).max(599).optional().describe('HTTP status of the answer.'),
  code: text.optional().describe('Error code.'),
  model: text.optional().describe('As asked, routed or served.'),
  tool: text.optional().describe('Client tool, such as codex.'),
  outcome: text.optional(),
  since: z.iso.datetime({ offset: true }).optional().describe('Received at or after.'),
  until: z.iso.datetime({ offset: true }).optional().describe('Received before.'),
});

/** `[received_at in milliseconds, id]`. */
const placeSchema = z.tuple([z.int().min(0), text]);

const shownSchema = requestFactsSchema.extend({
  explanation: z.array(z.string()).describe('What happened and what was charged, in plain sentences.'),
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

/** The admin API of requests: list them, show and explain one, prove the books. */
export function meteringRoutes(options: MeteringRoutesOptions): readonly Route[] {
  return [listRoute(options), showRoute(options), auditRoute(options)];
}

function listRoute({ database, journal }: MeteringRoutesOptions): Route {
  return route({
    method: 'GET',
    path: '/admin/v1/requests',
    summary: 'List requests, newest first',
    access: 'staff:requests.read',
    query: listQuery,
    responses: { 200: pageOf(requestFactsSchema) },
    problems: { request_search_too_wide: 422 },
    async handle(_context, { query }) {
      const place = query.cursor === undefined ? null : decodeCursor(query.cursor, placeSchema);
      const after = place === null ? null : { receivedAtMs: place[0], id: place[1] };
      if (after === null) await flushBriefly(journal);
      const {
        key_id: keyId,
        key_prefix: keyPrefix,
        organization_id: organizationId,
        since,
        until,
        limit,
        ...same
      } = query;
      const filters = { ...same, keyId, keyPrefix, organizationId, sinceMs: timeOf(since), untilMs: timeOf(until) };
      const { requests, next } = await listRequests(database, filters, limit, after);
      const cursor = next === null ? null : encodeCursor([next.receivedAtMs, next.id]);
      return { status: 200, body: { data: [...requests], next_cursor: cursor } };
    },
  });
}

function showRoute({ database, journal }: MeteringRoutesOptions): Route {
  return route({
    method: 'GET',
    path: '/admin/v1/requests/{id}',
    summary: 'Show and explain a request',
    access: 'staff:requests.read',
    params: z.object({ id: text.describe('The X-Request-Id of its answer.') }),
    responses: { 200: shownSchema },
    problems: { request_id_invalid: 400, request_not_found: 404 },
    async handle(_context, { params }) {
      await flushBriefly(journal);
      const facts = await findRequest(database, params.id);
      if (facts === null)
        throw new AppError(
          'request_not_found',
          'No request with this id is on record here, or its retention has passed.',
        );
      return { status: 200, body: { ...facts, explanation: explain(facts) } };
    },
  });
}

function auditRoute({ database, journal, sandboxUrl }: MeteringRoutesOptions): Route {
  return route({
    method: 'GET',
    path: '/admin/v1/audit',
    summary: 'Prove the books: journal, records, sums, spending, prices, and the sandbox’s own count',
    access: 'staff:books.read',
    query: z.object({ since: z.iso.datetime({ offset: true }).optional().describe('Only requests from then on.') }),
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

function timeOf(iso: string | undefined): number | undefined {
  return iso === undefined ? undefined : Date.parse(iso);
}

async function flushBriefly(journal: MeteringRoutesOptions['journal'], waitMs = flushWaitMs): Promise<void> {
  const ended = new AbortController();
  const tooLong = sleep(waitMs, undefined, { signal: ended.signal }).catch(() => undefined);
  await Promise.race([journal.flush().catch(() => undefined), tooLong]);
  ended.abort();
}
