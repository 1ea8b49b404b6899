import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frameDocument, sanitiseMailHtml } from '../src/safe-html/index.ts';
import { hostileHtml } from '../src/safe-html/testing/hostile.ts';

/** Debian's; `scripts/system-packages.ts` installs it. */
const executablePath = '/usr/bin/chromium';
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What the console does: a page of ours that shows mail, here also without a frame. */
const ourPage = `<!doctype html><title>Page</title><body></body><script>
function put(mail) {
  const first = document.createElement('div');
  first.innerHTML = mail;
  // Read and written once more, which is how markup changes its meaning.
  const second = document.createElement('div');
  second.innerHTML = first.innerHTML;
  document.body.replaceChildren(first, second);
}
function frame(source) {
  return new Promise((done) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
    frame.onload = () => done();
    frame.srcdoc = source;
    document.body.replaceChildren(frame);
  });
}
</script>`;

/** What a reader of the frame sees. */
const look = `({
  color: document.querySelector('p') && getComputedStyle(document.querySelector('p')).color,
  after: document.querySelector('a') && getComputedStyle(document.querySelector('a'), '::after').content,
  margin: getComputedStyle(document.body).margin,
  images: [...document.images].map((image) => image.naturalWidth),
})`;

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.setHeader('content-type', request.url === '/' ? 'text/html' : 'image/png');
  response.end(request.url === '/' ? ourPage : pixel);
});
let browser: Browser;
let page: Page;
let origin = '';
let dialogs = 0;
const elsewhere: string[] = [];

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({ executablePath, args: ['--disable-dev-shm-usage'] });
  page = await browser.newPage();
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  // Nothing leaves the machine, and what would have is known.
  await page.route(/^(?!http:\/\/127\.0\.0\.1)/, (route) => {
    if (/^https?:/.test(route.request().url())) elsewhere.push(route.request().url());
    return route.abort();
  });
  await page.goto(`${origin}/`);
});

afterAll(async () => {
  await browser?.close();
  server.close();
});

test('sanitised mail runs nothing and loads nothing, even in a page without a policy', async () => {
  for (const html of hostileHtml) await page.evaluate(`put(${JSON.stringify(sanitiseMailHtml(html).html)})`);
  await shown(frameDocument('<p>settled</p>', 'en'));
  expect({ dialogs, elsewhere, url: page.url() }).toEqual({ dialogs: 0, elsewhere: [], url: `${origin}/` });
});

test('the frame runs nothing and loads nothing', async () => {
  for (const html of hostileHtml) await shown(frameDocument(html, 'en'));
  expect({ dialogs, elsewhere, url: page.url() }).toEqual({ dialogs: 0, elsewhere: [], url: `${origin}/` });
});

test('the frame shows its sheet, the colours of the mail, and images from where they may come', async () => {
  const mail =
    '<p style="color:rgb(255, 0, 0)">red <a href="https://evil.example">bank.example</a></p><img src="cid:a" alt="A"><img src="https://t.example/x.png">';
  const images = { origin, content: () => `${origin}/part.png`, remote: () => null };
  const seen = await shown(frameDocument(mail, 'zh', { images }));
  expect(seen).toEqual({ color: 'rgb(255, 0, 0)', after: '" [evil.example]"', margin: '12px', images: [1, 0] });
  expect(asked).toContain('/part.png');
  expect(elsewhere).toEqual([]);
});

async function shown(source: string): Promise<unknown> {
  await page.evaluate(`frame(${JSON.stringify(source)})`);
  return await page.frames().at(-1)?.evaluate(look);
}
