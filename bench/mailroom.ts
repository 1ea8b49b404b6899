import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { demoSigner } from '../src/mailroom/demo-domain.ts';
import { loadSecrets } from '../src/secrets/index.ts';

/** node bench/mailroom.ts: how many mails a site takes and carries to an answered ticket, with everything switched on. */

const usage = `node bench/mailroom.ts [options]

Starts a site with its embedded Postgres, delivers signed mail to it by SMTP, and waits until each stands on a ticket.

  --mails <n>          how many (10000)
  --connections <n>    at once (8)
  --json               the figures as JSON on standard output
`;

const leastPerSecond = 50;
const patienceMs = 1_800_000;

interface Site {
  readonly url: string;
  readonly adminToken: string;
  readonly smtpPort: number;
  stop(): Promise<void>;
}

async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      mails: { type: 'string', default: '10000' },
      connections: { type: 'string', default: '8' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const figures = await measureMailroom(Number(values.mails), Number(values.connections));
  process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : report(figures));
  return figures.perSecond >= leastPerSecond ? 0 : 1;
}

/** Starts a site of its own, delivers so many mails, waits for their tickets, and ends it. */
export async function measureMailroom(mails: number, connections: number): Promise<Figures> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'lodge-bench-mail-'));
  const site = await startSite(dataDir);
  try {
    return await measure(site, dataDir, mails, connections);
  } finally {
    await site.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Figures {
  readonly mails: number;
  /** How many ended in which state. */
  readonly states: Readonly<Record<string, number>>;
  /** Taken with 250, which is after the commit. */
  readonly takenPerSecond: number;
  /** From the first connection until the last mail was answered. */
  readonly perSecond: number;
  readonly machine: string;
}

async function measure(site: Site, dataDir: string, mails: number, connections: number): Promise<Figures> {
  const secrets = await loadSecrets({ secret: null, adminToken: null, dataDir });
  const signer = demoSigner(secrets.deriveKey('demo-mail'));
  const raws: Buffer[] = [];
  for (let number = 0; number < mails; number++) {
    const domain = `customer${number % 50}.localhost`;
    const raw = Buffer.from(mailText(number, domain));
    raws.push(Buffer.concat([Buffer.from(await signer.sign(raw, domain)), raw]));
  }
  const startMs = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, () =>
      deliver(site.smtpPort, () => (next < mails ? (raws[next++] ?? null) : null)),
    ),
  );
  const takenMs = performance.now() - startMs;
  let states = await statesOf(site);
  while (doneOf(states) < mails) {
    if (performance.now() - startMs > patienceMs)
      throw new Error('The mail was not carried to its end in half an hour.');
    await sleep(200);
    states = await statesOf(site);
  }
  const allMs = performance.now() - startMs;
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`;
  return { mails, states, takenPerSecond: (mails / takenMs) * 1_000, perSecond: (mails / allMs) * 1_000, machine };
}

function mailText(number: number, domain: string): string {
  return [
    `From: Customer ${number % 500} <c${number % 500}@${domain}>`,
    'To: support@lodge.localhost',
    `Subject: ${['bug', 'billing', 'Re', 'Question'][number % 4]}: call ${number} fails`,
    `Message-ID: <${number}@${domain}>`,
    'Date: Sat, 21 Nov 2026 08:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Hello, since this morning our calls fail with 429 rate_limited, ${number}.`,
    ...Array.from(
      { length: 20 },
      (_, line) => `2026-11-21T08:00:${line + 10}Z POST /v1/chat/completions 429 request ${line}`,
    ),
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<p>Hello, since this morning our calls fail with <b>429</b> rate_limited, ${number}.</p>`,
    '',
    '--b--',
    '',
  ].join('\r\n');
}

/** One connection that delivers mail after mail. */
async function deliver(port: number, take: () => Buffer | null): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const expectReply = async (code: string): Promise<void> => {
    for (;;) {
      const { value, done } = await lines.next();
      const line = String(value ?? '');
      if (done || !line.startsWith(code)) throw new Error(`The listener says: ${line}`);
      if (line[3] !== '-') return;
    }
  };
  await expectReply('220');
  socket.write('EHLO bench.localhost\r\n');
  await expectReply('250');
  for (let raw = take(); raw !== null; raw = take()) {
    socket.write('MAIL FROM:<c@customer.localhost>\r\nRCPT TO:<support@lodge.localhost>\r\nDATA\r\n');
    for (const code of ['250', '250', '354']) await expectReply(code);
    socket.write(Buffer.concat([raw, Buffer.from('\r\n.\r\n')]));
    await expectReply('250');
  }
  socket.end('QUIT\r\n');
}

async function statesOf(site: Site): Promise<Record<string, number>> {
  const headers = { authorization: `Bearer ${site.adminToken}` };
  const response = await fetch(`${site.url}/admin/v1/mailroom`, { headers });
  return ((await response.json()) as { states: Record<string, number> }).states;
}

function doneOf(states: Readonly<Record<string, number>>): number {
  return (states['answered'] ?? 0) + (states['ignored'] ?? 0) + (states['quarantined'] ?? 0);
}

async function startSite(dataDir: string): Promise<Site> {
  const smtpPort = await freePort();
  const program = path.join(import.meta.dirname, '../src/main.ts');
  const child = spawn(process.execPath, [program, 'start'], {
    env: { ...process.env, LODGE_DATA_DIR: dataDir, LODGE_PORT: '0', LODGE_SMTP_PORT: String(smtpPort) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('Stop with')) break;
  child.stdout.resume();
  const { url } = JSON.parse(await readFile(path.join(dataDir, 'run.json'), 'utf8')) as { url: string };
  const adminToken = (await readFile(path.join(dataDir, 'admin-token'), 'utf8')).trim();
  return {
    url,
    adminToken,
    smtpPort,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function report({ mails, takenPerSecond, perSecond, machine }: Figures): string {
  const verdict = perSecond >= leastPerSecond ? 'meets' : 'misses';
  return `${mails} signed mails on ${machine}
  taken, committed   ${takenPerSecond.toFixed(0)} per second
  on their tickets   ${perSecond.toFixed(0)} per second, which ${verdict} ${leastPerSecond}
`;
}

if (import.meta.main) process.exitCode = await bench(process.argv.slice(2));
