/** A window after a call was counted or refused, or as it stands. */
export interface WindowState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** When the oldest counted call leaves; for a refusal, when the next call will pass. */
  readonly resetAtMs: number;
}

const smallest = 8;

/**
 * The times of one key's calls: exactly `limit` in any stretch of `windowMs`, because each call leaves that long after
 * it was counted and not at the turn of a minute. A ring that grows with use, never past the next power of two of the
 * limit; 8 bytes a call. A refused call is not counted, so that a client which keeps asking gets through again.
 */
export class SlidingWindow {
  readonly #windowMs: number;
  #times = new Float64Array(smallest);
  #oldest = 0;
  #count = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Counts a call unless the window is full. The limit comes with each call, since it may be changed meanwhile. */
  take(limit: number, nowMs: number): WindowState {
    this.#forget(nowMs);
    const allowed = this.#count < limit;
    if (allowed) this.#push(nowMs);
    return this.#describe(allowed, limit, nowMs);
  }

  /** The same without counting: `allowed` tells whether a call would pass. */
  state(limit: number, nowMs: number): WindowState {
    this.#forget(nowMs);
    return this.#describe(this.#count < limit, limit, nowMs);
  }

  #describe(allowed: boolean, limit: number, nowMs: number): WindowState {
    const used = this.#count;
    // A limit that was lowered below what is counted: the next call passes only when enough have left.
    const leaving = allowed ? 0 : Math.min(Math.max(used - limit, 0), Math.max(used - 1, 0));
    const since = used === 0 ? nowMs : (this.#times[(this.#oldest + leaving) & (this.#times.length - 1)] ?? nowMs);
    const resetAtMs = used === 0 && allowed ? nowMs : since + this.#windowMs;
    return { allowed, limit, used, remaining: Math.max(limit - used, 0), resetAtMs };
  }

  #forget(nowMs: number): void {
    const mask = this.#times.length - 1;
    if (this.#count > 0) {
      const newest = this.#times[(this.#oldest + this.#count - 1) & mask] ?? nowMs;
      // The clock was set back: without this, calls would stay counted until it has caught up.
      if (newest > nowMs) this.#shift(nowMs - newest);
    }
    const leftMs = nowMs - this.#windowMs;
    while (this.#count > 0 && (this.#times[this.#oldest] ?? 0) <= leftMs) {
      this.#oldest = (this.#oldest + 1) & mask;
      this.#count--;
    }
    if (this.#count === 0 && this.#times.length > 64 * smallest) {
      this.#times = new Float64Array(smallest);
      this.#oldest = 0;
    }
  }

  #shift(byMs: number): void {
    const mask = this.#times.length - 1;
    for (let i = 0; i < this.#count; i++) {
      const at = (this.#oldest + i) & mask;
      this.#times[at] = (this.#times[at] ?? 0) + byMs;
    }
  }

  #push(nowMs: number): void {
    const size = this.#times.length;
    if (this.#count === size) {
      const grown = new Float64Array(size * 2);
      grown.set(this.#times.subarray(this.#oldest));
      grown.set(this.#times.subarray(0, this.#oldest), size - this.#oldest);
      this.#times = grown;
      this.#oldest = 0;
    }
    this.#times[(this.#oldest + this.#count) & (this.#times.length - 1)] = nowMs;
    this.#count++;
  }
}
