import { capture, compileShape, self, text } from '../json-shape.ts';
import { openaiUsage } from '../usage.ts';
import { commonSlot, type Wire, WireReader } from './reader.ts';

const slot = { type: 6, usage: 7, eventCode: 8, delta: 9, output: 10 };

const written = text(slot.output);
const failure = {
  [self]: capture(commonSlot.error),
  code: capture(commonSlot.errorName),
  type: capture(commonSlot.errorKind),
};
const response = {
  id: capture(commonSlot.id),
  model: capture(commonSlot.model),
  usage: capture(slot.usage),
  error: failure,
} as const;

const shape = compileShape({
  type: capture(slot.type),
  delta: text(slot.delta),
  response,
  code: capture(slot.eventCode),
  // A sync body is the response itself.
  ...response,
  output: [
    {
      content: [{ text: written, refusal: written }],
      arguments: written,
      input: written,
      summary: [{ text: written }],
    },
  ],
});

/**
 * `openai.responses`. Usage is that of `response.usage`, which every event of the response's life carries and only the
 * last one fills. Lengths are compared before names: nearly every event is a delta, of none of these lengths or names.
 */
class ResponsesReader extends WireReader {
  #last = false;
  #failed = false;
  #errorEvent = false;
  #deltaBytes = 0;
  #notText = false;
  #eventCodeBytes: Buffer | null = null;
  #eventCodeFrom = 0;
  #eventCodeTo = 0;

  override text(which: number, byteCount: number): void {
    // Deltas wait for the end of their event: its type may stand behind them, and sound is no text.
    if (which === slot.delta) this.#deltaBytes += byteCount;
    else this.outputBytes += byteCount;
  }

  value(which: number, bytes: Buffer | null, from: number, to: number): void {
    switch (which) {
      case slot.type:
        if (bytes !== null) this.#type(bytes, from, to);
        break;
      case slot.usage:
        this.keepUsage(bytes, from, to);
        break;
      case slot.eventCode:
        this.#eventCodeBytes = bytes;
        this.#eventCodeFrom = from;
        this.#eventCodeTo = to;
        break;
      default:
        this.common(which, bytes, from, to);
    }
  }

  override endEvent(): boolean {
    if (!this.#notText) this.outputBytes += this.#deltaBytes;
    this.#deltaBytes = 0;
    this.#notText = false;
    if (this.#errorEvent) {
      this.keepError(this.#eventCodeBytes, this.#eventCodeFrom, this.#eventCodeTo);
      this.keepUnnamedError();
    }
    this.#errorEvent = false;
    this.#eventCodeBytes = null;
    if (this.#failed) this.keepUnnamedError();
    if (this.#last) {
      this.complete = true;
      this.ended = true;
    }
    return false;
  }

  protected usage() {
    return openaiUsage(this.keptUsage());
  }

  /** `bytes[from, to)` with its quotes. */
  #type(bytes: Buffer, from: number, to: number): void {
    switch (to - from) {
      case '"error"'.length:
        this.#errorEvent = is(bytes, from, '"error"');
        break;
      case '"response.failed"'.length:
        if (is(bytes, from, '"response.failed"')) this.#failed = this.#last = true;
        break;
      // As long as `response.cancelled`.
      case '"response.completed"'.length:
        if (is(bytes, from, '"response.completed"') || is(bytes, from, '"response.cancelled"')) this.#last = true;
        break;
      case '"response.incomplete"'.length:
        if (is(bytes, from, '"response.incomplete"')) this.#last = true;
        break;
      case '"response.audio.delta"'.length:
        this.#notText = is(bytes, from, '"response.audio.delta"');
        break;
      case '"response.output_audio.delta"'.length:
        this.#notText = is(bytes, from, '"response.output_audio.delta"');
        break;
    }
  }
}

function is(bytes: Buffer, from: number, name: string): boolean {
  return bytes.toString('latin1', from, from + name.length) === name;
}

export const responsesWire: Wire = { shape, reader: () => new ResponsesReader() };
