import { type Answer, answerTo, tokensPerPiece } from '../answer.ts';
import type { Call } from '../call.ts';
import { noTokens, type TokenClasses } from '../counts.ts';
import { newId } from '../ids.ts';
import { type Json, list, number, object, string } from '../json.ts';
import { Refusal } from '../problem.ts';
import type { StreamEvent } from '../stream.ts';
import { countTokens } from '../tokens.ts';
import { chatUsage, finishReason } from './chat-words.ts';
import { streamProblem } from './problems.ts';
import { checkContext, modelOf } from './prompt.ts';

/** What the vendor generates when `max_tokens` is not given. */
const defaultMaxTokens = 16;

/** `POST /completions`, the old one. */
export function completions(call: Call, body: Json): void {
  const model = modelOf(call, body['model']);
  const prompt = promptOf(body['prompt']);
  const input = countTokens(prompt);
  checkContext(call, input);
  const stop = body['stop'];
  const answer = answerTo({
    prompt,
    tools: [],
    toolChoice: 'none',
    afterTool: false,
    schema: null,
    maxTokens: number(body['max_tokens']) ?? defaultMaxTokens,
    reasoningTokens: 0,
    stops: typeof stop === 'string' ? [stop] : list(stop).filter((one) => typeof one === 'string'),
    faults: call.faults,
  });
  const usage = call.produce({ ...noTokens, input, output: answer.outputTokens });
  const head = { id: newId('cmpl-'), object: 'text_completion', created: Math.floor(Date.now() / 1000), model };
  if (body['stream'] === true) {
    const asked = object(body['stream_options'])['include_usage'] === true;
    call.stream({
      contentType: 'text/event-stream; charset=utf-8',
      events: events(head, answer, asked, usage),
      problemText: streamProblem,
      lines: true,
    });
    return;
  }
  const choice = { text: answer.text.join(''), index: 0, logprobs: null, finish_reason: finishReason(answer) };
  call.json({ ...head, choices: [choice], ...(usage === null ? {} : { usage: shortUsage(usage) }) }, usage);
}

function promptOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) throw new Refusal('missing', "Missing required parameter: 'prompt'.", 'prompt');
  return list(value)
    .map((one) => string(one) ?? '')
    .join('\n');
}

function shortUsage(usage: TokenClasses): Json {
  const { prompt_tokens, completion_tokens, total_tokens } = chatUsage(usage);
  return { prompt_tokens, completion_tokens, total_tokens };
}

function* events(head: Json, answer: Answer, asked: boolean, usage: TokenClasses | null): Generator<StreamEvent> {
  const chunk = (members: Json): string =>
    `data: ${JSON.stringify({ ...head, ...members, ...(asked && members['usage'] === undefined ? { usage: null } : {}) })}\n\n`;
  for (const text of answer.text) {
    const choices = [{ text, index: 0, logprobs: null, finish_reason: null }];
    yield { text: chunk({ choices }), output: tokensPerPiece(answer) };
  }
  const last = [{ text: '', index: 0, logprobs: null, finish_reason: finishReason(answer) }];
  yield { text: chunk({ choices: last }), output: 0 };
  if (asked && usage !== null)
    yield { text: chunk({ choices: [], usage: shortUsage(usage) }), output: 0, reported: usage };
  yield { text: 'data: [DONE]\n\n', output: 0 };
}
