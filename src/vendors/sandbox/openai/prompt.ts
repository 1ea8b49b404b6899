import { type PromptBlock, PromptCache } from '../cache.ts';
import type { Call } from '../call.ts';
import { type Json, list, object, string } from '../json.ts';
import { Refusal } from '../problem.ts';
import { countTokens } from '../tokens.ts';

/** Tokens of a prompt before caching. */
export interface PromptTokens {
  readonly text: number;
  readonly audio: number;
}

/** An image in a prompt, whatever its size. */
const imageTokens = 256;
/** Of every message, for its role and frame. */
const messageTokens = 4;
const contextTokens = 400_000;

const cache = new PromptCache();

/** The text of a message's content, in any of the shapes that chat and responses know. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  let text = '';
  for (const part of list(content)) {
    const piece = string(object(part)['text']) ?? string(object(part)['refusal']);
    if (piece !== null) text += text === '' ? piece : `\n${piece}`;
  }
  return text;
}

export function messageTokensOf(message: Json): PromptTokens {
  let text = messageTokens;
  let audio = 0;
  const content = message['content'] ?? message['output'] ?? message['arguments'] ?? message['input'];
  if (typeof content === 'string') text += countTokens(content);
  for (const part of list(content)) {
    const piece = object(part);
    const data = string(object(piece['input_audio'])['data']);
    if (data !== null) audio += Math.ceil(data.length / 1000);
    else if (piece['type'] === 'image_url' || piece['type'] === 'input_image') text += imageTokens;
    else text += countTokens(string(piece['text']) ?? '');
  }
  for (const call of list(message['tool_calls'])) text += countTokens(JSON.stringify(call));
  return { text, audio };
}

export function toolTokens(tools: unknown): number {
  return list(tools).length === 0 ? 0 : countTokens(JSON.stringify(tools));
}

/**
 * With a `prompt_cache_key`: the longest known run of whole messages is read, in steps of 128, and what follows is
 * written. Only newer models tell, and charge for, what was written.
 */
export function cacheUse(
  call: Call,
  body: Json,
  messages: readonly Json[],
  tools: unknown,
  total: number,
): { readonly cacheRead: number; readonly cacheWrite5m: number } {
  if (call.faults.cached !== null) return { cacheRead: Math.min(call.faults.cached, total), cacheWrite5m: 0 };
  const key = string(body['prompt_cache_key']);
  if (key === null) return { cacheRead: 0, cacheWrite5m: 0 };
  const blocks: PromptBlock[] = [{ text: JSON.stringify(tools ?? null), tokens: 0, keep: null }];
  for (const message of messages)
    blocks.push({ text: JSON.stringify(message), tokens: messageTokensOf(message).text, keep: '1h' });
  const { read, write1h } = cache.use(`${call.model}\0${key}`, blocks, Date.now());
  const cacheRead = Math.min(total, read - (read % 128));
  const writes = /^gpt-(?:5\.[6-9]|[6-9])/.test(call.model ?? '');
  return { cacheRead, cacheWrite5m: writes ? Math.min(total - cacheRead, write1h) : 0 };
}

export function checkContext(call: Call, tokens: number): void {
  const most = call.faults.contextTokens ?? contextTokens;
  if (tokens <= most) return;
  const text = `This model's maximum context length is ${most} tokens. However, your messages resulted in ${tokens} tokens. Please reduce the length of the messages.`;
  throw new Refusal('context', text, 'messages');
}

/** The model of a body, checked as the vendor does. */
export function modelOf(call: Call, model: unknown): string {
  if (model === undefined || model === null || model === '')
    throw new Refusal('missing', 'you must provide a model parameter');
  if (typeof model !== 'string')
    throw new Refusal(
      'invalid',
      `Invalid type for 'model': expected a string, but got ${typeof model} instead.`,
      'model',
    );
  call.model = model;
  if (!isModel(model))
    throw new Refusal('unknown_model', `The model \`${model}\` does not exist or you do not have access to it.`);
  return model;
}

const names =
  /^(?:gpt-|chatgpt-|o[1-9]|codex-|computer-use-|ft:|text-embedding-|omni-moderation|text-moderation|dall-e-|tts-|whisper-|sora-|davinci|babbage|sandbox)/;

/** Any name of the vendor's own pattern is served, except those that say that they are none. */
export function isModel(name: string): boolean {
  return name.length <= 200 && names.test(name) && !/unknown|missing|no-such|not-exist|nonexist|nope/.test(name);
}

const efforts: ReadonlyMap<string, number> = new Map(
  Object.entries({
    none: 0,
    minimal: 0,
    low: 8,
    medium: 16,
    high: 32,
    xhigh: 64,
    max: 64,
  }),
);

/** Tokens that a model thinks before it answers: none for models that do not reason. */
export function reasoningTokens(model: string, effort: unknown): number {
  if (!/^(?:o[1-9]|gpt-[5-9]|codex-)/.test(model) || /chat/.test(model)) return 0;
  return efforts.get(typeof effort === 'string' ? effort : 'medium') ?? 16;
}
