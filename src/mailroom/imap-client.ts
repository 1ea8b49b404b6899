import { ImapFlow } from 'imapflow';
import type { ImapSettings } from './imap-settings.ts';
import { type ImapTrouble, troubleOf } from './imap-words.ts';

const timeoutsMs = { connect: 10_000, greeting: 10_000, socket: 5 * 60_000, idle: 4 * 60_000 };

/** A connection to an IMAP server, with TLS as it was set, or not at all. */
export function imapClient(settings: ImapSettings, password: string): ImapFlow {
  const { host, port, tls, user } = settings;
  const client = new ImapFlow({
    host,
    port,
    secure: tls === 'implicit',
    doSTARTTLS: tls === 'starttls',
    auth: { user, pass: password },
    logger: false,
    connectionTimeout: timeoutsMs.connect,
    greetingTimeout: timeoutsMs.greeting,
    socketTimeout: timeoutsMs.socket,
    maxIdleTime: timeoutsMs.idle,
    disableAutoIdle: true,
    clientInfo: { name: 'Lodge' },
  });
  // Failures are told to whoever waits for a command; without a listener they would end the program.
  client.on('error', () => undefined);
  return client;
}

/** Tries a mailbox out: name, connection, TLS, login, folder. Null: all is well. Changes nothing. */
export async function testMailbox(
  settings: ImapSettings,
  password: string,
): Promise<{ readonly trouble: ImapTrouble | null; readonly messages: number | null }> {
  const client = imapClient(settings, password);
  try {
    await client.connect();
    const { exists } = await client.mailboxOpen(settings.folder, { readOnly: true });
    await client.logout();
    return { trouble: null, messages: exists };
  } catch (error) {
    return { trouble: troubleOf(error, settings), messages: null };
  } finally {
    client.close();
  }
}
