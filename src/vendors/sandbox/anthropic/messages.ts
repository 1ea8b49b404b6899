import { type Answer, tokensPerPiece } from '../answer.ts';
import type { Call } from '../call.ts';
import type { TokenClasses } from '../counts.ts';
import { newId } from '../ids.ts';
import type { Json } from '../json.ts';
import type { StreamEvent } from '../stream.ts';
import { countTokens } from '../tokens.ts';
import { streamProblem } from './problems.ts';
import { inputTokens, messagesOf, modelOf, readTurn, type Turn } from './prompt.ts';

/** `POST /v1/messages`. */
export function createMessage(call: Call, body: Json): void {
  const turn = readTurn(call, body);
  const usage = call.produce(turn.tokens);
  if (body['stream'] !== true) {
    call.json(messageObject(turn, usage), usage);
    return;
  }
  call.stream({
    contentType: 'text/event-stream; charset=utf-8',
    headers: { 'cache-control': 'no-cache' },
    events: events(turn, usage),
    problemText: streamProblem,
    lines: true,
  });
}

/** `POST /v1/messages/count_tokens`. Nothing is cached by counting. */
export function countMessageTokens(call: Call, body: Json): void {
  modelOf(call, body['model']);
  const tokens = inputTokens(call, body, messagesOf(body['messages']));
  call.json({ input_tokens: tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h });
}

export function messageObject(turn: Turn, usage: TokenClasses | null): Json {
  return {
    model: turn.model,
    id: newId('msg_01'),
    type: 'message',
    role: 'assistant',
    content: contentBlocks(turn),
    stop_reason: stopReason(turn.answer),
    stop_sequence: turn.answer.stop,
    ...(usage === null ? {} : { usage: usageObject(usage) }),
  };
}

function usageObject(tokens: TokenClasses): Json {
  return {
    input_tokens: tokens.input,
    cache_creation_input_tokens: tokens.cacheWrite5m + tokens.cacheWrite1h,
    cache_read_input_tokens: tokens.cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: tokens.cacheWrite5m, ephemeral_1h_input_tokens: tokens.cacheWrite1h },
    output_tokens: tokens.output,
    ...(tokens.reasoning > 0 ? { output_tokens_details: { thinking_tokens: tokens.reasoning } } : {}),
    service_tier: 'standard',
  };
}

function stopReason(answer: Answer): string {
  switch (answer.finish) {
    case 'length':
      return 'max_tokens';
    case 'tools':
      return 'tool_use';
    case 'stop_sequence':
      return 'stop_sequence';
    default:
      return 'end_turn';
  }
}

const signature = 'c2FuZGJveCBzaWduYXR1cmUgb2YgdGhvdWdodHM=';

function contentBlocks({ answer, thinkingShown }: Turn): Json[] {
  const blocks: Json[] = [];
  if (answer.reasoningTokens > 0)
    blocks.push({ type: 'thinking', thinking: thinkingShown ? answer.reasoning.join('') : '', signature });
  for (const { tool, input } of answer.calls)
    blocks.push({ type: 'tool_use', id: newId('toolu_01'), name: tool.name, input: parsed(input.join('')) });
  if (answer.text.length > 0) blocks.push({ type: 'text', text: answer.text.join('') });
  return blocks;
}

/** An answer cut by `max_tokens` leaves half an object: then the vendor gives an empty one. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function event(type: string, members: Json, output = 0, reported?: TokenClasses | null): StreamEvent {
  const text = `event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`;
  return reported === undefined ? { text, output } : { text, output, reported };
}

function delta(index: number, type: string, member: string, value: string, output: number): StreamEvent {
  const text = `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":{"type":"${type}","${member}":${JSON.stringify(value)}}}\n\n`;
  return { text, output };
}

function* events(turn: Turn, usage: TokenClasses | null): Generator<StreamEvent> {
  const { answer } = turn;
  // The head tells the input, and one token of output that the end corrects.
  const first = usage === null ? null : { ...usage, output: Math.min(1, usage.output), reasoning: 0 };
  const message = { ...messageObject(turn, first), content: [], stop_reason: null, stop_sequence: null };
  yield event('message_start', { message }, 0, first);
  let index = 0;
  if (answer.reasoningTokens > 0) yield* thinkingEvents(index++, turn);
  if (index === 0) yield event('ping', {});
  for (const { tool, input } of answer.calls) yield* toolEvents(index++, tool.name, input);
  if (answer.text.length > 0) yield* textEvents(index, answer);
  const end = { stop_reason: stopReason(answer), stop_sequence: answer.stop };
  yield event('message_delta', { delta: end, ...deltaUsage(usage) }, 0, usage);
  yield event('message_stop', {});
}

function deltaUsage(usage: TokenClasses | null): Json {
  if (usage === null) return { usage: { output_tokens: 0 } };
  const { cache_creation: _split, service_tier: _tier, ...rest } = usageObject(usage);
  return { usage: rest };
}

function* thinkingEvents(index: number, { answer, thinkingShown }: Turn): Generator<StreamEvent> {
  const block = { type: 'thinking', thinking: '', signature: '' };
  yield event('content_block_start', { index, content_block: block }, thinkingShown ? 0 : answer.reasoningTokens);
  yield event('ping', {});
  if (thinkingShown) {
    for (const piece of answer.reasoning) yield delta(index, 'thinking_delta', 'thinking', piece, 1);
  }
  yield delta(index, 'signature_delta', 'signature', signature, 0);
  yield event('content_block_stop', { index });
}

function* toolEvents(index: number, name: string, input: readonly string[]): Generator<StreamEvent> {
  const block = { type: 'tool_use', id: newId('toolu_01'), name, input: {} };
  yield event('content_block_start', { index, content_block: block }, countTokens(name));
  yield delta(index, 'input_json_delta', 'partial_json', '', 0);
  for (const piece of input) yield delta(index, 'input_json_delta', 'partial_json', piece, 1);
  yield event('content_block_stop', { index });
}

function* textEvents(index: number, answer: Answer): Generator<StreamEvent> {
  yield event('content_block_start', { index, content_block: { type: 'text', text: '' } });
  const tokens = tokensPerPiece(answer);
  for (const piece of answer.text) yield delta(index, 'text_delta', 'text', piece, tokens);
  yield event('content_block_stop', { index });
}
