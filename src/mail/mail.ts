import type { Log } from '../base/log.ts';
import { isLoopbackHost, type MailRelay } from '../base/mail-relay.ts';
import type { Database } from '../db/index.ts';
import type { MailSite } from './letter.ts';
import { createQueue, type QueueMail } from './outbox.ts';
import { connectRelay, relayName } from './relay.ts';
import { MailSender, type SenderTimes } from './sender.ts';
import { startSweeping } from './sweep.ts';

export interface MailOptions {
  readonly database: Pick<Database, 'pool' | 'listen'>;
  /** Null: mail is shown in the built-in outbox. */
  readonly relay: MailRelay | null;
  /** Address of the sender; null: the support address. */
  readonly from: string | null;
  readonly site: () => MailSite;
  readonly log: Log;
  readonly times?: Partial<SenderTimes>;
}

/** The mail of a site. */
export interface Mail {
  readonly queueMail: QueueMail;
  /** Address of the sender. */
  from(): string;
  /** Without credentials; null when there is none. */
  readonly relay: { readonly name: string; readonly tls: MailRelay['tls'] } | null;
  /** Begins to send, and to sweep. */
  start(): Promise<void>;
  /** Before the database is closed. */
  stop(): Promise<void>;
}

export function createMail(options: MailOptions): Mail {
  const { database, relay, site, log, times } = options;
  const { pool } = database;
  const from = (): string => options.from ?? site().supportAddress;
  const sender =
    relay === null
      ? null
      : new MailSender({ database, relay: connectRelay(relay, from, site), log, ...(times && { times }) });
  let sweeping: { stop(): Promise<void> } | null = null;
  return {
    queueMail: createQueue({ site, relayed: relay !== null, from }),
    from,
    relay: relay === null ? null : { name: relayName(relay), tls: relay.tls },
    async start() {
      if (sender === null) await showWaiting(database);
      else await sender.start();
      sweeping = startSweeping(pool, log);
    },
    async stop() {
      await sweeping?.stop();
      await sender?.stop();
    },
  };
}

/** The relay was taken away: what waited for it is shown instead, but not what another process is sending. */
async function showWaiting({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query(
    `update outbox set state = 'shown'
     where state = 'waiting' or (state = 'sending' and next_attempt_at <= now())`,
  );
}

/**
 * Whether anybody who reaches the site may read the outbox: only where nobody else does, on a site that nothing but its
 * own machine can call. A public address means that a proxy stands in front, so that loopback is no wall any more.
 */
export function outboxIsOpen(site: {
  readonly relay: MailRelay | null;
  readonly host: string;
  readonly publicUrl: string | null;
  readonly proxied: boolean;
}): boolean {
  if (site.relay !== null || site.proxied || !isLoopbackHost(site.host)) return false;
  return site.publicUrl === null || (URL.canParse(site.publicUrl) && isLoopbackHost(new URL(site.publicUrl).hostname));
}
