import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKey } from '../../src/base/key-format.ts';
import { parseRequestId } from '../../src/base/request-id.ts';
import { type ErrorCode, errorTable } from '../../src/gateway/index.ts';
import type { Family } from '../../src/vendors/index.ts';
import {
  families,
  json,
  type ScriptedUpstream,
  startGateway,
  startUpstream,
  type TestGateway,
  testModels,
} from './harness.ts';

/** An answer as any HTTP client has it. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

type Scenario = (family: Family) => Promise<Answer>;

let site: TestGateway;
let upstream: ScriptedUpstream;
const canary = 'CONTENT-CANARY-7f3a';

beforeAll(async () => {
  upstream = await startUpstream();
  site = await startGateway({
    upstream: upstream.origin,
    settings: { maxJsonBodyBytes: 64 * 1024, maxOpaqueBodyBytes: 64 * 1024 },
  });
});
afterAll(async () => {
  await site.close();
  await upstream.close();
});

const paths: Readonly<Record<Family, string>> = {
  openai: '/v1/chat/completions',
  anthropic: '/v1/messages',
  gemini: `/v1beta/models/${testModels.gemini}:generateContent`,
};

const keyHeader: Readonly<Record<Family, (key: string) => Record<string, string>>> = {
  openai: (key) => ({ authorization: `Bearer ${key}` }),
  anthropic: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
  gemini: (key) => ({ 'x-goog-api-key': key }),
};

function body(family: Family, change: object = {}): string {
  if (family === 'gemini') return JSON.stringify({ contents: [{ parts: [{ text: canary }] }], ...change });
  return JSON.stringify({
    model: testModels[family],
    max_tokens: 10,
    messages: [{ role: 'user', content: canary }],
    ...change,
  });
}

interface Asking {
  readonly gateway?: TestGateway;
  readonly key?: string;
  readonly path?: string;
  readonly method?: string;
  readonly body?: string | null;
  readonly headers?: Record<string, string>;
}

async function ask(family: Family, asking: Asking = {}): Promise<Answer> {
  const gateway = asking.gateway ?? site;
  const sent = asking.body === undefined ? body(family) : asking.body;
  const response = await fetch(gateway.url + (asking.path ?? paths[family]), {
    method: asking.method ?? 'POST',
    headers: {
      'content-type': 'application/json',
      ...keyHeader[family](asking.key ?? gateway.keys[family]),
      ...asking.headers,
    },
    body: sent,
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** Bytes on a socket, the whole answer back. */
function raw(bytes: string, gateway = site, end = false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(new URL(gateway.url).port), '127.0.0.1', () =>
      end ? socket.end(bytes) : socket.write(bytes),
    );
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(parseAnswer(text)));
  });
}

function parseAnswer(text: string): Answer {
  const [top = '', rest = ''] = text.split('\r\n\r\n');
  const [first = '', ...lines] = top.split('\r\n');
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { status: Number(first.split(' ')[1]), headers: new Headers(pairs), body: rest };
}

async function other(
  settings: Parameters<typeof startGateway>[0],
  run: (gateway: TestGateway) => Promise<Answer>,
): Promise<Answer> {
  const gateway = await startGateway(settings);
  try {
    return await run(gateway);
  } finally {
    await gateway.close();
  }
}

/** The key as it would be under another state or limits. */
function askAs(family: Family, change: Parameters<TestGateway['addKey']>[1]): Promise<Answer> {
  return ask(family, { key: site.addKey(family, change) });
}

const limits = { requestsPerMinute: 10, countsPerMinute: 10, tokensPerMinute: null, concurrency: null, spend: {} };

