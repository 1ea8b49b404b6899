import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { waitFor } from '../testing.ts';

/** Debian's Dovecot on a free port of loopback, with one mailbox in a directory of its own. Only root can start it. */
export interface Dovecot {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Puts a mail into the INBOX. */
  deliver(raw: string): Promise<void>;
  /** Forgets all numbers of mails, as a restored or moved mailbox does: another UIDVALIDITY. */
  renumber(): Promise<void>;
  stop(): Promise<void>;
}

const owner = 65_534;
const password = 'imap-password';

export async function startDovecot(): Promise<Dovecot> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'lodge-dovecot-'));
  await chmod(directory, 0o755);
  const maildir = path.join(directory, 'maildir');
  for (const name of ['', 'new', 'cur', 'tmp']) {
    await mkdir(path.join(maildir, name), { recursive: true });
    await chown(path.join(maildir, name), owner, owner);
  }
  const port = await freePort();
  const config = path.join(directory, 'dovecot.conf');
  await writeFile(config, configOf(directory, maildir, port));
  let server = await start(config, port);
  return {
    port,
    user: 'support',
    password,
    async deliver(raw) {
      const name = `${Date.now()}.${randomBytes(6).toString('hex')}.test`;
      // Not beside the new ones: Dovecot takes whatever it sees there, half written or not.
      const writing = path.join(maildir, 'tmp', name);
      await writeFile(writing, raw);
      await chown(writing, owner, owner);
      await rename(writing, path.join(maildir, 'new', name));
    },
    async renumber() {
      await end(server);
      for (const name of await readdir(maildir))
        if (name.startsWith('dovecot')) await rm(path.join(maildir, name), { force: true });
      // The number is the time in seconds.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      server = await start(config, port);
    },
    async stop() {
      await end(server);
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export const canStartDovecot = process.getuid?.() === 0;

function configOf(directory: string, maildir: string, port: number): string {
  return `base_dir = ${directory}/run
state_dir = ${directory}/state
log_path = ${directory}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = dovecot
default_login_user = dovenull
mail_location = maildir:${maildir}
first_valid_uid = 1
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${owner} gid=${owner} home=${directory}/home
}
namespace inbox {
  inbox = yes
}
`;
}

async function start(config: string, port: number): Promise<ChildProcess> {
  const server = spawn('/usr/sbin/dovecot', ['-F', '-c', config], { stdio: 'ignore' });
  await waitFor(() => answers(port), 'Dovecot to listen');
  return server;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
