import { createHash } from 'node:crypto';
import { type SafeHtmlOptions, sanitiseMailHtml } from './sanitise.ts';
import { attributeOf, escaped, tokensOf } from './tokens.ts';

/** Where images are fetched from instead of where the mail names them. Null: the image stays out. */
export interface FrameImages {
  /** The origin of all addresses that are answered, for the policy: `https://lodge.example`. */
  readonly origin: string;
  /** The address of a part of the mail by its content id. */
  readonly content: (contentId: string) => string | null;
  /** The address through the proxy of an image that is elsewhere, once the reader has asked for it. */
  readonly remote: (address: string) => string | null;
}

export interface FrameOptions extends SafeHtmlOptions {
  readonly images?: FrameImages;
}

const sheet = `:root{color-scheme:light dark;font:15px/1.5 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei",sans-serif}
:root.coloured{color-scheme:light}
body{margin:12px;background:Canvas;color:CanvasText;overflow-wrap:anywhere}
img{max-width:100%;height:auto}
img:not([src]){display:inline-block;min-width:24px;min-height:24px;border:1px dashed GrayText;color:GrayText}
table{max-width:100%}
pre{white-space:pre-wrap}
blockquote{margin:8px 0 8px 4px;padding-left:12px;border-left:2px solid GrayText}
a[data-host]::after{content:" [" attr(data-host) "]";color:#b42318;font-weight:600}`;

/**
 * The sheet is let in by its hash and no other. Style attributes are let in as a whole, because a policy cannot tell one
 * from another; the sanitiser has left in them only properties and values of its list, without any address.
 */
const sheetHash = createHash('sha256').update(sheet).digest('base64');

/**
 * The document for a frame with the attribute `sandbox="allow-popups allow-popups-to-escape-sandbox"`, as `srcdoc`. It is
 * sanitised again here, runs nothing, and loads nothing but images from the origin that is named.
 */
export function frameDocument(html: string, locale: 'en' | 'zh', options: FrameOptions = {}): string {
  const safe = sanitiseMailHtml(html, options).html;
  // Letters that a mail colours for a white page are unreadable on a dark one.
  const isColoured = /(?:[;"](?:color|background(?:-color)?):| (?:bgcolor|color)=")/.test(safe);
  return [
    '<!doctype html>',
    `<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}"${isColoured ? ' class="coloured"' : ''}>`,
    '<head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy(options.images?.origin)}">`,
    '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">',
    `<style>${sheet}</style></head>`,
    `<body dir="auto">${options.images === undefined ? safe : withImages(safe, options.images)}</body></html>`,
  ].join('\n');
}

function policy(origin: string | undefined): string {
  const images = origin === undefined ? 'data:' : `data: ${checkedOrigin(origin)}`;
  return [
    "default-src 'none'",
    `img-src ${images}`,
    `style-src 'sha256-${sheetHash}'`,
    `style-src-elem 'sha256-${sheetHash}'`,
    "style-src-attr 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** @throws TypeError when it is no origin: it would become a part of the policy */
function checkedOrigin(origin: string): string {
  if (URL.canParse(origin) && new URL(origin).origin === origin && /^https?:/.test(origin)) return origin;
  throw new TypeError('images.origin must be an origin, such as https://lodge.example');
}

function withImages(safe: string, images: FrameImages): string {
  const parts: string[] = [];
  for (const token of tokensOf(safe)) {
    const placed = token.kind === 'open' && token.tag === 'img' ? placedImage(token.attributes, images) : null;
    parts.push(placed ?? token.source);
  }
  return parts.join('');
}

function placedImage(attributes: string, images: FrameImages): string | null {
  const source = attributeOf(attributes, 'src');
  const remote = attributeOf(attributes, 'data-remote-src');
  const isContent = source?.startsWith('cid:') ?? false;
  if (!isContent && remote === null) return null;
  const address = isContent ? images.content((source ?? '').slice(4)) : images.remote(remote ?? '');
  const others = attributes.replaceAll(/ src="[^"]*"/g, '');
  return address === null ? `<img${others} />` : `<img src="${escaped(address)}"${others} />`;
}