function head(family: Family, gateway = site): string {
  const lines = Object.entries(keyHeader[family](gateway.keys[family])).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${paths[family]} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n${lines.join('')}`;
}

/** Two calls on one connection: the drain begins while the first one runs, the second one comes after. */
async function askWhileDraining(family: Family, gateway: TestGateway): Promise<Answer> {
  const call = `${head(family, gateway)}content-length: ${Buffer.byteLength(body(family))}\r\n\r\n${body(family)}`;
  const socket = net.connect(Number(new URL(gateway.url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  const closed = new Promise((resolve) => socket.on('close', resolve));
  const release = Promise.withResolvers<() => void>();
  upstream.answer = (_, response) => release.resolve(() => json(response, '{}'));
  socket.write(call.replace('connection: close', 'connection: keep-alive'));
  const answerFirst = await release.promise;
  const drained = gateway.gateway.drain(5_000);
  socket.write(call);
  await gateway.refused('shutting_down');
  answerFirst();
  await Promise.all([closed, drained]);
  return parseAnswer(text.slice(text.lastIndexOf('HTTP/1.1 ')));
}

function upstreamAnswers(status: number, text = '{"error":{"message":"vendor words"}}', headers = {}): Scenario {
  return (family) => {
    upstream.answer = (_, response) => json(response, text, status, headers);
    return ask(family);
  };
}

const backgroundBody = JSON.stringify({ model: testModels.openai, input: canary, background: true });

const otherFamily: Readonly<Record<Family, Family>> = { openai: 'anthropic', anthropic: 'gemini', gemini: 'openai' };

const scenarios: Readonly<Record<Exclude<ErrorCode, 'usage_unavailable'>, Scenario>> = {
  bad_http: () => raw('GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n'),
  header_too_large: () => raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`),
  request_timeout: () =>
    other({ upstream: upstream.origin, settings: { clientTimersMs: { head: 100, request: 60_000 } } }, (gateway) =>
      raw('GET / HTTP/1.1\r\nhost: x\r\n', gateway),
    ),
  endpoint_not_found: (family) => ask(family, { path: '/v2/nothing' }),
  method_not_allowed: (family) => ask(family, { method: 'PATCH' }),
  websocket_unsupported: (family) =>
    raw(
      `${head(family).replace('POST', 'GET').replace('connection: close', 'connection: upgrade\r\nupgrade: websocket')}\r\n`,
    ),
  body_too_large: (family) => ask(family, { body: body(family, { pad: 'x'.repeat(70_000) }) }),
  body_incomplete: (family) => raw(`${head(family)}content-length: 100\r\n\r\n{"model":`, site, true),
  invalid_json: (family) => ask(family, { body: '{"model": ' }),
  unsupported_encoding: (family) => ask(family, { headers: { 'content-encoding': 'lzma' } }),
  invalid_encoding: (family) => ask(family, { headers: { 'content-encoding': 'gzip' } }),
  invalid_parameter: (family) => ask(family, { path: '/v1/usage?start_date=2026-02-31', method: 'GET', body: null }),
  api_key_in_query: (family) => ask(family, { path: `${paths[family]}?key=${site.keys[family]}` }),
  key_missing: (family) => ask(family, { headers: { authorization: '', 'x-api-key': '', 'x-goog-api-key': '' } }),
  key_malformed: (family) => ask(family, { key: site.keys[family].slice(0, -2) }),
  key_unknown: (family) => ask(family, { key: newKey('lodge').secret }),
  key_disabled: (family) => askAs(family, { state: 'disabled' }),
  key_deleted: (family) => askAs(family, { state: 'deleted' }),
  key_expired: (family) => askAs(family, { expiresAtMs: 1 }),
  wrong_vendor: (family) => ask(family, { key: site.keys[otherFamily[family]] }),
  group_disabled: (family) => askAs(family, { groupId: 'gone' }),
  endpoint_not_enabled: (family) =>
    ask(family, { path: family === 'gemini' ? '/v1beta/cachedContents' : '/v1/files/f1', method: 'GET', body: null }),
  model_missing: (family) =>
    family === 'gemini' ? ask(family, { body: '{"model":7}' }) : ask(family, { body: '{"messages":[]}' }),
  model_ambiguous: (family) =>
    family === 'gemini'
      ? ask(family, { body: '{"model":"models/other"}' })
      : ask(family, { body: '{"model":"a","model":"b"}' }),
  model_not_found: (family) =>
    family === 'gemini'
      ? ask(family, { path: '/v1beta/models/gemini-3.5-flush:generateContent' })
      : ask(family, { body: body(family, { model: `${testModels[family]}x` }) }),
  model_not_allowed: (family) => askAs(family, { allowedModels: new Set(['another']) }),
  price_missing: async (family) => {
    const model = {
      id: 'free',
      displayName: 'free',
      mode: 'chat' as const,
      createdAtMs: 0,
      maxInputTokens: null,
      maxOutputTokens: null,
      inputs: [],
      outputs: [],
      prices: [],
    };
    return other({ upstream: upstream.origin }, (gateway) => {
      gateway.setGroup(family, { models: new Map([['free', model]]) });
      return ask(family, {
        gateway,
        ...(family === 'gemini'
          ? { path: '/v1beta/models/free:generateContent' }
          : { body: body(family, { model: 'free' }) }),
      });
    });
  },
  // Only OpenAI has such calls.
  background_unsupported: () => ask('openai', { path: '/v1/responses', body: backgroundBody }),
  rate_limited: async (family) => {
    const key = site.addKey(family, { limits: { ...limits, requestsPerMinute: 1 } });
    upstream.answer = (_, response) => json(response, '{}');
    await ask(family, { key });
    return ask(family, { key });
  },
  token_rate_limited: (family) => askAs(family, { limits: { ...limits, tokensPerMinute: 0 } }),
  concurrency_limited: async (family) => {
    const key = site.addKey(family, { limits: { ...limits, concurrency: 1 } });
    let release = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      upstream.answer = (_, response) => {
        release = () => json(response, '{}');
        resolve();
      };
    });
    const first = ask(family, { key });
    await arrived;
    const second = await ask(family, { key });
    release();
    await first;
    return second;
  },
  spending_limit_reached: (family) =>
    askAs(family, { limits: { ...limits, spend: { total: 5n } }, spend: { total: { startedAtMs: 0, spent: 5n } } }),
  balance_exhausted: (family) =>
    other({ upstream: upstream.origin, ports: { wallet: { reserve: () => 'exhausted' } } }, (gateway) =>
      ask(family, { gateway }),
    ),
  key_lookup_unavailable: async (family) => {
    site.lookup = 'unavailable';
    try {
      return await ask(family);
    } finally {
      site.lookup = null;
    }
  },
  journal_unavailable: (family) =>
    other({ upstream: upstream.origin, segmentBytes: 1 }, async (gateway) => {
      await ask(family, { gateway, key: 'sk-lodge-short' });
      // The journal has to go on in a file that it cannot make.
      fs.mkdirSync(path.join(gateway.directory, '000000000002.log'));
      const refused = await ask(family, { gateway });
      fs.rmdirSync(path.join(gateway.directory, '000000000002.log'));
      return refused;
    }),
  shutting_down: (family) => other({ upstream: upstream.origin }, (gateway) => askWhileDraining(family, gateway)),
  overloaded: (family) =>
    other({ upstream: upstream.origin, settings: { maxRunning: 0 } }, (gateway) => ask(family, { gateway })),
  no_channel: (family) =>
    other({ upstream: upstream.origin }, (gateway) => {
      gateway.setGroup(family, { channels: [] });
      return ask(family, { gateway });
    }),
  channel_address_refused: (family) =>
    other({ upstream: upstream.origin, ports: { addressAllowed: () => false } }, (gateway) => ask(family, { gateway })),
  upstream_credentials: upstreamAnswers(401),
  internal_error: (family) =>
    other(
      {
        upstream: upstream.origin,
        ports: {
          wallet: {
            reserve: () => {
              throw new Error(`wallet ${canary}`);
            },
          },
        },
      },
      (gateway) => ask(family, { gateway }),
    ),
  upstream_unreachable: (family) => other({ upstream: 'http://127.0.0.1:1' }, (gateway) => ask(family, { gateway })),
  upstream_timeout: (family) => {
    upstream.answer = () => {};
    const timersMs = { connect: 1_000, head: 150, firstToken: 1_000, idle: 1_000, total: 5_000 };
    return other({ upstream: upstream.origin, settings: { timersMs } }, (gateway) => ask(family, { gateway }));
  },
  upstream_error: upstreamAnswers(500),
  upstream_overloaded: upstreamAnswers(503),
  upstream_rate_limited: upstreamAnswers(429, '{}', { 'retry-after': '3' }),
  upstream_rejected: upstreamAnswers(400, '{"error":{"message":"vendor words","type":"invalid_request_error"}}'),
  upstream_broken: (family) => {
    upstream.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"half":');
      setImmediate(() => response.destroy());
    };
    return ask(family);
  },
};

