import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sseBlocks, startTestSandbox, type TestSandbox } from '../testing.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const messages = [{ role: 'user', content: 'hi' }];
const chat = (body: object, headers = {}): Promise<Response> =>
  sandbox.post('/openai/v1/chat/completions', { model: 'gpt-4o', messages, ...body }, headers);

interface Chunk {
  readonly choices: readonly unknown[];
  readonly usage?: { readonly completion_tokens: number } | null;
}

async function chunks(response: Response): Promise<Chunk[]> {
  const blocks = sseBlocks(await response.text());
  expect(blocks.at(-1)?.data).toBe('[DONE]');
  return blocks.slice(0, -1).map((block) => JSON.parse(block.data) as Chunk);
}

describe('usage in chat streams', () => {
  test('not asked: no chunk has the member', async () => {
    for (const chunk of await chunks(await chat({ stream: true }))) expect(chunk).not.toHaveProperty('usage');
  });

  test('asked: null everywhere, and one last chunk without choices', async () => {
    const all = await chunks(await chat({ stream: true, stream_options: { include_usage: true } }));
    const last = all.at(-1);
    expect(all.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    expect(last?.choices).toEqual([]);
    const sync = (await (await chat({})).json()) as { usage: { completion_tokens: number } };
    expect(last?.usage?.completion_tokens).toBe(sync.usage.completion_tokens);
  });
});

describe('counting', () => {
  test('by hand: 4 for the message, 1 for the word; the answer by its own words', async () => {
    const response = await chat({ max_tokens: 3 });
    expect(await response.json()).toMatchObject({
      choices: [{ message: { content: 'Hello from' }, finish_reason: 'length' }],
      usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
    });
    const line = await sandbox.counted(response.headers.get('x-request-id') ?? '');
    expect(line).toMatchObject({ model: 'gpt-4o', status: 200, outcome: 'finished', vendor: 'openai', stream: false });
    expect(line.produced).toMatchObject({ input: 5, output: 3 });
    expect(line.reported).toEqual(line.produced);
    expect(JSON.stringify(line)).not.toContain('Hello');
  });

  test('reasoning counts as output and against the limit', async () => {
    const response = await chat({ model: 'gpt-5-mini', max_completion_tokens: 10 });
    expect(await response.json()).toMatchObject({
      choices: [{ message: { content: '' }, finish_reason: 'length' }],
      usage: { completion_tokens: 10, completion_tokens_details: { reasoning_tokens: 10 } },
    });
  });

  test('a long prefix with a prompt_cache_key is read from the cache the second time, in steps of 128', async () => {
    const long = { role: 'system', content: 'word '.repeat(1500) };
    const body = { messages: [long, ...messages], prompt_cache_key: 'tests' };
    const cached: number[] = [];
    for (let i = 0; i < 2; i++) {
      const reply = (await (await chat(body)).json()) as {
        usage: { prompt_tokens_details: { cached_tokens: number } };
      };
      cached.push(reply.usage.prompt_tokens_details.cached_tokens);
    }
    // 1504 + 5 tokens: 11 × 128 = 1408.
    expect(cached).toEqual([0, 1408]);
  });

  test('speech, pictures and files are counted in their own classes', async () => {
    const spoken = await chat({
      model: 'gpt-audio',
      modalities: ['text', 'audio'],
      audio: { voice: 'alloy', format: 'wav' },
    });
    const line = await sandbox.counted(spoken.headers.get('x-request-id') ?? '');
    expect(line.produced).toMatchObject({ output: 0, audioOutput: expect.any(Number) });
    expect(line.produced.audioOutput).toBeGreaterThan(5);
    const drawn = await sandbox.post('/openai/v1/images/generations', { model: 'gpt-image-2', prompt: 'a gate', n: 2 });
    const image = await sandbox.counted(drawn.headers.get('x-request-id') ?? '');
    expect(image.reported).toMatchObject({ input: 2, imageOutput: 2112, images: 2 });
  });
});

describe('refusals', () => {
  test.each([
    ['no key', {}, { authorization: '' }, 401, null],
    ['bad key', {}, { authorization: 'Bearer bad-12345678901234' }, 401, 'invalid_api_key'],
    ['unknown model', { model: 'gpt-nope' }, {}, 404, 'model_not_found'],
    ['no messages', { messages: undefined }, {}, 400, 'missing_required_parameter'],
    ['no model', { model: undefined }, {}, 400, 'missing_required_parameter'],
    [
      'too long',
      { messages: [{ role: 'user', content: 'a b c [sandbox:context=2]' }] },
      {},
      400,
      'context_length_exceeded',
    ],
  ])('%s', async (_name, body, headers, status, code) => {
    const response = await chat(body, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      error: { message: expect.any(String), type: 'invalid_request_error', param: expect.toSatisfy(isParam), code },
    });
  });

  test('broken JSON, unknown path, wrong method', async () => {
    expect((await sandbox.post('/openai/v1/chat/completions', '{"model":')).status).toBe(400);
    expect((await sandbox.post('/openai/v1/nothing', {})).status).toBe(404);
    const get = await fetch(`${sandbox.origin}/openai/v1/chat/completions`, { headers: { authorization: 'Bearer x' } });
    expect(get.status).toBe(405);
  });
});

