import { z } from 'zod';
import { explain, whatToDo } from './explain.ts';
import type { ExplainWords } from './explain-words.ts';
import { type RequestFacts, requestFactsSchema } from './facts.ts';
import type { RequestNames } from './request-names.ts';
import { timelineOf, timelineSchema } from './timeline.ts';

/**
 * A request as its owner sees it: without what belongs to the site alone. No channel, no node, no address; of the site's
 * own failures only that there was one.
 */
const facts = requestFactsSchema.shape;
const name = z.string().nullable().describe('Null where there is none, or none any more.');

const attemptSchema = z.object({
  number: z.int(),
  started_ms: z.number(),
  head_ms: z.number().nullable(),
  ended_ms: z.number().nullable(),
  status: z.int().nullable().describe('The vendor’s HTTP status.'),
  vendor_request_id: z.string().nullable(),
  failure: z.string().nullable().describe('Error code, or site_fault; null when it served the request.'),
});

export const requestSchema = z
  .object({
    id: facts.id,
    received_at: facts.received_at,
    project_id: facts.project_id,
    project_name: name,
    key_id: facts.key_id,
    key_name: name,
    key_prefix: facts.key_prefix,
    region: facts.region,
    vendor: facts.vendor,
    group_id: facts.group_id,
    group_name: name,
    endpoint: facts.endpoint,
    wire: facts.wire,
    method: facts.method,
    model_asked: facts.model_asked,
    model_routed: facts.model_routed,
    model_served: facts.model_served,
    mode: facts.mode,
    client_tool: facts.client_tool,
    client_version: facts.client_version,
    first_token_ms: facts.first_token_ms,
    duration_ms: facts.duration_ms,
    tokens: facts.tokens,
    actual_cost_usd: z.string(),
    status: facts.status,
    error_code: facts.error_code,
    fault: z.enum(['you', 'us', 'vendor']).nullable().describe('Who has to act.'),
    retries: facts.retries,
    outcome: facts.outcome,
  })
  .meta({ id: 'Request' });

export const requestDetailSchema = requestSchema
  .extend({
    bytes_in: facts.bytes_in,
    bytes_out: facts.bytes_out,
    admitted_ms: facts.admitted_ms,
    head_ms: facts.head_ms,
    usage_source: facts.usage_source,
    charge: facts.charge,
    limit: facts.limit,
    upstream_status: facts.upstream_status,
    vendor_response_id: facts.vendor_response_id,
    attempts: z.array(attemptSchema),
    incident: facts.incident,
    explanation: z.array(z.string()).describe('What happened and what was charged, in plain sentences.'),
    what_to_do: z.string().nullable().describe('For whoever has to act; null where there is nothing to do.'),
    timeline: timelineSchema,
    support_text: z.string().describe('To copy into a message to support. Holds no secret and no content.'),
  })
  .meta({ id: 'RequestDetail' });

export type RequestBody = z.input<typeof requestSchema>;
export type RequestDetailBody = z.input<typeof requestDetailSchema>;

/** Failures of a try that tell of the site's own set-up. */
const siteFailures: ReadonlySet<string> = new Set([
  'upstream_credentials',
  'channel_address_refused',
  'no_channel',
  'internal_error',
]);

/** What the owner may know of it. Everything below is made from this alone. */
export function disclosed(full: RequestFacts): RequestFacts {
  const attempts = full.attempts.map((attempt) => {
    const ours = attempt.failure !== null && siteFailures.has(attempt.failure);
    const shown = ours ? { failure: 'site_fault', status: null } : {};
    return { ...attempt, channel_id: '', ...shown };
  });
  const upstream = full.fault === 'us' ? null : full.upstream_status;
  return { ...full, channel_id: null, node: '', upstream_status: upstream, attempts };
}

export function requestBody(full: RequestFacts, names: RequestNames): RequestBody {
  return {
    id: full.id,
    received_at: full.received_at,
    project_id: full.project_id,
    project_name: names.project_name,
    key_id: full.key_id,
    key_name: names.key_name,
    key_prefix: full.key_prefix,
    region: full.region,
    vendor: full.vendor,
    group_id: full.group_id,
    group_name: names.group_name,
    endpoint: full.endpoint,
    wire: full.wire,
    method: full.method,
    model_asked: full.model_asked,
    model_routed: full.model_routed,
    model_served: full.model_served,
    mode: full.mode,
    client_tool: full.client_tool,
    client_version: full.client_version,
    first_token_ms: full.first_token_ms,
    duration_ms: full.duration_ms,
    tokens: full.tokens,
    actual_cost_usd: full.charge.actual_cost_usd,
    status: full.status,
    error_code: full.error_code,
    fault: faultOf(full.fault),
    retries: full.retries,
    outcome: full.outcome,
  };
}

export function requestDetailBody(full: RequestFacts, names: RequestNames, words: ExplainWords): RequestDetailBody {
  const shown = disclosed(full);
  const rule = shown.charge.rule === null ? null : (words.rules[shown.charge.rule] ?? null);
  return {
    ...requestBody(shown, names),
    bytes_in: shown.bytes_in,
    bytes_out: shown.bytes_out,
    admitted_ms: shown.admitted_ms,
    head_ms: shown.head_ms,
    usage_source: shown.usage_source,
    charge: { ...shown.charge, rule_words: rule },
    limit: shown.limit,
    upstream_status: shown.upstream_status,
    vendor_response_id: shown.vendor_response_id,
    attempts: shown.attempts.map(({ channel_id: _, ...attempt }) => attempt),
    incident: shown.incident,
    explanation: explain(shown, { words, toCustomer: true }),
    what_to_do: whatToDo(shown, words),
    timeline: timelineOf(shown),
    support_text: supportText(shown, words),
  };
}

/** What support asks for first. In the reader's language, with names that support can read in any. */
function supportText(shown: RequestFacts, words: ExplainWords): string {
  const labels = words.support;
  const vendorIds = shown.attempts.map(({ vendor_request_id: id }) => id).filter((id) => id !== null);
  const lines: readonly (readonly [string, string | null])[] = [
    [labels.request, shown.id],
    [labels.received, shown.received_at],
    [labels.key, shown.key_prefix === null ? null : `${shown.key_prefix}…`],
    [labels.endpoint, `${shown.method} ${shown.endpoint}, ${shown.mode}`],
    [labels.model, shown.model_asked ?? shown.model_routed],
    [labels.tool, [shown.client_tool, shown.client_version].filter(Boolean).join(' ') || null],
    [labels.answer, [shown.outcome, shown.status, shown.error_code].filter((part) => part !== null).join(', ')],
    [labels.region, shown.region],
    [labels.duration, shown.duration_ms === null ? null : `${shown.duration_ms} ms`],
    [labels.vendorIds, vendorIds.join(', ') || null],
    [labels.charged, `${shown.charge.actual_cost_usd} USD`],
  ];
  const told = lines.flatMap(([label, value]) => (value === null ? [] : [`${label}: ${value}`]));
  return [...told, ...explain(shown, { words, toCustomer: true }), labels.noContent].join('\n');
}

function faultOf(fault: string | null): 'you' | 'us' | 'vendor' | null {
  return fault === 'you' || fault === 'us' || fault === 'vendor' ? fault : null;
}
