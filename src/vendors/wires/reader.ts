import { type JsonSink, jsonString, jsonValue, type Shape } from '../json-shape.ts';
import type { Endpoint, ObservedFacts, Usage } from '../types.ts';

/** A wire: what is read off its answers, sync or streaming, and how. */
export interface Wire {
  /** Both an event's data and a whole sync body fit it. */
  readonly shape: Shape;
  reader(endpoint: Endpoint): WireReader;
}

/**
 * Members that every wire has, by whatever name: the answer's id and model, and an error with the name of its kind and,
 * on most, one that says more. A wire's own slots begin behind these.
 */
export const commonSlot = { id: 1, model: 2, error: 3, errorKind: 4, errorName: 5 } as const;

/** Collects the facts of one answer. Fed by a scan; told where an event, or the whole body, ends. */
export abstract class WireReader implements JsonSink {
  outputBytes = 0;
  /** See `ObservedFacts.complete`. */
  complete = false;
  /** See `Observer.ended`. */
  ended = false;
  protected responseId: string | null = null;
  protected model: string | null = null;
  protected error: string | null = null;
  // The newest usage, as a place in a chunk: a running total comes with every event, and only the last one is parsed.
  #usageBytes: Buffer | null = null;
  #usageFrom = 0;
  #usageTo = 0;

  abstract value(slot: number, bytes: Buffer | null, from: number, to: number, start: number, end: number): void;

  /** Takes the value of a common slot. */
  protected common(which: number, bytes: Buffer | null, from: number, to: number): void {
    switch (which) {
      case commonSlot.id:
        this.#keepId(bytes, from, to);
        break;
      case commonSlot.model:
        this.#keepModel(bytes, from, to);
        break;
      case commonSlot.errorKind:
        this.keepError(bytes, from, to);
        break;
      case commonSlot.errorName:
        this.keepError(bytes, from, to, true);
        break;
      case commonSlot.error:
        if (bytes === null || bytes[from] !== 0x6e) this.keepUnnamedError();
        break;
    }
  }

  text(_slot: number, byteCount: number): void {
    this.outputBytes += byteCount;
  }

  /** An event has ended. True when it told of usage and of nothing else. */
  endEvent(): boolean {
    return false;
  }

  /** The event that is passing is already known to hold more than usage. */
  get visible(): boolean {
    return true;
  }

  /** `data: [DONE]`: the end of some wires, and of no meaning on the others. */
  done(): void {}

  facts(): ObservedFacts {
    return {
      usage: this.usage(),
      responseId: this.responseId,
      model: this.model,
      complete: this.complete,
      error: this.error,
      outputBytes: this.outputBytes,
    };
  }

  protected abstract usage(): Usage | null;

  /** Remembers a usage object. True when it is one: most events of a chat stream say `"usage":null`. */
  protected keepUsage(bytes: Buffer | null, from: number, to: number): boolean {
    if (bytes === null || bytes[from] !== 0x7b) return false;
    this.#usageBytes = bytes;
    this.#usageFrom = from;
    this.#usageTo = to;
    return true;
  }

  protected keptUsage(): unknown {
    return this.#usageBytes === null ? undefined : jsonValue(this.#usageBytes, this.#usageFrom, this.#usageTo);
  }

  #keepId(bytes: Buffer | null, from: number, to: number): void {
    if (this.responseId === null && bytes !== null) this.responseId = shortText(bytes, from, to);
  }

  #keepModel(bytes: Buffer | null, from: number, to: number): void {
    if (this.model === null && bytes !== null) this.model = shortText(bytes, from, to);
  }

  /** A type or code of an error. The first one that says something stands; `stronger` ones take its place. */
  protected keepError(bytes: Buffer | null, from: number, to: number, stronger = false): void {
    if (bytes === null) return;
    const name = errorName(bytes, from, to);
    if (name !== null && (stronger || this.error === null || this.error === unnamedError)) this.error = name;
  }

  /** An error is there, whatever it is called. */
  protected keepUnnamedError(): void {
    this.error ??= unnamedError;
  }
}

const unnamedError = 'unknown_error';

function shortText(bytes: Buffer, from: number, to: number): string | null {
  return to - from > 512 ? null : jsonString(bytes, from, to)?.slice(0, 200) || null;
}

/** Vendors' codes are identifiers. What is none may be a message, which is never kept. */
function errorName(bytes: Buffer, from: number, to: number): string | null {
  if (to - from > 80) return unnamedError;
  const value = jsonValue(bytes, from, to);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return null;
  return /^[\w.:/-]{1,64}$/.test(value) ? value : unnamedError;
}
