import { capture, compileShape, self, text } from '../json-shape.ts';
import type { Usage } from '../types.ts';
import { geminiUsage, imagesOnly } from '../usage.ts';
import { commonSlot, type Wire, WireReader } from './reader.ts';

const slot = { usage: 6, finish: 7, index: 8, text: 9, media: 10, blocked: 11 };

const generated = text(slot.text);
const answer = {
  responseId: capture(commonSlot.id),
  modelVersion: capture(commonSlot.model),
  usageMetadata: capture(slot.usage),
  promptFeedback: { blockReason: capture(slot.blocked) },
  error: {
    [self]: capture(commonSlot.error),
    status: capture(commonSlot.errorName),
    code: capture(commonSlot.errorKind),
  },
  candidates: [
    {
      index: capture(slot.index),
      finishReason: capture(slot.finish),
      content: {
        parts: [
          {
            text: generated,
            functionCall: generated,
            executableCode: { code: generated },
            inlineData: { mimeType: capture(slot.media) },
          },
        ],
      },
    },
  ],
} as const;

// Without `alt=sse` a stream is one JSON array, whose elements are what the events would be.
const shape = compileShape(answer, [answer]);

/**
 * `gemini.generate` and `gemini.embed`. `usageMetadata` is the running total in every event: the last one stands. It is
 * read at its exact path only, since a function call's arguments are plain JSON that the model writes.
 */
class GenerateReader extends WireReader {
  #candidates = 1;
  #finished = 0;
  #blocked = false;
  #hasUsage = false;
  #images = 0;
  #isFirst = true;

  value(which: number, bytes: Buffer | null, from: number, to: number): void {
    switch (which) {
      case slot.usage:
        if (this.keepUsage(bytes, from, to)) this.#hasUsage = true;
        break;
      case slot.finish:
        if (bytes !== null && bytes[from] === 0x22 && to - from > 2) this.#finished++;
        break;
      case slot.index:
        if (bytes !== null && to - from === 1)
          this.#candidates = Math.max(this.#candidates, (bytes[from] as number) - 0x2f);
        break;
      case slot.media:
        if (bytes?.toString('latin1', from, from + '"image/'.length) === '"image/') this.#images++;
        break;
      case slot.blocked:
        if (bytes !== null && bytes[from] === 0x22) this.#blocked = true;
        break;
      default:
        this.common(which, bytes, from, to);
    }
  }

  override endEvent(): boolean {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (!this.#blocked && this.#finished < this.#candidates) return false;
    // Older models repeat the finish reason in every event from the first on: only the body's end is their last word.
    this.ended = !isFirst && !this.complete && this.#hasUsage;
    this.complete = true;
    return false;
  }

  protected usage(): Usage | null {
    return this.#hasUsage ? geminiUsage(this.keptUsage(), this.#images) : imagesOnly(this.#images);
  }
}

export const generateWire: Wire = { shape, reader: () => new GenerateReader() };
