import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../testing.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const contents = [{ role: 'user', parts: [{ text: 'hi' }] }];
const send = (action: string, body: object = {}, headers = {}): Promise<Response> =>
  sandbox.post(`/gemini/v1beta/models/${action}`, { contents, ...body }, headers);

interface Chunk {
  readonly candidates: readonly {
    readonly content: { readonly parts: readonly { text?: string }[] };
    finishReason?: string;
  }[];
  readonly usageMetadata: { readonly candidatesTokenCount: number };
}

function textOf(chunks: readonly Chunk[]): string {
  return chunks.map((chunk) => chunk.candidates[0]?.content.parts[0]?.text ?? '').join('');
}

describe('generate', () => {
  test('SSE is bare data blocks; without alt=sse it is one JSON array; both say the same as sync', async () => {
    const sse = await (await send('gemini-2.5-flash:streamGenerateContent?alt=sse')).text();
    const blocks = sse.split('\n\n').filter((block) => block !== '');
    expect(blocks.every((block) => block.startsWith('data: {'))).toBe(true);
    const chunks = blocks.map((block) => JSON.parse(block.slice(6)) as Chunk);
    const array = (await (await send('gemini-2.5-flash:streamGenerateContent')).json()) as Chunk[];
    const sync = (await (await send('gemini-2.5-flash:generateContent')).json()) as Chunk;
    expect(textOf(chunks)).toBe(textOf([sync]));
    expect(textOf(array)).toBe(textOf([sync]));
    expect(chunks.at(-1)?.candidates[0]?.finishReason).toBe('STOP');
    expect(chunks.at(-1)?.usageMetadata).toEqual(sync.usageMetadata);
  });

  test('thoughts are counted beside the candidates, and left out when the budget is 0', async () => {
    const thinking = { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } };
    const without = (await (await send('gemini-2.5-flash:generateContent', thinking)).json()) as object;
    expect(without).not.toHaveProperty('usageMetadata.thoughtsTokenCount');
    const response = await send('gemini-2.5-flash:generateContent', {
      generationConfig: { thinkingConfig: { includeThoughts: true } },
    });
    expect(await response.json()).toMatchObject({
      candidates: [{ content: { parts: [{ thought: true }, { text: expect.stringContaining('Hello') }] } }],
      usageMetadata: { thoughtsTokenCount: 16 },
    });
    const line = await sandbox.counted(response.headers.get('x-goog-request-id') ?? '');
    expect(line.produced.output).toBeGreaterThan(line.produced.reasoning);
    expect(line.reported).toEqual(line.produced);
  });

  test('images in and out, and the limit', async () => {
    const parts = [{ text: 'draw' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }];
    const drawn = await send('gemini-2.5-flash-image:generateContent', { contents: [{ role: 'user', parts }] });
    expect(await drawn.json()).toMatchObject({
      candidates: [{ content: { parts: [{ text: expect.any(String) }, { inlineData: { mimeType: 'image/png' } }] } }],
      usageMetadata: {
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 5 },
          { modality: 'IMAGE', tokenCount: 258 },
        ],
      },
    });
    expect(
      await (await send('gemini-2.0-flash:generateContent', { generationConfig: { maxOutputTokens: 2 } })).json(),
    ).toMatchObject({
      candidates: [{ finishReason: 'MAX_TOKENS' }],
    });
  });

  test('embeddings and counting, under both versions', async () => {
    const content = { parts: [{ text: 'one two' }] };
    const one = await (await send('gemini-embedding-001:embedContent', { content, outputDimensionality: 8 })).json();
    const body = {
      requests: [
        { content, outputDimensionality: 8 },
        { content, outputDimensionality: 8 },
      ],
    };
    const two = await (await sandbox.post('/gemini/v1/models/gemini-embedding-001:batchEmbedContents', body)).json();
    const values = (one as { embedding: { values: number[] } }).embedding.values;
    expect(values).toHaveLength(8);
    expect(Math.hypot(...values)).toBeCloseTo(1);
    expect(two).toMatchObject({ embeddings: [{ values }, { values }], usageMetadata: { promptTokenCount: 4 } });
    expect(await (await send('gemini-2.5-flash:countTokens')).json()).toMatchObject({ totalTokens: 5 });
  });
});

describe('refusals', () => {
  test.each([
    ['no key', 'gemini-2.5-flash', {}, { authorization: '' }, 403, 'PERMISSION_DENIED'],
    ['bad key', 'gemini-2.5-flash', {}, { 'x-goog-api-key': 'bad-key' }, 400, 'INVALID_ARGUMENT'],
    ['unknown model', 'gemini-nope', {}, {}, 404, 'NOT_FOUND'],
    ['no contents', 'gemini-2.5-flash', { contents: undefined }, {}, 400, 'INVALID_ARGUMENT'],
    ['rate limit', 'gemini-2.5-flash', {}, { 'x-sandbox-fault': 'status=429' }, 429, 'RESOURCE_EXHAUSTED'],
    ['overloaded', 'gemini-2.5-flash', {}, { 'x-sandbox-fault': 'status=503' }, 503, 'UNAVAILABLE'],
  ])('%s', async (_name, model, body, headers, code, status) => {
    const response = await send(`${model}:generateContent`, body, headers);
    expect(response.status).toBe(code);
    expect(await response.json()).toMatchObject({ error: { code, status, message: expect.any(String) } });
  });
});
