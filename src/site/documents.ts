import path from 'node:path';
import { article, type Frame, layout } from './layout.ts';
import { type RenderedText, renderMarkdown } from './markdown.ts';
import { type DocsPage, docsPages } from './pages.ts';
import { siteWords } from './words.ts';

const slugOfFile: ReadonlyMap<string, string> = new Map(docsPages.map((page) => [page.file, page.slug]));

/** A document of the repository as a whole page of the site. */
export function documentPage(page: DocsPage, text: string, frame: Frame): string {
  const { html, headings } = renderDocument(page, text, frame);
  const { locale } = frame;
  const content = { slug: page.slug, title: page.title[locale], about: page.about[locale], headings };
  return layout(frame, { ...content, html: article(locale, html) });
}

/** The text of a document with what is true of this site, and its links led to pages. */
export function renderDocument(page: DocsPage, text: string, frame: Frame): RenderedText {
  let own = text;
  for (const [written, fact] of Object.entries(page.facts ?? {})) own = own.replaceAll(written, () => frame[fact]);
  return renderMarkdown(own, {
    linkFor: (href) => pageLink(page.file, href, frame),
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
