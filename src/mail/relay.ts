import nodemailer from 'nodemailer';
import { isLoopbackHost, type MailRelay } from '../base/mail-relay.ts';
import type { MailSite } from './letter.ts';

/** Mails on their way at once, each on a connection of its own. */
export const relayConnections = 5;
/** After this many a connection is replaced: many relays close it themselves at a hundred. */
const mailsPerConnection = 50;

const timeoutsMs = {
  lookUp: 10_000,
  connect: 10_000,
  greeting: 15_000,
  /** RFC 5321, 4.5.3.2 allows a relay minutes; the queue is the better place to wait. */
  silence: 60_000,
  idle: 20_000,
} as const;

/** A mail as it is handed over. */
export interface OutgoingMail {
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** Unix milliseconds. */
  readonly writtenAtMs: number;
}

export interface RelayClient {
  /** `smtp.example.com:587`: for words, without a password. */
  readonly name: string;
  /** Resolves when the relay has taken the mail; rejects with what nodemailer throws. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
  close(): void;
}

export function relayName({ host, port }: MailRelay): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Connections are opened when there is mail, kept for a while, and closed when it is quiet. */
export function connectRelay(relay: MailRelay, from: () => string, site: () => MailSite): RelayClient {
  const own = isLoopbackHost(relay.host);
  const transport = nodemailer.createTransport({
    pool: true,
    host: relay.host,
    port: relay.port,
    secure: relay.tls === 'implicit',
    requireTLS: relay.tls === 'required',
    // On this machine nobody stands between, and Debian's Postfix offers a certificate of its own making.
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: !(own && relay.tls === 'optional') },
    ...(relay.credentials && { auth: { user: relay.credentials.user, pass: relay.credentials.password } }),
    maxConnections: relayConnections,
    maxMessages: mailsPerConnection,
    maxRequeues: 1,
    dnsTimeout: timeoutsMs.lookUp,
    connectionTimeout: timeoutsMs.connect,
    greetingTimeout: timeoutsMs.greeting,
    socketTimeout: timeoutsMs.silence,
    idleTimeout: timeoutsMs.idle,
    allowInternalNetworkInterfaces: own,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: relayName(relay),
    async send(mail, signal) {
      const { name, supportAddress } = site();
      const sender = from();
      await transport.sendMail({
        from: { name, address: sender },
        to: { name: '', address: mail.recipient },
        ...(supportAddress === sender ? {} : { replyTo: { name, address: supportAddress } }),
        envelope: { from: sender, to: [mail.recipient] },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        date: new Date(mail.writtenAtMs),
        headers: {
          // RFC 3834; the second is what Exchange heeds: no holiday notes in answer.
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
        },
        xMailer: false,
        signal,
      });
    },
    close: () => transport.close({ force: true }),
  };
}
