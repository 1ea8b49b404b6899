import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, vi } from 'vitest';

/** The program as people run it: a process of its own, watched, stopped and killed. */
export interface Running {
  readonly pid: number;
  /** From its start until it said that it was ready, as seen from outside. */
  readonly readyMs: number;
  stdout(): string;
  stderr(): string;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
  /** SIGTERM, and its end. */
  stop(): Promise<Ended>;
}

/** A site that is up. */
export interface Program extends Running {
  readonly dataDir: string;
  readonly url: string;
  /** Empty without the sandbox. */
  readonly sandboxUrl: string;
  readonly adminToken: string;
  /** Secrets of the demo keys by vendor; empty texts without the sandbox. */
  readonly keys: Readonly<Record<Vendor, string>>;
}

export type Vendor = 'openai' | 'anthropic' | 'gemini';
export type Settings = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Output extends Ended {
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly dataDir?: string;
  readonly settings?: Settings;
  /** For standard input; nothing otherwise. */
  readonly input?: string;
  /** In front of the program: `setpriv …`. */
  readonly prefix?: readonly string[];
}

/** Where a file of tests runs its programs. Whatever it starts is gone after its tests, and so are its files. */
export interface Workplace {
  /** A path below a temporary directory. Nothing is made there. */
  path(name: string): string;
  start(options?: RunOptions): Promise<Program>;
  /** A command that runs until it is stopped; ready when it has printed `ready`. */
  launch(args: readonly string[], ready: string, options?: RunOptions): Promise<Running>;
  /** Any command, to its end. */
  run(args: readonly string[], options?: RunOptions): Promise<Output>;
  /** A command for a running site with `--json`; what it printed. Throws when it fails. */
  lodge<T = Facts>(site: Program, ...args: readonly string[]): Promise<T>;
}

/** JSON of the program: compared as a whole, and read member by member with `textAt` and its kin in `calls.ts`. */
export type Facts = Readonly<Record<string, unknown>>;

export const root = path.join(import.meta.dirname, '../..');
/** Compiled once for all processes of a run: half of the time of a short command. */
const compileCache = path.join(tmpdir(), `lodge-compiled-${process.getuid?.() ?? 0}`);
const startMs = 60_000;
const runMs = 60_000;

export function workplace(): Workplace {
  // Whole programs on a machine that may be busy with other tests.
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000, interval: 30 } } });
  const home = mkdtempSync(path.join(tmpdir(), 'lodge-program-'));
  const children = new Set<ChildProcess>();
  const dataDirs = new Set<string>();
  const killAll = (): void => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', killAll);
  afterAll(async () => {
    process.off('exit', killAll);
    await Promise.all([...children].map(end));
    await Promise.all([...dataDirs].map(databaseGone));
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }, 60_000);

  const open = (args: readonly string[], options: RunOptions): Watched => {
    const dataDir = options.dataDir ?? path.join(home, 'data');
    dataDirs.add(dataDir);
    const watched = watch(args, { ...options, dataDir });
    children.add(watched.child);
    void watched.ended.then(() => children.delete(watched.child));
    return watched;
  };
  const run = async (args: readonly string[], options: RunOptions = {}): Promise<Output> => {
    const watched = open(args, options);
    watched.child.stdin?.end(options.input ?? '');
    const late = setTimeout(() => watched.child.kill('SIGKILL'), runMs);
    const ended = await watched.ended;
    clearTimeout(late);
    return { ...ended, stdout: watched.stdout(), stderr: watched.stderr() };
  };
  return {
    path: (name) => path.join(home, name),
    run,
    start: async (options = {}) => {
      const dataDir = options.dataDir ?? path.join(home, 'data');
      const watched = open(['start'], { ...options, dataDir });
      return siteOf(await running(watched, 'Stop with Ctrl-C.'), dataDir);
    },
    launch: (args, ready, options = {}) => running(open(args, options), ready),
    lodge: async <T>(site: Program, ...args: readonly string[]): Promise<T> => {
      const output = await run([...args, '--json'], { dataDir: site.dataDir });
      if (output.code !== 0) throw new Error(`lodge ${args.join(' ')}: ${output.stdout}${output.stderr}`);
      return JSON.parse(output.stdout) as T;
    },
  };
}

interface Watched {
  readonly child: ChildProcess;
  readonly startedMs: number;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
}

function watch(args: readonly string[], options: RunOptions & { readonly dataDir: string }): Watched {
  const [command = '', ...rest] = [...(options.prefix ?? []), process.execPath, 'src/main.ts', ...args];
  const texts = { stdout: '', stderr: '' };
  const startedMs = performance.now();
  const child = spawn(command, rest, {
    cwd: root,
    // Nothing of the caller's own Lodge may leak in.
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_COMPILE_CACHE: compileCache,
      LODGE_PORT: '0',
      LODGE_SMTP_PORT: '0',
      LODGE_DATA_DIR: options.dataDir,
      ...options.settings,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => undefined);
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  return { child, startedMs, ended, stdout: () => texts.stdout, stderr: () => texts.stderr };
}

async function running({ child, ended, startedMs, stdout, stderr }: Watched, ready: string): Promise<Running> {
  child.stdin?.end();
  const late = setTimeout(() => child.kill('SIGKILL'), startMs);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (stdout().includes(ready)) resolve();
    });
    ended.then(({ code }) => reject(new Error(`The program ended with ${code}: ${stdout()}${stderr()}`)), reject);
  });
  clearTimeout(late);
  return {
    pid: child.pid ?? 0,
    readyMs: performance.now() - startedMs,
    stdout,
    stderr,
    ended,
    signal: (name) => void child.kill(name),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** What a site leaves in its data directory for programs to find it. */
function siteOf(program: Running, dataDir: string): Program {
  const runFile = readJson(path.join(dataDir, 'run.json'));
  const demoKeys = readJson(path.join(dataDir, 'demo-keys.json'));
  const key = (vendor: Vendor): string => String(demoKeys[`${vendor}-standard`] ?? '');
  const tokenFile = path.join(dataDir, 'admin-token');
  return {
    ...program,
    dataDir,
    url: String(runFile['url']),
    sandboxUrl: String(runFile['sandboxUrl'] ?? ''),
    adminToken: existsSync(tokenFile) ? readFileSync(tokenFile, 'utf8').trim() : '',
    keys: { openai: key('openai'), anthropic: key('anthropic'), gemini: key('gemini') },
  };
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>) : {};
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await closed;
}

/** The database of a killed program ends by itself; its files cannot be removed before. */
async function databaseGone(dataDir: string): Promise<void> {
  const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid');
  for (let waits = 0; waits < 400 && existsSync(pidFile); waits++) await delay(25);
}
