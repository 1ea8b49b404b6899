import type { Answer } from '../answer.ts';
import type { Call } from '../call.ts';
import type { TokenClasses } from '../counts.ts';
import { newId } from '../ids.ts';
import type { Json } from '../json.ts';
import { Refusal } from '../problem.ts';
import { modelOf } from './prompt.ts';
import { inputItems, inputTokens, readTurn, type Turn } from './responses-request.ts';
import { responseEvents, streamProblem } from './responses-stream.ts';

interface Stored {
  response: Json;
  readonly items: readonly Json[];
  readonly bytes: number;
}

/** Answers that may be asked for again; the oldest are forgotten. In memory only. */
const stored = new Map<string, Stored>();
const maxStored = 1000;
const maxStoredBytes = 64 * 1024 * 1024;
let storedBytes = 0;

/** `POST /responses`. */
export function createResponse(call: Call, body: Json): void {
  const turn = readTurn(call, body, earlierItems(body['previous_response_id']));
  const usage = call.produce(turn.tokens);
  const output = outputItems(turn);
  const base = responseObject(body, turn, output, usage);
  keep(call, body, base, [...turn.items, ...output]);
  const headers = { 'x-codex-turn-state': `sandbox-turn-${String(base['id'])}` };
  if (body['stream'] === true) {
    call.stream({
      contentType: 'text/event-stream; charset=utf-8',
      headers,
      events: responseEvents(base, output, turn.answer, usage),
      problemText: streamProblem,
      lines: true,
    });
    return;
  }
  if (body['background'] === true) {
    // The work is done by the time it is asked for; its tokens are told, and counted, then.
    const waiting = { ...base, status: 'queued', output: [], usage: null, completed_at: null };
    call.json(waiting, null, headers);
    return;
  }
  call.json(base, usage, headers);
}

export function retrieveResponse(call: Call, id: string): void {
  call.json(find(id).response);
}

export function deleteResponse(call: Call, id: string): void {
  find(id);
  forget(id);
  call.json({ id, object: 'response', deleted: true });
}

export function cancelResponse(call: Call, id: string): void {
  const entry = find(id);
  if (entry.response['background'] !== true)
    throw new Refusal('invalid', 'Only responses with background set to true can be cancelled.');
  entry.response = { ...entry.response, status: 'cancelled', output: [], usage: null };
  call.json(entry.response);
}

export function listInputItems(call: Call, id: string): void {
  const data = find(id).items.map((item, i) => ({ id: `msg_${i}`, ...item }));
  call.json({ object: 'list', data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more: false });
}

/** `POST /responses/compact`. */
export function compactResponse(call: Call, body: Json): void {
  const turn = readTurn(call, body, earlierItems(body['previous_response_id']));
  const usage = call.produce(turn.tokens);
  const reply = { id: newId('resp_'), object: 'response.compaction', created_at: seconds(), output: [compaction()] };
  call.json({ ...reply, ...(usage === null ? {} : { usage: responseUsage(usage) }) }, usage);
}

/** `POST /responses/input_tokens`. */
export function countInputTokens(call: Call, body: Json): void {
  modelOf(call, body['model']);
  const tokens = inputTokens(call, body, inputItems(body['input'] ?? ''));
  call.json({
    object: 'response.input_tokens',
    input_tokens: tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.audioInput,
  });
}

export function responseUsage(tokens: TokenClasses): Json {
  const input = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.audioInput;
  return {
    input_tokens: input,
    input_tokens_details: { cache_write_tokens: tokens.cacheWrite5m, cached_tokens: tokens.cacheRead },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: input + tokens.output,
  };
}

function earlierItems(id: unknown): readonly Json[] {
  if (typeof id !== 'string') return [];
  const earlier = stored.get(id);
  if (earlier === undefined)
    throw new Refusal('not_found', `Previous response with id '${id}' not found.`, 'previous_response_id', 400);
  return earlier.items;
}

function find(id: string): Stored {
  const entry = stored.get(id);
  if (entry === undefined) throw new Refusal('not_found', `Response with id '${id}' not found.`);
  return entry;
}

function keep(call: Call, body: Json, response: Json, items: readonly Json[]): void {
  if (body['store'] === false) return;
  const earlier = stored.get(String(body['previous_response_id']));
  const bytes = call.bytesIn + (earlier?.bytes ?? 0);
  stored.set(String(response['id']), { response, items, bytes });
  storedBytes += bytes;
  for (const oldest of stored.keys()) {
    if (stored.size <= maxStored && storedBytes <= maxStoredBytes) return;
    forget(oldest);
  }
}

function forget(id: string): void {
  storedBytes -= stored.get(id)?.bytes ?? 0;
  stored.delete(id);
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

function compaction(): Json {
  return { id: newId('cmp_'), type: 'compaction', encrypted_content: 'c2FuZGJveCBjb21wYWN0aW9u' };
}

function outputItems(turn: Turn): Json[] {
  const { answer } = turn;
  if (turn.compaction) return [compaction()];
  const items: Json[] = [];
  if (answer.reasoningTokens > 0)
    items.push({ id: newId('rs_'), type: 'reasoning', summary: [], encrypted_content: 'c2FuZGJveCByZWFzb25pbmc=' });
  for (const { tool, input } of answer.calls) {
    const space = tool.namespace === null ? {} : { namespace: tool.namespace };
    const base = { call_id: newId('call_'), name: tool.name, ...space, status: 'completed' };
    items.push(
      tool.kind === 'custom'
        ? { id: newId('ctc_'), type: 'custom_tool_call', ...base, input: input.join('') }
        : { id: newId('fc_'), type: 'function_call', ...base, arguments: input.join('') },
    );
  }
  if (answer.text.length > 0) items.push(message(answer));
  return items;
}

function message(answer: Answer): Json {
  const content = [{ type: 'output_text', text: answer.text.join(''), annotations: [], logprobs: [] }];
  const status = answer.finish === 'length' ? 'incomplete' : 'completed';
  return { id: newId('msg_'), type: 'message', status, role: 'assistant', content };
}

function responseObject(body: Json, turn: Turn, output: readonly Json[], usage: TokenClasses | null): Json {
  const cut = turn.answer.finish === 'length';
  return {
    id: newId('resp_'),
    object: 'response',
    created_at: seconds(),
    status: cut ? 'incomplete' : 'completed',
    background: body['background'] === true,
    completed_at: cut ? null : seconds(),
    error: null,
    incomplete_details: cut ? { reason: 'max_output_tokens' } : null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    model: turn.model,
    output,
    parallel_tool_calls: body['parallel_tool_calls'] ?? true,
    previous_response_id: body['previous_response_id'] ?? null,
    prompt_cache_key: body['prompt_cache_key'] ?? null,
    reasoning: body['reasoning'] ?? { effort: null, summary: null },
    service_tier: 'default',
    store: body['store'] !== false,
    temperature: body['temperature'] ?? 1,
    text: body['text'] ?? { format: { type: 'text' } },
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: body['tools'] ?? [],
    top_p: body['top_p'] ?? 1,
    truncation: body['truncation'] ?? 'disabled',
    ...(usage === null ? {} : { usage: responseUsage(usage) }),
    user: body['user'] ?? null,
    metadata: body['metadata'] ?? {},
  };
}
