/** One row of `changes`. */
export interface Change {
  readonly number: number;
  readonly kind: 'catalogue' | 'key';
  /** The key's id; empty for the catalogue. */
  readonly subject: string;
}

/**
 * Knows which changes have been heard of. Numbers are given out before their transaction commits, so a lower one may
 * appear after a higher one: a number that is skipped is waited for, until its transaction must have ended.
 */
export class ChangeCursor {
  /** Every number up to this one has been heard of or given up. */
  #settled: number;
  /** Numbers above it that were heard of, and when. */
  readonly #heardAtMs = new Map<number, number>();
  readonly #patienceMs: number;

  /** @param patienceMs longer than any transaction that notes a change can take */
  constructor(start: number, patienceMs = 60_000) {
    this.#settled = start;
    this.#patienceMs = patienceMs;
  }

  /** Read the rows with a greater number than this. */
  get from(): number {
    return this.#settled;
  }

  /** The rows of a read that are new, in their order. */
  take(rows: readonly Change[], nowMs: number): Change[] {
    const fresh = rows.filter((row) => row.number > this.#settled && !this.#heardAtMs.has(row.number));
    for (const row of fresh) this.#heardAtMs.set(row.number, nowMs);
    this.#settle(nowMs);
    return fresh;
  }

  #settle(nowMs: number): void {
    while (this.#heardAtMs.size > 0) {
      if (this.#heardAtMs.delete(this.#settled + 1)) {
        this.#settled++;
        continue;
      }
      let lowest = Number.POSITIVE_INFINITY;
      for (const number of this.#heardAtMs.keys()) lowest = Math.min(lowest, number);
      if (nowMs - (this.#heardAtMs.get(lowest) ?? nowMs) < this.#patienceMs) return;
      this.#settled = lowest - 1;
    }
  }
}
