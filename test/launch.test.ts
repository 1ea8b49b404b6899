import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/**
 * The road from a bare checkout to a running program, walked in a small copy: the real scripts, and an `npm` that writes
 * down how it was called and then does what the test says.
 */

const lock = {
  packages: {
    '': {},
    'node_modules/needed': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/tool': { version: '2.0.0', integrity: 'sha512-b', dev: true },
    'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-c', optional: true, os: ['plan9'] },
  },
};

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'lodge-launch-'));
  for (const file of ['run.mjs', 'launch.mjs', 'install.mjs'])
    cpSync(path.join('scripts', file), path.join(root, 'scripts', file));
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify(lock));
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(
    path.join(root, 'program.ts'),
    `const words: string[] = process.argv.slice(2);
     if (words[0] === 'exit') process.exitCode = Number(words[1]);
     if (words[0] === 'wait') { process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); }
     if (words[0] === 'count') {
       let signals = 0;
       // Longer than the launcher takes to see that its parent has ended.
       const end = () => { console.log('signals: ' + signals); process.exit(0); };
       process.on('SIGTERM', () => { signals++; if (signals === 1) setTimeout(end, 600); });
       setInterval(() => {}, 1000);
     }
     console.log('ran with ' + words.join(' '));`,
  );
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** An npm that installs what it is asked for, after `before` (shell) has had its say. */
function giveNpm(before = ''): void {
  const places = (dev: boolean) =>
    JSON.stringify({
      packages: Object.fromEntries(
        Object.entries(lock.packages).filter(([place, entry]) => place.endsWith('needed') || (dev && 'dev' in entry)),
      ),
    });
  const npm = path.join(root, 'bin', 'npm');
  mkdirSync(path.dirname(npm), { recursive: true });
  writeFileSync(
    npm,
    `#!/bin/sh
echo "$@" >> '${root}/calls'
${before}
mkdir -p node_modules/needed
case "$*" in *--include=dev*) list='${places(true)}';; *) list='${places(false)}';; esac
printf %s "$list" > node_modules/.package-lock.json
`,
  );
  chmodSync(npm, 0o755);
}

