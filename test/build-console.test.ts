import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureConsole } from '../scripts/build-console.ts';

/** A console of one line, built by the real tool. */
let root: string;
let said: string[];

function put(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function script(): string {
  const assets = path.join(root, 'web', 'dist', 'assets');
  const name = readdirSync(assets).find((file) => file.endsWith('.js'));
  return readFileSync(path.join(assets, name ?? ''), 'utf8');
}

const build = () => ensureConsole(root, (line) => said.push(line));
const leftovers = () => readdirSync(path.join(root, 'web')).filter((name) => name.startsWith('.dist-'));

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'lodge-build-'));
  said = [];
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'));
  put('package-lock.json', '{}');
  put('web/index.html', '<!doctype html><script type="module" src="/main.ts"></script>');
  put('web/main.ts', 'console.log("first");');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('it is built once, and again when its sources or its tools have changed', async () => {
  await build();
  expect(said).toEqual([expect.stringMatching(/^Console built in \d+\.\d s\.$/)]);
  expect(script()).toContain('first');
  await build();
  expect(said).toHaveLength(1);
  put('web/main.ts', 'console.log("second");');
  await build();
  expect(said).toHaveLength(2);
  expect(script()).toContain('second');
  put('package-lock.json', '{"packages":{}}');
  await build();
  expect(said).toHaveLength(3);
  expect(leftovers()).toEqual([]);
});

test('a build that fails says why and leaves the last one in its place', async () => {
  await build();
  put('web/main.ts', 'import "./missing.ts";');
  await expect(build()).rejects.toThrow(/could not be built[\s\S]*missing\.ts/);
  expect(script()).toContain('first');
  expect(leftovers()).toEqual([]);
});

test('what a killed build left is cleared away, another’s work is not', async () => {
  // Above every process id that Linux gives out.
  put('web/.dist-4194999/index.html', '');
  put(`web/.dist-${process.ppid}/index.html`, '');
  await build();
  expect(leftovers()).toEqual([`.dist-${process.ppid}`]);
});

test('two starters at once end with one whole build', async () => {
  const code = `import { ensureConsole } from ${JSON.stringify(path.resolve('scripts/build-console.ts'))};
    await ensureConsole(${JSON.stringify(root)}, () => {});`;
  const start = () => promisify(execFile)(process.execPath, ['--input-type=module-typescript', '--eval', code]);
  await Promise.all([start(), start(), start()]);
  expect(script()).toContain('first');
  expect(leftovers()).toEqual([]);
  await build();
  expect(said).toEqual([]);
});

test('large files have their compressed twins', async () => {
  const text = 'many words '.repeat(500);
  put('web/public/words.txt', text);
  await build();
  const file = path.join(root, 'web', 'dist', 'words.txt');
  expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe(text);
  expect(gunzipSync(readFileSync(`${file}.gz`)).toString()).toBe(text);
  expect(existsSync(path.join(root, 'web', 'dist', 'index.html.br'))).toBe(false);
});
