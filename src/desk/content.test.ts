import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ticketName } from './store/index.ts';
import { type DeskUnderTest, startDesk, ticketOf } from './testing.ts';

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
  await desk.person('acc_support', 'support');
});
afterAll(() => desk.close());

async function withHtml(html: string) {
  const author = { accountId: null, address: 'dev@customer.test', name: '' };
  const message = { kind: 'in' as const, author, verified: true, body: 'x', html };
  const ticket = await ticketOf(desk.pool, { message });
  const page = await desk.call('GET', `/admin/v1/tickets/${ticketName(ticket.number)}`, 'acc_support');
  return `/admin/v1/tickets/${page.body.id}/messages/${page.body.messages[0].id}/html`;
}

test('HTML of a mail is a document that runs and loads nothing, wherever it is opened', async () => {
  const path = await withHtml('<p onclick="x()">Hi<script>x()</script><img src="https://spy.test/a.png"></p>');
  const shown = await desk.call('GET', path, 'acc_support');
  expect(shown.headers.get('content-security-policy')).toContain('sandbox ');
  expect(shown.headers.get('content-security-policy')).not.toMatch(/allow-scripts|allow-same-origin/);
  expect(shown.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(shown.text).toContain("default-src 'none'");
  expect(shown.text).not.toMatch(/<script|onclick| src="https:/);
});

test('images elsewhere are fetched by the site when asked for, bitmaps only, and never from a private network', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.cookie ?? ''}${request.headers.referer ?? ''}`);
    response.end(request.url === '/a.png' ? pixel : '<svg onload="x()"/>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const path = await withHtml(
    `<img src="${origin}/a.png"><img src="${origin}/b.svg"><img src="http://169.254.169.254/c.png">`,
  );
  expect((await desk.call('GET', path, 'acc_support')).text).not.toContain('data:image/png');
  expect(asked).toEqual([]);
  const shown = await desk.call('GET', `${path}?images=1`, 'acc_support');
  expect(shown.text.match(/src="data:image\/png;base64,/g)).toHaveLength(1);
  expect(shown.text).not.toContain('svg onload');
  expect(asked.sort()).toEqual(['/a.png ', '/b.svg ']);
  server.closeAllConnections();
  server.close();
});
