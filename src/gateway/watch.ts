import type { Clock } from '../base/clock.ts';
import type { Refusal } from './errors.ts';

/** Something that wants to be looked at now and then: a running exchange with its timers. */
export interface Watched {
  tick(nowMs: number): void;
  /** Ends what runs, for a reason of the site's own. */
  cut(refused: Refusal): void;
}

const everyMs = 100;

/**
 * One timer for all running exchanges. A timer for each, renewed with every chunk, costs more than relaying the chunk;
 * a tenth of a second is fine enough for limits of seconds.
 */
export class Watch {
  readonly #clock: Clock;
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | null = null;
  /** Monotonic, as of the last tick: free to read with every chunk. */
  nowMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.nowMs = clock.monotonic();
  }

  get size(): number {
    return this.#watched.size;
  }

  add(watched: Watched): void {
    this.#watched.add(watched);
    if (this.#timer !== null) return;
    this.nowMs = this.#clock.monotonic();
    this.#timer = setInterval(() => this.#tick(), everyMs);
    this.#timer.unref();
  }

  delete(watched: Watched): void {
    this.#watched.delete(watched);
  }

  cutAll(refused: Refusal): void {
    for (const watched of this.#watched) watched.cut(refused);
  }

  #tick(): void {
    this.nowMs = this.#clock.monotonic();
    if (this.#watched.size === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      return;
    }
    for (const watched of this.#watched) watched.tick(this.nowMs);
  }
}
