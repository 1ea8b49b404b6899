/** One thing that does not agree. */
export interface Mismatch {
  /** Which check found it: journal, open, sums, spend, prices or sandbox. */
  readonly check: string;
  /** The request, key, hour or vendor id that it is about. */
  readonly subject: string;
  readonly detail: string;
}

/** How many mismatches are told one by one; all are counted. */
const mostTold = 100;

/** Collects what an audit finds, bounded. */
export class Findings {
  readonly #told: Mismatch[] = [];
  readonly #counts = new Map<string, number>();
  #total = 0;

  add(check: string, subject: string, detail: string): void {
    this.#total++;
    this.#counts.set(check, this.count(check) + 1);
    if (this.#told.length < mostTold) this.#told.push({ check, subject, detail });
  }

  count(check: string): number {
    return this.#counts.get(check) ?? 0;
  }

  get total(): number {
    return this.#total;
  }

  get told(): readonly Mismatch[] {
    return this.#told;
  }
}
