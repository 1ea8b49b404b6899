// Makes node_modules fit package-lock.json. Runs on the Node that happens to be there (20 or newer) and before anything
// is installed, so: plain JavaScript, nothing but Node's own modules.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';

/** How long a second starter waits for the first one's installation. */
const lockWaitMs = 15 * 60_000;
/** What is shown of npm's output when it failed. */
const shownOutputBytes = 4_000;
/** Stands in node_modules while npm works there. */
const unfinishedMark = '.lodge-unfinished';
const networkTrouble =
  /\b(ECONNRESET|ECONNREFUSED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ERR_SOCKET_TIMEOUT|EPIPE|EINTEGRITY|network|socket hang up|50[0-4])\b/i;

/**
 * Installs what is missing; returns at once when nothing is. `dev` asks for the development dependencies as well.
 * Two starters at the same time are safe: one installs, the other waits and looks again.
 *
 * @throws Error with one line for people, and npm's own words when npm failed
 */
export async function ensureInstalled(root, { dev }) {
  if (isInstalled(root, dev)) return;
  const unlock = await lock(root);
  try {
    if (!isInstalled(root, dev)) await install(root, dev);
  } finally {
    unlock();
  }
}

function isInstalled(root, dev) {
  return missingPackages(root, dev).length === 0 && !existsSync(path.join(root, 'node_modules', unfinishedMark));
}

/**
 * What package-lock.json asks for and node_modules has not, by npm's own list of what it installed, version and
 * integrity.
 */
export function missingPackages(root, dev) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  if (wanted === null) throw new Error(`${path.join(root, 'package-lock.json')} is missing or broken.`);
  const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json')) ?? {};
  return Object.entries(wanted)
    .filter(([place, wish]) => place !== '' && isNeeded(wish, dev))
    .filter(([place, wish]) => present[place]?.version !== wish.version || present[place]?.integrity !== wish.integrity)
    .map(([place]) => place.replace(/^.*node_modules\//, ''));
}

function isNeeded(wish, dev) {
  if (!dev && (wish.dev || wish.devOptional)) return false;
  if (!wish.optional) return true;
  // Builds for one platform are optional to npm and necessary to us: the pinned Node and the embedded Postgres. Those
  // that also name a C library are helpers of development tools, which choose among them by themselves.
  return Boolean(wish.os?.includes(process.platform) && wish.cpu?.includes(process.arch) && !wish.libc);
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

async function install(root, dev) {
  const startedMs = Date.now();
  process.stderr.write('Installing dependencies, once: about 250 MB, half a minute …\n');
  const modules = path.join(root, 'node_modules');
  const unfinished = path.join(modules, unfinishedMark);
  // npm takes a half-written package for a whole one, so what a killed installation left is thrown away. A sound one is
  // only added to: a site may be running from it.
  if (existsSync(unfinished) || packagesOf(path.join(modules, '.package-lock.json')) === null)
    rmSync(modules, { recursive: true, force: true });
  mkdirSync(modules, { recursive: true });
  writeFileSync(unfinished, '');
  for (let attempt = 1; ; attempt++) {
    const { exitCode, output } = await npm(root, installArguments(dev));
    const missing = exitCode === 0 ? missingPackages(root, dev) : [];
    if (exitCode === 0 && missing.length === 0) break;
    const again = attempt === 1 && (missing.length > 0 || networkTrouble.test(output));
    if (!again) throw new Error(failureText(missing, output));
    process.stderr.write('The package registry did not answer well; trying once more …\n');
  }
  rmSync(unfinished);
  process.stderr.write(`Dependencies installed in ${Math.round((Date.now() - startedMs) / 1000)} s.\n`);
}

/** Not `npm ci`: see docs/decisions/0001-install-from-the-lock.md. `missingPackages` is as strict. */
function installArguments(dev) {
  // Named outright, because NODE_ENV=production or a user's npmrc would leave them out.
  const kinds = dev ? ['--include=dev', '--include=optional'] : ['--omit=dev', '--include=optional'];
  return ['install', '--no-save', ...kinds, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
}

function failureText(missing, output) {
  if (missing.length > 0)
    return `npm has finished, but these packages did not arrive: ${missing.slice(0, 5).join(', ')}. Check the network and run the command again.`;
  return `Installing the dependencies failed. npm said:\n${output.slice(-shownOutputBytes).trim()}`;
}

function npm(root, parameters) {
  const script = process.env.npm_execpath;
  const direct = script !== undefined && path.basename(script) === 'npm-cli.js';
  const [command, before] = direct ? [process.execPath, [script]] : ['npm', []];
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, [...before, ...parameters], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk) => {
      output = (output + chunk).slice(-64 * 1024);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ exitCode: 1, output: `npm cannot be started: ${error.message}` }));
    child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, output }));
  });
}

/**
 * Holds an abstract socket named after the checkout. It dies with its process, so no lock is ever left behind. Where the
 * system has no abstract sockets there is no lock.
 */
async function lock(root) {
  if (process.platform !== 'linux') return () => {};
  const address = `\0lodge-install-${createHash('sha256').update(root).digest('hex').slice(0, 32)}`;
  const giveUpMs = Date.now() + lockWaitMs;
  for (let told = false; Date.now() < giveUpMs; told = true) {
    const unlock = await takeLock(address);
    if (unlock) return unlock;
    if (!told) process.stderr.write('Another start is installing the dependencies; waiting for it …\n');
    await lockReleased(address, giveUpMs - Date.now());
  }
  throw new Error('Another start has been installing the dependencies for a quarter of an hour. End it and try again.');
}

function takeLock(address) {
  return new Promise((resolve) => {
    const sockets = new Set();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
    });
    server.on('error', (error) => resolve(error.code === 'EADDRINUSE' ? null : () => {}));
    server.listen(address, () => {
      server.unref();
      resolve(() => {
        server.close();
        for (const socket of sockets) socket.destroy();
      });
    });
  });
}

function lockReleased(address, waitMs) {
  return new Promise((resolve) => {
    const socket = connect(address);
    const timer = setTimeout(() => socket.destroy(), Math.max(waitMs, 1));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
