import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { version } from '../../src/start/index.ts';
import { cpuUs, descendants } from '../cpu.ts';
import { moveTo, run, until } from '../processes.ts';
import { chatBody, model, upstreamHosts } from '../traffic.ts';
import type { Subject } from './subject.ts';

/** The real program with everything on, and what only it can be asked. */
export interface LodgeSubject extends Subject {
  /** Frees what is no longer used; measured memory is then memory in use. */
  collect(): void;
  /** The end of what it has printed. */
  said(): string;
}

export interface LodgeOptions {
  readonly upstreamPort: number;
  /** In front of the program, for profiles. */
  readonly nodeArgs?: readonly string[];
  /** Several channels, each with its own address of the upstream: more streams than one may have connections. */
  readonly manyChannels?: boolean;
}

/** Enough that the limit of 100,000 a minute per key is counted on every call and never reached. */
const keyCount = 32;
const group = 'bench';
/** A little less than what an admin request waits for the journal. */
const flushMs = 1_800;
const settledWithinMs = 90_000;

export async function startLodge({ upstreamPort, nodeArgs = [], manyChannels }: LodgeOptions): Promise<LodgeSubject> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'lodge-bench-'));
  const collector = new URL('../stand-ins/collect.ts', import.meta.url).pathname;
  const running = run({
    core: 'measured',
    command: process.execPath,
    args: [...nodeArgs, '--expose-gc', '--import', collector, 'src/main.ts', 'start'],
    env: { LODGE_DATA_DIR: dataDir, LODGE_PORT: '0', LODGE_SANDBOX: 'no' },
    scratch: dataDir,
  });
  try {
    await until(running, 'Lodge', async () => running.said().includes('Stop with'));
    const database = descendants(running.pid);
    moveTo('rest', database);
    const { url } = JSON.parse(readFileSync(path.join(dataDir, 'run.json'), 'utf8')) as { url: string };
    const admin = new Admin(url, readFileSync(path.join(dataDir, 'admin-token'), 'utf8').trim());
    const secrets = await admin.setUp(upstreamPort, manyChannels ? upstreamHosts : [upstreamHosts[0]]);
    await firstAnswer(url, secrets[0] ?? '');
    return {
      name: 'lodge',
      port: Number(new URL(url).port),
      path: '/v1/chat/completions',
      headers: secrets.map((secret) => ({ authorization: `Bearer ${secret}` })),
      slow: false,
      version,
      pid: running.pid,
      cpuUs: () => cpuUs([running.pid]),
      databaseCpuUs: () => cpuUs(descendants(running.pid)),
      collect: () => void running.child.kill('SIGUSR2'),
      said: running.said,
      settled: () => admin.settled(),
      stop: running.stop,
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

class Admin {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** A group with its channels to the upstream, and keys with every kind of limit. Returns the keys. */
  async setUp(upstreamPort: number, hosts: readonly string[]): Promise<string[]> {
    await this.#call('PUT', `groups/${group}`, { vendor: 'openai', multiplier: '1.1' });
    await this.#call('PUT', `groups/${group}/models`, { models: [model] });
    for (const host of hosts) await this.#addChannel(host, upstreamPort);
    const limits = {
      requests_per_minute: 100_000,
      tokens_per_minute: 1_000_000_000,
      concurrency: 10_000,
      spend_usd: { total: '1000000', '1d': '1000000' },
    };
    const secrets: string[] = [];
    for (let number = 1; number <= keyCount; number++) {
      const made = await this.#call('POST', 'keys', { name: `bench ${number}`, group, limits });
      secrets.push(String(made['secret']));
    }
    return secrets;
  }

  /** A look-up waits for the journal to be applied, two seconds at most: one that came back earlier has seen it all. */
  async settled(): Promise<void> {
    const giveUpMs = Date.now() + settledWithinMs;
    for (;;) {
      const startedMs = performance.now();
      await this.#call('GET', 'requests?limit=1');
      if (performance.now() - startedMs < flushMs) return;
      if (Date.now() > giveUpMs) throw new Error(`Lodge has not booked all calls after ${settledWithinMs} ms.`);
    }
  }

  async #addChannel(host: string, port: number): Promise<void> {
    const channel = `bench-${host.replaceAll('.', '-')}`;
    await this.#call('PUT', `channels/${channel}`, {
      group,
      base_url: `http://${host}:${port}/v1`,
      credential: 'sk-of-the-upstream',
    });
  }

  async #call(method: string, place: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.#url}/admin/v1/${place}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${place} was answered with ${response.status}: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }
}

/** The catalogue takes up to a second to reach the gateway. */
async function firstAnswer(url: string, secret: string): Promise<void> {
  const giveUpMs = Date.now() + 10_000;
  for (;;) {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: chatBody({}),
    });
    const text = await response.text();
    if (response.ok) return;
    if (Date.now() > giveUpMs) throw new Error(`Lodge answers with ${response.status}: ${text}`);
    await delay(20);
  }
}
