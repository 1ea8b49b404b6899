import { type Answer, tokensPerPiece } from '../answer.ts';
import type { TokenClasses } from '../counts.ts';
import { type Json, list, object } from '../json.ts';
import type { Problem } from '../problem.ts';
import type { StreamEvent } from '../stream.ts';
import { countTokens } from '../tokens.ts';
import { problemObject } from './problems.ts';

export function streamProblem(problem: Problem): string {
  const { message, code, param } = problemObject(problem).error;
  return block('error', JSON.stringify({ type: 'error', code, message, param, sequence_number: 999_999 }));
}

function block(name: string, json: string): string {
  return `event: ${name}\ndata: ${json}\n\n`;
}

/** Numbers the events of one stream. */
class Numbered {
  #next = 0;

  event(type: string, members: Json, output = 0, reported?: TokenClasses | null): StreamEvent {
    const text = block(type, JSON.stringify({ type, ...members, sequence_number: this.#next++ }));
    return reported === undefined ? { text, output } : { text, output, reported };
  }

  /** The many small ones: only `delta` differs. */
  delta(type: string, place: string, delta: string, output: number): StreamEvent {
    const json = `{"type":"${type}",${place},"delta":${JSON.stringify(delta)},"sequence_number":${this.#next++}}`;
    return { text: block(type, json), output };
  }
}

/** The events of a response whose items are known: nothing is told before its `…added`, and the end repeats it all. */
export function* responseEvents(
  response: Json,
  output: readonly Json[],
  answer: Answer,
  usage: TokenClasses | null,
): Generator<StreamEvent> {
  const numbered = new Numbered();
  const started = { ...response, status: 'in_progress', output: [], usage: null, completed_at: null };
  yield numbered.event('response.created', { response: { ...started, incomplete_details: null } });
  yield numbered.event('response.in_progress', { response: { ...started, incomplete_details: null } });
  for (const [index, item] of output.entries()) yield* itemEvents(numbered, index, item, output, answer);
  const end = response['status'] === 'incomplete' ? 'response.incomplete' : 'response.completed';
  yield numbered.event(end, { response }, 0, usage);
}

function* itemEvents(
  numbered: Numbered,
  index: number,
  item: Json,
  output: readonly Json[],
  answer: Answer,
): Generator<StreamEvent> {
  const id = String(item['id']);
  const added = (members: Json): StreamEvent =>
    numbered.event('response.output_item.added', { output_index: index, item: { ...item, ...members } });
  switch (item['type']) {
    case 'message':
      yield added({ status: 'in_progress', content: [] });
      yield* textEvents(numbered, index, id, item, answer);
      break;
    case 'function_call':
      yield added({ status: 'in_progress', arguments: '' });
      yield* callEvents(
        numbered,
        'response.function_call_arguments',
        'arguments',
        index,
        item,
        callOf(index, output, answer),
      );
      break;
    case 'custom_tool_call':
      yield added({ status: 'in_progress', input: '' });
      yield* callEvents(
        numbered,
        'response.custom_tool_call_input',
        'input',
        index,
        item,
        callOf(index, output, answer),
      );
      break;
    default:
      yield added({});
  }
  const reasoning = item['type'] === 'reasoning' ? answer.reasoningTokens : 0;
  yield numbered.event('response.output_item.done', { output_index: index, item }, reasoning);
}

function* textEvents(
  numbered: Numbered,
  index: number,
  id: string,
  item: Json,
  answer: Answer,
): Generator<StreamEvent> {
  const place = { item_id: id, output_index: index, content_index: 0 };
  const part = object(list(item['content'])[0]);
  yield numbered.event('response.content_part.added', { ...place, part: { ...part, text: '' } });
  const written = `${JSON.stringify(place).slice(1, -1)},"logprobs":[]`;
  for (const piece of answer.text)
    yield numbered.delta('response.output_text.delta', written, piece, tokensPerPiece(answer));
  yield numbered.event('response.output_text.done', { ...place, text: part['text'], logprobs: [] });
  yield numbered.event('response.content_part.done', { ...place, part });
}

function callOf(index: number, output: readonly Json[], answer: Answer): readonly string[] {
  const calls = output.filter((item) => String(item['type']).endsWith('call'));
  const item = output[index];
  return item === undefined ? [] : (answer.calls[calls.indexOf(item)]?.input ?? []);
}

function* callEvents(
  numbered: Numbered,
  type: string,
  member: 'arguments' | 'input',
  index: number,
  item: Json,
  pieces: readonly string[],
): Generator<StreamEvent> {
  const place = { item_id: item['id'], output_index: index };
  const written = JSON.stringify(place).slice(1, -1);
  for (const piece of pieces) yield numbered.delta(`${type}.delta`, written, piece, 1);
  yield numbered.event(`${type}.done`, { ...place, [member]: item[member] }, countTokens(String(item['name'])));
}
