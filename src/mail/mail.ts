import type { Log } from '../base/log.ts';
import { isLoopbackHost, type MailRelay } from '../base/mail-relay.ts';
import type { Database } from '../db/index.ts';
import type { Secrets } from '../secrets/index.ts';
import { createDomainKeys } from './domain-keys.ts';
import { createMailDomains, type MailDomains, type ResolveTxt } from './domains.ts';
import type { MailSite } from './letter.ts';
import { createLetterQueue } from './letter-queue.ts';
import type { QueueLetter } from './new-letter.ts';
import { createQueue, type QueueMail } from './outbox.ts';
import { type Identity, type OutgoingMail, type ReadFile, signingDomain } from './outgoing.ts';
import { connectRelay, outboxPage, relayName } from './relay.ts';
import { MailSender, type SenderTimes } from './sender.ts';
import { startSweeping } from './sweep.ts';
import { tokenKeyPurpose } from './tokens.ts';

export interface MailOptions {
  readonly database: Pick<Database, 'pool' | 'listen'>;
  /** Null: mail is shown in the built-in outbox. */
  readonly relay: MailRelay | null;
  /** Address of the sender; null: the support address. */
  readonly from: string | null;
  readonly site: () => MailSite;
  readonly secrets: Pick<Secrets, 'seal' | 'open' | 'deriveKey'>;
  /** Bytes of the files that letters name; without it, letters with files wait. */
  readonly readFile?: ReadFile;
  readonly log: Log;
  /** How DNS is asked; the system's way when not given. */
  readonly resolveTxt?: ResolveTxt;
  readonly times?: Partial<SenderTimes>;
}

/** The mail of a site. */
export interface Mail {
  readonly queueMail: QueueMail;
  readonly queueLetter: QueueLetter;
  /** How mail of the site's domains is signed, and what their DNS has to say. */
  readonly domains: MailDomains;
  /** For the functions of `tokens.ts`. */
  readonly tokenKey: Buffer;
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
  const { database, relay, site, log, times, secrets, readFile = null } = options;
  const { pool } = database;
  const from = (): string => options.from ?? site().supportAddress;
  const tokenKey = secrets.deriveKey(tokenKeyPurpose);
  const keys = createDomainKeys(pool, secrets);
  const identityOf = async (mail: OutgoingMail): Promise<Identity> => {
    const sender = from();
    const signingKey = await keys.keyFor(signingDomain(mail, sender));
    return { site: site(), from: sender, tokenKey, signingKey, readFile };
  };
  const sender = new MailSender({
    database,
    relay: relay === null ? outboxPage : connectRelay(relay, identityOf),
    settled: relay === null ? 'shown' : 'sent',
    log,
    ...(times && { times }),
  });
  const relayed = relay !== null;
  let sweeping: { stop(): Promise<void> } | null = null;
  return {
    queueMail: createQueue({ site, relayed, from }),
    queueLetter: createLetterQueue({ tokenKey, relayed, from }),
    domains: createMailDomains({ pool, keys, from, relayHost: relay?.host ?? null, resolveTxt: options.resolveTxt }),
    tokenKey,
    from,
    relay: relay === null ? null : { name: relayName(relay), tls: relay.tls },
    async start() {
      if (!relayed) await showWaiting(database);
      await sender.start();
      sweeping = startSweeping(pool, log);
    },
    async stop() {
      await sweeping?.stop();
      await sender.stop();
    },
  };
}

/**
 * The relay was taken away: what waited for it is shown instead, but not what another process is sending, nor what can
 * still be withdrawn.
 */
async function showWaiting({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query(
    `update outbox set state = 'shown'
     where state = 'waiting' and (attempts > 0 or next_attempt_at <= now())
       or state = 'sending' and next_attempt_at <= now()`,
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
