import { capture, compileShape, mark, self, text } from '../json-shape.ts';
import type { Endpoint, Usage } from '../types.ts';
import { imagesOnly, openaiUsage, type PlainOutput } from '../usage.ts';
import { type Wire, WireReader } from './reader.ts';

const slot = { type: 1, id: 2, model: 3, usage: 4, error: 5, errorType: 6, errorCode: 7, item: 8, text: 9 };

const generated = text(slot.text);

const shape = compileShape({
  type: capture(slot.type),
  id: capture(slot.id),
  model: capture(slot.model),
  usage: capture(slot.usage),
  error: { [self]: capture(slot.error), type: capture(slot.errorType), code: capture(slot.errorCode) },
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
      case slot.id:
        this.keepId(bytes, from, to);
        break;
      case slot.model:
        this.keepModel(bytes, from, to);
        break;
      case slot.errorType:
        this.keepError(bytes, from, to);
        break;
      case slot.errorCode:
        this.keepError(bytes, from, to, true);
        break;
      case slot.error:
        if (bytes === null || bytes[from] !== 0x6e) this.keepUnnamedError();
        break;
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
