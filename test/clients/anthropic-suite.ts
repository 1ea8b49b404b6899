import Anthropic from '@anthropic-ai/sdk';
import OldAnthropic from 'anthropic-sdk-0';
import { beforeAll, describe, expect, test } from 'vitest';
import { failure } from './openai-suite.ts';
import { claudeModel, type GetTarget, question, toolQuestion, weatherInput, weatherSchema } from './target.ts';

const messages = [{ role: 'user' as const, content: question }];
const ask = { model: claudeModel, max_tokens: 200, messages };

/** The official `@anthropic-ai/sdk`, 1.x with its bearer keys. */
export function anthropicSuite(target: GetTarget): void {
  let client: Anthropic;
  beforeAll(() => {
    client = new Anthropic({ baseURL: target().anthropicUrl, apiKey: target().keys.anthropic, maxRetries: 0 });
  });

  describe('@anthropic-ai/sdk 1.x', () => {
    test('sync, with usage and a request id', async () => {
      const reply = await client.messages.create(ask);
      expect(reply.content[0]).toMatchObject({ type: 'text', text: expect.stringContaining('Hello from the sandbox') });
      expect(reply.usage.output_tokens).toBeGreaterThan(5);
      expect(reply._request_id).toMatch(target().requestId);
    });

    test('streaming says the same', async () => {
      const sync = await client.messages.create(ask);
      const stream = client.messages.stream(ask);
      const final = await stream.finalMessage();
      expect(final.content).toEqual(sync.content);
      expect(final.usage.output_tokens).toBe(sync.usage.output_tokens);
      expect(stream.request_id).toMatch(target().requestId);
    });

    test('raw events, thinking first', async () => {
      const thinking = { type: 'enabled' as const, budget_tokens: 1024 };
      const types: string[] = [];
      for await (const event of await client.messages.create({ ...ask, max_tokens: 2000, thinking, stream: true })) {
        if (event.type === 'content_block_start') types.push(event.content_block.type);
        else if (!event.type.includes('delta')) types.push(event.type);
      }
      const block = 'content_block_stop';
      expect(types).toEqual(['message_start', 'thinking', block, 'text', block, 'message_stop']);
    });

    test('a tool loop', async () => {
      const tools = [{ name: 'weather', input_schema: { ...weatherSchema, required: ['city', 'days'] } }];
      const user = { role: 'user' as const, content: toolQuestion };
      const first = await client.messages.create({ ...ask, messages: [user], tools });
      const use = first.content.find((block) => block.type === 'tool_use');
      expect([first.stop_reason, use?.input]).toEqual(['tool_use', weatherInput]);
      const result = { type: 'tool_result' as const, tool_use_id: use?.id ?? '', content: 'sunny' };
      const turns = [
        user,
        { role: 'assistant' as const, content: first.content },
        { role: 'user' as const, content: [result] },
      ];
      const second = await client.messages.create({ ...ask, messages: turns, tools });
      expect(second.content[0]).toMatchObject({ text: expect.stringContaining('The tool has answered') });
    });

    test('a cached prefix is written once, then read', async () => {
      const text = `${Math.random()} ${'word '.repeat(1200)}`;
      const system = [{ type: 'text' as const, text, cache_control: { type: 'ephemeral' as const } }];
      const [first, second] = [
        await client.messages.create({ ...ask, system }),
        await client.messages.create({ ...ask, system }),
      ];
      const written = first.usage.cache_creation_input_tokens ?? 0;
      expect(written).toBeGreaterThan(1200);
      expect(first.usage.cache_creation?.ephemeral_5m_input_tokens).toBe(written);
      expect([second.usage.cache_read_input_tokens, second.usage.cache_creation_input_tokens]).toEqual([written, 0]);
    });

    test('tokens are counted, models listed', async () => {
      expect((await client.messages.countTokens({ model: claudeModel, messages })).input_tokens).toBeGreaterThan(0);
      const ids: string[] = [];
      for await (const model of client.models.list({ limit: 3 })) ids.push(model.id);
      expect(ids).toContain(claudeModel);
      expect(await client.models.retrieve(claudeModel)).toMatchObject({ id: claudeModel, type: 'model' });
    });

    test('errors are the SDK’s own', async () => {
      const error = await failure(client.messages.create({ ...ask, model: 'claude-nope' }));
      expect(error).toBeInstanceOf(Anthropic.NotFoundError);
      expect(error).toMatchObject({ status: 404, type: 'not_found_error' });
      expect(error).toHaveProperty('requestID', expect.stringMatching(target().requestId));
      expect(await failure(client.messages.create({ ...ask, messages: [] }))).toBeInstanceOf(Anthropic.BadRequestError);
      const cut = client.messages.stream({ ...ask, messages: [{ role: 'user', content: 'hi [sandbox:cut-after=5]' }] });
      expect(await failure(cut.finalMessage())).toBeInstanceOf(Error);
    });
  });

  oldSuite(target);
}

/** The same package before 1.0: `x-api-key`, and what Claude Code still sends. */
function oldSuite(target: GetTarget): void {
  describe('@anthropic-ai/sdk 0.x', () => {
    let client: OldAnthropic;
    beforeAll(() => {
      client = new OldAnthropic({ baseURL: target().anthropicUrl, apiKey: target().keys.anthropic, maxRetries: 0 });
    });

    test('sync and streaming say the same', async () => {
      const sync = await client.messages.create(ask);
      const final = await client.messages.stream(ask).finalMessage();
      expect(final.content).toEqual(sync.content);
      expect(sync._request_id).toMatch(target().requestId);
    });

    test('the beta client with its query string', async () => {
      const reply = await client.beta.messages.create({ ...ask, betas: ['interleaved-thinking-2025-05-14'] });
      expect(reply.content[0]).toMatchObject({ type: 'text' });
    });

    test('counting, and its own errors', async () => {
      expect((await client.messages.countTokens({ model: claudeModel, messages })).input_tokens).toBeGreaterThan(0);
      const error = await failure(client.messages.create({ ...ask, model: 'claude-nope' }));
      expect(error).toBeInstanceOf(OldAnthropic.NotFoundError);
    });
  });
}
