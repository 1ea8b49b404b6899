import { describe, expect, test } from 'vitest';
import { chatModel, claudeModel, type GetTarget, geminiModel, question, reasoningModel } from './target.ts';

interface Stream {
  readonly name: string;
  readonly path: string;
  /** The path below the sandbox's own prefix of the vendor. */
  readonly directPath: string;
  readonly vendor: 'openai' | 'anthropic' | 'gemini';
  readonly body: object;
}

const messages = [{ role: 'user', content: `${question} [sandbox:tokens=300]` }];
const contents = [{ role: 'user', parts: [{ text: `${question} [sandbox:tokens=300]` }] }];
const generate = `/v1beta/models/${geminiModel}:streamGenerateContent`;
const usage = { stream_options: { include_usage: true } };

const streams: readonly Stream[] = [
  stream('chat', 'openai', '/v1/chat/completions', { model: chatModel, messages, stream: true }),
  stream('chat with usage', 'openai', '/v1/chat/completions', { model: chatModel, messages, stream: true, ...usage }),
  stream('responses', 'openai', '/v1/responses', { model: reasoningModel, input: messages, stream: true }),
  stream('messages', 'anthropic', '/v1/messages', { model: claudeModel, max_tokens: 900, messages, stream: true }),
  stream('gemini, SSE', 'gemini', `${generate}?alt=sse`, { contents }),
  stream('gemini, array', 'gemini', generate, { contents }),
];

function stream(name: string, vendor: Stream['vendor'], path: string, body: object): Stream {
  return { name, vendor, path, directPath: `/${vendor}${path}`, body };
}

/**
 * The first lines that are not the same, our own first. A chat stream whose caller did not ask for usage is asked for it
 * by Lodge: the chunk that holds it is taken out again, but the others' `"usage":null` stays. Nothing else may differ.
 */
function firstDifference(ours: string, theirs: string, usageAsked: boolean): readonly (string | undefined)[] | null {
  const relayed = usageAsked ? ours : ours.replaceAll(',"usage":null}', '}');
  const [a, b] = [constant(relayed).split('\n'), constant(theirs).split('\n')];
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) return [a[i], b[i]];
  return null;
}

/** Ids and times differ from call to call. */
function constant(text: string): string {
  return text
    .replaceAll(/\b(chatcmpl-|resp_|msg_(?:01)?|rs_|sandbox-turn-resp_)?[0-9a-f]{32}\b/g, '$1id')
    .replaceAll(/"(created|created_at|completed_at)":\d+/g, '"$1":0');
}

/** Bytes through Lodge are the bytes of the vendor, and only the headers that customers may see come with them. */
export function relaySuite(target: GetTarget, sandboxUrl: () => string): void {
  const send = (url: string, vendor: Stream['vendor'], body: object): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${target().keys[vendor]}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const base = (): string => target().anthropicUrl;

  describe.each(streams)('$name', ({ path, directPath, vendor, body }) => {
    test('the stream is the vendor’s', async () => {
      const relayed = await send(`${base()}${path}`, vendor, body);
      const direct = await send(`${sandboxUrl()}${directPath}`, vendor, body);
      expect(relayed.status).toBe(200);
      expect(firstDifference(await relayed.text(), await direct.text(), 'stream_options' in body)).toBeNull();
      expect(relayed.headers.get('content-type')).toBe(direct.headers.get('content-type'));
    });

    test('headers', async () => {
      const { headers, body: stream } = await send(`${base()}${path}`, vendor, body);
      await stream?.cancel();
      expect(headers.get('x-request-id')).toMatch(target().requestId);
      if (vendor === 'anthropic') expect(headers.get('request-id')).toBe(headers.get('x-request-id'));
      for (const name of [
        'set-cookie',
        'openai-organization',
        'anthropic-organization-id',
        'x-goog-quota-project',
        'cf-ray',
      ])
        expect(headers.get(name), name).toBeNull();
      expect(headers.get('x-ratelimit-limit')).toMatch(/^\d+$/);
    });
  });

  test('Codex gets its turn state back', async () => {
    const response = await send(`${base()}/v1/responses`, 'openai', { model: reasoningModel, input: question });
    expect(response.headers.get('x-codex-turn-state')).toMatch(/^sandbox-turn-/);
    expect(await response.json()).toMatchObject({ request_id: response.headers.get('x-request-id') });
  });
}
