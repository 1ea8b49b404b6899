import OpenAI from 'openai';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  chatModel,
  type GetTarget,
  question,
  reasoningModel,
  toolQuestion,
  weatherInput,
  weatherSchema,
} from './target.ts';

/** The official `openai` package: what its users call, sync and streaming. */
export function openaiSuite(target: GetTarget): void {
  let client: OpenAI;
  beforeAll(() => {
    client = new OpenAI({ baseURL: target().openaiUrl, apiKey: target().keys.openai, maxRetries: 0 });
  });

  describe('chat completions', () => {
    const messages = [{ role: 'user' as const, content: question }];

    test('sync, with usage and a request id', async () => {
      const reply = await client.chat.completions.create({ model: chatModel, messages });
      expect(reply.choices[0]?.message.content).toContain('Hello from the sandbox');
      expect(reply.usage?.total_tokens).toBe((reply.usage?.prompt_tokens ?? 0) + (reply.usage?.completion_tokens ?? 0));
      expect(reply._request_id).toMatch(target().requestId);
    });

    test('streaming says the same; usage comes only when asked', async () => {
      const sync = await client.chat.completions.create({ model: chatModel, messages });
      const plain = await collect(client, {});
      expect(plain.text).toBe(sync.choices[0]?.message.content);
      expect([plain.finish, plain.usages]).toEqual(['stop', []]);
      const asked = await collect(client, { stream_options: { include_usage: true } });
      expect(asked.text).toBe(plain.text);
      expect(asked.usages).toEqual([sync.usage]);
    });

    test('a tool loop', async () => {
      const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: weatherSchema } }];
      const ask = { role: 'user' as const, content: toolQuestion };
      const first = await client.chat.completions.create({ model: chatModel, messages: [ask], tools });
      const message = first.choices[0]?.message;
      const call = message?.tool_calls?.[0];
      expect(first.choices[0]?.finish_reason).toBe('tool_calls');
      if (message === undefined || call?.type !== 'function') throw new Error('no function was called');
      expect(JSON.parse(call.function.arguments)).toEqual(weatherInput);
      const result = { role: 'tool' as const, tool_call_id: call.id, content: 'sunny' };
      const second = await client.chat.completions.create({
        model: chatModel,
        messages: [ask, message, result],
        tools,
      });
      expect(second.choices[0]?.message.content).toContain('The tool has answered');
    });

    test('streamed tool calls are put together by the helper', async () => {
      const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: weatherSchema } }];
      const stream = client.chat.completions.stream({ model: chatModel, messages, tools, tool_choice: 'required' });
      const call = (await stream.finalChatCompletion()).choices[0]?.message.tool_calls?.[0];
      expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual(weatherInput);
    });

    test('structured output', async () => {
      const format = { type: 'json_schema' as const, json_schema: { name: 'w', strict: true, schema: weatherSchema } };
      const reply = await client.chat.completions.create({ model: chatModel, messages, response_format: format });
      expect(JSON.parse(reply.choices[0]?.message.content ?? '')).toEqual(weatherInput);
    });

    test('the limit cuts', async () => {
      const reply = await client.chat.completions.create({ model: chatModel, messages, max_completion_tokens: 3 });
      expect([reply.choices[0]?.finish_reason, reply.usage?.completion_tokens]).toEqual(['length', 3]);
    });
  });

  describe('responses', () => {
    test('sync, retrieved, continued, deleted', async () => {
      const first = await client.responses.create({ model: reasoningModel, input: question });
      expect(first.output_text).toContain('Hello from the sandbox');
      expect(first.usage?.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
      expect(first._request_id).toMatch(target().requestId);
      const next = { model: reasoningModel, input: 'and then?', previous_response_id: first.id };
      expect((await client.responses.create(next)).usage?.input_tokens).toBeGreaterThan(first.usage?.input_tokens ?? 0);
      expect((await client.responses.retrieve(first.id)).output_text).toBe(first.output_text);
      await client.responses.delete(first.id);
    });

    test('streaming says the same', async () => {
      const sync = await client.responses.create({ model: reasoningModel, input: question });
      let text = '';
      let usage: unknown = null;
      for await (const event of await client.responses.create({
        model: reasoningModel,
        input: question,
        stream: true,
      })) {
        if (event.type === 'response.output_text.delta') text += event.delta;
        if (event.type === 'response.completed') usage = event.response.usage;
      }
      expect(text).toBe(sync.output_text);
      expect(usage).toEqual(sync.usage);
    });

    test('a tool loop', async () => {
      const tools = [{ type: 'function' as const, name: 'weather', parameters: weatherSchema, strict: true }];
      const first = await client.responses.create({ model: reasoningModel, input: toolQuestion, tools });
      const call = first.output.find((item) => item.type === 'function_call');
      expect(JSON.parse(call?.arguments ?? 'null')).toEqual(weatherInput);
      const result = { type: 'function_call_output' as const, call_id: call?.call_id ?? '', output: 'sunny' };
      const second = await client.responses.create({
        model: reasoningModel,
        previous_response_id: first.id,
        input: [result],
        tools,
      });
      expect(second.output_text).toContain('The tool has answered');
    });

    test('input tokens are counted', async () => {
      const counted = await client.responses.inputTokens.count({ model: reasoningModel, input: question });
      expect(counted.input_tokens).toBeGreaterThan(0);
    });
  });

  describe('the rest', () => {
    test('completions, sync and streaming', async () => {
      const body = { model: 'gpt-3.5-turbo-instruct', prompt: question };
      const sync = await client.completions.create(body);
      let text = '';
      for await (const chunk of await client.completions.create({ ...body, stream: true }))
        text += chunk.choices[0]?.text ?? '';
      expect(text).toBe(sync.choices[0]?.text);
    });

    test('embeddings: base64, as the SDK asks, and floats are the same vector', async () => {
      const body = { model: 'text-embedding-3-small', input: ['a gate', 'a key'] };
      const packed = await client.embeddings.create(body);
      const floats = await client.embeddings.create({ ...body, encoding_format: 'float' });
      expect(packed.data.map((one) => one.embedding.length)).toEqual([1536, 1536]);
      expect(packed.data[1]?.embedding[7]).toBeCloseTo(floats.data[1]?.embedding[7] ?? Number.NaN, 6);
      expect(packed.usage.total_tokens).toBeGreaterThan(0);
    });

    test('moderations, images, speech, transcription', async () => {
      const moderated = await client.moderations.create({ model: 'omni-moderation-latest', input: 'flag this' });
      expect(moderated.results[0]?.flagged).toBe(true);
      const image = await client.images.generate({ model: 'gpt-image-2', prompt: 'a gate' });
      const png = Buffer.from(image.data?.[0]?.b64_json ?? '', 'base64');
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      const file = await OpenAI.toFile(png, 'gate.png', { type: 'image/png' });
      const edited = await client.images.edit({ model: 'gpt-image-2', image: file, prompt: 'wider' });
      expect(edited.usage?.input_tokens_details.image_tokens).toBeGreaterThan(0);
      const speech = await client.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'come in' });
      const wav = Buffer.from(await speech.arrayBuffer());
      expect(wav.subarray(0, 4).toString()).toBe('RIFF');
      const heard = await client.audio.transcriptions.create({
        model: 'gpt-4o-transcribe',
        file: await OpenAI.toFile(wav, 'gate.wav', { type: 'audio/wav' }),
      });
      expect(heard.text).toContain('Hello');
    });

    test('models', async () => {
      const ids: string[] = [];
      for await (const model of client.models.list()) ids.push(model.id);
      expect(ids).toContain(chatModel);
      expect(await client.models.retrieve(chatModel)).toMatchObject({ id: chatModel, object: 'model' });
    });
  });

  describe('errors are the SDK’s own', () => {
    const messages = [{ role: 'user' as const, content: question }];

    test('unknown model', async () => {
      const error = await failure(client.chat.completions.create({ model: 'gpt-nope', messages }));
      expect(error).toBeInstanceOf(OpenAI.NotFoundError);
      expect(error).toMatchObject({ status: 404, code: 'model_not_found' });
      expect(error).toHaveProperty('requestID', expect.stringMatching(target().requestId));
    });

    test('bad request', async () => {
      const broken = { model: chatModel, messages: [] };
      expect(await failure(client.chat.completions.create(broken))).toBeInstanceOf(OpenAI.BadRequestError);
    });

    test('a cut stream is an error, never a short answer', async () => {
      const content = `${question} [sandbox:cut-after=4]`;
      const stream = await client.chat.completions.create({
        model: chatModel,
        messages: [{ role: 'user', content }],
        stream: true,
      });
      const read = async (): Promise<void> => {
        for await (const _ of stream);
      };
      expect(await failure(read())).toBeInstanceOf(Error);
    });
  });
}

interface Collected {
  readonly text: string;
  readonly finish: string | null;
  readonly usages: readonly unknown[];
}

async function collect(client: OpenAI, extra: { stream_options?: { include_usage: boolean } }): Promise<Collected> {
  const messages = [{ role: 'user' as const, content: question }];
  const stream = await client.chat.completions.create({ model: chatModel, messages, stream: true, ...extra });
  let text = '';
  let finish: string | null = null;
  const usages: unknown[] = [];
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? '';
    finish = chunk.choices[0]?.finish_reason ?? finish;
    if (chunk.usage) usages.push(chunk.usage);
  }
  return { text, finish, usages };
}

/** What a call failed with. */
export async function failure(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call did not fail');
}
