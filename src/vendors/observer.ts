import { limits } from '../base/limits.ts';
import { JsonScan } from './json-scan.ts';
import { SseObserver } from './sse.ts';
import type { Endpoint, ObservedFacts, Observer, WireId } from './types.ts';
import { messagesWire } from './wires/anthropic-messages.ts';
import { generateWire } from './wires/gemini-generate.ts';
import { chatWire } from './wires/openai-chat.ts';
import { otherWire } from './wires/openai-other.ts';
import { responsesWire } from './wires/openai-responses.ts';
import type { Wire, WireReader } from './wires/reader.ts';

const wires: Readonly<Record<WireId, Wire>> = {
  'openai.chat': chatWire,
  'openai.completions': chatWire,
  'openai.responses': responsesWire,
  'openai.embeddings': otherWire,
  'openai.moderations': otherWire,
  'openai.images': otherWire,
  'openai.audio': otherWire,
  'openai.models': otherWire,
  'openai.other': otherWire,
  'anthropic.messages': messagesWire,
  'anthropic.batches': messagesWire,
  'anthropic.models': messagesWire,
  'anthropic.other': messagesWire,
  'gemini.generate': generateWire,
  'gemini.embed': generateWire,
  'gemini.models': generateWire,
  'gemini.other': generateWire,
  lodge: otherWire,
};

export interface ObserverOptions {
  /** Of the vendor's answer; null or empty is read as JSON. */
  readonly contentType: string | null;
  /** The client has not asked for the usage event of its chat stream. */
  readonly hideUsage: boolean;
}

/** What reads the facts off an endpoint's answer: one for each answer. Chunks must not be changed after they are pushed. */
export function observer(endpoint: Endpoint, { contentType, hideUsage }: ObserverOptions): Observer {
  const wire = wires[endpoint.wire];
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/event-stream') return new SseObserver(wire, endpoint, hideUsage);
  if (type === '' || type === 'application/json' || type.endsWith('+json')) return new JsonObserver(wire, endpoint);
  return new OpaqueObserver();
}

/** One JSON text: a sync body, or a stream of Gemini's as an array. */
class JsonObserver implements Observer {
  readonly #reader: WireReader;
  readonly #scan: JsonScan;

  constructor(wire: Wire, endpoint: Endpoint) {
    this.#reader = wire.reader(endpoint);
    this.#scan = new JsonScan(wire.shape, this.#reader, limits.observedMemberBytes);
  }

  get outputBytes(): number {
    return this.#reader.outputBytes;
  }

  get ended(): boolean {
    return this.#scan.state === 'complete';
  }

  push(chunk: Buffer): Buffer {
    this.#scan.push(chunk);
    return chunk;
  }

  end(): Buffer {
    return nothing;
  }

  facts(): ObservedFacts {
    // What turned out to be no JSON has no end of its own that could be missing.
    const complete = this.#scan.state !== 'running' || !this.#scan.started;
    return { ...this.#reader.facts(), complete };
  }
}

/** Sound, pictures, plain text: nothing can be read off, and only the body's own end shows that it is whole. */
class OpaqueObserver implements Observer {
  readonly outputBytes = 0;
  ended = false;

  push(chunk: Buffer): Buffer {
    return chunk;
  }

  end(): Buffer {
    this.ended = true;
    return nothing;
  }

  facts(): ObservedFacts {
    return { usage: null, responseId: null, model: null, complete: this.ended, error: null, outputBytes: 0 };
  }
}

const nothing = Buffer.alloc(0);
