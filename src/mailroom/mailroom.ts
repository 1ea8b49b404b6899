import type { Clock } from '../base/clock.ts';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Database } from '../db/index.ts';
import { readReturnPath, tokenKeyPurpose } from '../mail/index.ts';
import { demoSigner } from './demo-domain.ts';
import { readFile } from './files.ts';
import { ImapPollers } from './imap.ts';
import { type PollerTimes, usualPollerTimes } from './imap-poller.ts';
import { sweepRaw } from './incoming.ts';
import { type ArrivedMail, type BytesSealer, type StoredMail, storeMail } from './intake.ts';
import { Listener, type ListenerLimits } from './listener.ts';
import { ensureFirstMailbox, openMailboxes, type TextSealer } from './mailboxes.ts';
import type { RecogniseKeys, ScanFile } from './read-step.ts';
import { Reader } from './reader.ts';
import { decideRecipient, type Recipient } from './recipients.ts';
import { type Resolver, systemResolver, withLocalhost } from './resolver.ts';
import { Runner, type RunnerTimes, usualTimes } from './runner.ts';
import { sendTrial, type TrialMail } from './send.ts';
import type { DeskSteps } from './steps.ts';

export interface MailroomOptions {
  readonly database: Pick<Database, 'pool' | 'listen' | 'connection'>;
  /** Of `Secrets`. */
  readonly secrets: BytesSealer & TextSealer & { deriveKey(purpose: string): Buffer };
  readonly log: Log;
  readonly clock: Clock;
  /** Fixed part of the site's keys. */
  readonly site: string;
  /** Null: mail is read, and waits for a desk. */
  readonly desk: DeskSteps | null;
  readonly recogniseKeys: RecogniseKeys;
  readonly scan?: ScanFile | null;
  /** Whether mail addresses and phone numbers are taken out too. */
  readonly personalData: boolean;
  /** Domains whose ARC seals are believed. */
  readonly arcSealers: readonly string[];
  /** The embedded default: `.localhost` domains vouch for what the site itself has signed. */
  readonly demo: boolean;
  /** Null: there is no listener. `tls`: PEM. */
  readonly smtp: {
    readonly host: string;
    /** 0 takes a free one. */
    readonly port: number;
    readonly tls: { readonly cert: string; readonly key: string } | null;
  } | null;
  /** Made on first start. */
  readonly firstMailbox: { readonly address: string; readonly name: string };
  readonly onQuarantined?: (id: string, code: string) => void;
  readonly resolver?: Resolver;
  readonly limits?: Partial<ListenerLimits>;
  readonly times?: Partial<RunnerTimes>;
  readonly pollerTimes?: Partial<PollerTimes>;
  readonly readMs?: number;
  readonly dnsMs?: number;
}

export interface Mailroom {
  /** Begins to take mail and to carry it. A port that cannot be had is told, and stops nothing else. */
  start(): Promise<void>;
  /** Before the database is closed. */
  stop(): Promise<void>;
  /** Of the listener; null when it does not listen. */
  port(): number | null;
  /** Sends a mail to the site's own listener, as a customer would: see `sendTrial`. */
  send(mail: TrialMail): Promise<{ readonly messageId: string; readonly reply: string }>;
  /** Mailboxes were changed: those that are read by IMAP are looked at anew. */
  mailboxesChanged(): void;
  readFile(id: string): AsyncIterable<Buffer>;
}

/** Reading takes 10 ms: one thread reads faster than 50 mails a second, the second is for when one hangs. */
const threads = 2;

export function createMailroom(options: MailroomOptions): Mailroom {
  const { database, secrets, log, clock, smtp, demo } = options;
  const { pool } = database;
  const tokenKey = secrets.deriveKey(tokenKeyPurpose);
  const signer = demoSigner(secrets.deriveKey('demo-mail'));
  const reader = new Reader({
    resolver: withLocalhost(options.resolver ?? systemResolver(), demo ? signer.published : null),
    threads,
    ...(options.readMs !== undefined && { readMs: options.readMs }),
    ...(options.dnsMs !== undefined && { dnsMs: options.dnsMs }),
  });
  const runner = new Runner({
    database,
    sealer: secrets,
    reader,
    job: {
      site: options.site,
      personalData: options.personalData,
      fingerprintKey: secrets.deriveKey('secret-fingerprints'),
      tokenKey,
      arcSealers: options.arcSealers.map((domain) => domain.toLowerCase()),
    },
    recogniseKeys: options.recogniseKeys,
    scan: options.scan ?? null,
    desk: options.desk,
    clock,
    log,
    times: { ...usualTimes, ...options.times },
    onQuarantined: options.onQuarantined ?? (() => undefined),
  });
  const recipient = async (address: string): Promise<Recipient> =>
    decideRecipient(address, await openMailboxes(pool), (one) => readReturnPath(tokenKey, one) !== null);
  const pollers = new ImapPollers({
    database,
    sealer: secrets,
    log,
    times: { ...usualPollerTimes, ...options.pollerTimes },
  });
  const store = (mail: ArrivedMail): Promise<StoredMail> => storeMail(pool, secrets, mail);
  const listener =
    smtp === null
      ? null
      : new Listener({
          ...smtp,
          name: () => options.firstMailbox.address.replace(/^.*@/, ''),
          recipient,
          store,
          clock,
          log,
          ...(options.limits && { limits: options.limits }),
        });
  let port: number | null = null;
  return {
    async start() {
      await ensureFirstMailbox(pool, options.firstMailbox.address, options.firstMailbox.name);
      await runner.start();
      pollers.start();
      // Also at the start: a site that is restarted every night would never come to its daily round.
      sweepRaw(pool).catch((error: unknown) =>
        log.warn({ reason: errorText(error) }, 'old raw mail could not be deleted'),
      );
      port = listener === null || smtp === null ? null : await listen(listener, smtp, log);
    },
    async stop() {
      port = null;
      await listener?.stop();
      await pollers.stop();
      await runner.stop();
      await reader.stop();
    },
    port: () => port,
    send: (mail) => sendTrial({ port: () => port, host: reachable(smtp?.host ?? ''), signer, demo }, mail),
    mailboxesChanged: () => pollers.look(),
    readFile: (id) => readFile(pool, secrets, id),
  };
}

/** An address that this machine can call: the wildcard addresses are none. */
function reachable(host: string): string {
  return host === '0.0.0.0' || host === '' ? '127.0.0.1' : host === '::' ? '::1' : host;
}

async function listen(
  listener: Listener,
  { host, port }: { readonly host: string; readonly port: number },
  log: Log,
): Promise<number | null> {
  try {
    return await listener.start();
  } catch (error) {
    const { code } = error as { code?: unknown };
    const reason = code === 'EADDRINUSE' ? 'another program has it; set LODGE_SMTP_PORT' : errorText(error);
    log.error({ host, port, reason }, 'no mail is taken by SMTP: the port cannot be had');
    return null;
  }
}
