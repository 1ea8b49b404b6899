import type { Call } from '../call.ts';
import { noTokens } from '../counts.ts';
import { type Json, number, object, string } from '../json.ts';
import { Refusal } from '../problem.ts';
import { countTokens } from '../tokens.ts';
import { embed, maxDimensions } from '../vectors.ts';
import { modelOf } from './prompt.ts';

const maxInputs = 2048;

/** `POST /embeddings`: floats, or base64 of little-endian 32-bit floats as the vendor's own SDK asks. */
export function embeddings(call: Call, body: Json): void {
  const model = modelOf(call, body['model']);
  const inputs = inputsOf(body['input']);
  const usual = model.includes('large') ? 3072 : 1536;
  const dimensions = Math.min(Math.max(number(body['dimensions']) ?? usual, 1), maxDimensions);
  const base64 = body['encoding_format'] === 'base64';
  let input = 0;
  const data = inputs.map(({ text, tokens }, index) => {
    input += tokens;
    const vector = embed(text, dimensions);
    const embedding = base64 ? Buffer.from(vector.buffer).toString('base64') : Array.from(vector);
    return { object: 'embedding', index, embedding };
  });
  const usage = call.produce({ ...noTokens, input });
  const shown = usage === null ? {} : { usage: { prompt_tokens: usage.input, total_tokens: usage.input } };
  call.json({ object: 'list', data, model, ...shown }, usage);
}

/** Text, texts, token numbers, or lists of token numbers. */
function inputsOf(value: unknown): { text: string; tokens: number }[] {
  if (value === undefined || value === '')
    throw new Refusal('missing', "Missing required parameter: 'input'.", 'input');
  const values = Array.isArray(value) && typeof value[0] !== 'number' ? value : [value];
  if (values.length === 0 || values.length > maxInputs)
    throw new Refusal('invalid', `'input' must hold 1 to ${maxInputs} items.`, 'input');
  return values.map((one) => {
    if (typeof one === 'string') return { text: one, tokens: countTokens(one) };
    if (Array.isArray(one)) return { text: one.join(' '), tokens: one.length };
    throw new Refusal('invalid', "'$.input' is invalid. Please check the API reference.", 'input');
  });
}

const categories = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/intent',
  'self-harm/instructions',
  'sexual',
  'sexual/minors',
  'violence',
  'violence/graphic',
];

/** `POST /moderations`: flags a text that asks to be flagged. It costs nothing and reports no usage. */
export function moderations(call: Call, body: Json): void {
  if (body['input'] === undefined) throw new Refusal('missing', "Missing required parameter: 'input'.", 'input');
  const model = body['model'] === undefined ? 'omni-moderation-latest' : modelOf(call, body['model']);
  call.model = model;
  const input = body['input'];
  const texts = Array.isArray(input) ? input.map((one) => string(one) ?? string(object(one)['text']) ?? '') : [input];
  const results = texts.map((text) => {
    const flagged = typeof text === 'string' && text.includes('flag this');
    return {
      flagged,
      categories: Object.fromEntries(categories.map((name) => [name, flagged && name === 'violence'])),
      category_scores: Object.fromEntries(
        categories.map((name) => [name, flagged && name === 'violence' ? 0.98 : 0.0001]),
      ),
      category_applied_input_types: Object.fromEntries(categories.map((name) => [name, ['text']])),
    };
  });
  call.json({ id: call.requestId.replace('req_', 'modr-'), model, results });
}
