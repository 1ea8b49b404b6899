import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
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
