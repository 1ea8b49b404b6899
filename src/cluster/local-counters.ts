import type { Counters, Occupancy, RateWindow } from '../gateway/ports.ts';
import { Generations } from './generations.ts';
import { SlidingWindow } from './sliding-window.ts';
import { TokenWindow } from './token-window.ts';

export const minuteMs = 60_000;

/**
 * Counts in this process: for one node, and for each of several while they cannot reach what they share. Every answer
 * comes at once. Times are milliseconds since the epoch.
 */
export class LocalCounters implements Counters {
  readonly #windowMs: number;
  readonly #windows = new Map<string, Generations<SlidingWindow>>();
  readonly #tokens: Generations<TokenWindow>;
  readonly #running = new Map<string, number>();

  /** `windowMs` is shorter than a minute only in tests; whole seconds where tokens are counted. */
  constructor(windowMs: number = minuteMs) {
    this.#windowMs = windowMs;
    const seconds = Math.ceil(windowMs / 1000);
    this.#tokens = new Generations((seconds + 1) * 1000, () => new TokenWindow(seconds));
  }

  take(keyId: string, limitClass: string, limit: number, nowMs: number): RateWindow {
    return this.#class(limitClass).get(keyId, nowMs).take(limit, nowMs);
  }

  /** The window as it stands, nothing counted. */
  state(keyId: string, limitClass: string, limit: number, nowMs: number): RateWindow {
    const window = this.#class(limitClass).find(keyId, nowMs);
    if (window) return window.state(limit, nowMs);
    return { allowed: limit > 0, limit, used: 0, remaining: limit, resetAtMs: nowMs };
  }

  acquire(keyId: string, limit: number): Occupancy {
    const running = this.#running.get(keyId) ?? 0;
    if (running >= limit) return { allowed: false, running };
    this.#running.set(keyId, running + 1);
    return { allowed: true, running: running + 1 };
  }

  release(keyId: string): void {
    const running = this.#running.get(keyId) ?? 0;
    if (running > 1) this.#running.set(keyId, running - 1);
    else this.#running.delete(keyId);
  }

  tokensUsed(keyId: string, nowMs: number): number {
    return this.#tokens.find(keyId, nowMs)?.used(nowMs) ?? 0;
  }

  addTokens(keyId: string, tokens: number, nowMs: number): void {
    if (tokens > 0) this.#tokens.get(keyId, nowMs).add(tokens, nowMs);
  }

  /** Windows and counts held in memory. */
  get size(): number {
    let size = this.#tokens.size + this.#running.size;
    for (const generations of this.#windows.values()) size += generations.size;
    return size;
  }

  #class(limitClass: string): Generations<SlidingWindow> {
    let windows = this.#windows.get(limitClass);
    if (!windows) {
      windows = new Generations(this.#windowMs, () => new SlidingWindow(this.#windowMs));
      this.#windows.set(limitClass, windows);
    }
    return windows;
  }
}
