import type { Clock } from '../base/clock.ts';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { type Database, DueWork } from '../db/index.ts';
import { type CarryParts, doStep, setbackOf } from './carry.ts';
import { type Claim, claimMails, settleSetback, untilNextMail } from './claims.ts';
import { wakeChannel } from './intake.ts';
import { pendingStates } from './state.ts';

export interface RunnerTimes {
  /** How long a mail belongs to the process that took it; after that it is taken for dead. */
  readonly leaseMs: number;
  /** A look though nobody woke us: a notification can be lost with its connection. */
  readonly pollMs: number;
  /** How long a stop waits for steps that are under way. */
  readonly stopMs: number;
}

export const usualTimes: RunnerTimes = { leaseMs: 60_000, pollMs: 5_000, stopMs: 10_000 };
const shortestWaitMs = 50;
/** Mails carried at once by one process. */
const carried = 6;

export interface RunnerOptions extends Omit<CarryParts, 'pool' | 'leaseMs'> {
  readonly database: Pick<Database, 'pool' | 'listen'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly times: RunnerTimes;
  /** Told after it was committed. */
  readonly onQuarantined: (id: string, code: string) => void;
}

/**
 * Carries mails from step to step, as long as it runs. Any number of processes may do so at once: each mail belongs to
 * one of them at a time, and to another when that one died.
 */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #parts: CarryParts;
  readonly #work: DueWork;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#parts = { ...options, pool: options.database.pool, leaseMs: options.times.leaseMs };
    this.#work = new DueWork({
      database: options.database,
      channel: wakeChannel,
      look: () => this.#look(),
      stopMs: options.times.stopMs,
    });
  }

  async start(): Promise<void> {
    await this.#work.start();
  }

  async stop(): Promise<void> {
    await this.#work.stop();
  }

  /** @returns milliseconds until the next look */
  async #look(): Promise<number> {
    const { database, times, log } = this.#options;
    const room = carried - this.#work.underWay;
    // The end of a mail wakes us.
    if (room <= 0) return times.pollMs;
    try {
      const states = this.#options.desk === null ? (['stored'] as const) : pendingStates;
      const claims = await claimMails(database.pool, states, room, times.leaseMs);
      for (const claim of claims) this.#begin(claim);
      if (claims.length === room) return times.pollMs;
      const waitMs = (await untilNextMail(database.pool, states)) ?? times.pollMs;
      return Math.min(times.pollMs, Math.max(shortestWaitMs, waitMs));
    } catch (error) {
      log.warn({ reason: errorText(error) }, 'incoming mail could not be looked for; trying again');
      return times.pollMs;
    }
  }

  #begin(claim: Claim): void {
    const carrying = this.#carry(claim).catch((error: unknown) => {
      // The lease runs out by itself, and the step is done again.
      this.#options.log.warn({ mail: claim.id, reason: errorText(error) }, 'a mail waits: its state cannot be noted');
    });
    this.#work.hold(carrying);
  }

  /** Step after step, until the mail is done, has to wait, or the process stops. */
  async #carry(first: Claim): Promise<void> {
    let claim = first;
    while (!this.#work.stopped) {
      try {
        const next = await doStep(this.#parts, claim);
        if (next === null) return;
        claim = next;
      } catch (error) {
        await this.#setBack(claim, error);
        return;
      }
    }
  }

  async #setBack(claim: Claim, error: unknown): Promise<void> {
    const { database, clock, log, onQuarantined } = this.#options;
    const { rows } = await database.pool.query<{ received_at: Date }>(
      'select received_at from incoming_mails where id = $1',
      [claim.id],
    );
    const nowMs = clock.now();
    const setback = setbackOf(error, claim, rows[0]?.received_at.getTime() ?? nowMs, nowMs);
    const settled = await settleSetback(database.pool, claim, setback);
    if (setback.kind === 'again') {
      if (setback.counted)
        log.warn(
          { mail: claim.id, step: claim.state, attempts: claim.attempts, reason: setback.words },
          'a mail waits',
        );
      return;
    }
    log.warn({ mail: claim.id, step: claim.state, code: setback.code }, 'a mail was put into quarantine');
    if (settled) onQuarantined(claim.id, setback.code);
  }
}
