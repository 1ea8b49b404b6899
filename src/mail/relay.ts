import nodemailer from 'nodemailer';
import { isLoopbackHost, type MailRelay } from '../base/mail-relay.ts';
import { type Identity, messageOf, type OutgoingMail } from './outgoing.ts';

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

/** An address that a relay did not take a mail for, though it took it for others. */
export interface RefusedRecipient {
  readonly address: string;
  /** `550`. */
  readonly answer: number;
  /** The relay's own words. */
  readonly said: string;
}

/** The relay has the mail, for these and not for those. */
export interface HandedOver {
  readonly accepted: readonly string[];
  readonly refused: readonly RefusedRecipient[];
}

export interface RelayClient {
  /** `smtp.example.com:587`: for words, without a password. */
  readonly name: string;
  /** Resolves when the relay has taken the mail for at least one; rejects with what nodemailer throws. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<HandedOver>;
  close(): void;
}

export function relayName({ host, port }: MailRelay): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Connections are opened when there is mail, kept for a while, and closed when it is quiet. */
export function connectRelay(relay: MailRelay, identityOf: (mail: OutgoingMail) => Promise<Identity>): RelayClient {
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
      const sent = await transport.sendMail({ ...messageOf(mail, await identityOf(mail)), signal });
      const refused = refusalsOf(sent);
      return { accepted: mail.envelopeTo.filter((one) => !refused.some(({ address }) => address === one)), refused };
    },
    close: () => transport.close({ force: true }),
  };
}

/** Without a relay the outbox page is where mail arrives. */
export const outboxPage: RelayClient = {
  name: 'the built-in outbox',
  send: async ({ envelopeTo }) => ({ accepted: envelopeTo, refused: [] }),
  close: () => undefined,
};

/** Who was refused, of a mail that others got or of one that nobody got. @param result nodemailer's, or its error */
export function refusalsOf(result: unknown): RefusedRecipient[] {
  const errors =
    typeof result === 'object' && result !== null && 'rejectedErrors' in result ? result.rejectedErrors : [];
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: Readonly<Record<string, unknown>>) => {
    const { recipient, responseCode, response } = error;
    if (typeof recipient !== 'string' || typeof responseCode !== 'number') return [];
    return [{ address: recipient, answer: responseCode, said: typeof response === 'string' ? response : '' }];
  });
}
