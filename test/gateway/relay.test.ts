import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import zlib from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { json, type ScriptedUpstream, type Seen, startGateway, startUpstream, type TestGateway } from './harness.ts';

let site: TestGateway;
let upstream: ScriptedUpstream;

beforeAll(async () => {
  upstream = await startUpstream();
  site = await startGateway({ upstream: upstream.origin });
});
afterAll(async () => {
  await site.close();
  await upstream.close();
});
beforeEach(() => {
  upstream.seen.length = 0;
  upstream.answer = (_, response) => json(response, '{"usage":{"prompt_tokens":1,"completion_tokens":1}}');
});

function post(path: string, body: string | Buffer | FormData, headers: Record<string, string> = {}): Promise<Response> {
  const type: Record<string, string> = body instanceof FormData ? {} : { 'content-type': 'application/json' };
  return fetch(site.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.keys.openai}`, ...type, ...headers },
    body: body as NonNullable<RequestInit['body']>,
  });
}

function lastSeen(): Seen {
  const seen = upstream.seen.at(-1);
  if (!seen) throw new Error('the upstream saw nothing');
  return seen;
}

describe('request bodies', () => {
  const strange =
    '{"unknown":[1e400,12345678901234567890,-0.0,1.0],"x":"\\u00e9\\ud83d\\ude00\\/","x":"twice","deep":' +
    `${'['.repeat(2_000)}${']'.repeat(2_000)}` +
    ',"model" : "gpt-5.5","tail":"é😀"}';

  test('same wire: not a byte changes', async () => {
    await post('/v1/chat/completions', strange);
    expect(lastSeen().body.equals(Buffer.from(strange))).toBe(true);
  });

  test('an alias changes one value and nothing else', async () => {
    await post('/v1/chat/completions', strange.replace('"gpt-5.5"', '"fam\\u0069liar"'));
    expect(lastSeen().body.equals(Buffer.from(strange))).toBe(true);
  });

  test('an alias in the path of Gemini', async () => {
    const response = await fetch(`${site.url}/v1beta/models/familiar:generateContent?alt=json`, {
      method: 'POST',
      headers: { 'x-goog-api-key': site.keys.gemini },
      body: '{"contents":[]}',
    });
    await response.text();
    expect(lastSeen().url).toBe('/v1beta/models/gemini-3.5-flash:generateContent?alt=json');
  });

  test.each([
    ['gzip', zlib.gzipSync],
    ['deflate', zlib.deflateSync],
    ['br', zlib.brotliCompressSync],
    ['zstd', zlib.zstdCompressSync],
  ])('%s arrives plain', async (encoding, compress) => {
    const response = await post('/v1/chat/completions', compress(Buffer.from(strange)), {
      'content-encoding': encoding,
    });
    expect(response.status).toBe(200);
    expect(lastSeen().body.equals(Buffer.from(strange))).toBe(true);
    expect(lastSeen().headers['content-encoding']).toBeUndefined();
  });

  test('a compressed bomb is refused before it is unpacked', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20));
    const response = await post('/v1/chat/completions', bomb, { 'content-encoding': 'gzip' });
    expect([400, 413]).toContain(response.status);
    expect(upstream.seen).toHaveLength(0);
  });

  test('a chat stream is asked for its usage, and the rest stays as it was', async () => {
    const body = '{"model":"gpt-5.5","stream":true,"messages":[],"n":1.0}';
    upstream.answer = (_, response) => json(response, '{}');
    await post('/v1/chat/completions', body);
    expect(lastSeen().body.toString()).toBe(`{"stream_options":{"include_usage":true},${body.slice(1)}`);
  });
});

describe('headers', () => {
  test('the key and whatever names somebody stays here, the rest goes up', async () => {
    await post('/v1/chat/completions?beta=true', '{"model":"gpt-5.5"}', {
      'x-api-key': 'also-secret',
      cookie: 'session=1',
      'openai-organization': 'org-customer',
      'openai-project': 'proj',
      'x-forwarded-for': '10.1.2.3',
      'x-lodge-anything': '1',
      'openai-beta': 'responses=v9',
      'x-codex-turn-state': 'turn',
      'x-unknown-tool-header': 'kept',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    });
    const { headers, url } = lastSeen();
    expect(url).toBe('/v1/chat/completions?beta=true');
    expect(headers.authorization).toBe('Bearer upstream-openai');
    for (const name of [
      'x-api-key',
      'cookie',
      'openai-organization',
      'openai-project',
      'x-forwarded-for',
      'x-lodge-anything',
    ])
      expect(headers, name).not.toHaveProperty(name);
    expect(headers).toMatchObject({
      'openai-beta': 'responses=v9',
      'x-codex-turn-state': 'turn',
      'x-unknown-tool-header': 'kept',
      'accept-encoding': 'identity',
      traceparent: expect.stringContaining('4bf92f'),
    });
    expect(JSON.stringify(headers)).not.toContain('sk-lodge-');
  });

  test('each vendor gets its credential where it looks for it', async () => {
    const ask = (path: string, key: string, body: string) =>
      fetch(site.url + path, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body });
    await (await ask('/v1/messages', site.keys.anthropic, '{"model":"claude-sonnet-4-6"}')).text();
    expect(lastSeen().headers).toMatchObject({ 'x-api-key': 'upstream-anthropic', 'anthropic-version': '2023-06-01' });
    expect(lastSeen().headers.authorization).toBeUndefined();
    await (await ask('/v1beta/models/gemini-3.5-flash:countTokens', site.keys.gemini, '{}')).text();
    expect(lastSeen().headers).toMatchObject({ 'x-goog-api-key': 'upstream-gemini' });
    expect(lastSeen().headers.authorization).toBeUndefined();
  });

  test('the vendor’s account stays up there, what clients need comes down', async () => {
    upstream.answer = (_, response) =>
      json(response, '{}', 200, {
        'openai-organization': 'the-site',
        'set-cookie': '__cf=1',
        'x-ratelimit-limit-requests': '9999',
        'anthropic-organization-id': 'org',
        'x-codex-turn-state': 'next',
        'openai-processing-ms': '12',
        server: 'vendor',
      });
    const { headers } = await post('/v1/chat/completions', '{"model":"gpt-5.5"}');
    for (const name of [
      'openai-organization',
      'set-cookie',
      'x-ratelimit-limit-requests',
      'anthropic-organization-id',
      'server',
    ])
      expect(headers.has(name), name).toBe(false);
    expect(headers.get('x-codex-turn-state')).toBe('next');
    expect(headers.get('openai-processing-ms')).toBe('12');
    expect(headers.get('x-request-id')).toMatch(/^req_[0-9A-Z]{28}$/);
    expect(headers.get('x-ratelimit-limit')).toBe('100000');
  });
});

describe('sync answers', () => {
  test('carry our id in the body and their bytes around it', async () => {
    const body =
      '{ "id":"chatcmpl-1","n":12345678901234567890,"usage":{"prompt_tokens":10,"completion_tokens":5},"u":"\\u00e9"}';
    upstream.answer = (_, response) => json(response, body);
    const response = await post('/v1/chat/completions', '{"model":"gpt-5.5"}');
    const id = response.headers.get('x-request-id');
    expect(await response.text()).toBe(`{"request_id":"${id}",${body.slice(1)}`);
    const record = await site.record(id);
    expect(record).toMatchObject({
      outcome: 'completed',
      chargeRule: 'actual_usage',
      usageSource: 'vendor',
      vendorResponseId: 'chatcmpl-1',
      mode: 'sync',
      modelAsked: 'gpt-5.5',
      bytesIn: 19,
      // 10 × $5 + 5 × $30 per million.
      cost: '200000',
      actualCost: '200000',
      attempts: [{ number: 1, status: 200, vendorRequestId: 'vendor-1', failure: null }],
    });
    expect(record.bytesOut).toBe(Number(response.headers.get('content-length')));
  });

  test('a large one flows, whole and metered', async () => {
    const body = `{"created":1,"data":[{"b64_json":"${'QUJD'.repeat(500_000)}"}],"usage":{"input_tokens":7,"output_tokens":9}}`;
    upstream.answer = (_, response) => json(response, body);
    const response = await post('/v1/images/generations', '{"model":"gpt-image-2","prompt":"x"}');
    const id = response.headers.get('x-request-id');
    expect(await response.text()).toBe(`{"request_id":"${id}",${body.slice(1)}`);
    expect((await site.record(id)).outcome).toBe('completed');
  });

  test('what is no JSON goes through as it is', async () => {
    const sound = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 256));
    upstream.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'audio/wav' });
      response.end(sound);
    };
    const response = await post('/v1/audio/speech', '{"model":"gpt-4o-transcribe","input":"hi"}');
    expect(Buffer.from(await response.arrayBuffer()).equals(sound)).toBe(true);
    expect(response.headers.get('content-type')).toBe('audio/wav');
  });
});

describe('forms', () => {
  function form(model: string, modelFirst: boolean): FormData {
    const data = new FormData();
    const file = new Blob([Buffer.alloc(300_000, 0xff)], { type: 'audio/wav' });
    if (modelFirst) data.append('model', model);
    data.append('file', file, 'speech.wav');
    if (!modelFirst) data.append('model', model);
    data.append('language', 'en');
    return data;
  }

  test.each([true, false])('flow up, whether the model stands first (%s) or behind the file', async (modelFirst) => {
    upstream.answer = (_, response) =>
      json(response, '{"text":"hello","usage":{"type":"tokens","input_tokens":3,"output_tokens":2,"total_tokens":5}}');
    const response = await post('/v1/audio/transcriptions', form('gpt-4o-transcribe', modelFirst));
    expect(response.status).toBe(200);
    const { body, headers } = lastSeen();
    const again = await new Response(new Uint8Array(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData();
    expect(again.get('model')).toBe('gpt-4o-transcribe');
    expect((again.get('file') as File).size).toBe(300_000);
    expect(await site.record(response.headers.get('x-request-id'))).toMatchObject({
      modelRouted: 'gpt-4o-transcribe',
      outcome: 'completed',
    });
  });

  test('with a model that the key may not use never arrive whole, small ones included', async () => {
    const small = new FormData();
    small.append('model', 'whisper-99');
    for (const data of [form('whisper-99', false), ...Array.from({ length: 40 }, () => small)]) {
      const response = await post('/v1/audio/transcriptions', data);
      expect(response.status).toBe(404);
      expect(((await response.json()) as { error: { code: string } }).error.code).toBe('model_not_found');
    }
    expect(upstream.seen).toHaveLength(0);
  });

  test('that the vendor answers before their end, from a client that then leaves, end nothing but the call', async () => {
    const early = http.createServer((_, response) => json(response, '{"error":{"message":"too large"}}', 413));
    await new Promise<void>((resolve) => early.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(early.address() as AddressInfo).port}`;
    const gateway = await startGateway({ upstream: origin });
    const socket = net.connect(Number(new URL(gateway.url).port), '127.0.0.1');
    const answered = new Promise((resolve) => socket.once('data', resolve));
    socket.write(
      `POST /v1/audio/transcriptions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${gateway.keys.openai}\r\n` +
        'content-type: multipart/form-data; boundary=b\r\ncontent-length: 900000\r\n\r\n' +
        '--b\r\ncontent-disposition: form-data; name="model"\r\n\r\ngpt-4o-transcribe\r\n--b\r\n' +
        `content-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n${'x'.repeat(200_000)}`,
    );
    expect(String(await answered)).toContain('413');
    const gone = new Promise((resolve) => gateway.gateway.server.getConnections((_, count) => resolve(count)));
    socket.destroy();
    await gone;
    // An error that nobody listened to would have ended the test run here.
    expect(await gateway.ended('vendor_error')).toMatchObject({ status: 413, actualCost: '0' });
    expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
    await gateway.close();
    await new Promise((resolve) => early.close(resolve));
  });

  test('without a model are refused', async () => {
    const data = new FormData();
    data.append('file', new Blob(['x']), 'x.wav');
    const response = await post('/v1/audio/transcriptions', data);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe('model_missing');
  });
});

