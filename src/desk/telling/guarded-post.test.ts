import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPublicAddress } from '../../catalogue/index.ts';
import { AddressRefused, guardedGet, guardedPost } from './guarded-post.ts';

/** A server of ours, as it must not be reached: it notes what came, and leads on to itself. */
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`);
  response.writeHead(request.url === '/on' ? 307 : 200, { location: `http://localhost:${port()}/within` }).end('x');
});
const port = () => (server.address() as AddressInfo).port;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
});

const post = (url: string, addressAllowed: (address: string) => boolean) =>
  guardedPost({ url, body: '{}', headers: {}, addressAllowed, timeoutMs: 5_000 });
const get = (url: string, addressAllowed: (address: string) => boolean) =>
  guardedGet({ url, addressAllowed, timeoutMs: 5_000, maxBytes: 100 });

test.each([
  '127.0.0.1',
  'localhost',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '2130706433',
  '0x7f.1',
  '017700000001',
  '0',
  '[::]',
])('nothing is sent to %s, however it is written', async (host) => {
  seen.length = 0;
  for (const send of [post, get])
    await expect(send(`http://${host}:${port()}/`, isPublicAddress)).rejects.toBeInstanceOf(AddressRefused);
  expect(seen).toEqual([]);
});

test('a redirect is an answer, and is not followed', async () => {
  seen.length = 0;
  const url = `http://localhost:${port()}/on`;
  expect(await post(url, () => true)).toBe(307);
  expect(await get(url, () => true)).toBeNull();
  expect(seen).toEqual(['POST /on', 'GET /on']);
});

test('a name is asked for anew each time: what it led to before does not count', async () => {
  seen.length = 0;
  const url = `http://localhost:${port()}/`;
  let moved = false;
  const elsewhere = () => !moved;
  expect(await post(url, elsewhere)).toBe(200);
  moved = true;
  await expect(post(url, elsewhere)).rejects.toBeInstanceOf(AddressRefused);
  expect(seen).toEqual(['POST /']);
});
