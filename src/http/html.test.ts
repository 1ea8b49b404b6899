import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { baseUrlPage, pageLocale } from './html.ts';

const options = {
  siteName: 'A <b>site</b> & more',
  region: 'eu-1',
  version: '1.2.3',
  supportAddress: 'help@example.test',
  docsUrl: 'https://example.test/docs?a=1&b="2"',
  baseUrls: [{ vendor: 'OpenAI', url: 'https://api.example.test/v1', usedBy: 'OpenAI SDKs' }],
  locale: 'en',
  keyPrefix: 'sk-site-',
  requestId: 'req_x',
} as const;

test('says that the gateway is reachable, where, and what to check, in both languages', () => {
  const english = baseUrlPage(options).html;
  for (const text of [
    'The gateway is reachable',
    'eu-1',
    '1.2.3',
    'req_x',
    'sk-site-…',
    'https://api.example.test/v1',
  ]) {
    expect(english).toContain(text);
  }
  const chinese = baseUrlPage({ ...options, locale: 'zh' });
  expect(chinese.html).toContain('网关连接正常');
  expect(chinese.html).toContain('<html lang="zh-Hans">');
  expect(chinese.headers['content-language']).toBe('zh-Hans');
});

test('what the operator sets is escaped, and no place is left unfilled', () => {
  const { html } = baseUrlPage(options);
  expect(html).not.toContain('<b>');
  expect(html).toContain('A &lt;b&gt;site&lt;/b&gt; &amp; more');
  expect(html).toContain('href="https://example.test/docs?a=1&amp;b=&quot;2&quot;"');
  expect(html).not.toMatch(/\{(site|prefix|support)\}|undefined/);
});

test('the policy allows exactly the style that is in the page, and there is no script', () => {
  const { html, headers } = baseUrlPage(options);
  const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
  expect(html).not.toMatch(/<script|style="|\son\w+="/);
});

test('the language follows the query, then the caller, then is English', () => {
  expect(pageLocale(undefined)).toBe('en');
  expect(pageLocale('zh-CN,zh;q=0.9,en;q=0.8')).toBe('zh');
  expect(pageLocale('fr, en;q=0.5, zh-Hans;q=0.7')).toBe('zh');
  expect(pageLocale('en;q=0.8, zh;q=0')).toBe('en');
  expect(pageLocale('*')).toBe('en');
  expect(pageLocale('zh', '?lang=en')).toBe('en');
  expect(pageLocale('en', '?lang=zh')).toBe('zh');
});

describe('the first page of the site', () => {
  const door = {
    signInUrl: 'https://example.test/console/sign-in',
    registerUrl: 'https://example.test/console/register',
    regions: [
      { label: 'Here', apiBaseUrl: 'https://api.example.test' },
      { label: 'Europe <b>', apiBaseUrl: 'https://eu.example.test' },
    ],
    contacts: [
      { kind: 'email', label: { en: 'Help', zh: '' }, value: 'a+b@example.test' },
      { kind: 'link', label: { en: '', zh: '' }, value: 'javascript:alert(1)' },
      { kind: 'phone', label: { en: 'Desk', zh: '服务台' }, value: '+44 (0)20 7946' },
      { kind: 'chat', label: { en: 'QQ', zh: 'QQ' }, value: '<b>12345</b>' },
    ],
    reportKeyUrl: 'https://example.test/console/report-key',
    termsUrl: 'https://example.test/terms',
    privacyUrl: null,
  } as const;
  const links = (html: string) => [...html.matchAll(/\shref="([^"]*)"/g)].map((match) => match[1]);

  test('leads into the console, and still says what every base URL says', () => {
    const { html, headers } = baseUrlPage({ ...options, door, logoUrl: '/control/v1/site/logo?v=x' });
    expect(links(html)).toEqual(
      expect.arrayContaining([door.signInUrl, door.registerUrl, door.termsUrl, door.reportKeyUrl]),
    );
    expect(html).toContain('<h1>A &lt;b&gt;site&lt;/b&gt; &amp; more</h1>');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('The gateway is reachable');
    expect(html).toContain('<img src="/control/v1/site/logo?v=x" alt="">');
    expect(headers['content-security-policy']).toContain("img-src 'self'");
    expect(html).not.toMatch(/<b>|\{\w+\}|undefined|noindex/);
  });

  test('does not offer what is closed', () => {
    const { html } = baseUrlPage({ ...options, door: { ...door, registerUrl: null }, locale: 'zh' });
    expect(html).toContain('账户仅限受邀注册');
    expect(html).not.toContain('/register');
  });

  test('shows contacts as what they are', () => {
    const { html } = baseUrlPage({ ...options, door });
    expect(links(html)).toEqual(expect.arrayContaining(['mailto:a%2Bb@example.test', 'tel:+440207946']));
    expect(links(html).filter((link) => link?.startsWith('javascript:'))).toEqual([]);
    expect(html).toContain('&lt;b&gt;12345&lt;/b&gt;');
    expect(html).toContain('https://eu.example.test');
  });

  test('is not what other base URLs show: they only name the console', () => {
    const { html } = baseUrlPage({ ...options, consoleUrl: 'https://example.test/console' });
    expect(links(html)).toContain('https://example.test/console');
    expect(html).not.toContain('sign-in');
    expect(html).toContain('noindex');
  });
});

test('a site that speaks one language first is answered in it', () => {
  expect(pageLocale('fr', '', 'zh')).toBe('zh');
  expect(pageLocale('en', '', 'zh')).toBe('en');
});
