import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { findLauncher, type Launcher, launch } from './launch.ts';
import { ensureCluster, type NewCluster } from './new-cluster.ts';
import { clearStaleServer, readPidFile } from './stale-server.ts';

/** Time for a start, crash recovery included: after an unclean stop Postgres replays at most `max_wal_size`. */
const startTimeoutMs = 120_000;
/** How long a postmaster of the previous run may linger (up to 2 s were seen) before it counts as somebody else's. */
const lingerMs = 20_000;
const pollMs = 5;
const restartDelayMs = { first: 100, most: 10_000, healthyAfter: 60_000 };
/** sockaddr_un takes 108 bytes with the closing zero; `/.s.PGSQL.5432` takes 14. */
const socketDirBytes = 107 - 14;

export interface ClusterOptions extends NewCluster {
  /** Further `-c` settings, for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running Postgres that this process keeps running. */
export interface Cluster {
  /** Directory of the socket, as `pg` takes it for `host`. */
  readonly socketDir: string;
  /** Of the postmaster, null while it is being restarted. */
  pid(): number | null;
  /** Ends the server in good order: connections are cut, the next start needs no recovery. */
  stop(): Promise<void>;
  /** Lets this process end although the server runs; for tests. */
  unref(): void;
}

/** Settings of every embedded server. Durability is left at Postgres' own defaults: fsync and synchronous_commit on. */
const serverSettings: Readonly<Record<string, string>> = {
  // The shipped OpenSSL is too old to be shown to a network.
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '64MB',
  max_connections: '60',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statement texts and the values in DETAIL lines must not reach a log; what fails is reported to who asked.
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/**
 * Starts the cluster in `dir`, making it first when it is missing, and returns when it takes connections.
 *
 * @throws AppError `embedded_database_unavailable`, `data_dir_locked`, `database_start_failed`
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const launcher = await findLauncher(options.dir);
  await ensureCluster(options, launcher);
  const socket = await socketDirFor(options.dir);
  const supervisor = new Supervisor(options, launcher, socket);
  try {
    await supervisor.start();
  } catch (error) {
    await socket.remove();
    throw error;
  }
  return supervisor;
}

class Supervisor implements Cluster {
  readonly socketDir: string;
  readonly #options: ClusterOptions;
  readonly #launcher: Launcher;
  readonly #socket: SocketDir;
  #process: ChildProcess | null = null;
  #stopping = false;
  #unref = false;
  readonly #restarts = new AbortController();
  #restarting: Promise<void> = Promise.resolve();
  readonly #killAtExit = (): void => {
    this.#process?.kill('SIGINT');
  };

  constructor(options: ClusterOptions, launcher: Launcher, socket: SocketDir) {
    this.#options = options;
    this.#launcher = launcher;
    this.#socket = socket;
    this.socketDir = socket.dir;
  }

  pid(): number | null {
    return this.#process?.pid ?? null;
  }

  async start(): Promise<void> {
    const started = await launchUntilReady(this.#options, this.#launcher, this.socketDir);
    // Where the kernel does not do it for us (pdeathsig), at least an orderly exit takes the server along.
    process.once('exit', this.#killAtExit);
    this.#watch(started, performance.now());
  }

  unref(): void {
    this.#unref = true;
    this.#release();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#restarts.abort();
    process.off('exit', this.#killAtExit);
    await this.#restarting;
    const running = this.#process;
    if (running) {
      const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      for (const [signal, waitMs] of [['SIGINT', 15_000] as const, ['SIGQUIT', 5_000] as const]) {
        running.ref();
        running.kill(signal);
        if (await Promise.race([gone.then(() => true), sleep(waitMs, false, { ref: false })])) break;
        this.#options.log.warn({ signal }, 'postgres did not stop in time');
      }
      this.#process = null;
    }
    await this.#socket.remove();
  }

  #watch(started: ChildProcess, startedAt: number, failures = 0): void {
    this.#process = started;
    if (this.#unref) this.#release();
    started.once('exit', (code, signal) => {
      this.#process = null;
      if (this.#stopping) return;
      const healthy = performance.now() - startedAt > restartDelayMs.healthyAfter;
      this.#options.log.error({ code, signal }, 'postgres ended by itself and is started again');
      this.#restarting = this.#restart(healthy ? 0 : failures);
    });
  }

  async #restart(failures: number): Promise<void> {
    for (let tries = failures; !this.#stopping; tries++) {
      const waitMs = Math.min(restartDelayMs.most, restartDelayMs.first * 2 ** tries);
      try {
        await sleep(waitMs, undefined, { signal: this.#restarts.signal });
        const started = await launchUntilReady(this.#options, this.#launcher, this.socketDir);
        // `stop` waits for this and ends what it finds.
        this.#watch(started, performance.now(), tries + 1);
        return;
      } catch (error) {
        if (!this.#stopping) this.#options.log.error({ reason: errorText(error) }, 'postgres could not be restarted');
      }
    }
  }

  #release(): void {
    this.#process?.unref();
    const stderr = this.#process?.stderr;
    if (stderr && 'unref' in stderr && typeof stderr.unref === 'function') stderr.unref();
  }
}

async function launchUntilReady(options: ClusterOptions, launcher: Launcher, socketDir: string): Promise<ChildProcess> {
  const { dir, binaries, log } = options;
  const settings = { ...serverSettings, unix_socket_directories: socketDir, port: '5432', ...options.settings };
  const args = ['-D', dir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const startedAt = performance.now();
  for (;;) {
    const started = launch(launcher, path.join(binaries.directory, 'postgres'), args);
    const failure = await readyOrFailure(started, dir, log);
    if (failure === null) return started;
    const ageMs = performance.now() - startedAt;
    if (!/already exists|still in use/.test(failure)) {
      throw new AppError('database_start_failed', `The embedded Postgres did not start: ${failure}`);
    }
    if (ageMs > lingerMs) {
      const pid = (await readPidFile(dir))?.pid ?? 'unknown';
      throw new AppError(
        'data_dir_locked',
        `Another Postgres (process ${pid}) uses ${dir}: stop it, or choose another LODGE_DATA_DIR.`,
      );
    }
    await clearStaleServer(dir, ageMs, log);
    await sleep(100);
  }
}

/** Null when it is ready, else why not. A mere connection would be answered with 57P03 during recovery. */
async function readyOrFailure(started: ChildProcess, dir: string, log: Log): Promise<string | null> {
  let errors = '';
  let ready = false;
  let ended: string | null = null;
  started.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (!ready) errors = (errors + text).slice(-4_000);
    else for (const line of text.split('\n')) if (line) log.warn({ line: line.slice(0, 500) }, 'postgres');
  });
  started.once('error', (error) => {
    ended = errorText(error);
  });
  // "close" comes after the last of the error output, "exit" may come before it.
  started.once('close', (code, signal) => {
    ended ??= errors.trim() || `it ended with ${signal ?? `code ${code}`}`;
  });
  const startedAt = performance.now();
  while (performance.now() - startedAt < startTimeoutMs) {
    if (ended !== null) return ended;
    const file = await readPidFile(dir);
    if (file?.status === 'ready' && file.pid === started.pid) {
      ready = true;
      return null;
    }
    await sleep(pollMs);
  }
  started.kill('SIGQUIT');
  return `it was not ready after ${startTimeoutMs / 1000} s. ${errors.trim()}`;
}

interface SocketDir {
  readonly dir: string;
  remove(): Promise<void>;
}

/** The socket lies in the private cluster directory, or, where that path is too long for a socket, in a short private one. */
async function socketDirFor(dir: string): Promise<SocketDir> {
  if (Buffer.byteLength(dir) <= socketDirBytes) return { dir, remove: async () => {} };
  const short = await mkdtemp(path.join(os.tmpdir(), 'lodge-'));
  await chmod(short, 0o700);
  return { dir: short, remove: () => rm(short, { recursive: true, force: true }) };
}
