import type { Clock } from '../base/clock.ts';

const minuteMs = 60_000;
/** Addresses remembered; a flood from everywhere must not fill memory. */
const mostAddresses = 20_000;

/** How much each address sends: connections that are open, and mails within a minute. */
export class Arrivals {
  readonly #clock: Clock;
  readonly #open = new Map<string, number>();
  readonly #mails = new Map<string, { minute: number; count: number; before: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns connections of the address that are open now, with this one */
  opened(address: string): number {
    const count = (this.#open.get(address) ?? 0) + 1;
    this.#open.set(address, count);
    return count;
  }

  closed(address: string): void {
    const count = (this.#open.get(address) ?? 0) - 1;
    if (count > 0) this.#open.set(address, count);
    else this.#open.delete(address);
  }

  /** Counts a mail. @returns mails of the address within a sliding minute, with this one */
  mail(address: string): number {
    const nowMs = this.#clock.monotonic();
    const minute = Math.floor(nowMs / minuteMs);
    let entry = this.#mails.get(address);
    if (entry === undefined) {
      if (this.#mails.size >= mostAddresses) this.#forget(minute);
      entry = { minute, count: 0, before: 0 };
      this.#mails.set(address, entry);
    }
    if (entry.minute !== minute) {
      entry.before = entry.minute === minute - 1 ? entry.count : 0;
      entry.count = 0;
      entry.minute = minute;
    }
    entry.count++;
    const gone = (nowMs % minuteMs) / minuteMs;
    return entry.count + entry.before * (1 - gone);
  }

  #forget(minute: number): void {
    for (const [address, entry] of this.#mails) if (entry.minute < minute - 1) this.#mails.delete(address);
    if (this.#mails.size >= mostAddresses) this.#mails.clear();
  }
}
