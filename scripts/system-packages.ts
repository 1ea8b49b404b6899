import { existsSync, globSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runStep } from './steps.ts';

export interface SystemPackage {
  /** Debian's name. */
  readonly name: string;
  /** Files of which one is there when it is installed. `~` stands for every directory of PATH. */
  readonly proof: string;
  readonly reason: string;
}

/** What the tests need of the system. The program itself needs none of it. */
const testPackages: readonly SystemPackage[] = [
  { name: 'redis-server', proof: '~/redis-server', reason: 'limits across nodes are tested on a real Redis' },
  {
    name: 'postgresql',
    proof: '/usr/lib/postgresql/*/bin/postgres',
    reason: 'the database is tested on an older server as well as on the embedded one',
  },
  { name: 'postfix', proof: '/usr/sbin/postfix', reason: 'mail is tested with a real relay' },
  { name: 'swaks', proof: '/usr/bin/swaks', reason: 'mail is delivered as programs do' },
  { name: 'postfix', proof: '/usr/sbin/postfix', reason: 'a real mail host delivers to us and relays for us' },
  { name: 'dovecot-imapd', proof: '/usr/sbin/dovecot', reason: 'mailboxes are read from a real IMAP server' },
  { name: 'chromium', proof: '/usr/bin/chromium', reason: 'the console is tested in a browser' },
  {
    name: 'fonts-noto-cjk',
    proof: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    reason: 'pages in Chinese are tested in a browser',
  },
];

/** Debian asks this before it starts a service that it has just installed; 101 says no. */
const startPolicy = '/usr/sbin/policy-rc.d';

/**
 * Installs what is missing where that can be done (root on a Debian), else says in one line what is missing: the tests
 * that need it will fail and say so too.
 */
export async function installSystemPackages(packages: readonly SystemPackage[] = testPackages): Promise<void> {
  const missing = packages.filter((wanted) => !isInstalled(wanted));
  if (missing.length === 0) return;
  const names = missing.map((wanted) => wanted.name);
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!canInstall || !(await install(names))) {
    for (const { name, reason } of missing) console.log(`  missing: ${name} (${reason})`);
    console.log(`  As root: apt-get install -y ${names.join(' ')}`);
  }
}

function isInstalled({ proof }: SystemPackage): boolean {
  const patterns = proof.startsWith('~/')
    ? (process.env['PATH'] ?? '').split(path.delimiter).map((directory) => path.join(directory, proof.slice(2)))
    : [proof];
  return patterns.some((pattern) => globSync(pattern).length > 0);
}

async function install(names: readonly string[]): Promise<boolean> {
  console.log(`  installing ${names.join(', ')} …`);
  // The tests start their own on free ports; a service of the machine would only be in the way.
  const ownPolicy = !existsSync(startPolicy);
  if (ownPolicy) writeFileSync(startPolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
    await runStep({ name: 'update', command: [...environment, 'apt-get', 'update', '-q'] });
    const command = [...environment, 'apt-get', 'install', '-y', '-q', '--no-install-recommends', ...names];
    const result = await runStep({ name: 'install', command });
    if (result.exitCode !== 0) console.log(result.output.trimEnd().slice(-1_000).replace(/^/gm, '  '));
    return result.exitCode === 0;
  } finally {
    if (ownPolicy) rmSync(startPolicy, { force: true });
  }
}
