import { type Answer, type Ask, answerTo, type Tool } from '../answer.ts';
import { type CacheUse, noCache, type PromptBlock, PromptCache } from '../cache.ts';
import type { Call } from '../call.ts';
import { noTokens, type TokenClasses } from '../counts.ts';
import { type Json, list, number, object, objects, string } from '../json.ts';
import { Refusal } from '../problem.ts';
import { countTokens } from '../tokens.ts';

/** Of an image or a page of a document, whatever its size. */
const imageTokens = 256;
const messageTokens = 4;
const contextTokens = 1_000_000;
const cache = new PromptCache();

export interface Turn {
  readonly model: string;
  readonly answer: Answer;
  readonly tokens: TokenClasses;
  readonly thinkingShown: boolean;
}

export function readTurn(call: Call, body: Json): Turn {
  const model = modelOf(call, body['model']);
  const messages = messagesOf(body['messages']);
  const most = number(body['max_tokens']);
  if (body['max_tokens'] === undefined) throw new Refusal('missing', 'max_tokens: Field required');
  if (most === null || most < 1)
    throw new Refusal('invalid', 'max_tokens: Input should be a valid integer greater than or equal to 1');
  const input = inputTokens(call, body, messages);
  const thinking = object(body['thinking']);
  const answer = answerTo(askOf(call, body, messages, most));
  const tokens = { ...input, output: answer.outputTokens, reasoning: answer.reasoningTokens };
  return { model, answer, tokens, thinkingShown: thinking['display'] !== 'omitted' };
}

/** Input by class, as the cache has it. */
export function inputTokens(call: Call, body: Json, messages: readonly Json[]): TokenClasses {
  const blocks = promptBlocks(body, messages);
  let total = 0;
  for (const block of blocks) total += block.tokens;
  const most = call.faults.contextTokens ?? contextTokens;
  if (total > most) throw new Refusal('context', `prompt is too long: ${total} tokens > ${most} maximum`);
  const use = cacheUse(call, blocks, total);
  const input = total - use.read - use.write5m - use.write1h;
  return { ...noTokens, input, cacheRead: use.read, cacheWrite5m: use.write5m, cacheWrite1h: use.write1h };
}

function cacheUse(call: Call, blocks: readonly PromptBlock[], total: number): CacheUse {
  if (call.faults.cached !== null) return { ...noCache, read: Math.min(call.faults.cached, total) };
  if (!blocks.some((block) => block.keep !== null)) return noCache;
  return cache.use(call.model ?? '', blocks, Date.now());
}

/** The vendor's own order: tools, system, messages. */
function promptBlocks(body: Json, messages: readonly Json[]): PromptBlock[] {
  const blocks: PromptBlock[] = [];
  for (const tool of objects(body['tools'])) blocks.push(block(tool, 0));
  blocks.push(...contentBlocks(body['system'], 0));
  for (const message of messages) blocks.push(...contentBlocks(message['content'], messageTokens));
  const last = blocks.at(-1);
  // A `cache_control` beside `messages` stands for one on the last block.
  if (last !== undefined && body['cache_control'] !== undefined && last.keep === null)
    blocks[blocks.length - 1] = { ...last, keep: keepOf(body['cache_control']) };
  return blocks;
}

function contentBlocks(content: unknown, extra: number): PromptBlock[] {
  if (typeof content === 'string') return [{ text: content, tokens: countTokens(content) + extra, keep: null }];
  return objects(content).map((part, i) => block(part, i === 0 ? extra : 0));
}

function block(part: Json, extra: number): PromptBlock {
  const { cache_control: control, ...rest } = part;
  const keep = keepOf(control);
  const type = part['type'];
  if (type === 'text') {
    const text = string(part['text']) ?? '';
    return { text, tokens: countTokens(text) + extra, keep };
  }
  if (type === 'image' || type === 'document')
    return { text: keep === null ? '' : JSON.stringify(rest), tokens: imageTokens + extra, keep };
  const text = JSON.stringify(rest);
  return { text, tokens: countTokens(text) + extra, keep };
}

