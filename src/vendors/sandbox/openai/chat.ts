import { type Answer, type Ask, answerTo, type Tool } from '../answer.ts';
import type { Call } from '../call.ts';
import { noTokens, type TokenClasses } from '../counts.ts';
import { newId } from '../ids.ts';
import { type Json, list, number, object, objects, string } from '../json.ts';
import { tinyWavBase64 } from '../media.ts';
import { Refusal } from '../problem.ts';
import { chatEvents } from './chat-stream.ts';
import { chatUsage, finishReason } from './chat-words.ts';
import { streamProblem } from './problems.ts';
import {
  cacheUse,
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
  const spoken = list(body['modalities']).includes('audio') && answer.calls.length === 0;
  const output = answer.outputTokens * choices;
  // A spoken answer is paid as audio, as many tokens as its words.
  const tokens = {
    ...input,
    ...(spoken ? { audioOutput: output } : { output }),
    reasoning: answer.reasoningTokens * choices,
  };
  const usage = call.produce(tokens);
  const head = { id: newId('chatcmpl-'), created: Math.floor(Date.now() / 1000), model };
  if (body['stream'] === true) {
    const asked = object(body['stream_options'])['include_usage'] === true;
    call.stream({
      contentType: 'text/event-stream; charset=utf-8',
      events: chatEvents({ head, answer, choices, spoken, asked: asked ? { usage } : null }),
      problemText: streamProblem,
      lines: true,
    });
    return;
  }
  const content = answer.calls.length > 0 || spoken ? null : answer.text.join('');
  const told = spoken ? { audio: spokenText(answer) } : toolCalls(answer);
  const all = Array.from({ length: choices }, (_, index) => ({
    index,
    message: { role: 'assistant', content, refusal: null, annotations: [], ...told },
    logprobs: null,
    finish_reason: finishReason(answer),
  }));
  const reply = { id: head.id, object: 'chat.completion', created: head.created, model, choices: all };
  const shown = usage === null ? {} : { usage: chatUsage(usage) };
  call.json({ ...reply, ...shown, service_tier: 'default', system_fingerprint: 'fp_sandbox' }, usage);
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
  const use = cacheUse(call, body, messages, body['tools'], text);
  return { ...noTokens, ...use, input: text - use.cacheRead - use.cacheWrite5m, audioInput: audio };
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

function spokenText(answer: Answer): Json {
  const expires_at = Math.floor(Date.now() / 1000) + 3600;
  return { id: newId('audio_'), data: tinyWavBase64, expires_at, transcript: answer.text.join('') };
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