test('compressed bodies, as Codex sends them', async () => {
  const plain = Buffer.from(JSON.stringify({ model: 'gpt-4o', messages }));
  for (const [encoding, packed] of [
    ['zstd', zstdCompressSync(plain)],
    ['gzip', gzipSync(plain)],
    ['identity', plain],
  ] as const) {
    const response = await fetch(`${sandbox.origin}/openai/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-encoding': encoding },
      body: new Uint8Array(packed),
    });
    expect([encoding, response.status]).toEqual([encoding, 200]);
  }
  const broken = await sandbox.post('/openai/v1/chat/completions', 'no zstd', { 'content-encoding': 'zstd' });
  expect(broken.status).toBe(400);
});

test('names that every object has are no endpoints', async () => {
  for (const path of [
    '/constructor/v1',
    '/__proto__',
    '/openai/v1/constructor',
    '/gemini/v1beta/models/gemini-2.5-flash:constructor',
  ])
    expect((await sandbox.post(path, {})).status, path).toBe(404);
  expect((await chat({ model: 'gpt-5.4', reasoning_effort: 'constructor' })).status).toBe(200);
});

function isParam(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

test("the vendor's headers are there, those that must not reach customers too", async () => {
  const { headers } = await chat({});
  for (const name of ['x-request-id', 'openai-organization', 'openai-processing-ms', 'set-cookie', 'cf-ray'])
    expect(headers.get(name), name).toBeTruthy();
  const response = await sandbox.post('/openai/v1/responses', { model: 'gpt-4o', input: 'hi' });
  expect(response.headers.get('x-codex-turn-state')).toMatch(/^sandbox-turn-resp_/);
});

describe('responses', () => {
  const create = (body: object): Promise<Response> =>
    sandbox.post('/openai/v1/responses', { model: 'gpt-5.4', ...body });

  test('streamed events are numbered, and the last one repeats the whole', async () => {
    const text = await (await create({ input: 'hi', stream: true })).text();
    const blocks = sseBlocks(text);
    const events = blocks.map(
      (block) => JSON.parse(block.data) as { type: string; sequence_number: number; delta?: string },
    );
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, i) => i));
    expect(blocks.every((block, i) => block.event === events[i]?.type)).toBe(true);
    const deltas = events.filter((event) => event.type === 'response.output_text.delta').map((event) => event.delta);
    const sync = (await (await create({ input: 'hi' })).json()) as { output: { content?: { text: string }[] }[] };
    expect(deltas.join('')).toBe(sync.output.at(-1)?.content?.[0]?.text);
    expect(events.at(-1)).toMatchObject({ type: 'response.completed', response: { usage: { input_tokens: 5 } } });
  });

  test("Codex's tools and its packing of history", async () => {
    const tools = [{ type: 'namespace', name: 'functions', tools: [{ type: 'custom', name: 'exec' }] }];
    const input = [
      { type: 'additional_tools', role: 'developer', tools },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'call the tool' }] },
    ];
    expect(await (await create({ input })).json()).toMatchObject({
      output: [
        { type: 'reasoning' },
        { type: 'custom_tool_call', name: 'exec', namespace: 'functions', input: 'sandbox' },
      ],
    });
    const packed = await (await create({ input: [...input, { type: 'compaction_trigger' }] })).json();
    expect((packed as { output: unknown[] }).output).toEqual([expect.objectContaining({ type: 'compaction' })]);
  });

  test('kept responses are continued, listed, cancelled and deleted', async () => {
    const first = (await (await create({ input: 'hi', background: true })).json()) as { id: string; status: string };
    expect(first.status).toBe('queued');
    const headers = { authorization: 'Bearer x' };
    const at = `${sandbox.origin}/openai/v1/responses/${first.id}`;
    expect(await (await fetch(at, { headers })).json()).toMatchObject({ status: 'completed' });
    expect(await (await create({ input: 'more', previous_response_id: first.id })).json()).toMatchObject({
      previous_response_id: first.id,
    });
    expect(await (await fetch(`${at}/input_items`, { headers })).json()).toMatchObject({ object: 'list' });
    expect(await (await fetch(`${at}/cancel`, { method: 'POST', headers })).json()).toMatchObject({
      status: 'cancelled',
    });
    expect(await (await fetch(at, { method: 'DELETE', headers })).json()).toMatchObject({ deleted: true });
    expect((await fetch(at, { headers })).status).toBe(404);
  });
});
