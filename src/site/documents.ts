import path from 'node:path';
import { article, type Frame, layout } from './layout.ts';
import { type RenderedText, renderMarkdown } from './markdown.ts';
import { type DocsPage, docsPages, type PageText } from './pages.ts';
import { siteWords } from './words.ts';

const slugOfFile: ReadonlyMap<string, string> = new Map(
  docsPages.flatMap(({ slug, file, zhFile }) =>
    [file, zhFile].flatMap((name) => (name ? [[name, slug] as const] : [])),
  ),
);

/** A document of the repository as a whole page of the site. */
export function documentPage(page: DocsPage, texts: PageText, frame: Frame): string {
  const { locale } = frame;
  const own = texts[locale];
  const { html, headings } = renderDocument(page, own ?? texts.en, frame);
  const written = own === null ? 'en' : locale;
  const content = { slug: page.slug, title: page.title[locale], about: page.about[locale], headings, written };
  return layout(frame, { ...content, html: article(locale, written, html) });
}

/** The text of a document with what is true of this site, and its links led to pages. */
export function renderDocument(page: DocsPage, text: string, frame: Frame): RenderedText {
  let own = text;
  for (const [written, fact] of Object.entries(page.facts ?? {})) own = own.replaceAll(written, () => frame[fact]);
  const file = frame.locale === 'zh' ? (page.zhFile ?? page.file) : page.file;
  return renderMarkdown(own, {
    linkFor: (href) => pageLink(file, href, frame),
    sectionLabel: siteWords[frame.locale].section,
  });
}

/** `errors.md#key_missing` in `docs/billing.md` → `/docs/errors#key_missing`; null when the file is no page. */
function pageLink(file: string, href: string, frame: Frame): string | null {
  const [target = '', anchor] = href.split('#', 2);
  const slug = slugOfFile.get(path.posix.join(path.posix.dirname(file), target));
  if (slug === undefined) return null;
  return anchor === undefined ? frame.linkTo(slug) : `${frame.linkTo(slug)}#${anchor}`;
}
