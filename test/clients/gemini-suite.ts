import { ApiError, FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';
import { beforeAll, describe, expect, test } from 'vitest';
import { failure } from './openai-suite.ts';
import { type GetTarget, geminiModel, question, toolQuestion, weatherInput, weatherSchema } from './target.ts';

/** The official `@google/genai`, under both of its API versions. */
export function geminiSuite(target: GetTarget): void {
  describe.each(['v1', 'v1beta'])('@google/genai, %s', (apiVersion) => {
    let client: GoogleGenAI;
    beforeAll(() => {
      const httpOptions = { baseUrl: target().geminiUrl, apiVersion };
      client = new GoogleGenAI({ apiKey: target().keys.gemini, httpOptions });
    });

    test('sync, with usage', async () => {
      const reply = await client.models.generateContent({ model: geminiModel, contents: question });
      expect(reply.text).toContain('Hello from the sandbox');
      const { promptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = reply.usageMetadata ?? {};
      expect(reply.usageMetadata?.totalTokenCount).toBe(promptTokenCount + candidatesTokenCount + thoughtsTokenCount);
      if (target().lodge) expect(reply.sdkHttpResponse?.headers?.['x-request-id']).toMatch(target().requestId);
    });

    test('streaming says the same', async () => {
      const sync = await client.models.generateContent({ model: geminiModel, contents: question });
      let text = '';
      let usage: unknown;
      for await (const chunk of await client.models.generateContentStream({ model: geminiModel, contents: question })) {
        text += chunk.text ?? '';
        usage = chunk.usageMetadata;
      }
      expect(text).toBe(sync.text);
      expect(usage).toEqual(sync.usageMetadata);
    });

    test('a tool loop', async () => {
      const functionDeclarations = [{ name: 'weather', parametersJsonSchema: weatherSchema }];
      const config = { tools: [{ functionDeclarations }] };
      const user = { role: 'user', parts: [{ text: toolQuestion }] };
      const first = await client.models.generateContent({ model: geminiModel, contents: [user], config });
      expect(first.functionCalls).toMatchObject([{ name: 'weather', args: weatherInput }]);
      const response = { functionResponse: { name: 'weather', response: { output: 'sunny' } } };
      const model = first.candidates?.[0]?.content ?? {};
      const contents = [user, model, { role: 'user', parts: [response] }];
      const second = await client.models.generateContent({ model: geminiModel, contents, config });
      expect(second.text).toContain('The tool has answered');
    });

    test('a forced function, and JSON by schema', async () => {
      const toolConfig = { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } };
      const tools = [{ functionDeclarations: [{ name: 'weather', parametersJsonSchema: weatherSchema }] }];
      const forced = await client.models.generateContent({
        model: geminiModel,
        contents: question,
        config: { tools, toolConfig },
      });
      expect(forced.functionCalls?.[0]?.name).toBe('weather');
      const config = { responseMimeType: 'application/json', responseJsonSchema: weatherSchema };
      const json = await client.models.generateContent({ model: geminiModel, contents: question, config });
      expect(JSON.parse(json.text ?? '')).toEqual(weatherInput);
    });

    test('embeddings, counting, models', async () => {
      const reply = await client.models.embedContent({ model: 'gemini-embedding-001', contents: ['a gate', 'a key'] });
      expect(reply.embeddings?.map((one) => one.values?.length)).toEqual([3072, 3072]);
      expect((await client.models.countTokens({ model: geminiModel, contents: question })).totalTokens).toBeGreaterThan(
        0,
      );
      const names: (string | undefined)[] = [];
      for await (const model of await client.models.list()) names.push(model.name);
      expect(names).toContain(`models/${geminiModel}`);
      expect((await client.models.get({ model: geminiModel })).name).toBe(`models/${geminiModel}`);
    });

    test('errors are the SDK’s own', async () => {
      const error = await failure(client.models.generateContent({ model: 'gemini-nope', contents: question }));
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({ status: 404 });
      const cut = await client.models.generateContentStream({
        model: geminiModel,
        contents: 'hi [sandbox:cut-after=3]',
      });
      const read = async (): Promise<void> => {
        for await (const _ of cut);
      };
      expect(await failure(read())).toBeInstanceOf(Error);
    });
  });
}
