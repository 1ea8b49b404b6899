import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cpuUs } from '../cpu.ts';
import { accepts, freePort, run, until } from '../processes.ts';
import type { Subject } from './subject.ts';

const peers = path.join(import.meta.dirname, '..', 'peers');
const packageDir = path.join(peers, 'node_modules', '@portkey-ai', 'gateway');

interface Installer {
  ensureInstalled(root: string, options: { readonly dev: boolean }): Promise<void>;
}

/** Another gateway on Node, from npm. Null when it cannot be installed; why has been said then. */
export async function startPortkey(upstreamPort: number): Promise<Subject | null> {
  try {
    // Plain JavaScript without types: it must run before anything is installed.
    const installer: Installer = await import(new URL('../../scripts/install.mjs', import.meta.url).href);
    await installer.ensureInstalled(peers, { dev: false });
  } catch (error) {
    console.error(`  missing: @portkey-ai/gateway (${error instanceof Error ? error.message : String(error)})`);
    return null;
  }
  const port = await freePort();
  const running = run({
    core: 'measured',
    command: process.execPath,
    args: [path.join(packageDir, 'build', 'start-server.js'), '--headless', `--port=${port}`],
    env: { NODE_ENV: 'production', TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' },
  });
  await until(running, 'Portkey', () => accepts(port));
  const { version } = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as { version: string };
  return {
    name: 'portkey',
    port,
    path: '/v1/chat/completions',
    headers: [
      {
        authorization: 'Bearer sk-of-the-upstream',
        'x-portkey-provider': 'openai',
        'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}/v1`,
      },
    ],
    slow: true,
    version,
    pid: running.pid,
    cpuUs: () => cpuUs([running.pid]),
    databaseCpuUs: () => 0,
    settled: async () => {},
    stop: running.stop,
  };
}
