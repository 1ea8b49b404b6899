import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The whole program: a site started by the command, and managed by the command. */
const main = new URL('../src/main.ts', import.meta.url).pathname;
const contentCanary = 'canary-prompt-7319';

let place = '';
let site: ChildProcess;
let url = '';

function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: process.env['HOME'], LODGE_DATA_DIR: path.join(place, 'data'), ...extra };
}

beforeAll(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'lodge-site-'));
  site = spawn(process.execPath, [main, 'start'], {
    env: environment({ LODGE_PORT: '0', LODGE_SMTP_PORT: '0' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      if (said.includes(' is ready on ')) resolve();
    };
    site.stdout?.on('data', hear);
    site.stderr?.on('data', hear);
    site.once('exit', (code) => reject(new Error(`the site ended with ${code}: ${said}`)));
  });
  url = JSON.parse(await readFile(path.join(place, 'data', 'run.json'), 'utf8')).url;
});

afterAll(async () => {
  if (site.exitCode === null && site.signalCode === null) {
    const ended = new Promise((resolve) => site.once('exit', resolve));
    site.kill('SIGTERM');
    await ended;
  }
  await rm(place, { recursive: true, force: true });
});

function lodge(arguments_: readonly string[], extra: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...arguments_], { env: environment(extra) });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
    child.stdin.end();
  });
}

async function chat(key: string, model: string): Promise<{ status: number; id: string }> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: contentCanary }] }),
  });
  await response.text();
  return { status: response.status, id: response.headers.get('x-request-id') ?? '' };
}

test('from a new key to the explanation of its calls, without their content', async () => {
  const key = (await lodge(['keys', 'create', '--group', 'openai-standard', '--name', 'site test'])).out.trim();
  const good = await chat(key, 'gpt-5.5');
  const refused = await chat(key, 'no-such-model');
  expect([good.status, refused.status]).toEqual([200, 404]);
  const shown = await lodge(['requests', 'show', good.id, '--json']);
  expect(JSON.parse(shown.out)).toMatchObject({
    id: good.id,
    outcome: 'completed',
    model_asked: 'gpt-5.5',
    status: 200,
  });
  const page = await lodge(['requests', 'show', refused.id]);
  expect(page.out).toContain('model_not_found');
  const listed = await lodge(['requests', 'list', '--code', 'model_not_found']);
  expect(listed.out).toContain(refused.id);
  for (const { out } of [shown, page, listed]) {
    expect(out).not.toContain(contentCanary);
    expect(out).not.toContain(key);
  }
  expect((await lodge(['doctor', '--base-url', `${url}/v1`, '--key-env', 'KEY'], { KEY: key })).code).toBe(0);
  await lodge(['keys', 'disable', key.slice(0, 17)]);
  const sick = await lodge(['doctor', '--base-url', `${url}/v1`, '--key-env', 'KEY', '--json'], { KEY: key });
  expect([sick.code, JSON.parse(sick.out).findings.at(-1).code]).toEqual([1, 'key_disabled']);
  expect(await lodge(['audit'])).toMatchObject({ code: 0, out: expect.stringContaining('The books agree') });
});

test('a change of the catalogue reaches the gateway within a second', async () => {
  const key = (await lodge(['keys', 'create', '--group', 'openai-standard', '--name', 'change'])).out.trim();
  expect((await lodge(['aliases', 'add', 'openai-standard', 'house-model', 'gpt-5.5'])).code).toBe(0);
  await expect.poll(async () => (await chat(key, 'house-model')).status, { timeout: 1_000, interval: 50 }).toBe(200);
});

test('a pipe that closes early is no failure', async () => {
  const child = spawn(process.execPath, [main, 'prices', 'list'], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.once('data', () => child.stdout.destroy());
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, err]).toEqual([0, '']);
});

test('a backup of the running site, and after its end nothing is found', async () => {
  const backup = await lodge(['backup', path.join(place, 'backup'), '--json']);
  expect([backup.code, JSON.parse(backup.out).ok]).toEqual([0, true]);
  const ended = new Promise((resolve) => site.once('exit', resolve));
  site.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(await lodge(['keys', 'list'])).toMatchObject({ code: 4, err: expect.stringContaining('npm start') });
});
