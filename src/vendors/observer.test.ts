import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchEndpoint } from './endpoints.ts';
import { observer } from './observer.ts';
import { type Recording, recordingBytes, recordings } from './recordings.ts';
import type { Endpoint, ObservedFacts } from './types.ts';

function endpointOf(path: string): Endpoint {
  const match = matchEndpoint('POST', path, null);
  if (!('endpoint' in match)) throw new Error(`no endpoint ${path}`);
  return match.endpoint;
}

function typeOf(recording: Recording): string {
  return recording.file.endsWith('.sse') ? 'text/event-stream; charset=utf-8' : 'application/json';
}

interface Read {
  readonly bytes: Buffer;
  readonly facts: ObservedFacts;
}

/** Feeds the bytes cut at the places given. */
function read(
  endpoint: Endpoint,
  contentType: string,
  bytes: Buffer,
  cuts: readonly number[],
  hideUsage = false,
): Read {
  const reader = observer(endpoint, { contentType, hideUsage });
  const out: Buffer[] = [];
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    // Each piece in memory of its own, as it comes off a socket.
    out.push(reader.push(Buffer.from(bytes.subarray(from, to))));
    from = to;
  }
  out.push(reader.end());
  return { bytes: Buffer.concat(out), facts: reader.facts() };
}

function everyByte(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length - 1 }, (_, i) => i + 1);
}

/** Two pieces at every offset, and then one byte at a time. */
function expectAtEverySplit(recording: Recording, bytes: Buffer): void {
  const endpoint = endpointOf(recording.path);
  const contentType = typeOf(recording);
  for (let at = 0; at <= bytes.length; at++) {
    const seen = read(endpoint, contentType, bytes, [at]);
    if (!seen.bytes.equals(bytes)) throw new Error(`other bytes when split at ${at}`);
    expect(seen.facts, `split at ${at}`).toEqual(recording.facts);
  }
  const seen = read(endpoint, contentType, bytes, everyByte(bytes));
  expect(seen.bytes.equals(bytes)).toBe(true);
  expect(seen.facts).toEqual(recording.facts);
}

describe('recordings', () => {
  it('are all read', () => {
    const files = readdirSync(new URL('./recordings/', import.meta.url));
    expect(recordings.map((recording) => recording.file).toSorted()).toEqual(files.toSorted());
  });

  for (const recording of recordings) {
    const bytes = recordingBytes(recording);
    it(`${recording.file}: same bytes, same facts, split at every byte`, () => expectAtEverySplit(recording, bytes));
    if (!recording.file.endsWith('.sse')) continue;
    for (const [name, ending] of [
      ['CR LF', '\r\n'],
      ['CR', '\r'],
    ] as const) {
      it(`${recording.file}: the same with ${name}`, () =>
        expectAtEverySplit(recording, Buffer.from(bytes.toString('utf8').replaceAll('\n', ending))));
    }
    it(`${recording.file}: the same without its last empty line`, () => {
      const cut = Buffer.from(bytes.toString('utf8').trimEnd());
      const seen = read(endpointOf(recording.path), typeOf(recording), cut, []);
      expect(seen.facts).toEqual(recording.facts);
    });
  }
});

