import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { escapeHtml, pageHeaders } from './page-frame.ts';

test('the policy names the style by its hash, and images only where they are wanted', () => {
  const hash = createHash('sha256').update('a{}').digest('base64');
  const plain = pageHeaders('a{}')['content-security-policy'];
  expect(plain).toContain(`default-src 'none'; style-src 'sha256-${hash}';`);
  expect(plain).not.toContain('img-src');
  expect(plain).not.toContain('unsafe');
  expect(pageHeaders('a{}', { images: true })['content-security-policy']).toContain("img-src 'self';");
});

test('nothing leaves an attribute or an element', () => {
  expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;',
  );
});
