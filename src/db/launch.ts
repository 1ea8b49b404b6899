import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../base/errors.ts';

const run = promisify(execFile);

/** Who owns the cluster when root starts it first: `nobody`, which every Linux has. */
const nobody = 65_534;

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** A command in front of which the needed privileges are dropped. */
export type Launcher = (command: string, args: readonly string[]) => readonly [string, readonly string[]];

// Settings and secrets of the program stay with it; Postgres needs none of them.
const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * How to start Postgres as this user. Postgres refuses to run as root, so root becomes the owner of the cluster (nobody
 * for a new one) but keeps CAP_DAC_OVERRIDE, so that a cluster below /root stays reachable; where that capability may
 * not be kept, a user namespace does. In all cases on Linux the server gets SIGINT when this process dies, however it
 * dies, so that no orphan holds the data directory.
 *
 * @param clusterDir need not exist yet; then the owner of the nearest directory above decides
 * @throws AppError `embedded_database_unavailable`
 */
export async function findLauncher(clusterDir: string): Promise<Launcher> {
  if (process.platform !== 'linux') return (command, args) => [command, args];
  const uid = process.getuid?.() ?? 0;
  const mortal = ['setpriv', '--pdeathsig', 'INT'];
  if (uid !== 0) return (await works(mortal)) ? prefix(mortal) : (command, args) => [command, args];

  const owner = await clusterOwner(clusterDir);
  if (owner) return prefix(becoming(owner));
  const namespace = ['unshare', '--user', `--map-user=${nobody}`];
  if (await works([...namespace, ...mortal])) return prefix([...namespace, ...mortal]);
  if (await works(namespace)) return prefix(namespace);
  throw new AppError(
    'embedded_database_unavailable',
    'Postgres does not run as root, and neither setpriv nor unshare (Debian: util-linux) could drop the rights: start Lodge as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * `initdb` wants a user with a name, which a container started with a bare number has not: in a user namespace it is
 * `nobody` to itself, and the files are the number's all the same. The server itself needs no name.
 */
export function asNobody(launcher: Launcher): Launcher {
  const named = prefix(['unshare', '--user', `--map-user=${nobody}`]);
  return (command, args) => launcher(...named(command, args));
}

/** Runs a program to its end. Rejects with its error output. */
export async function runToEnd(launcher: Launcher, command: string, args: readonly string[]): Promise<void> {
  const [program, all] = launcher(command, args);
  try {
    await run(program, [...all], { env: environment, timeout: 120_000, maxBuffer: 4 * 1024 * 1024 });
  } catch (cause) {
    const output = (cause as { stderr?: string }).stderr?.trim();
    throw new Error(output || (cause as Error).message, { cause });
  }
}

/** Starts a server in a session of its own: Ctrl-C in a terminal is for Lodge, which must drain before the database goes. */
export function launch(launcher: Launcher, command: string, args: readonly string[]): ChildProcess {
  const [program, all] = launcher(command, args);
  return spawn(program, [...all], { env: environment, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
}

function prefix(words: readonly string[]): Launcher {
  const [program = '', ...rest] = words;
  return (command, args) => [program, [...rest, command, ...args]];
}

async function works(words: readonly string[]): Promise<boolean> {
  const [program = '', ...rest] = words;
  return run(program, [...rest, 'true'], { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

/**
 * Whom root becomes for the cluster: its owner; for a new one whoever owns the data directory, or nobody in root's own.
 * Null when this process is not root, or may not become another.
 */
export async function clusterOwner(clusterDir: string): Promise<Owner | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const cluster = await stat(clusterDir).catch(() => null);
  const parent = await stat(path.dirname(clusterDir)).catch(() => null);
  const found = cluster ?? (parent && parent.uid !== 0 ? parent : null);
  const owner = found ? { uid: found.uid, gid: found.gid } : { uid: nobody, gid: nobody };
  return owner.uid !== 0 && (await works(becoming(owner))) ? owner : null;
}

function becoming({ uid, gid }: Owner): string[] {
  const identity = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  return [...identity, '--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--pdeathsig', 'INT'];
}
