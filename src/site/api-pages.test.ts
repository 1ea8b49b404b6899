import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument, type Route, route } from '../http/index.ts';
import { noticeRoutes } from '../notices/routes.ts';
import { readApiDocument } from './api-document.ts';
import { curlExample } from './api-example.ts';
import { createSite } from './index.ts';

const hostile = '<script>alert(1)</script>';
const odd = [
  route({
    method: 'POST',
    path: '/control/v1/things',
    summary: `Make ${hostile}`,
    access: 'public',
    query: z.object({ dry_run: z.enum(['1']) }),
    body: z.object({ name: z.string().describe(`It's \`code\` ${hostile}`), kind: z.literal("it's") }),
    responses: { 204: null },
    problems: { thing_taken: 409 },
    handle: async () => ({ status: 204, body: null }),
  }),
  route({
    method: 'GET',
    path: '/control/v1/organizations/{organization}/things',
    summary: 'List things',
    access: 'organization:keys.read',
    params: z.object({ organization: z.string() }),
    responses: { 200: z.array(z.object({ id: z.string() })) },
    handle: async () => ({ status: 200, body: [] }),
  }),
];
// Routes are described without being called, so nothing stands behind them.
const routes: readonly Route[] = [...odd, ...noticeRoutes({ pool: {} as never })];
const text = openApiDocument(routes);
const document = readApiDocument(text);
const facts = { name: 'Site', logo: null as string | null };
let asked = 0;
let server: Server;
let base = '';

beforeAll(async () => {
  const site = createSite({
    get siteName() {
      return facts.name;
    },
    get logoUrl() {
      return facts.logo;
    },
    supportAddress: 'help@example.test',
    version: '1',
    url: () => 'https://api.example.test',
    openApi() {
      asked++;
      return text;
    },
  });
  server = createServer((incoming, outgoing) => {
    const listener = site(incoming.url ?? '/');
    if (listener) listener(incoming, outgoing);
    else outgoing.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function page(path: string): Promise<string> {
  const response = await fetch(base + path);
  expect([path, response.status]).toEqual([path, 200]);
  return response.text();
}

const ids = (html: string) => new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]));

describe('the reference', () => {
  test('has every endpoint, on the page of its group, and leads to it', async () => {
    const overview = await page('/docs/api');
    expect(document.groups.flatMap((group) => group.operations)).toHaveLength(routes.length);
    for (const group of document.groups) {
      const html = await page(`/docs/api/${group.slug}`);
      for (const operation of group.operations) {
        expect(ids(html)).toContain(operation.id);
        expect(overview).toContain(`href="/docs/api/${group.slug}#${operation.id}"`);
      }
    }
    expect(overview).toContain('https://api.example.test/openapi.json');
  });

  test('says who may call, what goes in, what comes out, and what is refused', async () => {
    const html = await page('/docs/api/things');
    expect(html).toContain('Needs <code>keys.read</code> in the organization.');
    expect(html).toContain('<code>thing_taken</code>');
    expect(html).not.toContain('internal_error');
    const staff = await page('/docs/api/staff-announcements');
    expect(staff).toContain(
      'staff permission <code>notices.write</code>; a token needs <code>staff:notices.write</code>',
    );
    expect(staff).toContain('announcement_not_found');
    expect(staff).toMatch(/class="d1"><code>en<\/code>/);
  });

  test('runs nothing, whatever stands in a description', async () => {
    for (const path of ['/docs/api', '/docs/api/things', '/docs/api/things?lang=zh']) {
      const html = await page(path);
      expect(html).not.toMatch(/<script|\sstyle="|\son\w+="/);
    }
    expect(await page('/docs/api/things')).toContain('It&#39;s <code>code</code> &lt;script&gt;');
  });

  test('speaks the reader’s language around the descriptions', async () => {
    const html = await page('/docs/api/things?lang=zh');
    for (const word of ['请求体', '任何人均可调用', '必填', '示例']) expect(html).toContain(word);
    expect(html).toContain('href="/docs/api?lang=zh"');
  });

  test('is read once, and rendered anew when the site has another name', async () => {
    expect(await page('/docs/api')).toContain('<title>Control API · Site</title>');
    facts.name = 'Renamed';
    facts.logo = '/control/v1/site/logo?v=x';
    const html = await page('/docs/api');
    expect(html).toContain('<title>Control API · Renamed</title>');
    expect(html).toContain('src="/control/v1/site/logo?v=x"');
    expect(asked).toBe(1);
  });

  test.each([
    '/docs/api/none',
    '/docs/api/',
    '/docs/api//',
    '/docs/api/things/',
    '/docs/api/things/x',
    '/docs/api/__proto__',
  ])('%s is no page of it', async (path) => {
    const response = await fetch(base + path, { redirect: 'manual' });
    expect(response.status).toBe(/\w\/$/.test(path) ? 308 : 404);
  });
});

test('an example can be pasted into a shell', () => {
  const [make, list] = ['postThings', 'getOrganizationsOrganizationThings'].map((id) => {
    const found = document.groups.flatMap((group) => group.operations).find((operation) => operation.id === id);
    return found === undefined ? '' : curlExample(found, 'https://api.example.test');
  });
  expect(make?.split(' \\\n  ')).toEqual([
    'curl -X POST "https://api.example.test/control/v1/things?dry_run=$DRY_RUN"',
    '-H "X-Lodge-Console: 1"',
    '-H "Content-Type: application/json"',
    `-d '{"name":"…","kind":"it'\\''s"}'`,
  ]);
  expect(list?.split(' \\\n  ')).toEqual([
    'curl "https://api.example.test/control/v1/organizations/$ORGANIZATION/things"',
    '-H "Authorization: Bearer $TOKEN"',
  ]);
});
