import { capture, compileShape, jsonValue, self, text } from '../json-shape.ts';
import type { Usage } from '../types.ts';
import { anthropicUsage } from '../usage.ts';
import { commonSlot, type Wire, WireReader } from './reader.ts';

const slot = { type: 6, usage: 7, text: 8 };

const generated = text(slot.text);
const message = { id: capture(commonSlot.id), model: capture(commonSlot.model), usage: capture(slot.usage) } as const;

const shape = compileShape({
  type: capture(slot.type),
  // `message_start`; a sync body is the message itself.
  message,
  ...message,
  delta: { text: generated, thinking: generated, partial_json: generated },
  content: [{ text: generated, thinking: generated, input: generated }],
  error: { [self]: capture(commonSlot.error), type: capture(commonSlot.errorKind) },
});

const messageStop = '"message_stop"';

/**
 * `anthropic.messages`. `message_start` tells the input and what the cache did, `message_delta` the output and, with
 * server tools, everything again: members that come later take the place of earlier ones.
 */
class MessagesReader extends WireReader {
  #usage: Record<string, unknown> | null = null;
  #stop = false;

  value(which: number, bytes: Buffer | null, from: number, to: number): void {
    switch (which) {
      case slot.type:
        if (bytes !== null && to - from === messageStop.length) {
          this.#stop = bytes.toString('latin1', from, to) === messageStop;
        }
        break;
      case slot.usage:
        if (bytes !== null && bytes[from] === 0x7b) this.#merge(jsonValue(bytes, from, to));
        break;
      default:
        this.common(which, bytes, from, to);
    }
  }

  override endEvent(): boolean {
    if (this.#stop) {
      this.complete = true;
      this.ended = true;
    }
    return false;
  }

  protected usage(): Usage | null {
    return this.#usage === null ? null : anthropicUsage(this.#usage);
  }

  #merge(newer: unknown): void {
    if (typeof newer !== 'object' || newer === null) return;
    this.#usage ??= {};
    for (const [name, value] of Object.entries(newer)) if (value !== null) this.#usage[name] = value;
  }
}

export const messagesWire: Wire = { shape, reader: () => new MessagesReader() };
