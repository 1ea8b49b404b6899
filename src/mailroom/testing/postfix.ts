import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '../testing.ts';
import { freePort } from './dovecot.ts';

/** Debian's Postfix with a configuration of its own, as the mail host that the world delivers to. Only root can start it. */
export interface Postfix {
  readonly port: number;
  /** Mails that it could not deliver yet. */
  queued(): Promise<number>;
  stop(): Promise<void>;
}

export const canStartPostfix = process.getuid?.() === 0;

const run = promisify(execFile);

const services = [
  'pickup unix n - n 60 1 pickup',
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 1 1 qmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'verify unix - - n - 1 verify',
  'flush unix n - n 1000? 0 flush',
  'tlsmgr unix - - n 1000? 1 tlsmgr',
  'smtp unix - - n - - smtp',
  'relay unix - - n - - smtp',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'anvil unix - - n - 1 anvil',
  'scache unix - - n - 1 scache',
  'proxymap unix - - n - - proxymap',
  'showq unix n - n - - showq',
  'postlog unix-dgram n - n - 1 postlogd',
];

/** Takes mail for everybody and hands it to `port` of loopback, over TLS, again and again until it is taken. */
export async function startPostfix(deliverTo: number): Promise<Postfix> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'lodge-mx-'));
  // Its daemons run as another user.
  await chmod(home, 0o755);
  for (const name of ['etc', 'queue', 'data']) await mkdir(path.join(home, name));
  const port = await freePort();
  const settings = {
    compatibility_level: '3.6',
    queue_directory: `${home}/queue`,
    data_directory: `${home}/data`,
    myhostname: 'mx.example.com',
    mydestination: '',
    alias_maps: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    message_size_limit: '50000000',
    relayhost: `[127.0.0.1]:${deliverTo}`,
    smtp_tls_security_level: 'encrypt',
    disable_dns_lookups: 'yes',
    queue_run_delay: '1s',
    minimal_backoff_time: '1s',
    maximal_backoff_time: '2s',
    smtp_destination_concurrency_failed_cohort_limit: '0',
    maillog_file: `${home}/log`,
    maillog_file_prefixes: home,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  await writeFile(`${home}/etc/main.cf`, lines.join(''));
  await writeFile(`${home}/etc/master.cf`, [`127.0.0.1:${port} inet n - n - - smtpd`, ...services, ''].join('\n'));
  await run('chown', ['postfix', `${home}/data`]);
  const postfix = (command: string) => run('/usr/sbin/postfix', ['-c', `${home}/etc`, command]);
  await postfix('start');
  await waitFor(() => greets(port), 'Postfix to greet');
  return {
    port,
    async queued() {
      const { stdout } = await run('/usr/sbin/postqueue', ['-c', `${home}/etc`, '-j']);
      return stdout.split('\n').filter((line) => line.trim() !== '').length;
    },
    async stop() {
      await postfix('stop');
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A certificate for STARTTLS, PEM. */
export async function makeCertificate(): Promise<{ cert: string; key: string }> {
  const subject = ['-subj', '/CN=lodge.localhost', '-days', '2', '-nodes'];
  const { stdout } = await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    ...subject,
    '-keyout',
    '-',
    '-out',
    '-',
  ]);
  const part = (name: string) =>
    new RegExp(`-----BEGIN ${name}-----[^]*?-----END ${name}-----\n`).exec(stdout)?.[0] ?? '';
  return { cert: part('CERTIFICATE'), key: part('PRIVATE KEY') };
}

async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [greeting] = await once(socket, 'data', { signal: AbortSignal.timeout(2_000) });
    return String(greeting).startsWith('220 ');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
