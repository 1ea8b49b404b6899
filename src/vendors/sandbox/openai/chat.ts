import { type Answer, type Ask, answerTo, type Tool } from '../answer.ts';
import type { Call } from '../call.ts';
import { noTokens, type TokenClasses } from '../counts.ts';
import { newId } from '../ids.ts';
import { type Json, list, number, object, objects, string } from '../json.ts';
import { Refusal } from '../problem.ts';
import type { StreamEvent } from '../stream.ts';
import { countTokens } from '../tokens.ts';
import { streamProblem } from './problems.ts';
import {
  cachedTokens,
  checkContext,
  contentText,
  messageTokensOf,
  modelOf,
  reasoningTokens,
  toolTokens,
} from './prompt.ts';

const maxChoices = 8;

/** `POST /chat/completions`. */
export function chatCompletions(call: Call, body: Json): void {
  const model = modelOf(call, body['model']);
  const messages = messagesOf(body['messages']);
  const input = promptTokens(call, body, messages);
  const answer = answerTo(askOf(call, body, messages, model));
  const choices = Math.min(Math.max(number(body['n']) ?? 1, 1), maxChoices);
  const tokens = {
    ...input,
    output: answer.outputTokens * choices,
    reasoning: answer.reasoningTokens * choices,
  };
  const usage = call.produce(tokens);
  const head = { id: newId('chatcmpl-'), created: Math.floor(Date.now() / 1000), model };
  if (body['stream'] === true) {
    stream(call, body, head, answer, choices, usage);
    return;
  }
  const all = Array.from({ length: choices }, (_, index) => ({
    index,
    message: { role: 'assistant', content: contentOf(answer), refusal: null, annotations: [], ...toolCalls(answer) },
    logprobs: null,
    finish_reason: finishReason(answer),
  }));
  const reply = { id: head.id, object: 'chat.completion', created: head.created, model, choices: all };
  const shown = usage === null ? {} : { usage: chatUsage(usage) };
  call.json({ ...reply, ...shown, service_tier: 'default', system_fingerprint: 'fp_sandbox' }, usage);
}

