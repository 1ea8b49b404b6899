import { type Answer, type Ask, answerTo, type Tool } from '../answer.ts';
import type { Call } from '../call.ts';
import { noTokens, type TokenClasses } from '../counts.ts';
import { type Json, list, number, object, objects, string } from '../json.ts';
import { Refusal } from '../problem.ts';
import { countTokens } from '../tokens.ts';

/** What the vendor says itself of a small image. */
const imageTokens = 258;
/** And of one that it has drawn. */
const outputImageTokens = 1290;
const contentTokens = 4;
const contextTokens = 1_048_576;
/** Of a prompt part that was stored beforehand (`cachedContent`), whatever it is. */
const storedTokens = 2048;

export interface Turn {
  readonly model: string;
  readonly answer: Answer;
  readonly tokens: TokenClasses;
  readonly thoughtsShown: boolean;
  readonly candidates: number;
  /** Every candidate holds a picture beside its text. */
  readonly picture: boolean;
}

export function readTurn(call: Call, model: string, body: Json): Turn {
  const contents = contentsOf(body['contents']);
  const input = inputTokens(call, body, contents);
  const config = object(body['generationConfig']);
  const answer = answerTo(askOf(call, body, contents, model));
  const candidates = Math.min(Math.max(number(config['candidateCount']) ?? 1, 1), 8);
  const visible = (answer.outputTokens - answer.reasoningTokens) * candidates;
  const picture = model.includes('image');
  const images = picture ? candidates : 0;
  const drawn = { images, imageOutput: images * outputImageTokens };
  const tokens = { ...input, ...drawn, output: visible + answer.reasoningTokens, reasoning: answer.reasoningTokens };
  const thoughtsShown = object(config['thinkingConfig'])['includeThoughts'] === true;
  return { model, answer, tokens, thoughtsShown, candidates, picture };
}

export function inputTokens(call: Call, body: Json, contents: readonly Json[]): TokenClasses {
  let text = 0;
  let image = 0;
  let audio = 0;
  for (const content of [object(body['systemInstruction'] ?? body['system_instruction']), ...contents]) {
    const parts = objects(content['parts']);
    if (parts.length > 0) text += contentTokens;
    for (const part of parts) {
      const data = object(part['inlineData'] ?? part['inline_data'] ?? part['fileData']);
      const type = string(data['mimeType'] ?? data['mime_type']) ?? '';
      if (type.startsWith('audio/')) audio += Math.ceil((string(data['data']) ?? '').length / 1000);
      else if (type !== '') image += imageTokens;
      else text += countTokens(string(part['text']) ?? JSON.stringify(part));
    }
  }
  if (list(body['tools']).length > 0) text += countTokens(JSON.stringify(body['tools']));
  const most = call.faults.contextTokens ?? contextTokens;
  const total = text + image + audio;
  if (total > most)
    throw new Refusal(
      'context',
      `The input token count (${total}) exceeds the maximum number of tokens allowed (${most}).`,
    );
  const stored = string(body['cachedContent']) === null ? 0 : storedTokens;
  const cacheRead = Math.min(call.faults.cached ?? stored, text + stored);
  return { ...noTokens, input: text + stored - cacheRead, cacheRead, audioInput: audio, imageInput: image };
}

export function contentsOf(value: unknown): readonly Json[] {
  if (typeof value === 'string') return [{ role: 'user', parts: [{ text: value }] }];
  const contents = Array.isArray(value) ? objects(value) : [object(value)];
  if (value === undefined || contents.length === 0)
    throw new Refusal('missing', '* GenerateContentRequest.contents: contents is not specified\n');
  return contents;
}

export function modelOf(call: Call, model: string): string {
  call.model = model;
  if (!isModel(model)) {
    const text = `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`;
    throw new Refusal('unknown_model', text);
  }
  return model;
}

export function isModel(name: string): boolean {
  const known = /^(?:gemini-|gemma-|text-embedding-|embedding-|imagen-|veo-|learnlm-|sandbox)/.test(name);
  return name.length <= 200 && known && !/unknown|missing|no-such|not-exist|nonexist|nope/.test(name);
}

function askOf(call: Call, body: Json, contents: readonly Json[], model: string): Ask {
  const config = object(body['generationConfig']);
  const last = contents.at(-1);
  const user = contents.findLast((content) => content['role'] !== 'model' && textOf(content) !== '');
  const json = config['responseMimeType'] === 'application/json';
  return {
    prompt: user === undefined ? '' : textOf(user),
    tools: toolsOf(body['tools']),
    ...toolMode(object(object(body['toolConfig'] ?? body['tool_config'])['functionCallingConfig'])),
    afterTool: objects(last?.['parts']).some((part) => part['functionResponse'] !== undefined),
    schema: config['responseJsonSchema'] ?? config['_responseJsonSchema'] ?? config['responseSchema'] ?? json,
    maxTokens: number(config['maxOutputTokens']),
    reasoningTokens: thoughtTokens(model, object(config['thinkingConfig'])),
    stops: list(config['stopSequences']).filter((one) => typeof one === 'string'),
    faults: call.faults,
  };
}

function textOf(content: Json): string {
  return objects(content['parts'])
    .map((part) => string(part['text']) ?? '')
    .filter((text) => text !== '')
    .join('\n');
}

function toolsOf(value: unknown): Tool[] {
  const tools: Tool[] = [];
  for (const group of objects(value)) {
    for (const declared of objects(group['functionDeclarations'] ?? group['function_declarations'])) {
      const name = string(declared['name']);
      const schema = declared['parametersJsonSchema'] ?? declared['parameters'];
      if (name !== null) tools.push({ name, kind: 'function', schema, namespace: null });
    }
  }
  return tools;
}

function toolMode(config: Json): { toolChoice: Ask['toolChoice'] } {
  const mode = string(config['mode']);
  if (mode === 'NONE') return { toolChoice: 'none' };
  if (mode !== 'ANY') return { toolChoice: 'auto' };
  const [only, other] = list(config['allowedFunctionNames']);
  return { toolChoice: typeof only === 'string' && other === undefined ? { name: only } : 'any' };
}

const levels: ReadonlyMap<string, number> = new Map(Object.entries({ minimal: 0, low: 8, medium: 16, high: 32 }));

function thoughtTokens(model: string, config: Json): number {
  if (!/^gemini-(?:2\.5|[3-9])/.test(model) || /image|tts|embedding/.test(model)) return 0;
  if (number(config['thinkingBudget']) === 0) return 0;
  return levels.get((string(config['thinkingLevel']) ?? 'medium').toLowerCase()) ?? 16;
}
