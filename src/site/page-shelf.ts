import { escapeHtml, etagOf, type PageLocale } from '../http/index.ts';

import { documentPage } from './documents.ts';
import { type Frame, layout, pageCards } from './layout.ts';
import { docsPages, readPages } from './pages.ts';
import { siteWords } from './words.ts';

/** What the pages tell of the site. */
export interface SiteFacts {
  readonly siteName: string;
  readonly supportAddress: string;
  readonly version: string;
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
  readonly #texts: ReadonlyMap<string, string>;
  readonly #shelf = new Map<string, ShelvedPage>();
  #url = '';

  /** @throws AppError `docs_missing` */
  constructor(facts: SiteFacts) {
    this.#facts = facts;
    this.#texts = readPages();
  }

  /**
   * A page of the table by its slug, the start page for the empty one, the page that says so for null.
   * `asked`: whether the address names the language.
   */
  page(slug: string | null, locale: PageLocale, asked: boolean): ShelvedPage {
    const url = this.#facts.url();
    if (url !== this.#url) this.#shelf.clear();
    this.#url = url;
    const name = `${slug} ${locale} ${asked}`;
    const kept = this.#shelf.get(name);
    if (kept) return kept;
    const frame = frameOf(this.#facts, url, locale, asked);
    const body = Buffer.from(this.#render(slug, frame));
    const page = { body, etag: etagOf(body), address: frame.linkTo(slug ?? '') };
    this.#shelf.set(name, page);
    return page;
  }

  #render(slug: string | null, frame: Frame): string {
    if (slug === null) return notFoundPage(frame);
    const page = docsPages.find((one) => one.slug === slug);
    return page ? documentPage(page, this.#texts.get(slug) ?? '', frame) : startPage(frame);
  }
}

/** What every page of the site in one language begins from. */
export function frameOf(facts: SiteFacts, url: string, locale: PageLocale, asked: boolean): Frame {
  const { siteName, supportAddress, version } = facts;
  const prefix = URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, '') : '';
  const query = asked ? `?lang=${locale}` : '';
  const linkTo = (slug: string) => `${prefix}/docs${slug === '' ? '' : `/${slug}`}${query}`;
  return { siteName, supportAddress, version, url, locale, prefix, linkTo };
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
