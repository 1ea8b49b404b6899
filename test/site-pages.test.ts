import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '../src/base/clock.ts';
import { newRequestId, parseRequestId } from '../src/base/request-id.ts';
import { errorTable } from '../src/gateway/index.ts';
import { createSite, type SiteOptions } from '../src/site/index.ts';
import { type Program, workplace } from './site/program.ts';

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const options: SiteOptions = {
  siteName: 'A <b>site</b> & more',
  supportAddress: 'help+desk@example.test',
  version: '1.2.3',
  url: () => 'https://api.example.test',
  clock: new ManualClock(Date.UTC(2026, 10, 21)),
};
const servers: Server[] = [];
let port = 0;

/** Paths go out as they are written: fetch would tidy up what is hostile in them. */
function ask(path: string, headers: IncomingHttpHeaders = {}, method = 'GET', at = port): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: at, path, method, headers, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.once('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
    });
    outgoing.once('error', reject);
    outgoing.end(method === 'POST' ? '{"model":"x"}' : undefined);
  });
}

async function serve(change: Partial<SiteOptions> = {}, requestId?: string): Promise<number> {
  const site = createSite({ ...options, ...change });
  const server = createServer((incoming, outgoing) => {
    const listener = site(incoming.url ?? '/');
    if (requestId !== undefined) outgoing.setHeader('X-Request-Id', requestId);
    if (listener) listener(incoming, outgoing);
    else outgoing.writeHead(421).end('not ours');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

function hrefs(html: string): string[] {
  return [...html.matchAll(/\shref="([^"]*)"/g)].map((match) => match[1] ?? '');
}

function ids(html: string): Set<string> {
  return new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1] ?? ''));
}

/** Every page of the site, found as a reader finds them: from the start page. */
async function allPages(start: string): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined && pages.size < 100; path = open.pop()) {
    if (pages.has(path)) continue;
    const reply = await ask(path);
    expect([path, reply.status]).toEqual([path, 200]);
    pages.set(path, reply.text);
    for (const link of hrefs(reply.text)) {
      const target = link.split('#')[0] ?? '';
      if (target.startsWith('/docs')) open.push(target);
    }
  }
  return pages;
}

beforeAll(async () => {
  port = await serve();
});

afterAll(() => {
  for (const server of servers) server.close();
});

describe('pages', () => {
  test('every error code of the gateway is an anchor of /docs/errors', async () => {
    const { status, text } = await ask('/docs/errors');
    expect(status).toBe(200);
    const anchors = ids(text);
    expect(Object.keys(errorTable).filter((code) => !anchors.has(code))).toEqual([]);
    expect(Object.keys(errorTable).length).toBeGreaterThan(40);
  });

  test.each(['/docs', '/docs?lang=zh'])('from %s every link of every page leads somewhere', async (start) => {
    const pages = await allPages(start);
    expect(pages.size).toBeGreaterThanOrEqual(13);
    const broken: string[] = [];
    for (const [path, html] of pages) {
      for (const link of hrefs(html)) {
        if (/^(?:https?:|mailto:|\?lang=)/.test(link) || link === '/favicon.svg') continue;
        const [target, anchor] = link.split('#');
        const page = target === '' ? html : pages.get(target ?? '');
        if (page === undefined || (anchor !== undefined && !ids(page).has(anchor))) broken.push(`${path}: ${link}`);
      }
    }
    expect(broken).toEqual([]);
  });

  test('carry the names of the site, escaped', async () => {
    const { text } = await ask('/docs/clients');
    expect(text).toContain('<title>Clients · A &lt;b&gt;site&lt;/b&gt; &amp; more</title>');
    expect(text).not.toContain('<b>');
    expect(text).toContain('1.2.3');
    expect(text).toContain('mailto:help%2Bdesk@example.test');
    expect(text).toContain('https://api.example.test/v1');
    expect(text).not.toContain('127.0.0.1:8080');
    expect((await ask('/docs/security')).text).toContain('<code>help+desk@example.test</code>');
  });

  test('are framed in the language of the reader, and say that the text is in English', async () => {
    const chinese = await ask('/docs/errors', { 'accept-language': 'zh-CN,zh;q=0.9' });
    expect(chinese.headers['content-language']).toBe('zh-Hans');
    expect(chinese.headers.vary).toBe('Accept-Language');
    expect(chinese.text).toContain('<html lang="zh-Hans">');
    expect(chinese.text).toContain('<article lang="en">');
    expect(chinese.text).toContain('本页正文目前只有英文版');
    const english = await ask('/docs/errors?lang=en', { 'accept-language': 'zh' });
    expect(english.text).toContain('<html lang="en">');
    expect(hrefs(english.text)).toContain('/docs/billing?lang=en');
  });

  test('keep the path under which a proxy serves the site', async () => {
    const prefixed = await serve({ url: () => 'https://example.test/gate' });
    const { text } = await ask('/docs/billing', {}, 'GET', prefixed);
    const own = hrefs(text).filter((link) => link.startsWith('/'));
    expect(own).toContain('/gate/docs/errors');
    expect(own.filter((link) => !link.startsWith('/gate/'))).toEqual([]);
  });
});

