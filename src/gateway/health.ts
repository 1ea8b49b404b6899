import type { Clock } from '../base/clock.ts';
import type { ChannelState } from './ports.ts';
import type { ChannelHealth } from './route.ts';

const failuresToRest = 5;
const restMs = 10_000;

interface Breaker {
  /** In a row, without a success between. */
  failures: number;
  restsUntilMs: number;
  lastFailureAtMs: number;
}

/**
 * A circuit breaker per channel: after five failures in a row a channel rests for ten seconds, then the next call tries
 * it and decides. Vendor errors that the request itself caused do not count.
 */
export class ChannelBreakers implements ChannelHealth {
  readonly #clock: Clock;
  readonly #breakers = new Map<string, Breaker>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  usable(channelId: string): boolean {
    const breaker = this.#breakers.get(channelId);
    return breaker === undefined || breaker.restsUntilMs <= this.#clock.monotonic();
  }

  succeeded(channelId: string): void {
    if (this.#breakers.size > 0) this.#breakers.delete(channelId);
  }

  failed(channelId: string): void {
    const breaker = this.#breakers.get(channelId) ?? { failures: 0, restsUntilMs: 0, lastFailureAtMs: 0 };
    breaker.failures++;
    breaker.lastFailureAtMs = this.#clock.now();
    if (breaker.failures >= failuresToRest) breaker.restsUntilMs = this.#clock.monotonic() + restMs;
    this.#breakers.set(channelId, breaker);
  }

  /** Channels that have failed lately, for the status of the site. */
  state(): ChannelState[] {
    const nowMs = this.#clock.monotonic();
    return [...this.#breakers].map(([channelId, { failures, restsUntilMs, lastFailureAtMs }]) => ({
      channelId,
      failures,
      restsForMs: Math.max(0, Math.ceil(restsUntilMs - nowMs)),
      lastFailureAtMs,
    }));
  }
}