function calls(): string[] {
  const file = path.join(root, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

function start(parameters: readonly string[], node = process.execPath): ChildProcess {
  const { npm_execpath: _npm, ...environment } = process.env;
  return spawn(node, [path.join(root, 'scripts', 'run.mjs'), ...parameters], {
    env: { ...environment, PATH: `${path.join(root, 'bin')}:${process.env['PATH']}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: ChildProcess): Promise<{ exitCode: number | null; output: string }> {
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, output };
}

function run(...parameters: string[]) {
  return ended(start(parameters));
}

describe('a bare checkout', () => {
  it('installs for production, runs, and installs nothing the second time', async () => {
    giveNpm();
    const first = await run('program.ts', 'a', 'b');
    expect(first.output).toContain('Dependencies installed');
    expect(first.output).toContain('ran with a b');
    expect(await run('program.ts', 'exit', '3')).toEqual({ exitCode: 3, output: 'ran with exit 3\n' });
    expect(calls()).toHaveLength(1);
    expect(calls()[0]).toMatch(/^install --no-save --omit=dev .*--ignore-scripts/);
  });

  it('adds the development half without throwing the rest away; production needs nothing then', async () => {
    giveNpm();
    await run('program.ts');
    writeFileSync(path.join(root, 'node_modules', 'needed', 'kept'), '');
    await run('--dev', 'program.ts');
    await run('program.ts');
    expect(calls()).toHaveLength(2);
    expect(calls()[1]).toContain('--include=dev');
    expect(existsSync(path.join(root, 'node_modules', 'needed', 'kept'))).toBe(true);
  });

  it('installs again when the lock has changed', async () => {
    giveNpm();
    await run('program.ts');
    const changed = {
      packages: { ...lock.packages, 'node_modules/needed': { version: '1.0.1', integrity: 'sha512-d' } },
    };
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify(changed));
    const { exitCode, output } = await run('program.ts');
    // This npm still brings the old one, which must not pass for the new.
    expect(exitCode).toBe(1);
    expect(output).toContain('did not arrive: needed');
    expect(calls()).toHaveLength(3);
  });

  it('throws away what a killed installation left', async () => {
    giveNpm();
    mkdirSync(path.join(root, 'node_modules', 'half-written'), { recursive: true });
    writeFileSync(path.join(root, 'node_modules', '.lodge-unfinished'), '');
    await run('program.ts');
    expect(existsSync(path.join(root, 'node_modules', 'half-written'))).toBe(false);
    expect(existsSync(path.join(root, 'node_modules', '.lodge-unfinished'))).toBe(false);
  });

  it.runIf(process.platform === 'linux')('two starts at once: one installs, the other waits', async () => {
    giveNpm(`for i in $(seq 200); do [ -e '${root}/go' ] && break; sleep 0.05; done`);
    const children = [start(['program.ts', 'one']), start(['program.ts', 'two'])];
    const ends = Promise.all(children.map(ended));
    await new Promise<void>((resolve) => {
      for (const child of children)
        child.stderr?.on('data', (chunk) => String(chunk).includes('waiting for it') && resolve());
    });
    writeFileSync(path.join(root, 'go'), '');
    const both = await ends;
    expect(both.map((one) => one.exitCode)).toEqual([0, 0]);
    expect(calls()).toHaveLength(1);
  });
});

describe('under npm', () => {
  /** Starts the program as npm does, behind a shell, in a group of processes of its own. Resolves when it runs. */
  async function startBehindShell(words: string) {
    const command = `'${process.execPath}' '${root}/scripts/run.mjs' program.ts ${words} & wait`;
    const shell = spawn('sh', ['-c', command], {
      env: { ...process.env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    let output = '';
    const running = new Promise<void>((resolve) =>
      shell.stdout.on('data', (chunk) => {
        output += chunk;
        resolve();
      }),
    );
    // The program holds the other end of the pipe until it ends.
    const end = new Promise<string>((resolve) => shell.stdout.once('close', () => resolve(output)));
    await running;
    return { shell, end };
  }

  it('stops when npm and its shell have ended without telling', async () => {
    giveNpm();
    await run('program.ts');
    const { shell, end } = await startBehindShell('count');
    shell.kill('SIGKILL');
    expect(await end).toContain('signals: 1');
  });

  it('is told once when the whole group is told', async () => {
    giveNpm();
    await run('program.ts');
    const { shell, end } = await startBehindShell('count');
    process.kill(-(shell.pid ?? Number.NaN), 'SIGTERM');
    expect(await end).toContain('signals: 1');
  });
});

describe('npm in trouble', () => {
  it('is asked once more when the network failed', async () => {
    giveNpm(`if [ ! -e '${root}/again' ]; then touch '${root}/again'; echo 'npm error code ECONNRESET'; exit 1; fi`);
    const { exitCode, output } = await run('program.ts', 'x');
    expect(exitCode).toBe(0);
    expect(output).toContain('trying once more');
    expect(output).not.toContain('ECONNRESET');
  });

  it('is believed otherwise, and its words are shown', async () => {
    giveNpm("echo 'npm error code ENOSPC'; exit 1");
    const { exitCode, output } = await run('program.ts', 'x');
    expect(exitCode).toBe(1);
    expect(output).toContain('npm error code ENOSPC');
    expect(output).not.toContain('ran with');
    expect(calls()).toHaveLength(1);
  });
});

/** A Node that is too old to run the program itself, where the machine has one. */
const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find((node) => {
  if (!existsSync(node)) return false;
  const major = Number(execFileSync(node, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }));
  return major >= 20 && major < 24;
});

describe.runIf(oldNode)('on an older Node', () => {
  const pinned = `node-${process.platform}-${process.arch}`;

  function startOld(...parameters: string[]): ChildProcess {
    return start(parameters, oldNode);
  }

  it('runs the program on the pinned one, with its exit code and signals', async () => {
    giveNpm(`mkdir -p node_modules/${pinned}/bin && ln -s '${process.execPath}' node_modules/${pinned}/bin/node`);
    expect(await ended(startOld('program.ts', 'exit', '5'))).toMatchObject({ exitCode: 5 });
    const child = startOld('program.ts', 'wait');
    const end = ended(child);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ exitCode: 7 });
  });

  it('says in one line what is missing where there is none', async () => {
    giveNpm();
    const { exitCode, output } = await ended(startOld('program.ts'));
    expect(exitCode).toBe(1);
    expect(output).toMatch(/Lodge needs Node 24.*install Node 24 and run the command again\.\n$/);
  });
});
