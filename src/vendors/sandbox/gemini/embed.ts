import type { Call } from '../call.ts';
import { noTokens, type TokenClasses } from '../counts.ts';
import { type Json, number, object, objects, string } from '../json.ts';
import { Refusal } from '../problem.ts';
import { countTokens } from '../tokens.ts';
import { embed, maxDimensions } from '../vectors.ts';
import { modelOf } from './prompt.ts';

const usualDimensions = 3072;
const maxRequests = 100;

/** `models/X:embedContent`. */
export function embedContent(call: Call, name: string, body: Json): void {
  modelOf(call, name);
  const { values, tokens } = embedding(body);
  const usage = call.produce({ ...noTokens, input: tokens });
  call.json({ embedding: { values }, ...usageMember(usage) }, usage);
}

/** `models/X:batchEmbedContents`. */
export function batchEmbedContents(call: Call, name: string, body: Json): void {
  modelOf(call, name);
  const requests = objects(body['requests']);
  if (requests.length === 0)
    throw new Refusal('missing', '* BatchEmbedContentsRequest.requests: at least one is required\n');
  if (requests.length > maxRequests)
    throw new Refusal(
      'invalid',
      `* BatchEmbedContentsRequest.requests: at most ${maxRequests} requests can be in one batch\n`,
    );
  const all = requests.map(embedding);
  const usage = call.produce({ ...noTokens, input: all.reduce((sum, one) => sum + one.tokens, 0) });
  call.json({ embeddings: all.map(({ values }) => ({ values })), ...usageMember(usage) }, usage);
}

function embedding(request: Json): { values: number[]; tokens: number } {
  const config = object(request['embedContentConfig']);
  const dimensions = number(request['outputDimensionality'] ?? config['outputDimensionality']) ?? usualDimensions;
  const parts = objects(object(request['content'])['parts']);
  if (parts.length === 0) throw new Refusal('missing', '* EmbedContentRequest.content: contents is not specified\n');
  const text = parts.map((part) => string(part['text']) ?? '').join('\n');
  const vector = embed(text, Math.min(Math.max(dimensions, 1), maxDimensions));
  return { values: Array.from(vector), tokens: countTokens(text) };
}

function usageMember(usage: TokenClasses | null): Json {
  if (usage === null) return {};
  const details = [{ modality: 'TEXT', tokenCount: usage.input }];
  return {
    usageMetadata: { promptTokenCount: usage.input, promptTokensDetails: details, totalTokenCount: usage.input },
  };
}
