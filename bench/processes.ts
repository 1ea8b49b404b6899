import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import net from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../scripts/steps.ts';

/** What is measured has a core of its own, where the machine has two; all the rest shares the other. */
export type Core = 'measured' | 'rest';

const coreNumbers: Readonly<Record<Core, number>> = { measured: 0, rest: 1 };
export const pinned: boolean = availableParallelism() > 1 && existsSync('/usr/bin/taskset');

const startMs = 60_000;
const stopMs = 45_000;
const outputBytes = 4_000;

/** A program that this one started. */
export interface Running {
  readonly pid: number;
  readonly child: ChildProcess;
  /** The end of what it has printed. */
  said(): string;
  /** Ends it in good order, or by force when that takes too long. */
  stop(): Promise<void>;
}

export interface Program {
  readonly core: Core;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Speaks with this process by messages. */
  readonly messages?: boolean;
  /** Its files, which are removed when it has ended. */
  readonly scratch?: string;
}

/** Nothing of the caller's own Lodge may leak in: of the environment only where programs and files are. */
export function run({ core, command, args, env, messages, scratch }: Program): Running {
  const words = pinned ? ['taskset', '-c', String(coreNumbers[core]), command, ...args] : [command, ...args];
  const [first = '', ...rest] = words;
  const child = spawn(first, rest, {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(messages ? ['ipc' as const] : [])],
  });
  let said = '';
  const hear = (bytes: Buffer): void => {
    said = (said + bytes.toString()).slice(-outputBytes);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      said += error.message;
      resolve();
    });
  });
  const running: Running = {
    pid: child.pid ?? 0,
    child,
    said: () => said.trim(),
    async stop() {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), stopMs);
        await ended;
        clearTimeout(late);
      }
      if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
      allRunning.delete(running);
    },
  };
  allRunning.add(running);
  return running;
}

const allRunning = new Set<Running>();

/** For a bench that is broken off: nothing of it stays behind. */
export async function stopAll(): Promise<void> {
  await Promise.all([...allRunning].map((running) => running.stop()));
}

/** One of our own files as a process that says where it listens. */
export async function runOwn(core: Core, file: URL, args: readonly string[] = []): Promise<Running & { port: number }> {
  const running = run({ core, command: process.execPath, args: [file.pathname, ...args], messages: true });
  let port = -1;
  running.child.once('message', (message: { port?: number }) => {
    port = message.port ?? 0;
  });
  await until(running, file.pathname, async () => port >= 0);
  return { ...running, port };
}

/** Waits until a program is ready, and says what it said when it ends instead. */
export async function until(running: Running, name: string, ready: () => Promise<boolean>): Promise<void> {
  const giveUpMs = Date.now() + startMs;
  while (!(await ready())) {
    const { exitCode, signalCode, pid } = running.child;
    const dead = exitCode !== null || signalCode !== null || pid === undefined;
    if (dead || Date.now() > giveUpMs) {
      await running.stop();
      throw new Error(`${name} ${dead ? 'ended' : 'was not ready in time'}: ${running.said() || 'it said nothing'}`);
    }
    await delay(10);
  }
}

export async function accepts(port: number): Promise<boolean> {
  const socket = net.connect(port, '127.0.0.1');
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

/** Moves running processes with all their threads, and what they start later. */
export function moveTo(core: Core, pids: readonly number[]): void {
  if (!pinned) return;
  for (const pid of pids) {
    try {
      execFileSync('taskset', ['-a', '-c', '-p', String(coreNumbers[core]), String(pid)], { stdio: 'ignore' });
    } catch {
      // It has ended meanwhile.
    }
  }
}
