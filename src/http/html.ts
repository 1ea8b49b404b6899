import { contactsHtml, doorHtml, doorStyle, type FrontDoor, footerHtml, regionsHtml } from './front-door.ts';
import { escapeHtml, frameStyle, pageHeaders } from './page-frame.ts';
import { type PageLocale, pageWords } from './page-words.ts';

export interface BaseUrlForm {
  /** Whose key: "OpenAI". */
  readonly vendor: string;
  readonly url: string;
  /** "OpenAI SDKs, Codex". */
  readonly usedBy: string;
}

export interface BaseUrlPageOptions {
  readonly siteName: string;
  readonly region: string;
  readonly version: string;
  readonly supportAddress: string;
  readonly docsUrl: string;
  readonly baseUrls: readonly BaseUrlForm[];
  readonly locale: PageLocale;
  /** Fixed part of keys with its dashes: `sk-lodge-`. */
  readonly keyPrefix?: string;
  /** The id of the request that this page answers. */
  readonly requestId?: string;
  /** Where `GET /health` is, without a trailing slash. */
  readonly healthBaseUrl?: string;
  /** Of this origin; null or absent: the name stands alone. */
  readonly logoUrl?: string | null;
  readonly consoleUrl?: string;
  /** Present on the site's first page. */
  readonly door?: FrontDoor;
}

