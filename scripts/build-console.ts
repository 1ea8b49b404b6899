// node scripts/build-console.ts: makes web/dist of web/, when it is missing or made of other sources.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';

/** Holds the hash of what a build was made of. */
const sourcesMark = '.sources';
/** A build that takes longer has hung: it takes two seconds. */
const buildTimeoutMs = 180_000;
const shownOutputBytes = 4_000;
/** Below it a compressed file is hardly smaller than its headers. */
const compressFromBytes = 1_024;
const compressed = /\.(?:js|css|html|svg|json|txt)$/;
/** What lies in web/ and is no source. */
const noSource = /^(?:dist|\.dist-.*|node_modules)$/;

/**
 * Builds the console when it has to be built. Two at the same time are safe: each builds beside `dist`, one takes its
 * place. `say` gets one line when something was done.
 *
 * @throws Error with one line for people, and the tool's own words
 */
export async function ensureConsole(root: string, say: (line: string) => void): Promise<void> {
  const web = path.join(root, 'web');
  const dist = path.join(web, 'dist');
  const wanted = sourcesHash(root);
  if (madeOf(dist) === wanted) return;
  const startedMs = Date.now();
  clearLeftovers(web);
  const own = path.join(web, `.dist-${process.pid}`);
  try {
    await runVite(root, own);
    await compressFiles(own);
    writeFileSync(path.join(own, sourcesMark), wanted);
    takePlace(own, dist);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  say(`Console built in ${((Date.now() - startedMs) / 1000).toFixed(1)} s.`);
}

/** Of every file that the build depends on: the sources, the pinned tools, and this script. */
function sourcesHash(root: string): string {
  const hash = createHash('sha256');
  const files = [...filesIn(path.join(root, 'web')), path.join(root, 'package-lock.json'), import.meta.filename];
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => !noSource.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const place = path.join(directory, entry.name);
      return entry.isDirectory() ? filesIn(place) : [place];
    });
}

function madeOf(dist: string): string | null {
  const mark = path.join(dist, sourcesMark);
  return existsSync(mark) ? readFileSync(mark, 'utf8') : null;
}

/** What a killed build left. */
function clearLeftovers(web: string): void {
  for (const name of readdirSync(web)) {
    const pid = Number(/^\.dist-(?:old-)?(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isInteger(pid) && !isRunning(pid)) rmSync(path.join(web, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** In a process of its own: what the tool takes of memory goes with it. */
function runVite(root: string, outDir: string): Promise<void> {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const parameters = [vite, 'build', 'web', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, {
      cwd: root,
      // Another value would put React's development build in.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: buildTimeoutMs,
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-shownOutputBytes);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => reject(new Error(`The console could not be built: ${error.message}.`)));
    child.on('close', (exitCode) => {
      if (exitCode === 0) resolve();
      else reject(new Error(`The console could not be built. Its build tool said:\n${output.trim()}`));
    });
  });
}

async function compressFiles(directory: string): Promise<void> {
  const brotli = promisify(brotliCompress);
  const zip = promisify(gzip);
  const quality = { params: { [zlib.BROTLI_PARAM_QUALITY]: zlib.BROTLI_MAX_QUALITY } };
  const files = filesIn(directory).filter((file) => compressed.test(file));
  await Promise.all(
    files.map(async (file) => {
      const content = readFileSync(file);
      if (content.length < compressFromBytes) return;
      writeFileSync(`${file}.br`, await brotli(content, quality));
      writeFileSync(`${file}.gz`, await zip(content, { level: 9 }));
    }),
  );
}

/** Puts a build in the place of the last one. Whoever comes second with the same sources leaves what is there. */
function takePlace(own: string, dist: string): void {
  const old = path.join(path.dirname(dist), `.dist-old-${process.pid}`);
  rmSync(old, { recursive: true, force: true });
  for (let attempt = 1; ; attempt++) {
    moveIfThere(dist, old);
    try {
      renameSync(own, dist);
      break;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'ENOTEMPTY' && code !== 'EEXIST') || attempt === 3) throw error;
      if (madeOf(dist) === madeOf(own)) break;
      rmSync(old, { recursive: true, force: true });
    }
  }
  rmSync(old, { recursive: true, force: true });
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

if (import.meta.main) {
  try {
    await ensureConsole(path.dirname(import.meta.dirname), (line) => console.log(line));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
