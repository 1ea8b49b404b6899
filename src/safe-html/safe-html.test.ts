import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactHtml } from '../redaction/index.ts';
import { otherHost } from './addresses.ts';
import { frameDocument, htmlToText, sanitiseMailHtml } from './index.ts';
import { hostileHtml } from './testing/hostile.ts';
import { tokensOf } from './tokens.ts';

const tags = new Set(
  'a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr'.split(
    ' ',
  ),
);
const attributes =
  /^(?: (?:dir|lang|title|alt|width|height|align|valign|border|cellpadding|cellspacing|bgcolor|span|colspan|rowspan|size|start|type|value|color|face|style|class|href|target|rel|src|data-host|data-remote-src)(?:="[^"<>]*")?)*$/;

/** Written for itself, so that it does not share a mistake with what it checks. */
function expectSafe(html: string): void {
  for (const token of tokensOf(html)) {
    if (token.kind === 'text') expect(token.source).not.toContain('<');
    else expect(tags).toContain(token.tag);
    if (token.kind !== 'open') continue;
    expect(token.attributes).toMatch(attributes);
    expect(token.attributes).not.toMatch(/ style="[^"]*(?:url|expression|position|import|\\|display|opacity)/i);
    expect(token.attributes).not.toMatch(/ href="(?!https?:\/\/|mailto:|tel:)/i);
    expect(token.attributes).not.toMatch(/ src="(?!cid:|data:image\/(?:png|jpeg|gif|webp);base64,)/i);
    expect(token.attributes).not.toMatch(/ data-remote-src="(?!https?:\/\/)/i);
  }
}

describe('hostile mail', () => {
  test.each(hostileHtml)('%.80s', (html) => {
    for (const whole of [html, `<p>before</p>${html}`, `<table><tr><td>${html}</td></tr></table>`]) {
      const safe = sanitiseMailHtml(whole);
      expectSafe(safe.html);
      expect(sanitiseMailHtml(safe.html)).toEqual(safe);
      expect(htmlToText(whole)).toBe(htmlToText(whole));
    }
  });

  test('a paragraph whose neighbour was taken out is read as before', () => {
    const safe = sanitiseMailHtml('<p><iframe><p>');
    expect(sanitiseMailHtml(safe.html)).toEqual(safe);
  });

  test('any soup of tags is safe, and stays as it is the second time', () => {
    const pieces = fc.constantFrom(
      ...'<p>|</p>|<div>|</div>|<a href="https://x.example/a?b=1&c">|</a>|<table>|<tr>|<td>|</td>|</table>|<b|>|"|\'|=|<!--|-->|<svg>|</svg>|<math>|<style>|</style>|<script>|</script>|<title>|</title>|<noscript>|</noscript>|<textarea>|</textarea>|<img src=|cid:a|https://y.example/z.png|onerror=alert(1)|<iframe>|</iframe>|<li>|<ul>|</ul>|<br/>|&lt;|&amp;|&|<select>|<option>|<pre>|</pre>|<blockquote>|</p|<template>|]]>|<?x|\0|x.example|bank.example|您好| '.split(
        '|',
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 40 }), (parts) => {
        const safe = sanitiseMailHtml(parts.join(''));
        expectSafe(safe.html);
        expect(sanitiseMailHtml(safe.html)).toEqual(safe);
        htmlToText(parts.join(''));
      }),
      { numRuns: 1_000 },
    );
  });

  test('depth, length and number of tags take no more than a second or two', () => {
    const parts = [
      '<div>',
      '<p>x',
      '</p>',
      '<a href="https://x.example">y',
      '<img src=http://x/y>',
      '<',
      '<!--',
      '<table><tr><td>',
      '<p><li>',
      '<b></i>',
      '&amp;',
      '<blockquote>x',
      '<svg>',
      '<iframe>',
      '<x ',
      '<x a="',
      'https://',
    ];
    for (const part of [...parts, `<b style="${'color:red;'.repeat(20_000)}">`]) {
      const html = part.repeat(Math.ceil(2_000_000 / part.length));
      const startedMs = performance.now();
      const safe = sanitiseMailHtml(html);
      expect(performance.now() - startedMs, part).toBeLessThan(20_000);
      expect(sanitiseMailHtml(safe.html).html === safe.html, part).toBe(true);
      htmlToText(html);
    }
    expect(sanitiseMailHtml(`${'<div>'.repeat(2_000)}deep${'</div>'.repeat(2_000)}`).html).toContain('deep');
  });
});

describe('what stays', () => {
  test('tables, lists, quotes, code, links and harmless styles', () => {
    const html =
      '<div style="color:#333333;font-family:Arial, sans-serif;padding:4px 8px"><h2>Hi</h2><p>It is <b>bold</b>, <code>x &lt; 1</code></p><ul><li>one</li></ul><blockquote type="cite" class="gmail_quote">quoted</blockquote><table width="600" cellpadding="0"><tbody><tr><td align="center" colspan="2">cell</td></tr></tbody></table></div>';
    expect(sanitiseMailHtml(html).html).toBe(html);
  });

  test('links lead out of the frame and say where they go when their words say otherwise', () => {
    const link = (address: string, text: string) => sanitiseMailHtml(`<a href="${address}">${text}</a>`).html;
    expect(link('https://www.example.com/a', 'example.com')).toBe(
      '<a href="https://www.example.com/a" target="_blank" rel="noopener noreferrer nofollow">example.com</a>',
    );
    expect(link('https://evil.example/', 'https://bank.example/login')).toContain('data-host="evil.example"');
    expect(link('https://evil.example/', 'see b<b>ank.exam</b>ple')).toContain('data-host="evil.example"');
  });

  test('hosts that are other ones, and those that are not', () => {
    expect(otherHost('https://login.example.com/x', 'example.com')).toBeNull();
    expect(otherHost('https://example.com', 'click here')).toBeNull();
    expect(otherHost('https://files.example.com/report.pdf', 'report.pdf')).toBeNull();
    expect(otherHost('mailto:bob@example.com', 'eve@example.org')).toBeNull();
    expect(otherHost('https://example.com.evil.example', 'www.example.com')).toBe('example.com.evil.example');
    expect(otherHost('https://notexample.com', 'example.com')).toBe('notexample.com');
    expect(otherHost('https://bank.example@evil.example', 'click')).toBe('evil.example');
    expect(otherHost('https://раураl.example', 'paypal.example')).toMatch(/^xn--/);
    expect(otherHost('https://evil.example', 'bank\u200b.ex\u00adample')).toBe('evil.example');
  });

  test('images: of the mail, of elsewhere, and small ones in the text', () => {
    const html = sanitiseMailHtml(
      '<img src="cid:logo@x" alt="Logo"><img src="cid:logo@x"><img src="//t.example/p.gif" width="1"><img src="data:image/png;base64,iVBORw0KGgo=">',
    );
    expect(html).toEqual({
      html: '<img src="cid:logo@x" alt="Logo" /><img src="cid:logo@x" /><img data-remote-src="https://t.example/p.gif" width="1" /><img src="data:image/png;base64,iVBORw0KGgo=" />',
      remoteImages: 1,
      contentIds: ['logo@x'],
    });
    expect(sanitiseMailHtml('<img src="data:image/png;base64,AA==">', { inlineImages: false }).html).toBe('<img />');
  });

  test('what was redacted in it stays safe and redacted', () => {
    const options = { site: 'lodge', personalData: false, fingerprint: () => 'f' };
    const secret = `ghp_${'aB3x'.repeat(9)}`;
    const safe = sanitiseMailHtml(`<p title='${secret}'>a ${secret}</p><a href=https://x.example/?key=${secret}>x</a>`);
    const redacted = redactHtml(safe.html, options).text;
    expect(redacted).not.toContain(secret.slice(4, 16));
    expect(sanitiseMailHtml(redacted).html.match(/\[github token …aB3x\]/g)).toHaveLength(2);
    expectSafe(redacted);
  });
});

describe('the frame', () => {
  test('lets nothing in but its own sheet and images', () => {
    const document = frameDocument('<p onclick=x>Hi</p><script>alert(1)</script>', 'zh');
    expect(document).toContain('<html lang="zh-CN">');
    expect(document).toContain("default-src 'none'; img-src data:; style-src 'sha256-");
    expect(document).toContain('<body dir="auto"><p>Hi</p></body>');
    expect(document).not.toMatch(/style-src 'unsafe|script-src|alert/);
  });

  test('images are fetched where the caller says, and only with an origin for the policy', () => {
    const html = '<img src="cid:a"><img src="https://t.example/&quot;x.png" alt="x"><img src="cid:gone">';
    const document = frameDocument(html, 'en', {
      images: {
        origin: 'https://lodge.example',
        content: (id) => (id === 'a' ? 'https://lodge.example/parts/1' : null),
        remote: (address) => `https://lodge.example/proxy?u=${address}`,
      },
    });
    expect(document).toContain('img-src data: https://lodge.example;');
    expect(document).toContain('<img src="https://lodge.example/parts/1" />');
    expect(document).toContain('<img src="https://lodge.example/proxy?u=https://t.example/&quot;x.png"');
    expect(document).toContain('<img />');
    const bad = { origin: "https://x.example; script-src 'unsafe-inline'", content: () => null, remote: () => null };
    expect(() => frameDocument('', 'en', { images: bad })).toThrow(TypeError);
  });

  test('a mail with colours of its own stays on a white page', () => {
    expect(frameDocument('<p style="font-weight:bold;color:black">x</p>', 'en')).toContain('class="coloured"');
    expect(frameDocument('<p>color: black</p>', 'en')).not.toContain('class="coloured"');
  });
});

describe('the text of HTML', () => {
  test.each([
    ['<p>Hello <b>you</b>,</p><p>two<br>lines</p>', 'Hello you,\n\ntwo\nlines'],
    [
      '<a href="https://x.example/a">here</a> and <a href="https://x.example">x.example</a>',
      'here (https://x.example/a) and x.example',
    ],
    [
      '<a href="mailto:a@x.example">a@x.example</a><a href="https://y.example/"><img alt="Logo" src="cid:1"></a>',
      'a@x.example[Logo] (https://y.example/)',
    ],
    ['<ul><li>one<li>two</ul><ol start=3><li>a<ul><li>b</ul></li><li>c</ol>', '- one\n- two\n\n3. a\n  - b\n4. c'],
    ['<table><tr><th>a<th>b<tr><td>1<td>2</table>', 'a | b\n1 | 2'],
    ['<table><tr><td><table><tr><td><p>Hi</p></td></tr></table></td></tr></table>', 'Hi'],
    ['<p>Yes.</p><blockquote>No?<blockquote>Why</blockquote></blockquote>end', 'Yes.\n\n> No?\n>\n> > Why\n\nend'],
    ['<pre>a\n  b &lt;c&gt;</pre>', 'a\n  b <c>'],
    ['<style>p{}</style><script>x</script>a &amp; b\n   c&nbsp;d', 'a & b c d'],
    ['您好<br>请求 <code>req_1</code> 失败', '您好\n请求 req_1 失败'],
    ['', ''],
  ])('%s', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });
});
