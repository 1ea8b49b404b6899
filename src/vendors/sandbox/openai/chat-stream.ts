import { type Answer, tokensPerPiece } from '../answer.ts';
import type { TokenClasses } from '../counts.ts';
import { newId } from '../ids.ts';
import { tinyWavBase64 } from '../media.ts';
import type { StreamEvent } from '../stream.ts';
import { countTokens } from '../tokens.ts';
import { chatUsage, finishReason } from './chat-words.ts';

export interface ChatStream {
  readonly head: { readonly id: string; readonly created: number; readonly model: string };
  readonly answer: Answer;
  readonly choices: number;
  readonly spoken: boolean;
  /** Null: usage was not asked for, and then no chunk has the member at all. */
  readonly asked: { readonly usage: TokenClasses | null } | null;
}

/** The chunks of a streamed chat completion, `[DONE]` included. */
export function* chatEvents({ head, answer, choices, spoken, asked }: ChatStream): Generator<StreamEvent> {
  const { id, created, model } = head;
  const base = JSON.stringify({ id, object: 'chat.completion.chunk', created, model });
  const start = `data: ${base.slice(0, -1)},"service_tier":"default","system_fingerprint":"fp_sandbox","choices":[`;
  const end = asked === null ? ']}\n\n' : '],"usage":null}\n\n';
  const chunk = (index: number, delta: string, finish = 'null'): string =>
    `${start}{"index":${index},"delta":${delta},"logprobs":null,"finish_reason":${finish}}${end}`;
  for (let index = 0; index < choices; index++) {
    const content = answer.calls.length > 0 || spoken ? 'null' : '""';
    const role = `{"role":"assistant","content":${content},"refusal":null}`;
    yield { text: chunk(index, role), output: answer.reasoningTokens };
    if (spoken) {
      yield* spokenEvents(answer, (delta) => chunk(index, delta));
    } else {
      const tokens = tokensPerPiece(answer);
      for (const piece of answer.text)
        yield { text: chunk(index, `{"content":${JSON.stringify(piece)}}`), output: tokens };
    }
    yield* callEvents(answer, (delta) => chunk(index, delta));
    yield { text: chunk(index, '{}', `"${finishReason(answer)}"`), output: 0 };
  }
  if (asked !== null && asked.usage !== null) {
    const text = `${start}],"usage":${JSON.stringify(chatUsage(asked.usage))}}\n\n`;
    yield { text, output: 0, reported: asked.usage };
  }
  yield { text: 'data: [DONE]\n\n', output: 0 };
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

/** The words come as a transcript beside the sound. */
function* spokenEvents(answer: Answer, chunk: (delta: string) => string): Generator<StreamEvent> {
  const id = newId('audio_');
  for (const transcript of answer.text) yield { text: chunk(JSON.stringify({ audio: { id, transcript } })), output: 0 };
  yield { text: chunk(JSON.stringify({ audio: { id, data: tinyWavBase64 } })), output: 0 };
  yield { text: chunk(JSON.stringify({ audio: { id, expires_at: Math.floor(Date.now() / 1000) + 3600 } })), output: 0 };
}
