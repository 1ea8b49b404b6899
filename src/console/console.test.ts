import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { parseRequestId } from '../base/request-id.ts';
import { createConsole } from './index.ts';

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const page = '<!doctype html><title>Console</title><div id="root"></div>';
const script = `console.log(${JSON.stringify('x'.repeat(2_000))});`;
const scriptName = 'assets/index-1a2B_3-d.js';

let root: string;
let directory: string;
let server: Server;

function put(name: string, content: string | Buffer): void {
  const file = path.join(directory, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

async function serve(): Promise<void> {
  const lookUp = createConsole({ directory, clock: new ManualClock(Date.UTC(2026, 10, 21)) });
  server = createServer((incoming, outgoing) => {
    const listener = lookUp(incoming.url ?? '/');
    if (listener) listener(incoming, outgoing);
    else outgoing.writeHead(421).end('not ours');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

/** Paths go out as they are written: fetch would tidy up what is hostile in them. */
function ask(target: string, headers: IncomingHttpHeaders = {}, method = 'GET'): Promise<Reply> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path: target, method, headers, agent: false }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.once('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(parts) }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'lodge-console-'));
  directory = path.join(root, 'dist');
  put('../secret.txt', 'outside');
  put('index.html', page);
  put('early.js', 'early();');
  put(scriptName, script);
  put(`${scriptName}.br`, brotliCompressSync(script));
  put(`${scriptName}.gz`, gzipSync(script));
  put('.sources', 'a hash');
});

afterEach(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});

describe('the page', () => {
  test.each([
    '/console/',
    '/console/keys',
    '/console/keys/key_1?tab=limits',
    '/console/models/gpt-4.1',
    '/console/?a=b',
  ])('%s', async (target) => {
    await serve();
    const { status, headers, body } = await ask(target);
    expect(status).toBe(200);
    expect(body.toString()).toBe(page);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(parseRequestId(String(headers['x-request-id']))).not.toBeNull();
  });

  test('goes out with a policy that allows no inline code', async () => {
    await serve();
    const { headers } = await ask('/console/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test('is not sent again to who has it', async () => {
    await serve();
    const { headers } = await ask('/console/');
    const again = await ask('/console/usage', { 'if-none-match': String(headers.etag) });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  test('HEAD tells its length and sends nothing', async () => {
    await serve();
    const { status, headers, body } = await ask('/console/', {}, 'HEAD');
    expect([status, headers['content-length'], body.length]).toEqual([200, String(page.length), 0]);
  });

  test('the address without a slash leads to it, with its query', async () => {
    await serve();
    const { status, headers } = await ask('/console?lang=zh');
    expect([status, headers.location]).toEqual([308, '/console/?lang=zh']);
  });
});

describe('files', () => {
  test('a name with a hash is kept for ever', async () => {
    await serve();
    const { status, headers, body } = await ask(`/console/${scriptName}`);
    expect(status).toBe(200);
    expect(body.toString()).toBe(script);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['content-encoding']).toBeUndefined();
  });

  test('another name is asked for each time', async () => {
    await serve();
    const { headers } = await ask('/console/early.js');
    expect(headers['cache-control']).toBe('no-cache');
  });

  test.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['*', 'br', brotliDecompressSync],
  ] as const)('for a browser that takes %s as %s', async (acceptEncoding, encoding, decompress) => {
    await serve();
    const { headers, body } = await ask(`/console/${scriptName}`, { 'accept-encoding': acceptEncoding });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('Accept-Encoding');
    expect(headers['content-length']).toBe(String(body.length));
    expect(decompress(body).toString()).toBe(script);
    const plain = await ask(`/console/${scriptName}`, { 'accept-encoding': 'identity' });
    expect(plain.headers.etag).not.toBe(headers.etag);
  });

  test.each([
    '/console/assets/index-00000000.js',
    '/console/assets/../../secret.txt',
    '/console/../secret.txt',
    '/console/..%2fsecret.txt',
    '/console/assets/..\\..\\secret.txt',
    '/console/.sources.txt',
    `/console/${scriptName}.map`,
    '/console//etc/passwd.txt',
    '/console/%2e%2e/secret.txt',
  ])('%s is not there', async (target) => {
    await serve();
    const { status, headers, body } = await ask(target);
    expect(status).toBe(404);
    expect(headers['cache-control']).toBe('no-store');
    expect(body.toString()).not.toContain('outside');
  });

  test('files beside the build are no files of it', async () => {
    await serve();
    const { body } = await ask('/console/.sources');
    expect(body.toString()).toBe(page);
  });
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused with a problem', async (method) => {
  await serve();
  const { status, headers, body } = await ask('/console/keys', {}, method);
  expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  expect(JSON.parse(body.toString())).toMatchObject({
    code: 'method_not_allowed',
    request_id: headers['x-request-id'],
  });
});

test.each(['/', '/consoles', '/control/v1/session', '/console.js', '/v1/models'])('%s is not ours', async (target) => {
  await serve();
  expect((await ask(target)).status).toBe(421);
});

test('without a build there is a page that says what to do, until there is one', async () => {
  rmSync(directory, { recursive: true });
  await serve();
  const { status, headers, body } = await ask('/console/keys');
  expect([status, headers['retry-after']]).toEqual([503, '10']);
  expect(body.toString()).toContain('node scripts/build-console.ts');
  put('index.html', page);
  expect((await ask('/console/keys')).status).toBe(200);
});

test('what is served stays one build while another takes its place', async () => {
  await serve();
  rmSync(directory, { recursive: true });
  put('index.html', 'a newer one');
  expect((await ask('/console/')).body.toString()).toBe(page);
  expect((await ask(`/console/${scriptName}`)).status).toBe(200);
});
