import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import pg from 'pg';
import { limits } from '../base/limits.ts';
import type { Log } from '../base/log.ts';
import type { Database } from '../db/index.ts';
import { imapClient } from './imap-client.ts';
import { moveCursor, notePoll, noteTrouble, readCursor, storeFromFolder } from './imap-cursor.ts';
import type { ImapSettings } from './imap-settings.ts';
import { troubleOf } from './imap-words.ts';
import type { BytesSealer } from './intake.ts';

export interface PollerTimes {
  /** A look though the server says nothing. */
  readonly pollMs: number;
  /** A new connection now and then: only that shows that a folder was made anew. */
  readonly reconnectMs: number;
  /** After a failure: the first pause, and the longest. */
  readonly pauseMs: readonly [first: number, most: number];
  /** Between tries to be the one poller of a mailbox. */
  readonly lockMs: number;
}

export const usualPollerTimes: PollerTimes = {
  pollMs: 60_000,
  reconnectMs: 15 * 60_000,
  pauseMs: [1_000, 5 * 60_000],
  lockMs: 15_000,
};

export interface PollerOptions {
  readonly database: Pick<Database, 'pool' | 'connection'>;
  readonly sealer: Pick<BytesSealer, 'sealBytes'>;
  readonly log: Log;
  readonly mailbox: { readonly id: string; readonly address: string };
  readonly settings: ImapSettings;
  readonly password: string;
  readonly times: PollerTimes;
}

/**
 * Reads one mailbox by IMAP as long as it runs: at once when the server says that mail came, and every minute anyway.
 * Over all nodes one does so at a time; should two, they store nothing twice.
 */
export class ImapPoller {
  readonly #options: PollerOptions;
  readonly #stopped = new AbortController();
  readonly #done: Promise<void>;
  #client: ImapFlow | null = null;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#client?.close();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { log, times, mailbox } = this.#options;
    let pauseMs = times.pauseMs[0];
    while (!this.#stopped.signal.aborted) {
      try {
        const polled = await this.#asTheOne(() => this.#session());
        pauseMs = times.pauseMs[0];
        if (!polled) await this.#pause(times.lockMs);
      } catch (error) {
        if (this.#stopped.signal.aborted) return;
        const { words, code } = troubleOf(error, this.#options.settings);
        log.warn({ mailbox: mailbox.address, code, reason: words }, 'a mailbox cannot be read; trying again');
        await noteTrouble(this.#options.database.pool, this.#place, words).catch(() => undefined);
        await this.#pause(pauseMs);
        pauseMs = Math.min(times.pauseMs[1], pauseMs * 2);
      }
    }
  }

  /** Does the work while this process alone holds the mailbox. False: another one has it. */
  async #asTheOne(work: () => Promise<void>): Promise<boolean> {
    const { database, mailbox } = this.#options;
    const holder = new pg.Client(database.connection);
    // Its end is the end of the lock: then the connection to the mailbox is given up too.
    holder.on('error', () => this.#client?.close());
    holder.on('end', () => this.#client?.close());
    await holder.connect();
    try {
      const { rows } = await holder.query<{ mine: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
        [`mailbox ${mailbox.id}`],
      );
      if (rows[0]?.mine !== true) return false;
      await work();
      return true;
    } finally {
      await holder.end().catch(() => undefined);
    }
  }

  /** From connecting until it is time to connect anew. */
  async #session(): Promise<void> {
    const { settings, password, times } = this.#options;
    const client = imapClient(settings, password);
    this.#client = client;
    const wake = { now: Promise.withResolvers<void>() };
    client.on('exists', () => wake.now.resolve());
    try {
      await client.connect();
      await client.mailboxOpen(settings.folder);
      const untilMs = performance.now() + times.reconnectMs;
      while (!this.#stopped.signal.aborted && performance.now() < untilMs) {
        wake.now = Promise.withResolvers<void>();
        await this.#readNew(client);
        await this.#waitForMail(client, wake.now.promise);
      }
      await client.logout();
    } finally {
      this.#client = null;
      client.close();
    }
  }

  /** Until the server says that mail came, the time is up, or the connection breaks, which it throws. */
  async #waitForMail(client: ImapFlow, woken: Promise<void>): Promise<void> {
    const timer = new AbortController();
    const broken = Promise.withResolvers<never>();
    const onClose = (): void =>
      broken.reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }));
    client.once('close', onClose);
    // Ends by itself when the next command is sent.
    client.idle().catch(() => undefined);
    try {
      const late = sleep(this.#options.times.pollMs, undefined, { signal: timer.signal, ref: false });
      await Promise.race([woken, late.catch(() => undefined), broken.promise]);
    } finally {
      timer.abort();
      client.removeListener('close', onClose);
    }
  }

  async #readNew(client: ImapFlow): Promise<void> {
    const { pool } = this.#options.database;
    const opened = client.mailbox;
    if (opened === false) throw new Error('the folder is not open');
    const { uidValidity } = opened;
    const cursor = await readCursor(pool, this.#place);
    const lastUid = cursor !== null && cursor.uidValidity === uidValidity ? cursor.lastUid : 0;
    const found = await client.search({ uid: `${lastUid + 1}:*` }, { uid: true });
    // "n:*" always names the last one, even when it is below n.
    const uids = (found || []).filter((uid) => uid > lastUid).sort((a, b) => a - b);
    if (uids.length === 0) await moveCursor(pool, this.#place, { uidValidity, lastUid });
    for (const uid of uids) {
      if (this.#stopped.signal.aborted) return;
      await this.#readOne(client, uidValidity, uid);
    }
    await notePoll(pool, this.#place);
  }

  async #readOne(client: ImapFlow, uidValidity: bigint, uid: number): Promise<void> {
    const { database, sealer, mailbox } = this.#options;
    const source = { start: 0, maxLength: limits.mailBytes };
    const message = await client.fetchOne(String(uid), { uid: true, source }, { uid: true });
    // Deleted meanwhile, by somebody who reads the same mailbox.
    if (!message || message.source === undefined) return;
    const place = { ...this.#place, address: mailbox.address };
    await storeFromFolder(database.pool, sealer, place, uidValidity, uid, message.source);
    // For people who look into the mailbox; how far it was read stands in the database alone.
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true }).catch(() => undefined);
  }

  get #place() {
    return { mailboxId: this.#options.mailbox.id, folder: this.#options.settings.folder };
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
  }
}
