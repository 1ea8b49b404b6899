import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A real site: the program as it ships, in its own process, on free ports and a new data directory. */
export interface TestSite {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly dataDir: string;
  readonly adminToken: string;
  readonly keys: { readonly openai: string; readonly anthropic: string; readonly gemini: string };
  /** The exit code after SIGTERM; null when it had to be killed. */
  stop(): Promise<number | null>;
}

/** A first start makes a database: 0.5 s on a quiet machine. */
const startMs = 60_000;
const stopMs = 40_000;

export async function startSite(settings: Readonly<Record<string, string>> = {}): Promise<TestSite> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lodge-site-'));
  const child = spawn(process.execPath, ['src/main.ts', 'start'], {
    cwd: join(import.meta.dirname, '../..'),
    // Nothing of the caller's own Lodge may leak in.
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      LODGE_PORT: '0',
      LODGE_DATA_DIR: dataDir,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<number | null> => {
    const code = await end(child);
    rmSync(dataDir, { recursive: true, force: true });
    return code;
  };
  try {
    await ready(child);
    return { ...facts(dataDir), dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Resolves when the program says that it is ready; what it says instead is the error. */
async function ready(child: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The site was not ready in ${startMs} ms: ${said}`)), startMs);
    child.once('exit', (code) => reject(new Error(`The site ended with ${code}: ${said}`)));
    child.stderr?.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-4000);
    });
    child.stdout?.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-4000);
      if (!said.includes('is ready on')) return;
      clearTimeout(late);
      resolve();
    });
  });
}

function facts(dataDir: string): Omit<TestSite, 'stop' | 'dataDir'> {
  const run = readJson(join(dataDir, 'run.json'));
  const demo = readJson(join(dataDir, 'demo-keys.json'));
  return {
    url: text(run, 'url'),
    sandboxUrl: text(run, 'sandboxUrl'),
    adminToken: readFileSync(join(dataDir, 'admin-token'), 'utf8').trim(),
    keys: {
      openai: text(demo, 'openai-standard'),
      anthropic: text(demo, 'anthropic-standard'),
      gemini: text(demo, 'gemini-standard'),
    },
  };
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
}

function text(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = values[name];
  if (typeof value !== 'string') throw new Error(`"${name}" is missing`);
  return value;
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const waiting = new AbortController();
  const killed = delay(stopMs, null, { signal: waiting.signal }).then(
    () => child.kill('SIGKILL'),
    () => false,
  );
  await exited;
  waiting.abort();
  await killed;
  return child.exitCode;
}
