import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sseBlocks, startTestSandbox, type TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] };
const ask = (list: string, stream = true): Promise<Response> =>
  sandbox.post('/openai/v1/chat/completions', { ...chat, stream }, { 'x-sandbox-fault': list });

function idOf(response: Response): string {
  return response.headers.get('x-request-id') ?? '';
}

/** What a client gets of a body before its connection breaks. */
async function untilBroken(response: Response): Promise<{ text: string; broken: boolean }> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const part of response.body ?? []) text += decoder.decode(part as Uint8Array, { stream: true });
  } catch {
    return { text, broken: true };
  }
  return { text, broken: false };
}

describe('faults in streams', () => {
  test('cut-after breaks the connection after n events, and counts what was sent', async () => {
    const response = await ask('cut-after=3');
    const { text, broken } = await untilBroken(response);
    expect(broken).toBe(true);
    expect(sseBlocks(text)).toHaveLength(3);
    const line = await sandbox.counted(idOf(response));
    // The first chunk holds the role alone: two tokens of text went out.
    expect(line).toMatchObject({ outcome: 'cut', events: 3, status: 200, reported: null, produced: { output: 2 } });
  });

  test('end-after ends cleanly with nothing missing on the transport, and no terminator', async () => {
    const { text, broken } = await untilBroken(await ask('end-after=2'));
    expect(broken).toBe(false);
    expect(sseBlocks(text)).toHaveLength(2);
    expect(text).not.toContain('[DONE]');
  });

  test("error-after sends the wire's own error event", async () => {
    const { text } = await untilBroken(await ask('error-after=1'));
    expect(JSON.parse(sseBlocks(text)[1]?.data ?? '')).toMatchObject({ error: { code: 'server_is_overloaded' } });
    const messages = { model: 'claude-opus-5', max_tokens: 9, stream: true, messages: chat.messages };
    const fault = { 'x-sandbox-fault': 'error-after=1' };
    const other = await (await sandbox.post('/anthropic/v1/messages', messages, fault)).text();
    expect(sseBlocks(other)[1]).toMatchObject({ event: 'error', data: expect.stringContaining('overloaded_error') });
  });

  test('split sends the same bytes in small packets, also inside a character', async () => {
    const plain = (await (await ask('tokens=80')).text()).replaceAll(/chatcmpl-\w+|"created":\d+/g, '');
    const split = (await (await ask('tokens=80,split=1')).text()).replaceAll(/chatcmpl-\w+|"created":\d+/g, '');
    expect(split).toBe(plain);
  });

  test('crlf and comments change the frame alone', async () => {
    const text = await (await ask('crlf,comments')).text();
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(text).toContain(': sandbox\r\n\r\ndata: ');
    expect(sseBlocks(text).at(-1)?.data).toBe('[DONE]');
  });

  test('hang-after keeps the connection until the client leaves, which is counted as aborted', async () => {
    const leave = new AbortController();
    const response = await fetch(`${sandbox.origin}/openai/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'x-sandbox-fault': 'hang-after=2' },
      body: JSON.stringify({ ...chat, stream: true }),
      signal: leave.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    leave.abort();
    expect(await sandbox.counted(idOf(response))).toMatchObject({ outcome: 'aborted', events: 2 });
  });

  test('never answers, and counts the caller who has had enough', async () => {
    const before = sandbox.counts();
    const leave = new AbortController();
    const fault = { authorization: 'Bearer x', 'x-sandbox-fault': 'never' };
    const init = { method: 'POST', headers: fault, body: JSON.stringify(chat), signal: leave.signal };
    const answer = fetch(`${sandbox.origin}/openai/v1/chat/completions`, init).catch(() => 'left');
    for (let i = 0; i < 1000 && sandbox.counts().inFlight === 0; i++) await fetch(`${sandbox.origin}/`);
    leave.abort();
    expect(await answer).toBe('left');
    for (let i = 0; i < 1000 && sandbox.counts().inFlight > 0; i++) await fetch(`${sandbox.origin}/`);
    expect(sandbox.counts().aborted).toBe(before.aborted + 1);
  });

  test('events and tokens set the length', async () => {
    const text = await (await ask('events=7,tokens=70')).text();
    const blocks = sseBlocks(text);
    // Role, 7 deltas, finish, [DONE].
    expect(blocks).toHaveLength(10);
    const response = await ask('events=7,tokens=70');
    await response.text();
    expect(await sandbox.counted(idOf(response))).toMatchObject({ produced: { output: 70 }, events: 10 });
  });

  test('delays hold back the head and every event', async () => {
    const started = performance.now();
    await (await ask('delay-ms=30,event-delay-ms=5,tokens=4')).text();
    // Head, then a wait after each of 7 events.
    expect(performance.now() - started).toBeGreaterThan(30 + 6 * 4);
  });
});

describe('faults in whole answers', () => {
  test('cut-after counts bytes of the body', async () => {
    const { text, broken } = await untilBroken(await ask('cut-after=20', false));
    expect(broken).toBe(true);
    expect(text).toHaveLength(20);
  });

  test('gzip', async () => {
    const response = await ask('gzip', false);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.json()).toMatchObject({ object: 'chat.completion' });
    const stream = await (await ask('gzip')).text();
    expect(stream).toContain('[DONE]');
  });

  test('no-usage and wrong-usage', async () => {
    expect(await (await ask('no-usage', false)).json()).not.toHaveProperty('usage');
    const response = await ask('wrong-usage', false);
    const { usage } = (await response.json()) as { usage: { completion_tokens: number } };
    const line = await sandbox.counted(idOf(response));
    expect(line.reported?.output).toBe(usage.completion_tokens);
    expect(line.produced.output * 10).toBe(usage.completion_tokens);
  });

  test('status with retry-after, html, and a huge header', async () => {
    const limited = await ask('status=429,retry-after=7');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    const html = await ask('html-error');
    expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html; charset=UTF-8']);
    const huge = await ask('huge-header=9000', false);
    expect(huge.headers.get('x-sandbox-huge')).toHaveLength(9000);
  });

  test('a fault that does not exist is refused in the vendor’s shape', async () => {
    const response = await ask('nonsense=1');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('nonsense') } });
  });

  test('times=1 in a marker: the first call fails, the same again is served', async () => {
    const messages = [{ role: 'user', content: 'hi [sandbox:status=503,times=1,tag=here]' }];
    const statuses: number[] = [];
    for (let i = 0; i < 2; i++)
      statuses.push((await sandbox.post('/openai/v1/chat/completions', { model: 'gpt-4o', messages })).status);
    expect(statuses).toEqual([503, 200]);
  });
});