describe('what is not there', () => {
  test.each([
    '/docs/../..',
    '/docs/../../etc/passwd',
    '/docs/../package.json',
    '/docs/%2e%2e/%2e%2e/etc/passwd',
    '/docs/..%2f..%2fpackage.json',
    '/docs/..%5c..%5cpackage.json',
    '/docs/%2Fetc%2Fpasswd',
    '/docs//errors',
    '/docs//',
    '/docs/./errors',
    '/docs/errors/../clients',
    '/docs/errors//',
    '/docs/errors.md',
    '/docs/errors%00',
    '/docs/errors%20',
    '/docs/%65rrors',
    '/docs/Errors',
    '/docs/errors;x=1',
    '/docs/openapi.json',
    '/docs/operate/install',
    '/docs/decisions/0001-install-from-the-lock.md',
    '/docs/%',
    '/docs/constructor',
    '/docs/__proto__',
    `/docs/${'a'.repeat(8_000)}`,
  ])('%s is a page that lists the pages', async (path) => {
    const reply = await ask(path);
    expect(reply.status).toBe(404);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.headers.etag).toBeUndefined();
    expect(parseRequestId(String(reply.headers['x-request-id']))).not.toBeNull();
    expect(new Set(hrefs(reply.text))).toContain('/docs/errors');
    expect(reply.text).not.toContain('root:');
  });

  test.each(['/', '/v1/models', '/docsx', '/doc', '/favicon.ico', '/.well-known/openid-configuration', '/admin/v1'])(
    '%s is left to others',
    async (path) => {
      expect((await ask(path)).status).toBe(421);
    },
  );

  test('a slash too much leads to the page', async () => {
    for (const [path, address] of [
      ['/docs/', '/docs'],
      ['/docs/errors/?lang=zh', '/docs/errors?lang=zh'],
    ] as const) {
      const reply = await ask(path);
      expect([reply.status, reply.headers.location]).toEqual([308, address]);
    }
  });

  test('other methods get a coded refusal, and their body is not waited for', async () => {
    const reply = await ask('/docs/errors', {}, 'POST');
    expect(reply.status).toBe(405);
    expect(reply.headers).toMatchObject({ allow: 'GET, HEAD', connection: 'close', 'cache-control': 'no-store' });
    expect(JSON.parse(reply.text)).toMatchObject({
      code: 'method_not_allowed',
      type: 'https://api.example.test/docs/errors#method_not_allowed',
      request_id: reply.headers['x-request-id'],
    });
  });
});

