import type { Clock } from '../base/clock.ts';
import type { Refusal } from './errors.ts';

/** Something that wants to be looked at now and then: a running exchange with its timers. */
export interface Watched {
  /** Its place in the watch's list. The watch's own. */
  slot: number;
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
  // Not a Set: with every few dozen additions and deletions a Set takes a new table, to which the old one leads, and once
  // an old table has been promoted that chain keeps whatever stood in the others alive until the next full collection.
  readonly #watched: Watched[] = [];
  #timer: NodeJS.Timeout | null = null;
  /** Monotonic, as of the last tick: free to read with every chunk. */
  nowMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.nowMs = clock.monotonic();
  }

  get size(): number {
    return this.#watched.length;
  }

  add(watched: Watched): void {
    watched.slot = this.#watched.length;
    this.#watched.push(watched);
    if (this.#timer !== null) return;
    this.nowMs = this.#clock.monotonic();
    this.#timer = setInterval(() => this.#tick(), everyMs);
    this.#timer.unref();
  }

  delete(watched: Watched): void {
    const last = this.#watched.pop();
    if (last === undefined || last === watched) return;
    this.#watched[watched.slot] = last;
    last.slot = watched.slot;
  }

  cutAll(refused: Refusal): void {
    // Whoever is cut leaves the list.
    for (const watched of [...this.#watched]) watched.cut(refused);
  }

  #tick(): void {
    this.nowMs = this.#clock.monotonic();
    if (this.#watched.length === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      return;
    }
    for (const watched of [...this.#watched]) watched.tick(this.nowMs);
  }
}
