import { createHash } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Secrets } from '../secrets/index.ts';
import type { MailSite } from './letter.ts';
import type { SenderTimes } from './sender.ts';

export const testSite: MailSite = { name: 'Example AI', supportAddress: 'help@example.test' };

/** Seals nothing: what a test database holds is no secret. */
export const testSecrets: Pick<Secrets, 'seal' | 'open' | 'deriveKey'> = {
  seal: (plaintext) => Buffer.from(plaintext),
  open: (sealed) => sealed.toString(),
  deriveKey: (purpose) => createHash('sha256').update(purpose).digest(),
};

/** Short enough that a test need not wait. */
export const shortTimes: Partial<SenderTimes> = { pauseMs: [20, 50], pollMs: 500, stopMs: 200 };

/** A mail as the peer took it. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly messageId: string;
  readonly secure: boolean;
  readonly user: string | null;
}

export interface MailPeer {
  readonly port: number;
  readonly taken: TakenMail[];
  /** Of mails whose text arrived, whether they were taken or not. */
  readonly offered: string[];
  close(): Promise<void>;
}

/** What a peer does instead of taking a mail. `data` may wait, or throw `answer(…)`. */
export interface Behaviour extends SMTPServerOptions {
  readonly data?: (messageId: string) => Promise<void> | void;
}

/** An answer of an SMTP peer, to be thrown. */
export function answer(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

/** A real SMTP peer on a free port of loopback. */
export async function startPeer({ data, ...options }: Behaviour = {}): Promise<MailPeer> {
  const taken: TakenMail[] = [];
  const offered: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    // Or it warns of its own test certificate.
    logger: false,
    closeTimeout: 50,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const messageId = /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? '';
        offered.push(messageId);
        const take = async (): Promise<void> => {
          await data?.(messageId);
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom === false ? '' : mailFrom.address;
          const to = rcptTo.map(({ address }) => address);
          taken.push({ from, to, raw, messageId, secure: session.secure, user: session.user ?? null });
        };
        take().then(() => callback(), callback);
      });
    },
    ...options,
  });
  // A client that goes away in the middle is what some tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, taken, offered, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

/** A peer that speaks no SMTP but what `speak` says. */
export async function startRawPeer(speak: (socket: Socket) => void): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    speak(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}
