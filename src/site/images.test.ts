import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readImages } from './images.ts';
import { createSite } from './index.ts';
import { docsPages, readPages } from './pages.ts';

const facts = { siteName: 'Site', supportAddress: 'help@example.test', version: '1.2.3' };
const site = createSite({ ...facts, url: () => 'https://api.example.test' });
const server = createServer((request, response) => {
  const listener = site(request.url ?? '');
  if (listener) listener(request, response);
  else response.writeHead(404).end();
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const images = [...readImages()];
const maxImageBytes = 150_000;

test('there are images, and none is large', () => {
  expect(images.length).toBeGreaterThan(5);
  for (const [name, { length }] of images) expect(length, name).toBeLessThan(maxImageBytes);
});

test('an image of the documents is served as one, and kept', async () => {
  const [[name, content] = ['', Buffer.alloc(0)]] = images;
  const response = await fetch(`${url}/docs/images/${name}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
  const etag = response.headers.get('etag') ?? '';
  const again = await fetch(`${url}/docs/images/${name}`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
});

test.each([
  '/docs/images/',
  '/docs/images/none.png',
  '/docs/images/..%2fconsole.md',
  '/docs/images/%2e%2e%2fconsole.md',
  '/docs/images/constructor',
])('%s is no image', async (path) => {
  const response = await fetch(url + path);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toContain('text/html');
});

test('every image that a document shows is there, with words for those who do not see it', () => {
  const names = new Set(images.map(([name]) => name));
  const texts = readPages();
  const shown = docsPages
    .filter(({ form }) => form === undefined)
    .flatMap(({ slug }) => [...(texts.get(slug)?.en ?? '').matchAll(/!\[([^\]]*)\]\(images\/([^)]+)\)/g)]);
  expect(shown.length).toBeGreaterThan(3);
  for (const [, words, name] of shown) {
    expect(names).toContain(name);
    expect(words?.length, name).toBeGreaterThan(10);
  }
});
