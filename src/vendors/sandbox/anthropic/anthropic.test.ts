import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sseBlocks, startTestSandbox, type TestSandbox } from '../testing.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const hi = [{ role: 'user', content: 'hi' }];
const send = (body: object, headers = {}): Promise<Response> =>
  sandbox.post('/anthropic/v1/messages', { model: 'claude-sonnet-5', max_tokens: 100, messages: hi, ...body }, headers);

describe('messages', () => {
  test('event names, order and the usage of a stream', async () => {
    const thinking = { type: 'enabled', budget_tokens: 1024 };
    const blocks = sseBlocks(await (await send({ stream: true, thinking })).text());
    const names = blocks.map((block) => block.event).filter((name, i, all) => name !== all[i - 1]);
    expect(names).toEqual([
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    const sync = (await (await send({ thinking })).json()) as { usage: { output_tokens: number }; content: object[] };
    expect(sync.content).toMatchObject([{ type: 'thinking', signature: expect.any(String) }, { type: 'text' }]);
    const end = JSON.parse(blocks.at(-2)?.data ?? '') as object;
    expect(end).toMatchObject({
      delta: { stop_reason: 'end_turn' },
      usage: { output_tokens: sync.usage.output_tokens },
    });
  });

  test('the cache is written by breakpoint, 5 minutes and 1 hour apart, then read', async () => {
    const system = [
      { type: 'text', text: 'word '.repeat(1100), cache_control: { type: 'ephemeral', ttl: '1h' } },
      { type: 'text', text: 'more '.repeat(300), cache_control: { type: 'ephemeral' } },
    ];
    const usages: unknown[] = [];
    for (let i = 0; i < 2; i++) usages.push(((await (await send({ system })).json()) as { usage: unknown }).usage);
    expect(usages[0]).toMatchObject({
      input_tokens: 5,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 1400,
      cache_creation: { ephemeral_1h_input_tokens: 1100, ephemeral_5m_input_tokens: 300 },
    });
    expect(usages[1]).toMatchObject({ input_tokens: 5, cache_read_input_tokens: 1400, cache_creation_input_tokens: 0 });
    const count = await sandbox.post('/anthropic/v1/messages/count_tokens', {
      model: 'claude-sonnet-5',
      system,
      messages: hi,
    });
    expect(await count.json()).toEqual({ input_tokens: 1405 });
  });

  test('stop reasons', async () => {
    expect(await (await send({ max_tokens: 2 })).json()).toMatchObject({ stop_reason: 'max_tokens' });
    expect(await (await send({ stop_sequences: ['sandbox'] })).json()).toMatchObject({
      stop_reason: 'stop_sequence',
      stop_sequence: 'sandbox',
      content: [{ text: 'Hello from the ' }],
    });
  });

  test('a schema is met', async () => {
    const schema = { type: 'object', properties: { ok: { type: 'boolean' } } };
    const reply = await (await send({ output_config: { format: { type: 'json_schema', schema } } })).json();
    expect(JSON.parse((reply as { content: { text: string }[] }).content[0]?.text ?? '')).toEqual({ ok: true });
  });
});

describe('refusals', () => {
  test.each([
    ['no key', {}, { authorization: '' }, 401, 'authentication_error'],
    ['bad key', {}, { 'x-api-key': 'bad-key' }, 401, 'authentication_error'],
    ['unknown model', { model: 'claude-nope' }, {}, 404, 'not_found_error'],
    ['no max_tokens', { max_tokens: undefined }, {}, 400, 'invalid_request_error'],
    ['too long', { system: 'a b c [sandbox:context=2]' }, {}, 400, 'invalid_request_error'],
    ['overloaded', {}, { 'x-sandbox-fault': 'status=529' }, 529, 'overloaded_error'],
    ['rate limit', {}, { 'x-sandbox-fault': 'status=429' }, 429, 'rate_limit_error'],
  ])('%s', async (_name, body, headers, status, type) => {
    const response = await send(body, headers);
    expect(response.status).toBe(status);
    const id = response.headers.get('request-id');
    expect(await response.json()).toEqual({
      type: 'error',
      error: { type, message: expect.any(String) },
      request_id: id,
    });
    expect(response.headers.get('x-should-retry')).toBe(String(status === 429 || status >= 500));
  });
});

test('a message batch ends at once and gives its results', async () => {
  const params = { model: 'claude-sonnet-5', max_tokens: 9, messages: hi };
  const requests = [
    { custom_id: 'a', params },
    { custom_id: 'b', params: { ...params, model: 'claude-nope' } },
  ];
  const made = await (await sandbox.post('/anthropic/v1/messages/batches', { requests })).json();
  const batch = made as { id: string; results_url: string; request_counts: object };
  expect(batch).toMatchObject({ processing_status: 'ended', request_counts: { succeeded: 1, errored: 1 } });
  const results = await (await fetch(batch.results_url, { headers: { 'x-api-key': 'x' } })).text();
  expect(
    results
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  ).toMatchObject([
    { custom_id: 'a', result: { type: 'succeeded' } },
    { custom_id: 'b', result: { type: 'errored' } },
  ]);
});
