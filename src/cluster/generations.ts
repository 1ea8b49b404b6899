/**
 * A map that forgets what was not asked for during one to two lifetimes, without ever walking through it: two maps, of
 * which the older is dropped whole. What is asked for moves to the younger.
 */
export class Generations<T> {
  readonly #lifetimeMs: number;
  readonly #make: () => T;
  #young = new Map<string, T>();
  #old = new Map<string, T>();
  #turnedAtMs = Number.NEGATIVE_INFINITY;

  constructor(lifetimeMs: number, make: () => T) {
    this.#lifetimeMs = lifetimeMs;
    this.#make = make;
  }

  /** The entry, made when there is none. */
  get(id: string, nowMs: number): T {
    this.#turn(nowMs);
    const young = this.#young.get(id);
    if (young !== undefined) return young;
    const entry = this.#old.get(id) ?? this.#make();
    this.#old.delete(id);
    this.#young.set(id, entry);
    return entry;
  }

  find(id: string, nowMs: number): T | undefined {
    this.#turn(nowMs);
    return this.#young.get(id) ?? this.#old.get(id);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  #turn(nowMs: number): void {
    // A clock that was set back must not keep entries until it has caught up.
    if (nowMs < this.#turnedAtMs) this.#turnedAtMs = nowMs;
    if (nowMs - this.#turnedAtMs < this.#lifetimeMs) return;
    this.#old = nowMs - this.#turnedAtMs < 2 * this.#lifetimeMs ? this.#young : new Map();
    this.#young = new Map();
    this.#turnedAtMs = nowMs;
  }
}
