import http from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Family } from '../../src/vendors/index.ts';
import {
  channelTo,
  type ScriptedUpstream,
  startGateway,
  startUpstream,
  type TestGateway,
  testModels,
} from './harness.ts';

let site: TestGateway;
let upstream: ScriptedUpstream;

beforeAll(async () => {
  upstream = await startUpstream();
  site = await startGateway({
    upstream: upstream.origin,
    settings: {
      keepAliveMs: 250,
      timersMs: { connect: 1_000, head: 5_000, firstToken: 5_000, idle: 1_500, total: 20_000 },
    },
  });
});
afterAll(async () => {
  await site.close();
  await upstream.close();
});
beforeEach(() => {
  upstream.seen.length = 0;
});

const calls: Readonly<Record<string, { family: Family; path: string; body: object; events: string[] }>> = {
  'openai.chat': {
    family: 'openai',
    path: '/v1/chat/completions',
    body: { model: testModels.openai, stream: true, stream_options: { include_usage: true }, messages: [] },
    events: [
      'data: {"id":"chatcmpl-1","model":"gpt-5.5","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}],"usage":null}\n\n',
      'data: {"id":"chatcmpl-1","model":"gpt-5.5","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}\n\n',
      'data: {"id":"chatcmpl-1","model":"gpt-5.5","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5}}\n\n',
      'data: [DONE]\n\n',
    ],
  },
  'openai.responses': {
    family: 'openai',
    path: '/v1/responses',
    body: { model: testModels.openai, stream: true, input: 'x' },
    events: [
      'event: response.created\ndata: {"type":"response.created","response":{"id":"resp_1","model":"gpt-5.5"}}\n\n',
      'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"Hello"}\n\n',
      'event: response.completed\ndata: {"type":"response.completed","response":{"id":"resp_1","model":"gpt-5.5","usage":{"input_tokens":10,"output_tokens":5}}}\n\n',
    ],
  },
  'anthropic.messages': {
    family: 'anthropic',
    path: '/v1/messages?beta=true',
    body: { model: testModels.anthropic, max_tokens: 10, stream: true, messages: [] },
    events: [
      'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","model":"claude-sonnet-4-6","usage":{"input_tokens":10,"output_tokens":1}}}\n\n',
      'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}\n\n',
      'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5}}\n\n',
      'event: message_stop\ndata: {"type":"message_stop"}\n\n',
    ],
  },
  'gemini.generate': {
    family: 'gemini',
    path: `/v1beta/models/${testModels.gemini}:streamGenerateContent?alt=sse`,
    body: { contents: [] },
    events: [
      'data: {"candidates":[{"content":{"parts":[{"text":"Hello"}]}}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":2},"modelVersion":"gemini-3.5-flash","responseId":"g1"}\r\n\r\n',
      'data: {"candidates":[{"content":{"parts":[{"text":"!"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5},"modelVersion":"gemini-3.5-flash","responseId":"g1"}\r\n\r\n',
    ],
  },
};
const wires = Object.keys(calls);

interface Streamed {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Whether HTTP itself says that the body is whole. */
  readonly whole: boolean;
}

interface Opened {
  readonly head: Promise<http.IncomingMessage>;
  readonly result: Promise<Streamed>;
  /** Resolves when the text so far holds `needle`. */
  seen(needle: string): Promise<void>;
  leave(): void;
}

