import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import { type RequestFacts, requestFactsSchema } from './facts.ts';

const facts: RequestFacts = requestFactsSchema.parse({
  id: 'req_x',
  received_at: '2026-11-21T12:30:05.123Z',
  organization_id: 'org_site',
  project_id: null,
  key_id: 'key_a',
  key_prefix: 'sk-lodge-AAAAAAAA',
  region: 'local',
  node: 'node-1',
  vendor: 'openai',
  group_id: 'openai-standard',
  channel_id: 'channel-2',
  endpoint: 'openai.chat',
  wire: 'openai.chat',
  method: 'POST',
  model_asked: 'gpt-4',
  model_routed: 'gpt-5.1',
  model_served: 'gpt-5.1-2026-08-01',
  mode: 'stream',
  client_tool: 'codex',
  client_version: '1.2.3',
  bytes_in: 10,
  bytes_out: 20,
  admitted_ms: 0,
  head_ms: 200,
  first_token_ms: 210,
  duration_ms: 813,
  usage_source: 'vendor',
  tokens: {
    input: 1000,
    cache_read: 200,
    cache_write_5m: 0,
    cache_write_1h: 0,
    audio_input: 0,
    image_input: 0,
    output: 500,
    reasoning: 64,
    audio_output: 0,
    image_output: 0,
    images: 0,
  },
  charge: {
    rule: 'actual_usage',
    rule_words: 'charged for the tokens that the vendor reported',
    price_id: 'price_a',
    cost_usd: '0.00775',
    cost_nano_usd: '7750000',
    multiplier: '0.9',
    actual_cost_usd: '0.006975',
    actual_cost_nano_usd: '6975000',
    estimate_usd: '0.01',
    cost_units: null,
  },
  limit: { kind: 'requests', limit: 60, used: 60, reset_at: '2026-11-21T12:31:00.000Z' },
  status: 200,
  upstream_status: 200,
  error_code: null,
  fault: null,
  who_must_act: null,
  retries: 1,
  outcome: 'completed',
  vendor_response_id: 'chatcmpl-1',
  attempts: [
    {
      number: 1,
      channel_id: 'channel-1',
      started_ms: 1,
      head_ms: 50,
      ended_ms: 51,
      status: 503,
      vendor_request_id: 'vreq-1',
      failure: 'upstream_overloaded',
    },
    {
      number: 2,
      channel_id: 'channel-2',
      started_ms: 52,
      head_ms: 200,
      ended_ms: 812,
      status: 200,
      vendor_request_id: 'vreq-2',
      failure: null,
    },
  ],
  incident: null,
  applied_at: '2026-11-21T12:30:07.000Z',
});

const uncharged = { ...facts.charge, cost_usd: '0', actual_cost_usd: '0', price_id: null };

test('a completed request is told from the key to the charge', () => {
  expect(explain(facts)).toEqual([
    'On 2026-11-21 at 12:30:05 UTC, the key sk-lodge-AAAAAAAA… called openai.chat (POST) from codex 1.2.3 for the model gpt-4, which stands for gpt-5.1, answered by gpt-5.1-2026-08-01.',
    'The call was answered in full.',
    'Of 2 tries, try 1 ended with upstream_overloaded (vendor status 503, vendor id vreq-1); try 2 served it.',
    'The answer began after 210 ms and the whole call took 813 ms.',
    'The vendor reported 1000 input, 200 read from the cache, 500 output tokens. Of the output, 64 were reasoning.',
    'Charged for the tokens that the vendor reported by price version price_a: 0.00775 USD list price × 0.9 (the group’s multiplier) = 0.006975 USD.',
  ]);
});

test('a refusal names the limit, who must act, and that nothing was charged', () => {
  const told = explain({
    ...facts,
    outcome: 'refused',
    status: 429,
    error_code: 'rate_limited',
    fault: 'you',
    who_must_act: 'the caller',
    tokens: null,
    usage_source: 'none',
    attempts: [],
    duration_ms: null,
    charge: { ...uncharged, rule: 'refused', rule_words: 'not charged: the request was refused' },
  });
  expect(told.slice(1)).toEqual([
    'The call was refused before it reached a vendor. The key had used up its requests of the minute. (status 429, code rate_limited)',
    'The limit is 60 (requests per minute), of which 60 were used. It frees up from 12:31:00 UTC on.',
    'Not charged: the request was refused.',
    'To act: the caller.',
  ]);
});

test('spending limits are told in USD', () => {
  const limit = { kind: 'spend_1d', limit: 5_000_000_000, used: 5_250_000_000, reset_at: null };
  expect(explain({ ...facts, limit, error_code: 'spending_limit_reached' })).toContain(
    'The limit is 5 USD (spending in 1 day), of which 5.25 USD were used.',
  );
});

test('missing facts make their sentences vanish, and nothing reads “null” or “undefined”', () => {
  for (const outcome of ['open', 'completed', 'refused', 'vendor_error', 'interrupted', 'something_new']) {
    const told = explain({
      ...facts,
      outcome,
      key_prefix: null,
      model_asked: null,
      model_routed: null,
      model_served: null,
      client_tool: null,
      client_version: null,
      head_ms: null,
      first_token_ms: null,
      duration_ms: null,
      tokens: null,
      usage_source: 'unknown',
      charge: { ...uncharged, rule: null, rule_words: null, multiplier: null },
      limit: null,
      status: null,
      error_code: outcome === 'refused' ? 'a_new_code' : null,
      attempts: [],
    });
    expect(told.join(' ')).not.toMatch(/null|undefined|NaN|\s\s/);
    expect(told[0]).toBe('On 2026-11-21 at 12:30:05 UTC, a caller without a usable key called openai.chat (POST).');
    expect(told).toContain('How many tokens were used is not known.');
  }
});