describe('headers', () => {
  test.each(['/docs', '/docs/errors', '/docs/none', '/docs/', '/favicon.svg', '/.well-known/security.txt'])(
    '%s carries an id and what keeps a browser safe',
    async (path) => {
      const { headers, text } = await ask(path);
      expect(parseRequestId(String(headers['x-request-id']))).not.toBeNull();
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['cache-control']).toMatch(/no-store|max-age=\d+/);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'.*frame-ancestors 'none'/);
      expect(text).not.toMatch(/<script|\sstyle="|\son\w+="/);
    },
  );

  test('the policy allows exactly the style that is in the page', async () => {
    const { headers, text } = await ask('/docs/errors');
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  test('the id that the server has made is kept', async () => {
    const id = newRequestId(Date.UTC(2026, 0, 1));
    const { headers } = await ask('/docs', {}, 'GET', await serve({}, id));
    expect(headers['x-request-id']).toBe(id);
  });

  test('a page that the browser has is not sent again', async () => {
    const first = await ask('/docs/errors');
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await ask('/docs/errors', { 'if-none-match': known });
      expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
      expect(parseRequestId(String(again.headers['x-request-id']))).not.toBeNull();
    }
    expect((await ask('/docs/errors', { 'if-none-match': '"x"' })).status).toBe(200);
    expect((await ask('/docs/errors?lang=zh')).headers.etag).not.toBe(etag);
  });

  test('HEAD says what GET would send', async () => {
    const get = await ask('/docs/errors');
    const head = await ask('/docs/errors', {}, 'HEAD');
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(get.text)));
    expect(head.headers.etag).toBe(get.headers.etag);
  });
});

test('security.txt is that of RFC 9116', async () => {
  const { headers, text } = await ask('/.well-known/security.txt');
  expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  const fields = Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(/: (.*)/, 2) as [string, string]),
  );
  expect(fields).toEqual({
    Contact: 'mailto:help%2Bdesk@example.test',
    Expires: '2027-05-20T00:00:00Z',
    Policy: 'https://api.example.test/docs/security',
    'Preferred-Languages': 'en, zh',
    Canonical: 'https://api.example.test/.well-known/security.txt',
  });
});

test('the icon is an image without style or script', async () => {
  const { headers, text } = await ask('/favicon.svg');
  expect(headers['content-type']).toBe('image/svg+xml');
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/);
  expect(text).not.toMatch(/style|script/);
});

describe('a whole site', () => {
  const here = workplace();
  let site: Program;

  beforeAll(async () => {
    site = await here.start();
  });

  test('explains its errors at the address that they name', async () => {
    const refused = await fetch(`${site.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${site.keys.openai}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-none', messages: [{ role: 'user', content: 'Hello' }] }),
    });
    const link = /https?:\/\/[^\s"\\]+\/docs\/errors#(\w+)/.exec(await refused.text());
    expect(link?.[1]).toBe('model_not_found');
    const page = await fetch(link?.[0] ?? '');
    expect(page.status).toBe(200);
    expect(ids(await page.text())).toContain('model_not_found');
  });

  test('has its door at the root, and only a way to the console at the other base URLs', async () => {
    const at = async (path: string) => (await fetch(site.url + path, { headers: { accept: 'text/html' } })).text();
    const door = hrefs(await at('/'));
    expect(door).toEqual(
      expect.arrayContaining(['/console/sign-in', '/console/register', '/docs'].map((path) => site.url + path)),
    );
    for (const path of ['/v1', '/v1beta']) {
      const links = hrefs(await at(path));
      expect(links).toContain(`${site.url}/console`);
      expect(links).not.toContain(`${site.url}/console/sign-in`);
    }
  });

  test('leads from the base-URL page to the documentation', async () => {
    const base = await (await fetch(site.url, { headers: { accept: 'text/html' } })).text();
    expect(hrefs(base)).toContain(`${site.url}/docs`);
    const docs = await fetch(`${site.url}/docs`);
    expect(docs.status).toBe(200);
    expect(parseRequestId(docs.headers.get('x-request-id') ?? '')).not.toBeNull();
    expect((await fetch(`${site.url}/.well-known/security.txt`)).status).toBe(200);
  });
});