function open(wire: string, change: object = {}): Opened {
  const call = calls[wire];
  if (!call) throw new Error(wire);
  const head = Promise.withResolvers<http.IncomingMessage>();
  const result = Promise.withResolvers<Streamed>();
  const waiting: { needle: string; resolve: () => void }[] = [];
  let body = '';
  const request = http.request(site.url + call.path, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.keys[call.family]}`, 'content-type': 'application/json' },
  });
  request.on('response', (response) => {
    head.resolve(response);
    response.on('data', (chunk: Buffer) => {
      body += chunk;
      for (const { needle, resolve } of waiting) if (body.includes(needle)) resolve();
    });
    response.on('error', () => {});
    response.on('close', () =>
      result.resolve({ status: response.statusCode ?? 0, headers: response.headers, body, whole: response.complete }),
    );
  });
  request.on('error', () => {});
  request.end(JSON.stringify({ ...call.body, ...change }));
  return {
    head: head.promise,
    result: result.promise,
    seen: (needle) => new Promise((resolve) => (body.includes(needle) ? resolve() : waiting.push({ needle, resolve }))),
    leave: () => request.destroy(),
  };
}

function sse(response: http.ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'x-request-id': 'vendor-1',
    'request-id': 'vendor-1',
  });
}

describe.each(wires)('a stream of %s', (wire) => {
  const { events, family } = calls[wire] ?? { events: [], family: 'openai' };

  test('passes byte for byte and is charged by what the vendor says', async () => {
    upstream.answer = (_, response) => {
      sse(response);
      for (const event of events) response.write(event);
      response.end();
    };
    const { body, whole, headers } = await open(wire).result;
    expect(body).toBe(events.join(''));
    expect(whole).toBe(true);
    expect(await site.record(String(headers['x-request-id']))).toMatchObject({
      outcome: 'completed',
      mode: 'stream',
      usageSource: 'vendor',
      usage: { input: 10, output: 5 },
      cost: '200000',
      bytesOut: Buffer.byteLength(body),
      attempts: [{ vendorRequestId: 'vendor-1' }],
    });
  });

  test('the close record stands in the journal before the last event leaves', async () => {
    const held = Promise.withResolvers<http.ServerResponse>();
    upstream.answer = (_, response) => {
      sse(response);
      for (const event of events) response.write(event);
      held.resolve(response);
    };
    const stream = open(wire);
    await stream.seen(events.at(-1)?.trim() ?? '');
    // The upstream has not ended its body, but whoever has the last event can be sure of the record.
    const id = (await stream.head).headers['x-request-id'];
    expect(site.entries().some((entry) => entry.kind === 'close' && entry.record.id === id)).toBe(true);
    (await held.promise).end();
    await stream.result;
  });

  test.each(['destroys its socket', 'ends cleanly without its end'])(
    'that the upstream %s never ends cleanly',
    async (how) => {
      upstream.answer = (_, response) => {
        sse(response);
        response.write(events[0]);
        setImmediate(() => (how.startsWith('destroys') ? response.destroy() : response.end()));
      };
      const { body, whole, headers } = await open(wire).result;
      expect(whole).toBe(false);
      expect(body.startsWith(events[0] ?? '')).toBe(true);
      const rest = body.slice(events[0]?.length);
      const id = String(headers['x-request-id']);
      expect(rest).not.toContain('[DONE]');
      if (family === 'gemini') expect(rest).toBe('');
      else expect(rest).toContain(id);
      if (wire === 'anthropic.messages') expect(rest).toContain('event: error');
      if (wire === 'openai.responses') expect(rest).toContain('"type":"response.failed"');
      expect(await site.record(id)).toMatchObject({
        outcome: 'stream_broken',
        errorCode: 'upstream_broken',
        fault: 'vendor',
        actualCost: '0',
        chargeRule: 'vendor_error',
      });
    },
  );

  test('whose client leaves is aborted upstream at once and charged for what passed', async () => {
    upstream.answer = (_, response) => {
      sse(response);
      response.write(events[0]);
      if (wire === 'openai.responses' || wire === 'anthropic.messages') response.write(events[1]);
    };
    const stream = open(wire);
    await stream.seen('Hello');
    const response = await stream.head;
    const leftMs = performance.now();
    stream.leave();
    await upstream.seen.at(-1)?.closed;
    expect(performance.now() - leftMs).toBeLessThan(1_000);
    const record = await site.record(String(response.headers['x-request-id']));
    expect(record).toMatchObject({ outcome: 'client_left_midstream', attempts: [{ failure: 'client_left' }] });
    if (family === 'gemini') expect(record).toMatchObject({ usageSource: 'vendor', usage: { input: 10, output: 2 } });
    // "Hello" is five bytes: two tokens of four. Anthropic has told the input by then, OpenAI has not.
    else if (wire === 'anthropic.messages')
      expect(record).toMatchObject({ usageSource: 'estimated', usage: { input: 10, output: 2 } });
    else expect(record).toMatchObject({ usageSource: 'estimated', usage: { output: 2 } });
  }, 15_000);

  test('that falls silent is kept alive where clients can take it, then cut', async () => {
    upstream.answer = (_, response) => {
      sse(response);
      response.write(events[0]);
    };
    const { body, whole, headers } = await open(wire).result;
    const comments = body.match(/^: keep-alive$/gm) ?? [];
    if (family === 'gemini') expect(comments).toEqual([]);
    else expect(comments.length).toBeGreaterThan(2);
    expect(whole).toBe(false);
    expect(await site.record(String(headers['x-request-id']))).toMatchObject({
      outcome: 'stream_broken',
      errorCode: 'upstream_timeout',
    });
  });
});

describe('usage that the client did not ask for', () => {
  const [first = '', second = '', usage = '', done = ''] = calls['openai.chat']?.events ?? [];

  test.each([1, 7, 64, 10_000])('is taken out again, written in pieces of %d', async (size) => {
    const bytes = Buffer.from(first + second + usage + done);
    upstream.answer = async (_, response) => {
      sse(response);
      for (let i = 0; i < bytes.length; i += size) {
        response.write(bytes.subarray(i, i + size));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    };
    const { body, whole, headers } = await open('openai.chat', { stream_options: undefined }).result;
    expect(body).toBe(first + second + done);
    expect(whole).toBe(true);
    expect(await site.record(String(headers['x-request-id']))).toMatchObject({
      usageSource: 'vendor',
      usage: { input: 10, output: 5 },
    });
  });
});

describe('several channels', () => {
  let second: ScriptedUpstream;
  beforeAll(async () => {
    second = await startUpstream();
    const a = channelTo(upstream.origin, 'openai', '', 'first');
    const b = channelTo(second.origin, 'openai', '', 'second');
    site.setGroup('openai', {
      channels: [
        { ...a, weight: 10_000 },
        { ...b, weight: 1 },
      ],
    });
    second.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'vendor-2' });
      response.end('{"usage":{"prompt_tokens":1,"completion_tokens":1}}');
    };
  });
  afterAll(() => second.close());

  test.each([429, 500, 503, 401])('after %d from one the other serves, and both tries are recorded', async (status) => {
    upstream.answer = (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'vendor-1' });
      response.end('{"error":{"message":"no"}}');
    };
    const { status: answered, headers } = await open('openai.chat', {
      stream: false,
      prompt_cache_key: 'conversation-1',
    }).result;
    expect(answered).toBe(200);
    const record = await site.record(String(headers['x-request-id']));
    expect(record).toMatchObject({ outcome: 'completed', channelId: 'second', retries: 1 });
    expect(record.attempts).toMatchObject([
      { channelId: 'first', status, vendorRequestId: 'vendor-1', failure: expect.stringContaining('upstream_') },
      { channelId: 'second', status: 200, vendorRequestId: 'vendor-2', failure: null },
    ]);
  });

  test('a fault of the request itself is not tried elsewhere', async () => {
    second.seen.length = 0;
    upstream.answer = (_, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"bad"}}');
    };
    expect((await open('openai.chat', { stream: false, prompt_cache_key: 'conversation-1' }).result).status).toBe(400);
    expect(second.seen).toHaveLength(0);
  });

  test('nothing is tried elsewhere after the first byte', async () => {
    second.seen.length = 0;
    upstream.answer = (_, response) => {
      sse(response);
      response.write(calls['openai.chat']?.events[0]);
      setImmediate(() => response.destroy());
    };
    expect((await open('openai.chat', { prompt_cache_key: 'conversation-1' }).result).whole).toBe(false);
    expect(second.seen).toHaveLength(0);
  });
});

test('a client that leaves while money is reserved costs no call upstream', async () => {
  const reserved = Promise.withResolvers<{ settle(): void }>();
  const asked = Promise.withResolvers<void>();
  const wallet = {
    reserve: () => {
      asked.resolve();
      return reserved.promise;
    },
  };
  const gateway = await startGateway({ upstream: upstream.origin, ports: { wallet } });
  const gone = new Promise<void>((resolve) => {
    gateway.gateway.server.once('connection', (socket) => socket.once('close', () => resolve()));
  });
  const request = http.request(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.keys.openai}`, 'content-type': 'application/json' },
  });
  request.on('error', () => {});
  request.end('{"model":"gpt-5.5"}');
  await asked.promise;
  request.destroy();
  await gone;
  reserved.resolve({ settle: () => {} });
  expect(await gateway.ended('client_left_early')).toMatchObject({ errorCode: null, actualCost: '0', attempts: [] });
  expect(upstream.seen).toHaveLength(0);
  await gateway.close();
});
