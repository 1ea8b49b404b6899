import type { Clock } from '../base/clock.ts';

/** Keeps what a costly reading gave for a while, and reads once for all who ask at a time. A failure is not kept. */
export class Kept<T> {
  readonly #clock: Clock;
  readonly #keptMs: number;
  readonly #work: () => Promise<T>;
  #value: Promise<T> | null = null;
  #readAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, keptMs: number, work: () => Promise<T>) {
    this.#clock = clock;
    this.#keptMs = keptMs;
    this.#work = work;
  }

  read(): Promise<T> {
    const nowMs = this.#clock.monotonic();
    if (this.#value !== null && nowMs - this.#readAtMs < this.#keptMs) return this.#value;
    this.#readAtMs = nowMs;
    const value = this.#work();
    this.#value = value;
    value.catch(() => {
      if (this.#value === value) this.#value = null;
    });
    return value;
  }
}
