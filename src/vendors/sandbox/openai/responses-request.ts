import { type Answer, type Ask, answerTo, type Tool } from '../answer.ts';
import type { Call } from '../call.ts';
import { noTokens, type TokenClasses } from '../counts.ts';
import { type Json, list, number, object, objects, string } from '../json.ts';
import { Refusal } from '../problem.ts';
import { countTokens } from '../tokens.ts';
import {
  cacheUse,
  checkContext,
  contentText,
  messageTokensOf,
  modelOf,
  reasoningTokens,
  toolTokens,
} from './prompt.ts';

/** What `POST /responses` was asked, and what it will answer. */
export interface Turn {
  readonly model: string;
  readonly items: readonly Json[];
  readonly answer: Answer;
  readonly tokens: TokenClasses;
  /** Codex asks for its history to be packed by a last item of this type. */
  readonly compaction: boolean;
}

/** `earlier`: the items of the response that this one continues. */
export function readTurn(call: Call, body: Json, earlier: readonly Json[]): Turn {
  const model = modelOf(call, body['model']);
  const items = [...earlier, ...inputItems(body['input'])];
  const input = inputTokens(call, body, items);
  const answer = answerTo(askOf(call, body, items, model));
  const tokens = { ...input, output: answer.outputTokens, reasoning: answer.reasoningTokens };
  return { model, items, answer, tokens, compaction: items.at(-1)?.['type'] === 'compaction_trigger' };
}

export function inputItems(input: unknown): readonly Json[] {
  if (input === undefined) throw new Refusal('missing', "Missing required parameter: 'input'.", 'input');
  if (typeof input === 'string')
    return [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: input }] }];
  if (!Array.isArray(input))
    throw new Refusal('invalid', "Invalid type for 'input': expected a string or an array.", 'input');
  return objects(input);
}

export function inputTokens(call: Call, body: Json, items: readonly Json[]): TokenClasses {
  let text = toolTokens(body['tools']) + countTokens(string(body['instructions']) ?? '');
  let audio = 0;
  for (const item of items) {
    const tokens = messageTokensOf(item);
    text += tokens.text + toolTokens(item['tools']);
    audio += tokens.audio;
  }
  checkContext(call, text + audio);
  const use = cacheUse(call, body, items, [body['instructions'] ?? null, body['tools'] ?? null], text);
  return { ...noTokens, ...use, input: text - use.cacheRead - use.cacheWrite5m, audioInput: audio };
}

function askOf(call: Call, body: Json, items: readonly Json[], model: string): Ask {
  const last = items.at(-1);
  const user = items.findLast((item) => item['role'] === 'user');
  const tools = [...toolsOf(body['tools'], null)];
  for (const item of items) {
    if (item['type'] === 'additional_tools') tools.push(...toolsOf(item['tools'], null));
  }
  const format = object(object(body['text'])['format']);
  return {
    prompt: contentText(user?.['content']),
    tools,
    toolChoice: toolChoiceOf(body['tool_choice']),
    afterTool: string(last?.['type'])?.endsWith('_output') ?? false,
    schema: format['type'] === 'json_object' ? true : format['type'] === 'json_schema' ? format['schema'] : null,
    maxTokens: number(body['max_output_tokens']),
    reasoningTokens: reasoningTokens(model, object(body['reasoning'])['effort']),
    stops: [],
    faults: call.faults,
  };
}

function toolsOf(value: unknown, namespace: string | null): Tool[] {
  const tools: Tool[] = [];
  for (const tool of list(value).map(object)) {
    const name = string(tool['name']);
    if (name === null) continue;
    if (tool['type'] === 'namespace') tools.push(...toolsOf(tool['tools'], name));
    else if (tool['type'] === 'function' || tool['type'] === 'custom')
      tools.push({ name, kind: tool['type'], schema: tool['parameters'], namespace });
  }
  return tools;
}

function toolChoiceOf(value: unknown): Ask['toolChoice'] {
  if (value === 'none' || value === 'auto') return value;
  if (value === 'required') return 'any';
  const name = string(object(value)['name']);
  return name === null ? 'auto' : { name };
}
