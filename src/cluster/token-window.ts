/**
 * Tokens of the last stretch of seconds, by buckets of one second. One bucket more than the stretch has seconds, so that
 * none leaves early: a token is counted for at least `seconds` and less than one second longer.
 */
export class TokenWindow {
  readonly #buckets: Float64Array;
  #newestSecond = 0;
  #newest = 0;
  #sum = 0;

  constructor(seconds: number) {
    this.#buckets = new Float64Array(seconds + 1);
  }

  add(tokens: number, nowMs: number): void {
    this.#advance(nowMs);
    this.#buckets[this.#newest] = (this.#buckets[this.#newest] ?? 0) + tokens;
    this.#sum += tokens;
  }

  used(nowMs: number): number {
    this.#advance(nowMs);
    return this.#sum;
  }

  #advance(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    const size = this.#buckets.length;
    // A clock that was set back moves nothing: what is counted keeps its age.
    const steps = Math.min(second - this.#newestSecond, size);
    for (let i = 0; i < steps; i++) {
      this.#newest = (this.#newest + 1) % size;
      this.#sum -= this.#buckets[this.#newest] ?? 0;
      this.#buckets[this.#newest] = 0;
    }
    this.#newestSecond = second;
  }
}
