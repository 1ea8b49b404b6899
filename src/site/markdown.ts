import MarkdownIt, { type Token } from 'markdown-it';

export interface Heading {
  readonly id: string;
  readonly text: string;
  readonly level: number;
}

export interface RenderedText {
  readonly html: string;
  readonly headings: readonly Heading[];
  /** Relative links that lead to no page; they are shown as plain text. */
  readonly deadLinks: readonly string[];
}

export interface RenderOptions {
  /** The address for a relative link of the text, or null when it leads to no page. */
  readonly linkFor: (href: string) => string | null;
  /** What the link beside a heading is called. */
  readonly sectionLabel: string;
}

// HTML stays off: what stands in a document is shown, never run. Bare addresses in examples are no links.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

// A wide table moves inside its own frame, so that the page itself never does.
markdown.renderer.rules['table_open'] = () => '<div class="wide"><table>\n';
markdown.renderer.rules['table_close'] = () => '</table></div>\n';
markdown.renderer.rules['heading_close'] = headingClose;

/** Markdown to HTML: headings with ids, and links between documents turned into links between pages. */
export function renderMarkdown(text: string, options: RenderOptions): RenderedText {
  const tokens = markdown.parse(withoutOpeningComments(text), {});
  const headings = nameHeadings(tokens, options.sectionLabel);
  const deadLinks = tokens.flatMap((token) => rewriteLinks(token.children ?? [], options.linkFor));
  return { html: markdown.renderer.render(tokens, markdown.options, {}), headings, deadLinks };
}

/** "Made from … by npm run generate" is for whoever opens the file. */
function withoutOpeningComments(text: string): string {
  return text.replace(/^(?:\s*<!--[\s\S]*?-->)+/, '');
}

function nameHeadings(tokens: readonly Token[], sectionLabel: string): Heading[] {
  const headings: Heading[] = [];
  const taken = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const text = plainText(tokens[index + 1]?.children ?? []);
    const name = anchorName(text);
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    const id = before === 0 ? name : `${name}-${before}`;
    const level = Number(token.tag.slice(1));
    token.attrSet('id', id);
    const close = tokens[index + 2];
    if (close && level > 1) close.meta = { id, sectionLabel };
    headings.push({ id, text, level });
  }
  return headings;
}

/** As GitHub names them, so that a link works there and here: lower case, punctuation out, spaces to dashes. */
export function anchorName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

function plainText(children: readonly Token[]): string {
  return children.map((token) => (token.type === 'softbreak' ? ' ' : token.content)).join('');
}

function headingClose(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  const meta = token?.meta;
  const { escapeHtml } = markdown.utils;
  const link = meta
    ? ` <a class="section" href="#${escapeHtml(String(meta['id']))}" aria-label="${escapeHtml(String(meta['sectionLabel']))}">#</a>`
    : '';
  return `${link}</${token?.tag}>\n`;
}

function rewriteLinks(children: readonly Token[], linkFor: (href: string) => string | null): string[] {
  const dead: string[] = [];
  let hidden = false;
  for (const token of children) {
    if (token.type === 'link_open') {
      const href = String(token.attrGet('href') ?? '');
      if (isAbsolute(href)) continue;
      const address = linkFor(href);
      if (address !== null) token.attrSet('href', address);
      else {
        dead.push(href);
        hidden = true;
        asNothing(token);
      }
    } else if (token.type === 'link_close' && hidden) {
      hidden = false;
      asNothing(token);
    }
  }
  return dead;
}

/** Links do not nest in Markdown, so the next closing one belongs to the opening one. */
function asNothing(token: Token): void {
  token.type = 'text';
  token.tag = '';
  token.content = '';
  token.nesting = 0;
}

function isAbsolute(href: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(href);
}
