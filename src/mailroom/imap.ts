import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Database } from '../db/index.ts';
import { ImapPoller, type PollerTimes } from './imap-poller.ts';
import { type ImapSettings, passwordContext } from './imap-settings.ts';
import type { BytesSealer } from './intake.ts';
import type { TextSealer } from './mailboxes.ts';

export interface ImapOptions {
  readonly database: Pick<Database, 'pool' | 'connection'>;
  readonly sealer: Pick<BytesSealer, 'sealBytes'> & Pick<TextSealer, 'open'>;
  readonly log: Log;
  readonly times: PollerTimes;
  /** Between looks at which mailboxes there are. */
  readonly lookMs?: number;
}

interface Row {
  readonly id: string;
  readonly address: string;
  readonly imap: ImapSettings;
  readonly imap_secret: Buffer | null;
  readonly version: string;
}

const usualLookMs = 10_000;

/** Keeps a poller for each mailbox that is read by IMAP: new, changed and removed ones are noticed within seconds. */
export class ImapPollers {
  readonly #options: ImapOptions;
  readonly #pollers = new Map<string, { readonly version: string; readonly poller: ImapPoller }>();
  #timer: NodeJS.Timeout | null = null;
  #look: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: ImapOptions) {
    this.#options = options;
  }

  start(): void {
    this.look();
  }

  /** At once, as after a change here. */
  look(): void {
    if (this.#stopped) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#look = this.#look
      .then(() => this.#sync())
      .catch((error: unknown) => {
        this.#options.log.warn({ reason: errorText(error) }, 'mailboxes could not be looked up; trying again');
      });
    this.#timer = setTimeout(() => this.look(), this.#options.lookMs ?? usualLookMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#look;
    await Promise.all([...this.#pollers.values()].map(({ poller }) => poller.stop()));
    this.#pollers.clear();
  }

  async #sync(): Promise<void> {
    if (this.#stopped) return;
    const { database, log, times, sealer } = this.#options;
    const { rows } = await database.pool.query<Row>(
      `select id, address, imap, imap_secret, updated_at::text as version from mailboxes
       where enabled and imap is not null and imap_secret is not null`,
    );
    const wanted = new Map(rows.map((row) => [row.id, row]));
    for (const [id, { version, poller }] of this.#pollers) {
      if (wanted.get(id)?.version === version) continue;
      this.#pollers.delete(id);
      await poller.stop();
    }
    for (const row of rows) {
      if (this.#pollers.has(row.id) || row.imap_secret === null) continue;
      try {
        const password = sealer.open(row.imap_secret, passwordContext(row.id));
        const { id, address, imap: settings, version } = row;
        const poller = new ImapPoller({ database, sealer, log, times, mailbox: { id, address }, settings, password });
        this.#pollers.set(id, { version, poller });
      } catch (error) {
        // Sealed under another secret: the other mailboxes are read all the same.
        log.warn({ mailbox: row.address, reason: errorText(error) }, 'a mailbox is not read');
      }
    }
  }
}
