import { capture, compileShape, self, text } from '../json-shape.ts';
import { openaiUsage } from '../usage.ts';
import { commonSlot, type Wire, WireReader } from './reader.ts';

const slot = { usage: 6, choice: 7, index: 8, finish: 9, text: 10 };

const generated = text(slot.text);
const calls = [
  { function: { name: generated, arguments: generated }, custom: { name: generated, input: generated } },
] as const;

/** A `delta` of a stream and the `message` of a sync body. */
const message = {
  content: generated,
  reasoning_content: generated,
  reasoning: generated,
  refusal: generated,
  tool_calls: calls,
  function_call: { name: generated, arguments: generated },
  audio: { transcript: generated },
} as const;

const shape = compileShape({
  id: capture(commonSlot.id),
  model: capture(commonSlot.model),
  usage: capture(slot.usage),
  error: {
    [self]: capture(commonSlot.error),
    type: capture(commonSlot.errorKind),
    code: capture(commonSlot.errorName),
  },
  choices: [
    {
      [self]: capture(slot.choice),
      index: capture(slot.index),
      finish_reason: capture(slot.finish),
      text: generated,
      delta: message,
      message,
    },
  ],
});

/**
 * `openai.chat` and `openai.completions`. The usage stands at the top of the last chunk, whose `choices` are empty. An
 * answer is complete with `[DONE]`, or when every choice that was seen has its finish reason: clients take either, and
 * not every vendor sends both.
 */
class ChatReader extends WireReader {
  #choicesInEvent = 0;
  #usageInEvent = false;
  #choices = 0;
  #finished = 0;

  value(which: number, bytes: Buffer | null, from: number, to: number): void {
    switch (which) {
      case slot.choice:
        this.#choicesInEvent++;
        break;
      case slot.finish:
        if (bytes !== null && bytes[from] === 0x22) this.#finished++;
        break;
      case slot.index:
        this.#index(bytes, from, to);
        break;
      case slot.usage:
        if (this.keepUsage(bytes, from, to)) this.#usageInEvent = true;
        break;
      default:
        this.common(which, bytes, from, to);
    }
  }

  override get visible(): boolean {
    return this.#choicesInEvent > 0;
  }

  override endEvent(): boolean {
    const usageOnly = this.#usageInEvent && this.#choicesInEvent === 0;
    this.#usageInEvent = false;
    this.#choicesInEvent = 0;
    if (this.#finished > 0 && this.#finished >= this.#choices) this.complete = true;
    return usageOnly;
  }

  override done(): void {
    this.complete = true;
    this.ended = true;
  }

  protected usage() {
    return openaiUsage(this.keptUsage());
  }

  #index(bytes: Buffer | null, from: number, to: number): void {
    // One digit in nearly every call, so no parser: `n` goes to 128.
    if (bytes === null || to - from > 4) return;
    let index = 0;
    for (let i = from; i < to; i++) index = index * 10 + ((bytes[i] as number) & 15);
    if (index >= this.#choices) this.#choices = index + 1;
  }
}

export const chatWire: Wire = { shape, reader: () => new ChatReader() };
