import { createHash } from 'node:crypto';

/**
 * What all pages for people share: colours, type, code and tables, and the headers that go out with a page. A page puts
 * its own rules behind these, in one style element, and has no script.
 */
export const frameStyle = `
:root{--ink:#1c2430;--soft:#5a6675;--line:#dfe4ea;--paper:#f5f6f8;--card:#fff;--accent:#0b6b4f;--code:#eef1f4;--dot:#16a06f}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa7b6;--line:#2b3440;--paper:#11161d;--card:#19202a;--accent:#5fd3a8;--code:#222b37;--dot:#35c98f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.site{margin:0;font-weight:650;letter-spacing:-.01em}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:3px}
.language{font-size:.875rem}
h1{line-height:1.25;letter-spacing:-.015em}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
code{background:var(--code);border-radius:5px;padding:.1em .3em;overflow-wrap:anywhere;color:var(--ink)}
pre{margin:.7rem 0 0;background:var(--code);border-radius:10px;padding:.8rem 1rem;overflow-x:auto}
pre code{background:none;padding:0;overflow-wrap:normal;font-size:1em}
table{width:100%;border-collapse:collapse;margin-top:.8rem;font-size:.9375rem}
th,td{text-align:left;padding:.45rem .75rem .45rem 0;vertical-align:top;border-top:1px solid var(--line)}
thead th{border-top:0;font-size:.8125rem;font-weight:500;color:var(--soft)}
`;

/**
 * Headers of a page with exactly this style in its style element. `images`: whether it may show images of its own
 * origin, its icon for one.
 */
export function pageHeaders(style: string, { images = false } = {}): Readonly<Record<string, string>> {
  const hash = createHash('sha256').update(style).digest('base64');
  const imageSource = images ? " img-src 'self';" : '';
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}';${imageSource} base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

/** Text as it may stand in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