const unparsed = new Set<string>(['bad_http', 'header_too_large', 'request_timeout']);

describe.each(families)('on the %s wire', (family) => {
  test.each(Object.keys(scenarios) as (keyof typeof scenarios)[])('%s', async (code) => {
    const answer = await scenarios[code](family);
    const id = answer.headers.get('x-request-id');
    expect(parseRequestId(id ?? '')).toBe(id);
    expect(answer.body).not.toContain(canary);
    if (code === 'upstream_rejected') {
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toEqual({
        request_id: id,
        error: { message: 'vendor words', type: 'invalid_request_error' },
      });
      expect(answer.headers.get('x-should-retry')).toBe('false');
      return;
    }
    const entry = errorTable[code];
    expect(answer.status).toBe(
      code === 'upstream_overloaded' && family === 'anthropic' && answer.status === 529 ? 529 : entry.status,
    );
    checkEnvelope(unparsed.has(code) || code === 'background_unsupported' ? 'openai' : family, code, answer, id ?? '');
    expect(answer.headers.get('x-should-retry')).toBe(String(entry.retry && !unparsed.has(code)));
    expect(answer.headers.has('retry-after')).toBe(answer.status !== 402 && retriesWithWait.has(code));
  });
});

/** Those that name a time: a rate limit, or trouble of ours or the vendor's that passes. */
const retriesWithWait = new Set<string>([
  'rate_limited',
  'token_rate_limited',
  'concurrency_limited',
  'key_lookup_unavailable',
  'journal_unavailable',
  'shutting_down',
  'overloaded',
  'no_channel',
  'upstream_unreachable',
  'upstream_timeout',
  'upstream_error',
  'upstream_overloaded',
  'upstream_rate_limited',
  'upstream_broken',
]);

function checkEnvelope(family: Family, code: string, answer: Answer, id: string): void {
  const parsed = JSON.parse(answer.body) as Record<string, unknown>;
  const error = parsed['error'] as Record<string, unknown>;
  // Several tools show nothing but the message.
  expect(error['message']).toContain(id);
  if (family === 'openai') {
    expect(parsed['request_id']).toBe(id);
    expect(error).toMatchObject({ code, type: expect.any(String) });
  } else if (family === 'anthropic') {
    expect(parsed).toMatchObject({ type: 'error', request_id: id });
    expect(error).toMatchObject({ code, type: expect.any(String) });
    if (!unparsed.has(code) && code !== 'websocket_unsupported') expect(answer.headers.get('request-id')).toBe(id);
  } else {
    expect(error).toMatchObject({ code: answer.status, status: expect.any(String) });
    expect(JSON.stringify(error['details'])).toContain(code.toUpperCase());
  }
}
