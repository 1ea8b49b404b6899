import { escapeHtml, type PageLocale } from '../http/index.ts';
import type { Heading } from './markdown.ts';
import { type DocsPage, docsPages, type PageGroup, pageGroups } from './pages.ts';
import { mailAddress } from './security-txt.ts';
import { siteStyle } from './style.ts';
import { siteWords } from './words.ts';

/** What is the same on every page of a site in one language. */
export interface Frame {
  readonly siteName: string;
  readonly supportAddress: string;
  /** Where else the site can be reached, as Markdown; empty when there is nothing. */
  readonly contacts: string;
  readonly version: string;
  /** The address that customers use, without a trailing slash. */
  readonly url: string;
  readonly locale: PageLocale;
  /** Address of a page; of the start page for the empty slug. */
  readonly linkTo: (slug: string) => string;
  /** Path before `/docs`, where a proxy puts one; mostly empty. */
  readonly prefix: string;
  /** On this origin. */
  readonly logoUrl: string;
}

export interface PageContent {
  /** Of the page that is shown; empty for the start page, null for none. */
  readonly slug: string | null;
  readonly title: string;
  readonly about: string;
  readonly html: string;
  readonly headings: readonly Heading[];
  /** Language of the text, when it is not the reader's. */
  readonly written?: PageLocale;
}

/** More sections than one are worth a list; headings of the third level stand in only where there are no second. */
const contentsFrom = 2;

export function layout(frame: Frame, content: PageContent): string {
  const words = siteWords[frame.locale];
  const site = escapeHtml(frame.siteName);
  const contents = contentsList(frame, content);
  const mail = escapeHtml(frame.supportAddress);
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(content.about)}">${content.slug === null ? '\n<meta name="robots" content="noindex">' : ''}
<title>${escapeHtml(content.title)} · ${site}</title>
<link rel="icon" href="${escapeHtml(frame.prefix)}/favicon.svg" type="image/svg+xml">
<style>${siteStyle}</style>
</head>
<body>
<a class="skip" href="#text">${words.skip}</a>
<header class="bar"><div>
<a class="home" href="${escapeHtml(frame.linkTo(''))}"><img src="${escapeHtml(frame.logoUrl)}" height="28" alt=""><span class="site">${site}</span><span>${words.docs}</span></a>
<a class="language" href="?lang=${words.otherLocale}" hreflang="${words.otherLanguage}" lang="${words.otherLanguage}">${words.other}</a>
</div></header>
<div class="page${contents ? ' with-contents' : ''}">
<details class="menu all"><summary>${words.pages}</summary><nav aria-label="${words.pages}">
${pageList(frame, content.slug)}</nav></details>
${contents}<main id="text">
${content.html}</main>
</div>
<footer class="foot">
<span>${site} · ${words.version} ${escapeHtml(frame.version)}</span>
<span>${words.support}: <a href="mailto:${escapeHtml(mailAddress(frame.supportAddress))}">${mail}</a></span>
<a href="${escapeHtml(frame.linkTo('security'))}">${words.security}</a>
</footer>
</body>
</html>
`;
}

/** The text of a document, with a note above when it is not in the language of what stands around it. */
export function article(locale: PageLocale, written: PageLocale, html: string): string {
  const note = written === locale ? '' : `<p class="foreign">${siteWords[locale].foreign}</p>\n`;
  return `${note}<article lang="${siteWords[written].language}">\n${html}</article>\n`;
}

/** All pages as cards, under a heading and a sentence. */
export function pageCards(frame: Frame, title: string, lead: string): string {
  const groups = groupsOf((page) => {
    const link = escapeHtml(frame.linkTo(page.slug));
    return `<li><a href="${link}"><strong>${page.title[frame.locale]}</strong> ${page.about[frame.locale]}</a></li>\n`;
  });
  const sections = groups.map(
    ({ group, items }) => `<h2>${pageGroups[group][frame.locale]}</h2>\n<ul class="cards">\n${items}</ul>\n`,
  );
  return `<article>\n<h1>${title}</h1>\n<p class="lead">${lead}</p>\n${sections.join('')}</article>\n`;
}

function pageList(frame: Frame, current: string | null): string {
  const groups = groupsOf((page) => {
    const here = page.slug === current ? ' aria-current="page"' : '';
    return `<li><a href="${escapeHtml(frame.linkTo(page.slug))}"${here}>${page.title[frame.locale]}</a></li>\n`;
  });
  return groups
    .map(({ group, items }) => `<h2>${pageGroups[group][frame.locale]}</h2>\n<ul>\n${items}</ul>\n`)
    .join('');
}

function groupsOf(item: (page: DocsPage) => string): { group: PageGroup; items: string }[] {
  return (Object.keys(pageGroups) as PageGroup[]).map((group) => ({
    group,
    items: docsPages
      .filter((page) => page.group === group)
      .map(item)
      .join(''),
  }));
}

function contentsList(frame: Frame, { headings, written = 'en' }: PageContent): string {
  const second = headings.filter((heading) => heading.level === 2);
  const listed = second.length > 0 ? second : headings.filter((heading) => heading.level === 3);
  if (listed.length < contentsFrom) return '';
  const items = listed.map(
    (heading) =>
      `<li><a href="#${escapeHtml(heading.id)}" lang="${siteWords[written].language}">${escapeHtml(heading.text)}</a></li>\n`,
  );
  const name = siteWords[frame.locale].onThisPage;
  return `<details class="menu contents"><summary>${name}</summary><nav aria-label="${name}"><ul>\n${items.join('')}</ul></nav></details>\n`;
}
