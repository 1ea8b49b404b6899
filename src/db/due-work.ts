import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database.ts';

export interface DueWorkOptions {
  readonly database: Pick<Database, 'listen'>;
  /** Notified when there is something to take. */
  readonly channel: string;
  /** Takes what there is room for, and never rejects. @returns milliseconds until the next look */
  readonly look: () => Promise<number>;
  /** How long a stop waits for what is under way. */
  readonly stopMs: number;
}

/**
 * Owns when a process looks for rows that are due, and what it is doing with those that it took. It looks when it is
 * notified, when the next row is due, and when room has come free; one look at a time.
 */
export class DueWork {
  readonly #options: DueWorkOptions;
  readonly #stopped = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<void> | null = null;
  #again = false;
  #stopListening: (() => Promise<void>) | null = null;

  constructor(options: DueWorkOptions) {
    this.#options = options;
  }

  /** Nothing new may be begun. */
  get stopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  async start(): Promise<void> {
    const { database, channel } = this.#options;
    const wake = (): void => this.wake();
    this.#stopListening = await database.listen(channel, wake, wake);
    this.wake();
  }

  /** Looks now, or, if it is at it, once more. */
  wake(): void {
    if (this.stopped) return;
    if (this.#turn !== null) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#turn = this.#options.look().then((waitMs) => {
      this.#turn = null;
      if (this.#again) this.wake();
      else this.#wakeIn(waitMs);
    });
  }

  /** Holds what was begun until it ends, and looks again then. `work` must not reject. */
  hold(work: Promise<void>): void {
    const held = work.finally(() => {
      this.#underWay.delete(held);
      this.wake();
    });
    this.#underWay.add(held);
  }

  /**
   * Takes nothing more, gives what is under way a little time, and leaves the rest for the next process.
   *
   * @returns what resolves when all that was under way has ended
   */
  async stop(): Promise<{ readonly ended: Promise<unknown> }> {
    this.#stopped.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#stopListening?.();
    await this.#turn;
    const ended = Promise.allSettled([...this.#underWay]);
    await Promise.race([ended, sleep(this.#options.stopMs, undefined, { ref: false })]);
    return { ended };
  }

  #wakeIn(waitMs: number): void {
    if (this.stopped) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.ceil(waitMs));
    this.#timer.unref();
  }
}
