import { describe, expect, test } from 'vitest';
import { errorTable } from '../gateway/index.ts';
import type { ChargeRule, Fault, Outcome } from '../journal/index.ts';
import { explain } from './explain.ts';
import { explainLocales, wordsOf } from './explain-words.ts';
import { factsOf, type RequestFacts } from './facts.ts';
import { noNames } from './request-names.ts';
import { requestDetailBody } from './request-view.ts';
import type { RequestRow } from './rows.ts';

const outcomes: Readonly<Record<Outcome, true>> = {
  open: true,
  completed: true,
  refused: true,
  vendor_error: true,
  gateway_error: true,
  client_left_early: true,
  client_left_midstream: true,
  stream_broken: true,
  interrupted: true,
};
const rules: Readonly<Record<ChargeRule, true>> = {
  actual_usage: true,
  estimated_output: true,
  free_endpoint: true,
  refused: true,
  vendor_error: true,
  our_error: true,
  no_output: true,
  unpriced: true,
  interrupted: true,
};
const faults: Readonly<Record<Fault, true>> = { you: true, us: true, vendor: true };

/** A request with every fact, as it stands in the database. */
const row: RequestRow = {
  received_at: new Date('2026-11-21T12:30:05.123Z'),
  id: 'req_x',
  organization_id: 'org_a',
  project_id: null,
  key_id: 'key_a',
  key_prefix: 'sk-lodge-AAAAAAAA',
  region: 'eu',
  node: 'node-secret',
  vendor: 'openai',
  group_id: 'openai-standard',
  channel_id: 'channel-secret',
  endpoint: 'openai.chat',
  wire: 'openai.chat',
  method: 'POST',
  model_asked: 'gpt-4',
  model_routed: 'gpt-5.1',
  model_served: 'gpt-5.1-2026-08-01',
  mode: 'stream',
  client_tool: 'codex',
  client_version: '1.2.3',
  bytes_in: 10n,
  bytes_out: 20n,
  admitted_ms: 0,
  head_ms: 200,
  first_token_ms: 210,
  duration_ms: 813,
  input_tokens: 1_000n,
  cache_read_tokens: 200n,
  cache_write_5m_tokens: 0n,
  cache_write_1h_tokens: 0n,
  audio_input_tokens: 0n,
  image_input_tokens: 0n,
  output_tokens: 500n,
  reasoning_tokens: 64n,
  audio_output_tokens: 0n,
  image_output_tokens: 0n,
  images: 2n,
  usage_source: 'vendor',
  price_id: 'price_a',
  cost: 7_750_000n,
  multiplier: 9_000,
  actual_cost: 6_975_000n,
  charge_rule: 'actual_usage',
  cost_units: null,
  estimate: 0n,
  limit_kind: 'requests',
  limit_value: '60',
  limit_used: '60',
  limit_reset_at: new Date('2026-11-21T12:31:00Z'),
  status: 200,
  upstream_status: 200,
  error_code: null,
  fault: null,
  retries: 1,
  outcome: 'completed',
  vendor_response_id: 'chatcmpl-1',
  attempts: [
    {
      number: 1,
      channelId: 'channel-secret',
      startedMs: 1,
      headMs: 50,
      endedMs: 51,
      status: 401,
      vendorRequestId: 'vreq-1',
      failure: 'upstream_credentials',
    },
    {
      number: 2,
      channelId: 'channel-secret-2',
      startedMs: 52,
      headMs: 200,
      endedMs: 812,
      status: 200,
      vendorRequestId: 'vreq-2',
      failure: null,
    },
  ],
  incident_id: null,
  applied_at: new Date('2026-11-21T12:30:07Z'),
};
const facts: RequestFacts = factsOf(row);

