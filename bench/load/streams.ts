import { type Connection, connect, type Target } from './connection.ts';
import { EventCounter } from './event-counter.ts';

/** Streams that run side by side until they are told to stop or end by themselves. */
export interface StreamsOrder {
  readonly kind: 'streams';
  readonly target: Target;
  readonly streams: number;
}

/** What has come so far, over all streams. */
export interface StreamsState {
  readonly streams: number;
  readonly events: number;
  /** Chunks that brought them: as many as events when each was relayed on its own. */
  readonly pieces: number;
  readonly disorder: number;
  readonly completed: number;
  /** The longest time that any stream was silent since the last look. */
  readonly silentMs: number;
}

interface Stream {
  readonly counter: EventCounter;
  connection: Connection | null;
  pieces: number;
  lastMs: number;
  ended: boolean;
}

/** Opened little by little: a gateway's queue of new connections is not what is measured here. */
const openedAtOnce = 64;

export class Streams {
  readonly #streams: Stream[] = [];
  readonly #lost = Promise.withResolvers<never>();
  #silentMs = 0;

  constructor() {
    // Whoever waits is told; when nobody does, the loss is told with the next state.
    this.#lost.promise.catch(() => {});
  }

  /** Resolves when every stream has brought its first event. */
  async open({ target, streams }: StreamsOrder): Promise<StreamsState> {
    for (let first = 0; first < streams; first += openedAtOnce) {
      const numbers = Array.from({ length: Math.min(openedAtOnce, streams - first) }, (_, index) => first + index);
      await Promise.race([Promise.all(numbers.map((number) => this.#openOne(target, number))), this.#lost.promise]);
    }
    return this.state();
  }

  state(): StreamsState {
    const state = { streams: this.#streams.length, events: 0, pieces: 0, disorder: 0, completed: 0 };
    for (const { counter, pieces, ended } of this.#streams) {
      state.events += counter.events;
      state.pieces += pieces;
      state.disorder += counter.disorder;
      if (ended && counter.done) state.completed++;
    }
    const silentMs = this.#silentMs;
    this.#silentMs = 0;
    return { ...state, silentMs };
  }

  /** Resolves when all have ended by themselves. */
  async ended(): Promise<StreamsState> {
    await Promise.race([Promise.all(this.#endings), this.#lost.promise]);
    return this.state();
  }

  close(): void {
    for (const { connection } of this.#streams) connection?.close();
  }

  readonly #endings: Promise<void>[] = [];

  async #openOne(target: Target, number: number): Promise<void> {
    const stream: Stream = { counter: new EventCounter(), connection: null, pieces: 0, lastMs: 0, ended: false };
    const begun = Promise.withResolvers<void>();
    const ending = Promise.withResolvers<void>();
    this.#streams.push(stream);
    this.#endings.push(ending.promise);
    let status = 0;
    stream.connection = await connect(target, number, {
      head: (of) => {
        status = of;
      },
      body: (bytes) => {
        if (status !== 200) return this.#lost.reject(new Error(`A stream was answered with ${status}: ${bytes}`));
        this.#note(stream, bytes);
        begun.resolve();
      },
      end: () => {
        stream.ended = true;
        ending.resolve();
      },
      lost: (reason) => this.#lost.reject(new Error(`A stream was lost: ${reason}.`)),
    });
    stream.connection.send();
    await begun.promise;
  }

  #note(stream: Stream, bytes: Buffer): void {
    const nowMs = performance.now();
    if (stream.lastMs > 0) this.#silentMs = Math.max(this.#silentMs, nowMs - stream.lastMs);
    stream.lastMs = nowMs;
    stream.pieces++;
    stream.counter.push(bytes);
  }
}
