import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from './base/config.ts';
import { AppError } from './base/errors.ts';
import { createLog } from './base/log.ts';
import { type DemoSite, type ReportProgress, runCli } from './cli/index.ts';
import { attachDatabase, backup, restore } from './db/index.ts';
import { banner, version } from './start/index.ts';
import { startSandbox } from './vendors/sandbox/index.ts';

/** Arguments → command → exit code. The only file beside `config.ts` that looks at the process itself. */

async function start(): Promise<number> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const stopped = stopSignal();
  // From the second start on, a third of a second less. Not in the system's own place for it, where others may write.
  enableCompileCache(path.join(import.meta.dirname, '../node_modules/.cache/compile'));
  // Only here: a short command must not wait for all modules of a site.
  const { startSite } = await import('./app.ts');
  const site = await startSite(config, log);
  // Since the process began: loading the program is part of the start.
  const readyMs = performance.now();
  process.stdout.write(banner({ ...site, siteName: config.siteName, version, readyMs }));
  await stopped;
  process.stdout.write('Stopping: running requests may finish.\n');
  await site.stop();
  return 0;
}

async function sandbox({ port }: { readonly port: number }): Promise<number> {
  const config = readConfig(process.env);
  const stopped = stopSignal();
  const vendor = await startSandbox({ port, countsFile: null, log: createLog(config.logLevel) });
  process.stdout.write(
    `The sandbox vendor listens on ${vendor.origin}\n  OpenAI     ${vendor.origin}/openai/v1\n  Anthropic  ${vendor.origin}/anthropic\n  Gemini     ${vendor.origin}/gemini\n`,
  );
  await stopped;
  await vendor.close();
  return 0;
}

/** A site for a demonstration: nothing of the environment reaches it, nothing of it stays. */
async function demoSite(): Promise<DemoSite> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'lodge-demo-'));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    const { startSite } = await import('./app.ts');
    const config = { ...readConfig({}), dataDir, port: 0, smtpPort: await freePort() };
    const site = await startSite(config, createLog('silent'));
    const adminToken = (await readFile(path.join(dataDir, 'admin-token'), 'utf8')).trim();
    const stop = async () => {
      await site.stop();
      await remove();
    };
    return { url: site.url, sandboxUrl: site.sandboxUrl, adminToken, dataDir, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A backup of the running site: its database is asked, its files are copied. */
async function backUp(directory: string, report: ReportProgress): Promise<Readonly<Record<string, unknown>>> {
  const config = readConfig(process.env);
  const { databaseUrl, dataDir } = config;
  const database = await attachDatabase({ databaseUrl, dataDir, log: createLog(config.logLevel) });
  try {
    const onProgress = ({ done, total }: { done: number; total: number }): void => report(done, total);
    const manifest = await backup({ database, dataDir, toDir: directory, onProgress });
    const bytes = manifest.files.reduce((sum, file) => sum + file.size, 0);
    const note =
      config.secret === null ? null : 'LODGE_SECRET comes from the environment and is not in this backup: keep it.';
    return { directory, files: manifest.files.length, bytes, ...(note && { note }) };
  } finally {
    await database.close();
  }
}

async function bringBack(directory: string, report: ReportProgress): Promise<Readonly<Record<string, unknown>>> {
  const { databaseUrl, dataDir, logLevel } = readConfig(process.env);
  await restore({
    fromDir: directory,
    dataDir,
    databaseUrl,
    log: createLog(logLevel),
    onProgress: ({ done, total }) => report(done, total),
  });
  return { directory, dataDir };
}

/** One Ctrl-C can arrive twice: from the terminal, and from npm or a supervisor that passes it on. */
const sameSignalMs = 1_000;

/** Resolves at the first signal to stop; a later one, of either kind, ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let askedAtMs = Number.POSITIVE_INFINITY;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        const nowMs = performance.now();
        if (nowMs - askedAtMs > sameSignalMs) process.exit(1);
        askedAtMs = Math.min(askedAtMs, nowMs);
        resolve();
      });
    }
  });
}

try {
  process.exitCode = await runCli(process.argv.slice(2), {
    version,
    start,
    sandbox,
    demoSite,
    backup: backUp,
    restore: bringBack,
  });
} catch (error) {
  const known = error instanceof AppError;
  process.stderr.write(
    known ? `${error.message} (${error.code})\n` : `${error instanceof Error ? error.stack : error}\n`,
  );
  process.exitCode = 1;
}