describe.each(explainLocales)('%s', (locale) => {
  const words = wordsOf(locale);

  test('every error code, outcome, rule and actor has its words, and there are none for what does not exist', () => {
    const codes = [...Object.keys(errorTable), 'gateway_interrupted', 'site_fault'].sort();
    expect(Object.keys(words.codes).sort()).toEqual(codes);
    expect(Object.keys(words.outcomes).sort()).toEqual(Object.keys(outcomes).sort());
    expect(Object.keys(words.rules).sort()).toEqual(Object.keys(rules).sort());
    expect(Object.keys(words.actors).sort()).toEqual(Object.keys(faults).sort());
    expect(Object.keys(words.actorsToCustomer).sort()).toEqual(Object.keys(faults).sort());
  });

  test('whatever happened is told without holes, and nothing of the site’s own leaks to the customer', () => {
    const codes = [null, 'a_new_code', ...Object.keys(errorTable)];
    for (const outcome of [...Object.keys(outcomes), 'something_new'])
      for (const code of codes)
        for (const rule of [null, 'a_new_rule', ...Object.keys(rules)]) {
          const fault = code === null ? null : 'us';
          const charge = { ...facts.charge, rule };
          const told = requestDetailBody({ ...facts, outcome, error_code: code, fault, charge }, noNames(facts), words);
          expect(JSON.stringify(told)).not.toMatch(/secret|undefined|NaN/);
          expect(told.explanation.join('')).not.toMatch(/null|\s\s/);
        }
  });
});

test('a try that failed for the site’s own reasons is shown as that, and the last one as it was', () => {
  const told = requestDetailBody(facts, noNames(facts), wordsOf('en'));
  expect(told.attempts).toMatchObject([
    { number: 1, status: null, failure: 'site_fault', vendor_request_id: 'vreq-1' },
    { number: 2, status: 200, failure: null },
  ]);
  expect(told.timeline).toEqual({
    length_ms: 813,
    marks: [
      { kind: 'received', at_ms: 0 },
      { kind: 'admitted', at_ms: 0 },
      { kind: 'head', at_ms: 200 },
      { kind: 'first_token', at_ms: 210 },
      { kind: 'end', at_ms: 813 },
    ],
    attempts: [
      { number: 1, from_ms: 1, head_ms: 50, to_ms: 51, failed: true },
      { number: 2, from_ms: 52, head_ms: 200, to_ms: 812, failed: false },
    ],
  });
  expect(told.support_text).toContain('Request: req_x\nReceived: 2026-11-21T12:30:05.123Z\nKey: sk-lodge-AAAAAAAA…');
});

test('in Chinese, the whole story reads as one', () => {
  const words = wordsOf('zh');
  expect(explain(facts, { words, toCustomer: true })).toEqual([
    '2026-11-21 12:30:05（UTC），密钥 sk-lodge-AAAAAAAA… 通过 codex 1.2.3 调用了 openai.chat（POST），请求的模型是 gpt-4（对应 gpt-5.1），由 gpt-5.1-2026-08-01 应答。',
    '这次调用得到了完整的回答。',
    '共尝试 2 次：第 1 次以 upstream_credentials 告终（供应商状态码 401，供应商请求 ID vreq-1）；第 2 次成功。',
    '210 毫秒后开始应答，整个调用用时 813 毫秒。',
    '供应商报告的用量：输入 1000 token、读取缓存 200 token、输出 500 token，图像 2 张。输出中有 64 token 用于推理。',
    '按供应商报告的 token 数计费，价格版本 price_a：标价 0.00775 USD × 0.9（分组倍率）= 0.006975 USD。',
  ]);
  const refused = { ...facts, outcome: 'refused', status: 429, error_code: 'rate_limited', fault: 'you', attempts: [] };
  expect(explain(refused, { words, toCustomer: true }).slice(1)).toEqual([
    '这次调用在到达供应商之前就被拒绝了。密钥这一分钟的请求次数已用完（状态码 429，错误码 rate_limited）。',
    '210 毫秒后开始应答，整个调用用时 813 毫秒。',
    '限额为 60（每分钟请求数），已用 60。从 12:31:00（UTC）起逐步恢复。',
    '供应商报告的用量：输入 1000 token、读取缓存 200 token、输出 500 token，图像 2 张。输出中有 64 token 用于推理。',
    '按供应商报告的 token 数计费，价格版本 price_a：标价 0.00775 USD × 0.9（分组倍率）= 0.006975 USD。',
    '需要处理的一方：您。',
  ]);
});