export interface Page {
  readonly html: string;
  /** What must go out with it, the content security policy above all. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The language for a caller: `?lang=zh` in the query wins, then the better liked one in Accept-Language (RFC 9110
 * §12.5.4), then `otherwise`.
 */
export function pageLocale(acceptLanguage: string | undefined, query = '', otherwise: PageLocale = 'en'): PageLocale {
  const asked = new URLSearchParams(query).get('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  let best = otherwise;
  let bestQuality = 0;
  for (const part of (acceptLanguage ?? '').slice(0, 1_000).split(',')) {
    const match = /^\s*(zh|en)(?:-[a-z0-9-]+)?\s*(?:;\s*q=([0-9.]+))?\s*$/i.exec(part);
    const quality = match ? Number(match[2] ?? '1') : 0;
    if (quality > bestQuality) {
      best = match?.[1]?.toLowerCase() === 'zh' ? 'zh' : 'en';
      bestQuality = quality;
    }
  }
  return best;
}

/**
 * What a browser is shown at a base URL: that the gateway is there, where this is, and what to check next. The first page
 * of the site is its door as well: the ways into the console stand above that.
 */
export function baseUrlPage(options: BaseUrlPageOptions): Page {
  const { door, locale } = options;
  const words = pageWords[locale];
  const level = door ? 'h2' : 'h1';
  const html = `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${door ? '' : '<meta name="robots" content="noindex">\n'}<title>${door ? escapeHtml(options.siteName) : fill(words.title, options)}</title>
<style>${style}</style>
</head>
<body>
<main>
${headerHtml(options)}
${door ? doorHtml(door, options.siteName, options.docsUrl, locale) : ''}
<section class="state">
<${level}><span class="dot" aria-hidden="true"></span>${words.reachable}</${level}>
<p>${fill(door ? words.doorExplanation : words.explanation, options)}</p>
<dl>
${fact(words.region, options.region)}${fact(words.version, options.version)}${options.requestId ? fact(words.requestId, options.requestId) : ''}
</dl>
</section>
${door ? regionsHtml(door, locale) : ''}<h2>${words.next}</h2>
<ol>
<li><h3>${words.baseUrlTitle}</h3><p>${words.baseUrlText}</p>
${table(options)}</li>
<li><h3>${words.keyTitle}</h3><p>${fill(words.keyText, options)}</p></li>
<li><h3>${words.stateTitle}</h3><p>${words.stateText}</p></li>
<li><h3>${words.networkTitle}</h3><p>${words.networkText}</p></li>
<li><h3>${words.testTitle}</h3><p>${words.testText}</p>
<pre><code>curl ${escapeHtml(options.healthBaseUrl ?? '')}/health \\
  -H "Authorization: Bearer $KEY"</code></pre></li>
</ol>
<section class="help">
<h2>${words.helpTitle}</h2>
<p>${fill(words.helpText, options)} <strong>${words.never}</strong></p>
${door ? contactsHtml(door, locale) : ''}<p><a href="${escapeHtml(options.docsUrl)}">${words.docs} →</a></p>
</section>
${door ? footerHtml(door, locale) : ''}</main>
</body>
</html>
`;
  return { html, headers: { ...headers, 'content-language': words.language } };
}

function headerHtml({ siteName, logoUrl, consoleUrl, door, locale }: BaseUrlPageOptions): string {
  const words = pageWords[locale];
  const logo = logoUrl ? `<img src="${escapeHtml(logoUrl)}" alt="">` : '';
  // At the door the name is the heading.
  const name = door ? '' : `<p class="site">${escapeHtml(siteName)}</p>`;
  const into = consoleUrl && !door ? `<a href="${escapeHtml(consoleUrl)}">${words.console}</a>\n` : '';
  const [other, language] = locale === 'en' ? ['zh', 'zh-Hans'] : ['en', 'en'];
  return `<header>
<div class="brand">${logo}${name}</div>
<div class="links">${into}<a class="language" href="?lang=${other}" hreflang="${language}" lang="${language}">${words.other}</a></div>
</header>`;
}

function fact(name: string, value: string): string {
  return `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>\n`;
}

function table({ baseUrls, locale }: BaseUrlPageOptions): string {
  const words = pageWords[locale];
  const rows = baseUrls.map(
    (form) =>
      `<tr><th scope="row">${escapeHtml(form.vendor)}</th><td><code>${escapeHtml(form.url)}</code></td><td>${escapeHtml(form.usedBy)}</td></tr>`,
  );
  return `<table>
<thead><tr><th scope="col">${words.vendorColumn}</th><th scope="col">${words.urlColumn}</th><th scope="col">${words.usedByColumn}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function fill(text: string, options: BaseUrlPageOptions): string {
  const mail = escapeHtml(options.supportAddress);
  return text
    .replace('{site}', () => escapeHtml(options.siteName))
    .replace('{prefix}', () => `<code>${escapeHtml(options.keyPrefix ?? 'sk-')}…</code>`)
    .replace('{support}', () => `<a href="mailto:${mail}">${mail}</a>`);
}

const style = `${frameStyle}
main{max-width:46rem;margin:0 auto;padding:2rem 1.25rem 3rem}
header{display:flex;justify-content:space-between;align-items:center;margin-bottom:1rem}
.state{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.5rem}
h1{margin:0 0 .5rem;font-size:1.5rem;display:flex;align-items:center;gap:.7rem}
.dot{flex:none;width:.75rem;height:.75rem;border-radius:50%;background:var(--dot);box-shadow:0 0 0 .3rem color-mix(in srgb,var(--dot) 22%,transparent)}
.state p{margin:0;color:var(--soft)}
dl{display:flex;flex-wrap:wrap;gap:.75rem 2.25rem;margin:1.25rem 0 0}
dt{font-size:.8125rem;color:var(--soft)}
dd{margin:0;font-weight:600;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
h2{margin:2.25rem 0 .25rem;font-size:1.0625rem}
ol{list-style:none;counter-reset:step;margin:0;padding:0}
li{counter-increment:step;position:relative;padding:1.1rem 0 1.1rem 2.6rem;border-bottom:1px solid var(--line)}
li::before{content:counter(step);position:absolute;left:0;top:1.15rem;width:1.6rem;height:1.6rem;border-radius:50%;border:1px solid var(--line);background:var(--card);color:var(--soft);font-size:.8125rem;font-weight:600;display:grid;place-items:center}
h3{margin:0;font-size:1rem}
li p,.help p{margin:.2rem 0 0;color:var(--soft)}
tbody th{font-weight:600;white-space:nowrap}
.help strong{color:var(--ink)}
.help p+p{margin-top:.8rem}
@media (max-width:34rem){main{padding:1.25rem 1rem 2rem}h1{font-size:1.25rem}.state{padding:1.15rem}li{padding-left:2.2rem}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{display:block;padding:.6rem 0;border-top:1px solid var(--line)}
tbody th,td{display:block;border:0;padding:.1rem 0}
td:last-child{color:var(--soft);font-size:.875rem}}
${doorStyle}`;

const headers = {
  ...pageHeaders(style, { images: true }),
  'cache-control': 'no-store',
  vary: 'Accept, Accept-Language',
};
