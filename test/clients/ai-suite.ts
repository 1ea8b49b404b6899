import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  APICallError,
  embedMany,
  generateText,
  isStepCount,
  jsonSchema,
  type LanguageModel,
  Output,
  streamText,
  tool,
} from 'ai';
import { describe, expect, test } from 'vitest';
import { failure } from './openai-suite.ts';
import {
  chatModel,
  claudeModel,
  type GetTarget,
  geminiModel,
  question,
  reasoningModel,
  type Target,
  toolQuestion,
  weatherInput,
  weatherSchema,
} from './target.ts';

type MakeModel = (target: Target, name?: string) => LanguageModel;

const openai = (target: Target) => createOpenAI({ baseURL: target.openaiUrl, apiKey: target.keys.openai });
const google = (target: Target) =>
  createGoogleGenerativeAI({ baseURL: `${target.geminiUrl}/v1beta`, apiKey: target.keys.gemini });

/** Every provider of Vercel's `ai` that speaks one of the wires. */
const providers: readonly (readonly [name: string, make: MakeModel, unknownModel: string])[] = [
  ['@ai-sdk/openai responses', (target, name = reasoningModel) => openai(target)(name), 'gpt-nope'],
  ['@ai-sdk/openai chat', (target, name = chatModel) => openai(target).chat(name), 'gpt-nope'],
  [
    '@ai-sdk/openai-compatible',
    (target, name = chatModel) =>
      createOpenAICompatible({
        name: 'lodge',
        baseURL: target.openaiUrl,
        apiKey: target.keys.openai,
        includeUsage: true,
        supportsStructuredOutputs: true,
      })(name),
    'gpt-nope',
  ],
  [
    '@ai-sdk/anthropic',
    (target, name = claudeModel) =>
      createAnthropic({ baseURL: `${target.anthropicUrl}/v1`, apiKey: target.keys.anthropic })(name),
    'claude-nope',
  ],
  ['@ai-sdk/google', (target, name = geminiModel) => google(target)(name), 'gemini-nope'],
];

const weather = tool({
  description: 'Tells the weather',
  inputSchema: jsonSchema<{ city: string; days: number }>(weatherSchema),
  execute: ({ city }) => `sunny in ${city}`,
});

export function aiSuite(target: GetTarget): void {
  describe.each(providers)('%s', (_name, make, unknownModel) => {
    test('sync and streaming say the same, with the same usage', async () => {
      const sync = await generateText({ model: make(target()), prompt: question, maxRetries: 0 });
      expect(sync.text).toContain('Hello from the sandbox');
      const stream = streamText({ model: make(target()), prompt: question, maxRetries: 0 });
      expect(await stream.text).toBe(sync.text);
      expect(await stream.finishReason).toBe('stop');
      expect((await stream.usage).outputTokens).toBe(sync.usage.outputTokens);
      expect((await stream.usage).inputTokens).toBe(sync.usage.inputTokens);
    });

    test('a tool loop, streamed', async () => {
      const inputs: unknown[] = [];
      const stream = streamText({
        model: make(target()),
        prompt: toolQuestion,
        tools: { weather },
        stopWhen: isStepCount(3),
        maxRetries: 0,
      });
      for await (const part of stream.fullStream) if (part.type === 'tool-call') inputs.push(part.input);
      expect(inputs).toEqual([weatherInput]);
      expect(await stream.text).toContain('The tool has answered');
      expect(await stream.steps).toHaveLength(2);
    });

    test('an object by schema', async () => {
      const output = Output.object({ schema: jsonSchema<typeof weatherInput>(weatherSchema) });
      const reply = await generateText({ model: make(target()), prompt: question, output, maxRetries: 0 });
      expect(reply.output).toEqual(weatherInput);
    });

    test('its own error, with the status', async () => {
      const error = await failure(
        generateText({ model: make(target(), unknownModel), prompt: question, maxRetries: 0 }),
      );
      expect(APICallError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({ statusCode: 404, isRetryable: false });
    });
  });

  test('embeddings of two vendors', async () => {
    const values = ['a gate', 'a key'];
    const small = openai(target()).embedding('text-embedding-3-small');
    expect((await embedMany({ model: small, values, maxRetries: 0 })).embeddings.map((one) => one.length)).toEqual([
      1536, 1536,
    ]);
    const gemini = google(target()).embedding('gemini-embedding-001');
    expect((await embedMany({ model: gemini, values, maxRetries: 0 })).embeddings).toHaveLength(2);
  });
}