function keepOf(control: unknown): '5m' | '1h' | null {
  const given = object(control);
  if (given['type'] !== 'ephemeral') return null;
  return given['ttl'] === '1h' ? '1h' : '5m';
}

export function messagesOf(value: unknown): readonly Json[] {
  if (value === undefined) throw new Refusal('missing', 'messages: Field required');
  if (!Array.isArray(value)) throw new Refusal('invalid', 'messages: Input should be a valid list');
  const messages = objects(value);
  if (messages.length === 0) throw new Refusal('invalid', 'messages: at least one message is required');
  for (const [i, message] of messages.entries()) {
    const role = message['role'];
    if (role !== 'user' && role !== 'assistant' && role !== 'system')
      throw new Refusal('invalid', `messages.${i}.role: Input should be 'user' or 'assistant'`);
    if (message['content'] === undefined) throw new Refusal('missing', `messages.${i}.content: Field required`);
  }
  return messages;
}

export function modelOf(call: Call, model: unknown): string {
  if (typeof model !== 'string' || model === '') throw new Refusal('missing', 'model: Field required');
  call.model = model;
  if (!isModel(model)) throw new Refusal('unknown_model', `model: ${model}`);
  return model;
}

export function isModel(name: string): boolean {
  return (
    name.length <= 200 &&
    /^(?:claude-|sandbox)/.test(name) &&
    !/unknown|missing|no-such|not-exist|nonexist|nope/.test(name)
  );
}

function askOf(call: Call, body: Json, messages: readonly Json[], maxTokens: number): Ask {
  const user = messages.findLast((message) => message['role'] === 'user');
  const asker = messages.findLast((message) => message['role'] === 'user' && textOf(message['content']) !== '');
  const format = object(object(body['output_config'])['format'] ?? body['output_format']);
  return {
    prompt: textOf(asker?.['content']),
    tools: toolsOf(body['tools']),
    toolChoice: toolChoiceOf(object(body['tool_choice'])),
    afterTool: list(user?.['content']).some((part) => object(part)['type'] === 'tool_result'),
    schema: format['type'] === 'json_schema' ? format['schema'] : null,
    maxTokens,
    reasoningTokens: thinkingTokens(body),
    stops: list(body['stop_sequences']).filter((one) => typeof one === 'string'),
    faults: call.faults,
  };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return objects(content)
    .map((part) => (part['type'] === 'text' ? (string(part['text']) ?? '') : ''))
    .filter((text) => text !== '')
    .join('\n');
}

function toolsOf(value: unknown): Tool[] {
  const tools: Tool[] = [];
  for (const tool of objects(value)) {
    const name = string(tool['name']);
    // Tools without a schema of the caller's are the vendor's own, run on its side.
    if (name !== null && tool['input_schema'] !== undefined)
      tools.push({ name, kind: 'function', schema: tool['input_schema'], namespace: null });
  }
  return tools;
}

function toolChoiceOf(choice: Json): Ask['toolChoice'] {
  const name = string(choice['name']);
  if (choice['type'] === 'tool' && name !== null) return { name };
  return choice['type'] === 'any' ? 'any' : choice['type'] === 'none' ? 'none' : 'auto';
}

const efforts: ReadonlyMap<string, number> = new Map(
  Object.entries({ low: 8, medium: 16, high: 32, xhigh: 64, max: 64 }),
);

function thinkingTokens(body: Json): number {
  const thinking = object(body['thinking']);
  if (thinking['type'] === 'adaptive')
    return efforts.get(string(object(body['output_config'])['effort']) ?? 'high') ?? 32;
  if (thinking['type'] !== 'enabled') return 0;
  const budget = number(thinking['budget_tokens']);
  if (budget === null || budget < 1024)
    throw new Refusal('invalid', 'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024');
  return 32;
}
