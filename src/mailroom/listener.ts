import type { Server } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Clock } from '../base/clock.ts';
import { errorText } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import type { Log } from '../base/log.ts';
import { isLoopbackHost } from '../base/mail-relay.ts';
import { Arrivals } from './arrivals.ts';
import type { ArrivedMail, StoredMail } from './intake.ts';
import { type Receiver, receive } from './receive.ts';
import type { Recipient } from './recipients.ts';
import { reply } from './replies.ts';

/** What an operator or a test sets otherwise. */
export interface ListenerLimits {
  readonly mailBytes: number;
  readonly bytesInFlight: number;
  readonly connections: number;
  readonly connectionsPerAddress: number;
  readonly recipients: number;
  readonly mailsPerAddress: number;
  readonly idleMs: number;
  readonly receiveMs: number;
  /** This machine sends as much as it likes. */
  readonly loopbackFree: boolean;
}

export interface ListenerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Null: STARTTLS is not offered. PEM. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** By which it greets. */
  readonly name: () => string;
  readonly recipient: (address: string) => Promise<Recipient>;
  readonly store: (mail: ArrivedMail) => Promise<StoredMail>;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<ListenerLimits>;
}

const usualLimits: ListenerLimits = {
  mailBytes: limits.mailBytes,
  bytesInFlight: limits.mailBytesInFlight,
  connections: limits.mailConnections,
  connectionsPerAddress: limits.mailConnectionsPerAddress,
  recipients: limits.mailRecipients,
  mailsPerAddress: limits.mailsPerAddress,
  idleMs: limits.mailIdleMs,
  receiveMs: limits.mailReceiveMs,
  loopbackFree: true,
};

/** Transactions of one connection; a relay that keeps its connection begins a new one then. */
const mailsPerConnection = 1_000;
const commandLength = 2_048;
const closeMs = 5_000;

/**
 * The SMTP listener. It takes mail for addresses of ours only, relays nothing, and says 250 when `store` has resolved:
 * trouble of our own is 451, so that the sender comes again.
 */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #limits: ListenerLimits;
  readonly #arrivals: Arrivals;
  readonly #receiver: Receiver;
  readonly #deadlines = new Map<string, NodeJS.Timeout>();
  #server: SMTPServer | null = null;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#limits = { ...usualLimits, ...options.limits };
    this.#arrivals = new Arrivals(options.clock);
    this.#receiver = { bytesInFlight: 0, limits: this.#limits, store: options.store, log: options.log };
  }

  /** @returns the port; rejects when it cannot be had */
  async start(): Promise<number> {
    const { host, port, log } = this.#options;
    const server = this.#create();
    // A peer that goes away in the middle is everyday business.
    server.on('error', (error) => log.debug({ reason: errorText(error) }, 'a mail connection failed'));
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(port, host, () => {
        server.server.removeListener('error', reject);
        resolve();
      });
    });
    this.#server = server;
    const address = (server.server as Server).address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  /** Takes no new connection; mail that is being stored is answered, the rest is cut off after some seconds. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    for (const deadline of this.#deadlines.values()) clearTimeout(deadline);
  }

  #create(): SMTPServer {
    const { tls, name } = this.#options;
    const { mailBytes, connections, idleMs, recipients } = this.#limits;
    return new SMTPServer({
      name: name(),
      banner: 'Lodge',
      size: mailBytes,
      maxClients: connections,
      maxRecipients: recipients,
      maxCommandLength: commandLength,
      socketTimeout: idleMs,
      closeTimeout: closeMs,
      disableReverseLookup: true,
      logger: false,
      authOptional: true,
      maxAllowedUnauthenticatedCommands: false,
      disabledCommands: tls === null ? ['AUTH', 'STARTTLS'] : ['AUTH'],
      ...(tls === null ? {} : { cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' as const }),
      onConnect: (session, done) => done(this.#connected(session)),
      onClose: (session) => this.#closed(session),
      onMailFrom: (_address, session, done) => done(this.#mayBegin(session)),
      onRcptTo: (address, _session, done) => {
        this.#mayReceive(address.address).then(() => done(), done);
      },
      onData: (stream, session, done) => {
        const mailboxOf = (to: readonly string[]) => this.#mailboxOf(to);
        receive(this.#receiver, stream, session, mailboxOf, () => this.#cut(session)).then(
          (words) => done(null, words),
          done,
        );
      },
    });
  }

  #connected(session: SMTPServerSession): Error | null {
    const address = session.remoteAddress;
    const open = this.#arrivals.opened(address);
    // The idle timeout alone would let a peer send a byte a minute for ever.
    const deadline = setTimeout(() => this.#cut(session), this.#limits.receiveMs * 2);
    this.#deadlines.set(session.id, deadline.unref());
    if (open <= this.#limits.connectionsPerAddress || this.#isFree(address)) return null;
    return reply(421, '4.7.0 Too many connections from your address; try again later');
  }

  #closed(session: SMTPServerSession): void {
    clearTimeout(this.#deadlines.get(session.id));
    if (this.#deadlines.delete(session.id)) this.#arrivals.closed(session.remoteAddress);
  }

  #mayBegin(session: SMTPServerSession): Error | null {
    if (session.transaction > mailsPerConnection)
      return reply(451, '4.7.0 Enough mail for one connection; open another');
    const count = this.#arrivals.mail(session.remoteAddress);
    if (count <= this.#limits.mailsPerAddress || this.#isFree(session.remoteAddress)) return null;
    return reply(451, '4.7.1 Too much mail from your address within a minute; try again later');
  }

  async #mayReceive(address: string): Promise<void> {
    let recipient: Recipient;
    try {
      recipient = await this.#options.recipient(address);
    } catch (error) {
      this.#options.log.warn({ reason: errorText(error) }, 'mail is put off: its recipient cannot be looked up');
      throw reply(451, '4.3.0 Mailboxes cannot be looked up now; try again later');
    }
    if (recipient.kind === 'unknown') throw reply(550, '5.1.1 No such mailbox here');
  }

  /** The first mailbox among the recipients: each of them was accepted before. */
  async #mailboxOf(to: readonly string[]): Promise<string | null> {
    for (const address of to) {
      const recipient = await this.#options.recipient(address);
      if (recipient.kind !== 'unknown' && recipient.mailboxId !== null) return recipient.mailboxId;
    }
    return null;
  }

  #isFree(address: string): boolean {
    return this.#limits.loopbackFree && isLoopbackHost(address);
  }

  #cut(session: SMTPServerSession): void {
    for (const connection of this.#server?.connections ?? []) {
      if (connection.session.id === session.id) connection.close();
    }
  }
}
