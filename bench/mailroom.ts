import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { demoSigner } from '../src/mailroom/demo-domain.ts';
import { loadSecrets } from '../src/secrets/index.ts';
import { cpuUs, descendants, residentBytes } from './cpu.ts';
import { makeMail } from './mailroom/mails.ts';

/** node bench/mailroom.ts: how many mails a site takes and carries to an answered ticket, with everything switched on. */

const usage = `node bench/mailroom.ts [options]

Starts a site with its embedded Postgres, delivers mail of all kinds to it by SMTP, and waits until each stands on a ticket.

  --mails <n>          how many (10000)
  --connections <n>    at once (10)
  --json               the figures as JSON on standard output
`;

const leastPerSecond = 50;
const patienceMs = 1_800_000;

/** Of one connection; the listener wants a new one after a thousand. */
const mailsPerConnection = 500;

interface Site {
  readonly pid: number;
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
      connections: { type: 'string', default: '10' },
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
  /** Of the site's own process, and of its Postgres, for one mail from connection to answer. */
  readonly cpuMs: number;
  readonly postgresCpuMs: number;
  /** Resident, of the site's own process: before, and the most meanwhile. */
  readonly memoryBeforeMb: number;
  readonly memoryMostMb: number;
  readonly machine: string;
  readonly loadBefore: number;
  readonly loadAfter: number;
}

async function measure(site: Site, dataDir: string, mails: number, connections: number): Promise<Figures> {
  const secrets = await loadSecrets({ secret: null, adminToken: null, dataDir });
  const signer = demoSigner(secrets.deriveKey('demo-mail'));
  const raws: Buffer[] = [];
  for (let number = 0; number < mails; number++) raws.push(await makeMail(number, signer));
  const [loadBefore = 0] = loadavg();
  const used = meter(site.pid);
  const startMs = performance.now();
  const waiting = raws.values();
  await Promise.all(Array.from({ length: connections }, () => deliver(site.smtpPort, waiting)));
  const takenMs = performance.now() - startMs;
  let states = await statesOf(site);
  while (doneOf(states) < mails) {
    if (performance.now() - startMs > patienceMs)
      throw new Error('The mail was not carried to its end in half an hour.');
    await sleep(1_000);
    states = await statesOf(site);
  }
  const allMs = performance.now() - startMs;
  const [loadAfter = 0] = loadavg();
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;
  const perSecond = (mails / allMs) * 1_000;
  return {
    mails,
    states,
    takenPerSecond: (mails / takenMs) * 1_000,
    perSecond,
    ...used(mails),
    machine,
    loadBefore,
    loadAfter,
  };
}

type Used = Pick<Figures, 'cpuMs' | 'postgresCpuMs' | 'memoryBeforeMb' | 'memoryMostMb'>;

/** What a site works and holds from now on. */
function meter(pid: number): (mails: number) => Used {
  const megabytes = (): number => Math.round(residentBytes(pid) / 1024 / 1024);
  const memoryBeforeMb = megabytes();
  let memoryMostMb = memoryBeforeMb;
  const watching = setInterval(() => {
    memoryMostMb = Math.max(memoryMostMb, megabytes());
  }, 200);
  const own = cpuUs([pid]);
  const others = cpuUs(descendants(pid));
  return (mails) => {
    clearInterval(watching);
    const perMailMs = (us: number): number => us / 1_000 / mails;
    const [cpuMs, postgresCpuMs] = [perMailMs(cpuUs([pid]) - own), perMailMs(cpuUs(descendants(pid)) - others)];
    return { cpuMs, postgresCpuMs, memoryBeforeMb, memoryMostMb };
  };
}

/** Delivers mail after mail, over one connection after the other. */
async function deliver(port: number, waiting: Iterator<Buffer>): Promise<void> {
  for (let more = true; more; ) more = await deliverOver(port, waiting);
}

/** @returns whether there may be more */
async function deliverOver(port: number, waiting: Iterator<Buffer>): Promise<boolean> {
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
  let left = mailsPerConnection;
  for (; left > 0; left--) {
    const { value: raw, done } = waiting.next();
    if (done) break;
    socket.write('MAIL FROM:<c@customer.localhost>\r\nRCPT TO:<support@lodge.localhost>\r\nDATA\r\n');
    for (const code of ['250', '250', '354']) await expectReply(code);
    socket.write(Buffer.concat([raw, Buffer.from('\r\n.\r\n')]));
    await expectReply('250');
  }
  socket.end('QUIT\r\n');
  return left === 0;
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
    pid: child.pid ?? 0,
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

function report(figures: Figures): string {
  const { mails, states, takenPerSecond, perSecond, cpuMs, postgresCpuMs, machine, loadBefore, loadAfter } = figures;
  const verdict = perSecond >= leastPerSecond ? 'meets' : 'misses';
  return `${mails} mails on ${machine}, load average ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} after
  taken, committed   ${takenPerSecond.toFixed(0)} per second
  carried to the end ${perSecond.toFixed(0)} per second, which ${verdict} ${leastPerSecond}
  CPU for one mail   ${cpuMs.toFixed(1)} ms of the site, ${postgresCpuMs.toFixed(1)} ms of Postgres
  memory of the site ${figures.memoryBeforeMb} MB before, ${figures.memoryMostMb} MB at most
  ended              ${Object.entries(states)
    .map(([state, count]) => `${state} ${count}`)
    .join(', ')}
`;
}

if (import.meta.main) process.exitCode = await bench(process.argv.slice(2));