export function chatUsage(tokens: TokenClasses): Json {
  const prompt = tokens.input + tokens.cacheRead + tokens.audioInput;
  const completion = tokens.output + tokens.audioOutput;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: tokens.cacheRead, audio_tokens: tokens.audioInput },
    completion_tokens_details: {
      reasoning_tokens: tokens.reasoning,
      audio_tokens: tokens.audioOutput,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function messagesOf(value: unknown): readonly Json[] {
  if (value === undefined) throw new Refusal('missing', "Missing required parameter: 'messages'.", 'messages');
  if (!Array.isArray(value))
    throw new Refusal('invalid', "Invalid type for 'messages': expected an array of objects.", 'messages');
  const messages = objects(value);
  if (messages.length === 0)
    throw new Refusal(
      'invalid',
      "Invalid 'messages': empty array. Expected an array with minimum length 1.",
      'messages',
    );
  for (const [i, message] of messages.entries()) {
    if (typeof message['role'] !== 'string')
      throw new Refusal('missing', `Missing required parameter: 'messages[${i}].role'.`, `messages[${i}].role`);
  }
  return messages;
}

function promptTokens(call: Call, body: Json, messages: readonly Json[]): TokenClasses {
  let text = toolTokens(body['tools']);
  let audio = 0;
  for (const message of messages) {
    const tokens = messageTokensOf(message);
    text += tokens.text;
    audio += tokens.audio;
  }
  checkContext(call, text + audio);
  const cacheRead = cachedTokens(call, body, messages, body['tools'], text);
  return { ...noTokens, input: text - cacheRead, cacheRead, audioInput: audio };
}

function askOf(call: Call, body: Json, messages: readonly Json[], model: string): Ask {
  const last = messages.at(-1);
  const user = messages.findLast((message) => message['role'] === 'user');
  const format = object(body['response_format']);
  const stop = body['stop'];
  return {
    prompt: contentText(user?.['content']),
    tools: toolsOf(body['tools']),
    toolChoice: toolChoiceOf(body['tool_choice']),
    afterTool: last?.['role'] === 'tool' || last?.['role'] === 'function',
    schema: schemaOf(format),
    maxTokens: number(body['max_completion_tokens']) ?? number(body['max_tokens']),
    reasoningTokens: reasoningTokens(model, body['reasoning_effort']),
    stops: typeof stop === 'string' ? [stop] : list(stop).filter((one) => typeof one === 'string'),
    faults: call.faults,
  };
}

function schemaOf(format: Json): unknown {
  if (format['type'] === 'json_object') return true;
  return format['type'] === 'json_schema' ? object(format['json_schema'])['schema'] : null;
}

function toolsOf(value: unknown): Tool[] {
  const tools: Tool[] = [];
  for (const tool of objects(value)) {
    const kind = tool['type'] === 'custom' ? 'custom' : 'function';
    const described = object(tool[kind]);
    const name = string(described['name']);
    if (name !== null) tools.push({ name, kind, schema: described['parameters'], namespace: null });
  }
  return tools;
}

function toolChoiceOf(value: unknown): Ask['toolChoice'] {
  if (value === 'none' || value === 'auto') return value;
  if (value === 'required') return 'any';
  const name = string(object(object(value)['function'])['name']) ?? string(object(object(value)['custom'])['name']);
  return name === null ? 'auto' : { name };
}

function contentOf(answer: Answer): string | null {
  return answer.calls.length > 0 ? null : answer.text.join('');
}

function finishReason(answer: Answer): string {
  return answer.finish === 'length' ? 'length' : answer.finish === 'tools' ? 'tool_calls' : 'stop';
}

function toolCalls(answer: Answer): Json {
  if (answer.calls.length === 0) return {};
  return {
    tool_calls: answer.calls.map(({ tool, input }) =>
      tool.kind === 'custom'
        ? { id: newId('call_'), type: 'custom', custom: { name: tool.name, input: input.join('') } }
        : { id: newId('call_'), type: 'function', function: { name: tool.name, arguments: input.join('') } },
    ),
  };
}

interface Head {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

function stream(call: Call, body: Json, head: Head, answer: Answer, choices: number, usage: TokenClasses | null): void {
  const asked = object(body['stream_options'])['include_usage'] === true;
  call.stream({
    contentType: 'text/event-stream; charset=utf-8',
    events: events(head, answer, choices, asked ? { usage } : null),
    problemText: streamProblem,
    lines: true,
  });
}

/** `usage` null: not asked for, and then no chunk has the member at all. */
function* events(
  head: Head,
  answer: Answer,
  choices: number,
  asked: { readonly usage: TokenClasses | null } | null,
): Generator<StreamEvent> {
  const base = JSON.stringify({
    id: head.id,
    object: 'chat.completion.chunk',
    created: head.created,
    model: head.model,
  });
  const start = `data: ${base.slice(0, -1)},"service_tier":"default","system_fingerprint":"fp_sandbox","choices":[`;
  const end = asked === null ? ']}\n\n' : '],"usage":null}\n\n';
  const chunk = (index: number, delta: string, finish = 'null'): string =>
    `${start}{"index":${index},"delta":${delta},"logprobs":null,"finish_reason":${finish}}${end}`;
  for (let index = 0; index < choices; index++) {
    const role = answer.calls.length > 0 ? 'null' : '""';
    yield {
      text: chunk(index, `{"role":"assistant","content":${role},"refusal":null}`),
      output: answer.reasoningTokens,
    };
    for (const piece of answer.text)
      yield { text: chunk(index, `{"content":${JSON.stringify(piece)}}`), output: tokensPerPiece(answer) };
    yield* callEvents(answer, (delta) => chunk(index, delta));
    yield { text: chunk(index, '{}', `"${finishReason(answer)}"`), output: 0 };
  }
  if (asked !== null && asked.usage !== null) {
    const text = `${start}],"usage":${JSON.stringify(chatUsage(asked.usage))}}\n\n`;
    yield { text, output: 0, reported: asked.usage };
  }
  yield { text: 'data: [DONE]\n\n', output: 0 };
}

/** Pieces hold one token each unless the fault `events` has put several together. */
export function tokensPerPiece(answer: Answer): number {
  return answer.text.length === 0 ? 0 : (answer.outputTokens - answer.reasoningTokens) / answer.text.length;
}

function* callEvents(answer: Answer, chunk: (delta: string) => string): Generator<StreamEvent> {
  for (const [index, { tool, input }] of answer.calls.entries()) {
    const member = tool.kind === 'custom' ? 'input' : 'arguments';
    const first = { index, id: newId('call_'), type: tool.kind, [tool.kind]: { name: tool.name, [member]: '' } };
    yield { text: chunk(JSON.stringify({ tool_calls: [first] })), output: countTokens(tool.name) };
    for (const piece of input) {
      const part = { index, [tool.kind]: { [member]: piece } };
      yield { text: chunk(JSON.stringify({ tool_calls: [part] })), output: 1 };
    }
  }
}
