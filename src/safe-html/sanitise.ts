import sanitizeHtml from 'sanitize-html';
import { imageAddress, linkAddress, otherHost } from './addresses.ts';
import { allowedClasses, allowedTags, attributeForms, droppedWithContent } from './allowed.ts';
import { limitDepth } from './depth.ts';
import { safeStyle } from './style.ts';
import { attributeOf, escaped, plain, tokensOf } from './tokens.ts';

export interface SafeHtmlOptions {
  /** Whether small bitmaps that stand in the HTML itself stay. Default true. */
  readonly inlineImages?: boolean;
}

export interface SafeHtml {
  readonly html: string;
  /** Images that would be loaded from elsewhere. Their address waits in `data-remote-src`. */
  readonly remoteImages: number;
  /** Ids of parts of the same mail that are shown as images, each once. */
  readonly contentIds: readonly string[];
}

/** Deeper tags are left out; what they hold stays. Newsletters nest up to 60 tables and cells. */
const deepest = 120;
/** Longer HTML is cut: nobody reads on, and the whole is in the raw mail. Programs that show mail cut at 100 kB. */
const longest = 2 * 1024 * 1024;
/** Signs that could begin a tag; each costs about 5 µs. Newsletters have up to 10,000. */
const mostTags = 100_000;
const mostContentIds = 200;

/**
 * What of a mail's HTML may be shown. Sanitising the result again changes nothing.
 *
 * Remote images have lost their `src` and wait as `data-remote-src`; a link whose text shows another host than the one
 * it leads to says so in `data-host`.
 */
export function sanitiseMailHtml(html: string, options: SafeHtmlOptions = {}): SafeHtml {
  let source = cut(html.replaceAll('\0', ''));
  for (;;) {
    const safe = marked(settled(source, options));
    // What was escaped and closed is longer: the result, too, must be short enough to be sanitised again.
    if (cut(safe.html).length === safe.html.length) return safe;
    source = source.slice(0, Math.floor(source.length / 2));
  }
}

/** Passes after which an odd soup is taken as it is. */
const mostPasses = 5;

/**
 * Cleaned until it stays as it is: what is left of `<p><iframe><p>` is a paragraph in another, which reads as three
 * beside each other the next time.
 */
function settled(source: string, options: SafeHtmlOptions): string {
  let html = clean(source, options);
  for (let pass = 1; pass < mostPasses; pass++) {
    const again = clean(html, options);
    if (again === html) break;
    html = again;
  }
  return html;
}

function cut(html: string): string {
  let at = -1;
  for (let i = 0; i < mostTags; i++) {
    at = html.indexOf('<', at + 1);
    if (at === -1) break;
  }
  return html.slice(0, at === -1 ? longest : Math.min(at, longest));
}

function clean(html: string, options: SafeHtmlOptions): string {
  return sanitizeHtml(limitDepth(html), {
    allowedTags: [...allowedTags],
    nonTextTags: [...droppedWithContent],
    disallowedTagsMode: 'discard',
    // Decided for each tag below; the library checks the schemes once more.
    allowedAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'cid', 'data'] },
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    nestingLimit: deepest,
    transformTags: {
      '*': (tag, attributes) => ({ tagName: tag, attribs: safeAttributes(tag, attributes, options) }),
    },
  });
}

function safeAttributes(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  options: SafeHtmlOptions,
): Record<string, string> {
  const safe: Record<string, string> = {};
  if (tag === 'a') Object.assign(safe, linkAttributes(attributes));
  if (tag === 'img') Object.assign(safe, imageAttributes(attributes, options.inlineImages ?? true));
  for (const forms of [attributeForms[tag], attributeForms['*']]) {
    for (const [name, form] of Object.entries(forms ?? {})) {
      const value = ownValue(attributes, name)?.trim();
      if (value !== undefined && form.test(value)) safe[name] = value;
    }
  }
  const style = safeStyle(ownValue(attributes, 'style') ?? '');
  if (style !== '') safe['style'] = style;
  const classes = (ownValue(attributes, 'class') ?? '').slice(0, 1_000).split(/\s+/);
  const kept = classes.filter((name) => allowedClasses.has(name));
  if (kept.length > 0) safe['class'] = [...new Set(kept)].join(' ');
  return safe;
}

function linkAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const address = linkAddress(ownValue(attributes, 'href') ?? '');
  if (address === null) return {};
  return { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' };
}

function imageAttributes(attributes: Readonly<Record<string, string>>, inline: boolean): Record<string, string> {
  const address = imageAddress(ownValue(attributes, 'src') ?? ownValue(attributes, 'data-remote-src') ?? '');
  if (address === null) return {};
  if (address.kind === 'content') return { src: `cid:${address.id}` };
  if (address.kind === 'remote') return { 'data-remote-src': address.address };
  return inline ? { src: address.address } : {};
}

function ownValue(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** Counts the images and marks links, for which their text has to be known. */
function marked(clean: string): SafeHtml {
  const parts: string[] = [];
  const contentIds = new Set<string>();
  let remoteImages = 0;
  let link: { readonly at: number; readonly address: string; text: string } | null = null;
  for (const token of tokensOf(clean)) {
    if (token.kind === 'open' && token.tag === 'img') {
      if (attributeOf(token.attributes, 'data-remote-src') !== null) remoteImages += 1;
      const source = attributeOf(token.attributes, 'src');
      if (source?.startsWith('cid:') && contentIds.size < mostContentIds) contentIds.add(source.slice(4));
    }
    if (token.kind === 'text' && link !== null && link.text.length < 1_000) link.text += plain(token.source);
    if (token.kind !== 'text' && token.tag === 'a' && link !== null) {
      mark(parts, link);
      link = null;
    }
    if (token.kind === 'open' && token.tag === 'a') {
      const address = attributeOf(token.attributes, 'href');
      if (address !== null) link = { at: parts.length, address, text: '' };
    }
    parts.push(token.source);
  }
  if (link !== null) mark(parts, link);
  return { html: parts.join(''), remoteImages, contentIds: [...contentIds] };
}

function mark(parts: string[], link: { readonly at: number; readonly address: string; readonly text: string }): void {
  const host = otherHost(link.address, link.text);
  if (host !== null) parts[link.at] = `${(parts[link.at] ?? '').slice(0, -1)} data-host="${escaped(host)}">`;
}