describe('pass-through', () => {
  test('is charged when the answer names a model of the group, and only then', async () => {
    site.setGroup('openai', { passThrough: true });
    const charged = async (model: string) => {
      upstream.answer = (_, response) =>
        json(response, `{"model":"${model}","usage":{"input_tokens":10,"output_tokens":5}}`);
      const response = await post('/v1/something/new', '{}');
      expect(lastSeen().url).toBe('/v1/something/new');
      return site.record(response.headers.get('x-request-id'));
    };
    expect(await charged('gpt-5.5')).toMatchObject({
      modelRouted: 'gpt-5.5',
      chargeRule: 'actual_usage',
      cost: '200000',
    });
    expect(await charged('unheard-of')).toMatchObject({ chargeRule: 'unpriced', cost: '0', usage: { input: 10 } });
    site.setGroup('openai', { passThrough: false });
  });
});

describe('what the site answers itself', () => {
  const get = (path: string, headers: Record<string, string>) => fetch(site.url + path, { headers });

  test('one path, three shapes: the key decides', async () => {
    const list = async (key: string, path = '/v1/models') =>
      (await (await get(path, { authorization: `Bearer ${key}` })).json()) as Record<string, unknown>;
    expect(await list(site.keys.openai)).toMatchObject({
      object: 'list',
      data: expect.arrayContaining([expect.objectContaining({ id: 'familiar' })]),
    });
    expect(await list(site.keys.anthropic)).toMatchObject({ first_id: 'claude-sonnet-4-6', has_more: false });
    expect(await list(site.keys.gemini)).toMatchObject({
      models: [{ name: 'models/gemini-3.5-flash' }, { name: 'models/familiar' }],
    });
    expect(await list(site.keys.gemini, '/v1beta/models/gemini-3.5-flash')).toMatchObject({
      name: 'models/gemini-3.5-flash',
    });
  });

  test('a narrowed key sees what it may use', async () => {
    const key = site.addKey('openai', { allowedModels: new Set(['gpt-image-2']) });
    const { data } = (await (await get('/v1/models', { authorization: `Bearer ${key}` })).json()) as {
      data: { id: string }[];
    };
    expect(data.map(({ id }) => id)).toEqual(['gpt-image-2']);
  });

  test('health, with and without a key', async () => {
    expect(await (await get('/health', {})).json()).toMatchObject({ status: 'healthy', authenticated: false });
    const mine = (await (await get('/health', { 'x-api-key': site.keys.openai })).json()) as Record<string, string>;
    expect(mine).toMatchObject({ authenticated: true, key_prefix: site.keys.openai.slice(0, 17), version: '0.0.0' });
    expect((await get('/health', { 'x-api-key': 'sk-lodge-wrong' })).status).toBe(401);
  });

  test('a browser on the base URL gets a page with an id, a program gets JSON', async () => {
    for (const path of ['/', '/v1', '/v1beta', '/openai/v1', '/anthropic', '/gemini']) {
      const page = await get(path, { accept: 'text/html,*/*' });
      expect(page.status, path).toBe(200);
      expect(await page.text()).toContain(page.headers.get('x-request-id'));
      expect(await (await get(path, { accept: '*/*' })).json()).toMatchObject({ status: 'reachable' });
    }
  });
});
