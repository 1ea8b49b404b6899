import { setTimeout as sleep } from 'node:timers/promises';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { type Database, DueWork } from '../db/index.ts';
import { bookBounce, refusalOf } from './bounces.ts';
import {
  type Claim,
  claimMail,
  noteDelivered,
  settleFailed,
  settleSent,
  settleSuppressed,
  untilNextMail,
} from './claims.ts';
import { failureOf, maxAttempts, type NextStep, nextStep } from './failure.ts';
import { wakeChannel } from './outbox.ts';
import { type HandedOver, type RefusedRecipient, type RelayClient, refusalsOf, relayConnections } from './relay.ts';

/** What tests make shorter. */
export interface SenderTimes {
  /** One try in all, though the relay goes on answering byte by byte. Well within a claim's lease. */
  readonly sendMs: number;
  /** A look at the outbox though nobody woke us: a notification can be lost with its connection. */
  readonly pollMs: number;
  /** After a failure that all mail would meet with: the first pause, and the longest. */
  readonly pauseMs: readonly [first: number, most: number];
  /** How long a stop waits for mail that is under way. */
  readonly stopMs: number;
}

const usualTimes: SenderTimes = { sendMs: 120_000, pollMs: 30_000, pauseMs: [2_000, 60_000], stopMs: 10_000 };
/** A mail that the relay has taken is marked as sent, also when the database is away for a moment. */
const settleTries = 20;
const settleRetryMs = 3_000;
const shortestWaitMs = 100;

export interface SenderOptions {
  readonly database: Pick<Database, 'pool' | 'listen'>;
  readonly relay: RelayClient;
  /** What a mail is that `relay` took. */
  readonly settled: 'sent' | 'shown';
  readonly log: Log;
  readonly times?: Partial<SenderTimes>;
}

/**
 * Sends what waits in the outbox, as long as it runs. Any number of processes may do so at once: each mail belongs to
 * one of them at a time, and to another when that one died. A mail is given up only as `nextStep` says.
 */
export class MailSender {
  readonly #options: SenderOptions;
  readonly #times: SenderTimes;
  readonly #work: DueWork;
  #pauseMs = 0;
  #pausedUntilMs = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#times = { ...usualTimes, ...options.times };
    this.#work = new DueWork({
      database: options.database,
      channel: wakeChannel,
      look: () => this.#look(),
      stopMs: this.#times.stopMs,
    });
  }

  async start(): Promise<void> {
    await this.#work.start();
  }

  async stop(): Promise<void> {
    const { ended } = await this.#work.stop();
    this.#options.relay.close();
    await ended;
  }

  /** One look: takes what there is room for. @returns milliseconds until the next look */
  async #look(): Promise<number> {
    const pausedMs = this.#pausedUntilMs - performance.now();
    if (pausedMs > 0) return pausedMs;
    // After a failure that all would meet with, one mail tries whether it is over.
    const room = (this.#pauseMs > 0 ? 1 : relayConnections) - this.#work.underWay;
    // The end of a delivery wakes us.
    if (room <= 0) return this.#times.pollMs;
    const { pool } = this.#options.database;
    try {
      const claims = await claimMail(pool, room);
      for (const claim of claims) this.#deliver(claim);
      if (claims.length === room) return this.#times.pollMs;
      const waitMs = (await untilNextMail(pool)) ?? this.#times.pollMs;
      // What is due and yet was not taken, another process is just taking.
      return Math.min(this.#times.pollMs, Math.max(shortestWaitMs, waitMs));
    } catch (error) {
      this.#options.log.warn({ reason: errorText(error) }, 'the outbox could not be read; trying again');
      return Math.min(this.#times.pollMs, settleRetryMs);
    }
  }

  #deliver(claim: Claim): void {
    const delivery = this.#try(claim).catch((error: unknown) => {
      // The claim runs out by itself, and the mail is sent again with the same Message-ID.
      this.#options.log.warn({ mail: claim.id, reason: errorText(error) }, 'what became of a mail could not be noted');
    });
    this.#work.hold(delivery);
  }

  async #try(claim: Claim): Promise<void> {
    const { relay, settled, database } = this.#options;
    if (claim.expired) return this.#giveUp(claim, 'Its link ran out before a relay took the mail, so it was not sent.');
    if (claim.suppressed) return this.#settle(() => settleSuppressed(database.pool, claim));
    if (claim.attempts > maxAttempts)
      return this.#giveUp(claim, `The program ended ${maxAttempts} times while it sent this mail.`);
    let handedOver: HandedOver;
    try {
      handedOver = await relay.send(claim.mail, AbortSignal.timeout(this.#times.sendMs));
    } catch (error) {
      await this.#failed(claim, error);
      return;
    }
    this.#pauseMs = 0;
    const { accepted, refused } = handedOver;
    const later = refused.filter(({ answer }) => answer < 500);
    if (later.length > 0) await this.#settle(() => noteDelivered(database.pool, claim, accepted));
    await this.#bookRefusals(claim, refused);
    if (later.length > 0) await this.#tryRestLater(claim, later);
    else await this.#settle(() => settleSent(database.pool, claim, settled));
  }

  async #tryRestLater(claim: Claim, later: readonly RefusedRecipient[]): Promise<void> {
    const { relay, database } = this.#options;
    const step = nextStep({ verdict: 'later' }, claim.attempts);
    const said = later.map((one) => `for ${one.address}: ${one.said}`).join('; ');
    const words = `The relay ${relay.name} took the mail for some, and answered ${said}`.slice(0, 500);
    await this.#settle(() => settleFailed(database.pool, claim, step, words));
  }

  /** A relay that refuses an address for good has spared us the bounce. */
  async #bookRefusals({ id }: Claim, refused: readonly RefusedRecipient[]): Promise<void> {
    const { pool } = this.#options.database;
    for (const { address, answer, said } of refused) {
      if (answer < 500) continue;
      const facts = { outboxId: id, messageId: null, recipient: address, ...refusalOf(answer, said) };
      await this.#settle(async () => void (await bookBounce(pool, facts, said)));
    }
  }

  async #failed(claim: Claim, error: unknown): Promise<void> {
    const { log, relay, database } = this.#options;
    const failure = failureOf(error, relay.name, claim.mail.text);
    if (failure.relayWide) this.#pause();
    else this.#pauseMs = 0;
    await this.#bookRefusals(claim, refusalsOf(error));
    const step: NextStep = nextStep(failure, claim.attempts);
    log.warn({ mail: claim.id, kind: claim.kind, attempts: claim.attempts, state: step.state }, 'mail not sent');
    await this.#settle(() => settleFailed(database.pool, claim, step, failure.words));
  }

  async #giveUp(claim: Claim, words: string): Promise<void> {
    await this.#settle(() => settleFailed(this.#options.database.pool, claim, { state: 'failed' }, words));
  }

  #pause(): void {
    const [first, most] = this.#times.pauseMs;
    const nowMs = performance.now();
    // Mails that were under way together tell of one failure.
    if (this.#pausedUntilMs > nowMs) return;
    this.#pauseMs = Math.min(most, this.#pauseMs === 0 ? first : this.#pauseMs * 2);
    this.#pausedUntilMs = nowMs + this.#pauseMs;
  }

  async #settle(note: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await note();
        return;
      } catch (error) {
        if (tries >= settleTries || this.#work.stopped) throw error;
        await sleep(settleRetryMs, undefined, { ref: false });
      }
    }
  }
}
