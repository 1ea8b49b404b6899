import { escapeHtml, etagOf, type PageLocale } from '../http/index.ts';
import { type ApiDocument, type ApiGroup, readApiDocument } from './api-document.ts';
import { apiGroupPage, apiOverview } from './api-pages.ts';
import { documentPage } from './documents.ts';
import { type Frame, layout, pageCards } from './layout.ts';
import { docsPages, type PageText, readPages } from './pages.ts';
import { mailAddress } from './security-txt.ts';
import { siteWords, type Words } from './words.ts';

/** A way to reach the site: `value` is a mail address, a web address, a telephone number, or a name in a chat. */
export interface SiteContact {
  readonly kind: 'email' | 'link' | 'phone' | 'chat';
  readonly label: Words;
  readonly value: string;
}

/** What the pages tell of the site. Members may be getters: what has changed is rendered anew. */
export interface SiteFacts {
  readonly siteName: string;
  readonly supportAddress: string;
  /** Where else it can be reached; absent: nowhere. */
  readonly contacts?: readonly SiteContact[];
  /** Path on this origin, with what a proxy puts before it; null or absent: our own icon. */
  readonly logoUrl?: string | null;
  readonly version: string;
  /** The OpenAPI document that the control plane serves; asked once. Absent: the one in `docs/`. */
  readonly openApi?: () => string;
  /** The address that customers use, without a trailing slash; asked at each request, because port 0 is known late. */
  readonly url: () => string;
}

export interface ShelvedPage {
  readonly body: Buffer;
  readonly etag: string;
  /** Where the page is: a path, with a query when the language was asked for. */
  readonly address: string;
}

/**
 * Owns the rendered pages. Each is made when it is first asked for, and kept: a page, a language, and whether the
 * language was asked for in the address, which its links then carry on. At most four times the number of pages.
 */
export class PageShelf {
  readonly #facts: SiteFacts;
  readonly #texts: ReadonlyMap<string, PageText>;
  readonly #shelf = new Map<string, ShelvedPage>();
  #told = '';
  #api: ApiDocument | null = null;

  /** @throws AppError `docs_missing` */
  constructor(facts: SiteFacts) {
    this.#facts = facts;
    this.#texts = readPages();
  }

  /**
   * A page by its slug, the start page for the empty one, the page that says so for null. `asked`: whether the address
   * names the language.
   */
  page(slug: string | null, locale: PageLocale, asked: boolean): ShelvedPage {
    const { siteName, supportAddress, contacts = [], logoUrl = null } = this.#facts;
    const url = this.#facts.url();
    const told = JSON.stringify([siteName, supportAddress, contacts, logoUrl, url]);
    if (told !== this.#told) this.#shelf.clear();
    this.#told = told;
    const name = `${slug} ${locale} ${asked}`;
    const kept = this.#shelf.get(name);
    if (kept) return kept;
    const frame = frameOf(this.#facts, url, locale, asked);
    const body = Buffer.from(this.#render(slug, frame));
    const page = { body, etag: etagOf(body), address: frame.linkTo(slug ?? '') };
    this.#shelf.set(name, page);
    return page;
  }

  /** Whether there is a page of this slug: one of the table, or a part of the API reference. */
  has(slug: string): boolean {
    const part = apiPart(slug);
    return part === null ? docsPages.some((page) => page.slug === slug) : this.#group(part) !== undefined;
  }

  #render(slug: string | null, frame: Frame): string {
    if (slug === null) return notFoundPage(frame);
    const part = apiPart(slug);
    const page = docsPages.find((one) => one.slug === (part === null ? slug : apiSlug));
    const texts = this.#texts.get(slug);
    if (page === undefined) return startPage(frame);
    if (page.form !== 'api' && texts !== undefined) return documentPage(page, texts, frame);
    const group = part === null ? undefined : this.#group(part);
    if (group === undefined) return apiOverview(page, this.#document(), frame, this.#explained());
    return apiGroupPage(page, group, frame, this.#explained());
  }

  #group(slug: string): ApiGroup | undefined {
    return this.#document().groups.find((group) => group.slug === slug);
  }

  #document(): ApiDocument {
    this.#api ??= readApiDocument(this.#facts.openApi?.() ?? this.#texts.get(apiSlug)?.en ?? '{}');
    return this.#api;
  }

  #explained(): ReadonlySet<string> {
    const headings = (this.#texts.get('errors')?.en ?? '').matchAll(/^#{2,4} ([a-z0-9_]+)$/gm);
    return new Set([...headings].map((match) => match[1] ?? ''));
  }
}

const apiSlug = 'api';

/** `api/keys` → `keys`. */
function apiPart(slug: string): string | null {
  return slug.startsWith(`${apiSlug}/`) ? slug.slice(apiSlug.length + 1) : null;
}

/** What every page of the site in one language begins from. */
export function frameOf(facts: SiteFacts, url: string, locale: PageLocale, asked: boolean): Frame {
  const { siteName, supportAddress, version } = facts;
  const contacts = contactsText(facts.contacts ?? [], locale);
  const prefix = URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, '') : '';
  const query = asked ? `?lang=${locale}` : '';
  const linkTo = (slug: string) => `${prefix}/docs${slug === '' ? '' : `/${slug}`}${query}`;
  const logoUrl = facts.logoUrl ?? `${prefix}/favicon.svg`;
  return { siteName, supportAddress, contacts, version, url, locale, prefix, linkTo, logoUrl };
}

/** A list of Markdown, whose signs mean themselves in what the operator wrote. */
function contactsText(contacts: readonly SiteContact[], locale: PageLocale): string {
  if (contacts.length === 0) return '';
  const plain = (text: string) => text.replace(/[\\`*_{}[\]()#+.!|<>~-]/g, '\\$&');
  const lines = contacts.map(({ kind, label, value }) => {
    const address = kind === 'email' ? `mailto:${mailAddress(value)}` : kind === 'link' ? value : null;
    return `- ${plain(label[locale])}: ${address === null ? plain(value) : `[${plain(value)}](<${address}>)`}`;
  });
  return [`${siteWords[locale].contacts}\n`, ...lines].join('\n');
}

function startPage(frame: Frame): string {
  const words = siteWords[frame.locale];
  const about = words.intro.replace('{site}', () => frame.siteName);
  const html = pageCards(frame, words.docs, escapeHtml(about));
  return layout(frame, { slug: '', title: words.docs, about, html, headings: [] });
}

function notFoundPage(frame: Frame): string {
  const words = siteWords[frame.locale];
  const html = pageCards(frame, words.notFound, words.notFoundText);
  return layout(frame, { slug: null, title: words.notFound, about: words.notFound, html, headings: [] });
}
