// The road that every command takes: dependencies in place, then the program on Node 24. Plain JavaScript for Node 20.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const neededMajor = 24;
/** Reading the parent's number costs a microsecond. */
const parentCheckMs = 200;
const forwarded = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/**
 * Runs a TypeScript file of this repository, `file` relative to its root, with `args` as its arguments. On Node 24 it is
 * imported into this process; on an older one the pinned Node runs it, with this process as a shell around it.
 */
export async function launch({ file, args, dev }) {
  const here = Number(process.versions.node.split('.')[0]) >= neededMajor;
  try {
    await ensureInstalled(root, { dev });
    if (!here) await runWith(pinnedNode(), file, args, dev);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    return;
  }
  if (!here) return;
  if (file === 'src/main.ts' && args[0] === 'start') await buildConsole();
  await runHere(file, args);
}

/** A site without its console still serves the API, and says under /console/ what is missing. */
async function buildConsole() {
  const { ensureConsole } = await import('./build-console.ts');
  await ensureConsole(root, (line) => process.stderr.write(`${line}\n`)).catch((error) =>
    process.stderr.write(`${error.message}\nStarting without the console.\n`),
  );
}

async function runHere(file, args) {
  whenLeftBehind(() => process.kill(process.pid, 'SIGTERM'));
  const target = path.join(root, file);
  process.argv = [process.execPath, target, ...args];
  module.enableCompileCache?.(path.join(root, 'node_modules', '.cache', 'lodge'));
  await import(pathToFileURL(target).href);
}

/**
 * npm runs its scripts through a shell, passes a SIGTERM on to that shell, and ends with it: what the shell had started
 * would stay behind unnoticed, and hold the port and the data directory. So the end of the parent counts as a SIGTERM,
 * unless one has come already: to a whole group of processes, as supervisors send it.
 */
function whenLeftBehind(stop) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, parentCheckMs);
  timer.unref();
  // Only beside the program's own listener: a listener of ours alone would keep a signal from ending the process.
  const watched = new Set();
  process.on('newListener', (event) => {
    if (!forwarded.includes(event) || watched.has(event)) return;
    watched.add(event);
    process.on(event, () => clearInterval(timer));
  });
}

function pinnedNode() {
  const binary = path.join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(binary)) return binary;
  throw new Error(
    `Lodge needs Node ${neededMajor}, and none is packaged for ${process.platform} ${process.arch}. This is Node ${process.versions.node}: install Node ${neededMajor} and run the command again.`,
  );
}

function runWith(binary, file, args, dev) {
  const parameters = [path.join(root, 'scripts', 'run.mjs'), ...(dev ? ['--dev'] : []), file, ...args];
  const child = spawn(binary, parameters, { stdio: 'inherit' });
  whenLeftBehind(() => child.kill('SIGTERM'));
  for (const signal of forwarded) {
    process.on(signal, () => {
      // The terminal has sent its Ctrl-C to the child as well.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${binary} cannot be started (${error.message}).`)));
    child.on('exit', (exitCode, signal) => {
      process.exitCode = exitCode ?? 128 + (constants.signals[signal] ?? 1);
      resolve();
    });
  });
}
