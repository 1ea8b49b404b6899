import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';

/** A refusal that says when to come again. */
export class ThrottledError extends AppError {
  readonly retryAfterSeconds: number;

  constructor(code: string, message: string, retryAfterSeconds: number) {
    super(code, message);
    this.name = 'ThrottledError';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Subjects remembered at once; beyond, all are forgotten, which only makes us politer. */
const subjectsMax = 20_000;

/** Counts per subject in fixed windows, in this process. Guards our work, not a secret: two nodes count apart. */
export class Throttle {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #windowMs: number;
  readonly #counts = new Map<string, { count: number; startedAtMs: number }>();

  constructor(clock: Clock, max: number, windowMs: number) {
    this.#clock = clock;
    this.#max = max;
    this.#windowMs = windowMs;
  }

  /** Counts one, and returns the seconds to wait when that is too many, else 0. */
  count(subject: string): number {
    const nowMs = this.#clock.monotonic();
    let state = this.#counts.get(subject);
    if (!state || nowMs - state.startedAtMs >= this.#windowMs) {
      if (this.#counts.size >= subjectsMax) this.#counts.clear();
      state = { count: 0, startedAtMs: nowMs };
      this.#counts.set(subject, state);
    }
    state.count++;
    if (state.count <= this.#max) return 0;
    return Math.max(1, Math.ceil((state.startedAtMs + this.#windowMs - nowMs) / 1_000));
  }
}
