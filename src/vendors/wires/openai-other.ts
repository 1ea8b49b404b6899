import { capture, compileShape, mark, self, text } from '../json-shape.ts';
import type { Endpoint, Usage } from '../types.ts';
import { imagesOnly, openaiUsage, type PlainOutput } from '../usage.ts';
import { commonSlot, type Wire, WireReader } from './reader.ts';

const slot = { type: 6, usage: 7, item: 8, text: 9 };

const generated = text(slot.text);

const shape = compileShape({
  type: capture(slot.type),
  id: capture(commonSlot.id),
  model: capture(commonSlot.model),
  usage: capture(slot.usage),
  error: {
    [self]: capture(commonSlot.error),
    type: capture(commonSlot.errorKind),
    code: capture(commonSlot.errorName),
  },
  data: [{ [self]: mark(slot.item) }],
  // Transcriptions.
  delta: generated,
});

/**
 * Embeddings, images, speech, transcriptions, moderations, and whatever passes through: sync bodies with a `usage` at
 * their top, and streams whose last event has one. Images are counted as the elements of `data`, or as events that say
 * that one is done.
 */
class OtherReader extends WireReader {
  readonly #plainOutput: PlainOutput;
  readonly #countsImages: boolean;
  #images = 0;
  #hasUsage = false;
  #type: string | null = null;

  constructor(endpoint: Endpoint) {
    super();
    this.#countsImages = endpoint.wire === 'openai.images';
    this.#plainOutput = this.#countsImages ? 'image' : endpoint.id === 'openai.audio.speech' ? 'audio' : 'text';
  }

  value(which: number, bytes: Buffer | null, from: number, to: number): void {
    switch (which) {
      case slot.type:
        this.#type = bytes === null || to - from > 64 ? null : bytes.toString('latin1', from + 1, to - 1);
        break;
      case slot.item:
        if (this.#countsImages) this.#images++;
        break;
      case slot.usage:
        if (this.keepUsage(bytes, from, to)) this.#hasUsage = true;
        break;
      default:
        this.common(which, bytes, from, to);
    }
  }

  override endEvent(): boolean {
    switch (this.#type) {
      case 'image_generation.completed':
      case 'image_edit.completed':
        // There may be more than one, so the body's end settles it.
        this.#images++;
        this.complete = true;
        break;
      case 'speech.audio.done':
      case 'transcript.text.done':
        this.complete = true;
        this.ended = true;
        break;
      case 'error':
        this.keepUnnamedError();
        break;
    }
    this.#type = null;
    return false;
  }

  override done(): void {
    this.complete = true;
    this.ended = true;
  }

  protected usage(): Usage | null {
    const images = this.#images;
    return this.#hasUsage ? openaiUsage(this.keptUsage(), this.#plainOutput, images) : imagesOnly(images);
  }
}

export const otherWire: Wire = { shape, reader: (endpoint) => new OtherReader(endpoint) };