describe('hiding usage', () => {
  const hidden =
    /data: [^\n]*"choices":\[\],"usage":\{[^\n]*\n\n|data: [^\n]*"choices":\[\],"model"[^\n]*"usage":\{[^\n]*\n\n/;

  for (const file of [
    'chat-tools.sse',
    'completions.sse',
    'chat-spaced-no-done.sse',
    'chat-error.sse',
    'chat-cut.sse',
  ]) {
    const recording = recordings.find((one) => one.file === file);
    if (recording === undefined) throw new Error(file);
    for (const [name, ending] of [
      ['LF', '\n'],
      ['CR LF', '\r\n'],
      ['CR', '\r'],
    ] as const) {
      it(`${file}, ${name}: leaves out the usage event alone, at every split`, () => {
        const text = recordingBytes(recording).toString('utf8');
        const bytes = Buffer.from(text.replaceAll('\n', ending));
        const wanted = text.replace(hidden, '').replaceAll('\n', ending);
        expect(wanted.length < bytes.toString().length).toBe(file === 'chat-tools.sse' || file === 'completions.sse');
        const endpoint = endpointOf(recording.path);
        const splits = Array.from({ length: bytes.length + 1 }, (_, at) => [at]);
        for (const cuts of [...splits, everyByte(bytes)]) {
          const seen = read(endpoint, 'text/event-stream', bytes, cuts, true);
          if (seen.bytes.toString('utf8') !== wanted) expect(seen.bytes.toString('utf8'), `at ${cuts[0]}`).toBe(wanted);
          expect(seen.facts).toEqual(recording.facts);
        }
      });
    }
  }

  const chat = endpointOf('/v1/chat/completions');

  it('gives back the very same buffer where nothing is hidden', () => {
    const reader = observer(chat, { contentType: 'text/event-stream', hideUsage: true });
    const chunk = Buffer.from('data: {"choices":[{"index":0,"delta":{"content":"x"}}],"usage":null}\n\n');
    expect(reader.push(chunk)).toBe(chunk);
    expect(reader.push(chunk)).toBe(chunk);
  });

  it('lets a long unfinished event go instead of holding it', () => {
    const reader = observer(chat, { contentType: 'text/event-stream', hideUsage: true });
    const first = reader.push(Buffer.from(`data: {"x":"${'y'.repeat(9_000)}`));
    expect(first.length).toBeGreaterThan(9_000);
    expect(reader.push(Buffer.from('"}\n\n')).toString()).toBe('"}\n\n');
  });

  it('relays a usage-only event that the vendor sent with choices, or on another wire', () => {
    const event =
      'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}\n\n';
    expect(read(chat, 'text/event-stream', Buffer.from(event), [], true).bytes.toString()).toBe(event);
  });
});

describe('ended', () => {
  const cases = [
    ['chat-tools.sse', true],
    ['chat-spaced-no-done.sse', false],
    ['responses-tools.sse', true],
    ['responses-error.sse', false],
    ['messages-tools.sse', true],
    ['messages-cut.sse', false],
    ['gemini.sse', true],
    ['gemini-cut.sse', false],
    ['gemini-array.json', true],
  ] as const;
  for (const [file, ended] of cases) {
    it(`${file}: ${ended ? 'with its last event and not before' : 'never'}`, () => {
      const recording = recordings.find((one) => one.file === file);
      if (recording === undefined) throw new Error(file);
      const bytes = recordingBytes(recording);
      const reader = observer(endpointOf(recording.path), { contentType: typeOf(recording), hideUsage: false });
      reader.push(bytes.subarray(0, bytes.length - 4));
      expect(reader.ended).toBe(false);
      reader.push(bytes.subarray(bytes.length - 4));
      expect(reader.ended).toBe(ended);
      if (ended) expect(reader.facts()).toEqual(recording.facts);
    });
  }
});

describe('odd streams', () => {
  const chat = endpointOf('/v1/chat/completions');
  const sse = 'text/event-stream';
  const usage = '{"prompt_tokens":3,"completion_tokens":2}';

  it('reads data over several lines, without a space, behind a byte order mark and other fields', () => {
    const text = `\ufeffretry: 100\nid: 7\ndata:{"id":"a",\ndata: "choices":[],\ndata:"usage":${usage}\ndata: }\n\n: done\n\ndata: [DONE]\n\n`;
    const bytes = Buffer.from(text);
    for (let at = 0; at <= bytes.length; at++) {
      const seen = read(chat, sse, bytes, [at]);
      expect(seen.facts).toMatchObject({ responseId: 'a', complete: true, usage: { input: 3, output: 2 } });
      expect(seen.bytes.equals(bytes)).toBe(true);
    }
  });

  it('goes on behind events that are no JSON', () => {
    const text = `data: {"id":"un\n\ndata: hello\n\ndata\n\ndata: {]\n\ndata: {"id":"b","choices":[],"usage":${usage}}\n\n`;
    expect(read(chat, sse, Buffer.from(text), []).facts).toMatchObject({ responseId: 'b', usage: { input: 3 } });
  });

  it('does not take `[DONE]` for the end of wires that have another', () => {
    const done = Buffer.from('data: [DONE]\n\n');
    for (const path of ['/v1/responses', '/v1/messages', '/v1beta/models/x:streamGenerateContent']) {
      expect(read(endpointOf(path), sse, done, []).facts.complete).toBe(false);
    }
    expect(read(chat, sse, done, []).facts.complete).toBe(true);
  });

  it('keeps codes of errors and never their messages', () => {
    for (const error of [
      '"a message of a vendor"',
      '{"message":"secret"}',
      '{"code":"with spaces in it"}',
      '{"type":null}',
    ]) {
      const seen = read(chat, sse, Buffer.from(`data: {"error":${error}}\n\n`), []);
      expect(seen.facts.error).toBe('unknown_error');
    }
    const numbered = read(chat, 'application/json', Buffer.from('{"error":{"code":429,"message":"m"}}'), []);
    expect(numbered.facts.error).toBe('429');
    expect(read(chat, 'application/json', Buffer.from('{"error":null}'), []).facts.error).toBeNull();
  });

  it('knows a cut sync body, and takes what is no JSON as whole', () => {
    expect(read(chat, 'application/json', Buffer.from('{"id":"a","choices":['), []).facts.complete).toBe(false);
    expect(read(chat, 'application/json', Buffer.from('<html>'), []).facts.complete).toBe(true);
    expect(read(chat, 'text/plain', Buffer.from('WEBVTT'), []).facts).toMatchObject({ complete: true, usage: null });
    expect(observer(chat, { contentType: 'audio/mpeg', hideUsage: false }).facts().complete).toBe(false);
  });

  it('holds no more than the limit of a member that has none', () => {
    const long = 'x'.repeat(200_000);
    const bytes = Buffer.from(`{"id":"${long}","model":"m","usage":{"prompt_tokens":1,"x":"${long}"}}`);
    const cuts = Array.from({ length: 99 }, (_, i) => (i + 1) * 4_000);
    expect(read(chat, 'application/json', bytes, cuts).facts).toMatchObject({
      responseId: null,
      model: 'm',
      usage: null,
    });
  });

  it('waits for the body’s end where every Gemini event has a finish reason', () => {
    const event = (tokens: number) =>
      Buffer.from(
        `data: {"candidates":[{"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":${tokens}}}\r\n\r\n`,
      );
    const path = '/v1beta/models/gemini-1.0-pro:streamGenerateContent';
    const reader = observer(endpointOf(path), { contentType: sse, hideUsage: false });
    for (const tokens of [1, 2, 3]) {
      reader.push(event(tokens));
      expect(reader.ended).toBe(false);
    }
    expect(reader.facts()).toMatchObject({ complete: true, usage: { output: 3 } });
  });
});

describe('budget', () => {
  // The aim is 1 µs; the bound leaves room for busy machines and catches whatever costs a multiple.
  const mostMicroseconds = 5;

  it(`reads an event in less than ${mostMicroseconds} µs`, () => {
    const event = Buffer.from(
      `data: {"id":"chatcmpl-abc123abc123","object":"chat.completion.chunk","created":1767225600,"model":"gpt-5.4-2026-03-05","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":" word"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"x9dk2"}\n\n`,
    );
    const events = 5_000;
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 20; round++) {
      const reader = observer(endpointOf('/v1/chat/completions'), {
        contentType: 'text/event-stream',
        hideUsage: true,
      });
      const startedMs = performance.now();
      for (let i = 0; i < events; i++) reader.push(event);
      best = Math.min(best, ((performance.now() - startedMs) * 1_000) / events);
      expect(reader.outputBytes).toBe(5 * events);
    }
    expect(best).toBeLessThan(mostMicroseconds);
  });
});
