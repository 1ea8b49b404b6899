import type { Clock } from '../base/clock.ts';
import { ThrottledError } from '../http/index.ts';

/** Failures of one subject. Times in Unix milliseconds. */
export interface Failures {
  readonly count: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

/** What a try is held against. */
export interface Tries {
  /** Of this account from this place: an address, or a browser that the account knows. */
  readonly pair: Failures | null;
  /** Of any account from this address. */
  readonly address: Failures | null;
  /** Of this account from anywhere. */
  readonly account: Failures | null;
  /** The browser has signed in to this account before. */
  readonly known: boolean;
}

export const signInLimits = {
  windowMs: 15 * 60_000,
  /** A person who tries out their old passwords needs about six. */
  perPair: 10,
  /** An office behind one address has many people. */
  perAddress: 100,
  accountWindowMs: 60 * 60_000,
  /** From here on each try waits twice as long as the one before. */
  perAccount: 20,
  /** 60 guesses an hour against twelve characters are hopeless, and a minute can be waited for. */
  accountDelayMaxMs: 60_000,
} as const;

/**
 * How many seconds a try has to wait; 0: none. Whoever guesses at an account slows down other strangers at it, but not a
 * browser that it knows, and nobody for longer than a minute: that is no way to lock its owner out.
 */
export function waitSeconds(tries: Tries, nowMs: number): number {
  const waits = [windowWait(tries.pair, signInLimits.perPair, nowMs)];
  if (!tries.known) {
    waits.push(windowWait(tries.address, signInLimits.perAddress, nowMs), accountWait(tries.account, nowMs));
  }
  return Math.ceil(Math.max(...waits) / 1_000);
}

function windowWait(failures: Failures | null, max: number, nowMs: number): number {
  if (failures === null || failures.count < max) return 0;
  return Math.max(0, failures.firstAtMs + signInLimits.windowMs - nowMs);
}

function accountWait(failures: Failures | null, nowMs: number): number {
  const over = (failures?.count ?? 0) - signInLimits.perAccount;
  if (failures === null || over < 0) return 0;
  const delayMs = Math.min(1_000 * 2 ** Math.min(over, 16), signInLimits.accountDelayMaxMs);
  return Math.max(0, failures.lastAtMs + delayMs - nowMs);
}

export interface Try {
  /** Mail address or another name of the account, whether there is one or not. */
  readonly account: string;
  readonly ipAddress: string | null;
  /** Of the browser that the account knows; null: it knows none. */
  readonly knownDevice: string | null;
  /** What the database remembers of the last hour, for restarts and other nodes. */
  readonly recorded: Failures | null;
}

/** Subjects remembered at once; the oldest are forgotten first. */
const subjectsMax = 50_000;

/** Counts failed sign-ins in this process. */
export class SignInLimits {
  readonly #clock: Clock;
  readonly #failures = new Map<string, Failures>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts a try as failed until `passed` says otherwise, so that many at once are not one.
   *
   * @throws ThrottledError `sign_in_throttled`
   */
  begin(subject: Try): { passed(): void } {
    const nowMs = this.#clock.now();
    const place = subject.knownDevice === null ? `at:${subject.ipAddress}` : `on:${subject.knownDevice}`;
    const names = {
      pair: `pair ${subject.account} ${place}`,
      address: `address ${subject.ipAddress}`,
      account: `account ${subject.account}`,
    };
    const seconds = waitSeconds(
      {
        pair: this.#of(names.pair, nowMs, signInLimits.windowMs),
        address: this.#of(names.address, nowMs, signInLimits.windowMs),
        account: larger(this.#of(names.account, nowMs, signInLimits.accountWindowMs), subject.recorded),
        known: subject.knownDevice !== null,
      },
      nowMs,
    );
    if (seconds > 0) {
      const message = `Too many tries; wait ${seconds} seconds, or sign in with a passkey or from a browser that you have used before.`;
      throw new ThrottledError('sign_in_throttled', message, seconds);
    }
    const all = [names.pair, names.address, names.account];
    for (const name of all) this.#add(name, nowMs);
    return {
      passed: () => {
        this.#failures.delete(names.pair);
        for (const name of [names.address, names.account]) this.#takeBack(name);
      },
    };
  }

  #of(name: string, nowMs: number, windowMs: number): Failures | null {
    const failures = this.#failures.get(name);
    if (failures === undefined || nowMs - failures.firstAtMs < windowMs) return failures ?? null;
    this.#failures.delete(name);
    return null;
  }

  #add(name: string, nowMs: number): void {
    const before = this.#failures.get(name);
    if (before === undefined && this.#failures.size >= subjectsMax) {
      const oldest = this.#failures.keys().next();
      if (!oldest.done) this.#failures.delete(oldest.value);
    }
    this.#failures.set(name, {
      count: (before?.count ?? 0) + 1,
      firstAtMs: before?.firstAtMs ?? nowMs,
      lastAtMs: nowMs,
    });
  }

  #takeBack(name: string): void {
    const failures = this.#failures.get(name);
    if (failures === undefined) return;
    if (failures.count <= 1) this.#failures.delete(name);
    else this.#failures.set(name, { ...failures, count: failures.count - 1 });
  }
}

function larger(a: Failures | null, b: Failures | null): Failures | null {
  if (a === null || b === null) return a ?? b;
  return a.count >= b.count ? a : b;
}
