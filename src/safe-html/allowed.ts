/** What of a mail's HTML may be shown: tables, lists, quotes, code, links and images, and how they look. */
export const allowedTags: readonly string[] =
  'a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr'.split(
    ' ',
  );

/** Their content is no text of the mail. */
export const droppedWithContent: readonly string[] =
  'applet audio canvas datalist embed head math noembed noframes noscript object option plaintext script select style svg template textarea title video xmp'.split(
    ' ',
  );

const number = /^\d{1,4}$/;
const size = /^\d{1,4}%?$/;
const colour = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s,.%/]{1,40}\))$/i;
const align = /^(?:left|right|center|justify)$/i;
const anyText = /^[\s\S]{0,500}$/;

/** Attributes beside `href`, `src`, `style` and `class`, by tag, with the form that their values have. */
export const attributeForms: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  '*': { dir: /^(?:ltr|rtl|auto)$/i, lang: /^[a-z0-9-]{2,20}$/i, title: anyText },
  img: { alt: anyText, width: size, height: size },
  table: { align, width: size, border: number, cellpadding: number, cellspacing: number, bgcolor: colour },
  tr: { align, valign: /^(?:top|middle|bottom|baseline)$/i, bgcolor: colour },
  td: cell(),
  th: cell(),
  col: { span: number, width: size },
  colgroup: { span: number, width: size },
  div: { align },
  p: { align },
  h1: { align },
  h2: { align },
  h3: { align },
  hr: { width: size, size: number },
  ol: { start: number, type: /^[1aAiI]$/ },
  li: { value: number },
  font: { color: colour, face: /^[\w\s,'-]{1,120}$/, size: /^[+-]?[1-7]$/ },
  blockquote: { type: /^cite$/i },
};

function cell(): Record<string, RegExp> {
  const valign = /^(?:top|middle|bottom|baseline)$/i;
  return { align, valign, colspan: number, rowspan: number, width: size, height: size, bgcolor: colour };
}

/** Marks of mail programs for what was quoted or signed: the desk folds it. */
export const allowedClasses: ReadonlySet<string> = new Set(
  'gmail_quote gmail_attr gmail_signature moz-cite-prefix moz-signature yahoo_quoted protonmail_quote'.split(' '),
);

const length = /^(?:0|\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%))$/;
const lengths = /^(?:(?:0|auto|\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%))(?:\s+|$)){1,4}$/;
const border =
  /^(?:(?:none|0|thin|medium|\d{1,2}(?:\.\d{1,2})?(?:px|pt)|solid|dashed|dotted|double|#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s,.%]{1,40}\))(?:\s+|$)){1,3}$/;
/** Six pixels and more: smaller is there to be overlooked. */
const fontSize =
  /^(?:(?:[6-9]|[1-6]\d)(?:\.\d{1,3})?(?:px|pt)|(?:0\.[5-9]\d{0,2}|[1-4](?:\.\d{1,3})?)r?em|[5-9]\d(?:\.\d+)?%|[1-3]\d\d%|x?x-large|large|medium|small|x?x-small|larger|smaller)$/;

/** Without `url()`, without what moves, covers or hides: no `position`, `display`, `opacity`, no negative lengths. */
export const styleForms: Readonly<Record<string, RegExp>> = {
  color: /^(?!transparent$)(?:#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]{3,20}|rgb\([\d\s,.%]{1,40}\))$/i,
  'background-color': colour,
  background: colour,
  'font-family': /^[\w\s,'"\u4e00-\u9fff-]{1,160}$/,
  'font-size': fontSize,
  'font-style': /^(?:normal|italic|oblique)$/,
  'font-weight': /^(?:normal|bold|bolder|lighter|[1-9]00)$/,
  'text-align': /^(?:left|right|center|justify|start|end)$/,
  'text-decoration': /^(?:none|underline|line-through|overline)$/,
  'line-height': /^(?:normal|[1-4](?:\.\d{1,4})?|(?:[89]|[1-9]\d)(?:\.\d+)?(?:px|pt)|[1-3]\d\d%)$/,
  'white-space': /^(?:normal|pre|pre-wrap|pre-line|nowrap)$/,
  'vertical-align': /^(?:top|middle|bottom|baseline|sub|super)$/,
  'list-style-type': /^(?:disc|circle|square|decimal|none|lower-alpha|upper-alpha|lower-roman|upper-roman)$/,
  'border-collapse': /^(?:collapse|separate)$/,
  'border-spacing': lengths,
  width: length,
  'max-width': length,
  height: length,
  ...Object.fromEntries(
    ['margin', 'padding'].flatMap((name) => [
      [name, lengths],
      ...['top', 'right', 'bottom', 'left'].map((side) => [`${name}-${side}`, lengths] as const),
    ]),
  ),
  ...Object.fromEntries(['', '-top', '-right', '-bottom', '-left'].map((side) => [`border${side}`, border])),
};
