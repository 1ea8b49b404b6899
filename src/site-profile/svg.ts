/**
 * What an SVG may consist of to be served under our own name. Everything that is not named here is refused, so that
 * what is new in a browser is no hole in this.
 */
const elements: ReadonlySet<string> = new Set(
  `svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath
   linearGradient radialGradient stop pattern clipPath mask marker style filter
   feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
   feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode
   feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`.split(/\s+/),
);

const tagForm = /^([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)$/;
const attributeForm = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Words that complete "the logo …", or null for an SVG that only draws. */
export function svgProblem(bytes: Buffer): string | null {
  const text = decoded(bytes);
  if (text === null) return 'is not an SVG in UTF-8';
  const body = withoutComments(text.replace(/^\s*<\?xml\s[^>]*\?>/, ''));
  const doctype = /^\s*<!DOCTYPE\b/i.test(body);
  if (doctype) return 'begins with a DOCTYPE, which is not allowed; save it as plain SVG, or delete that line';
  if (!/^\s*<svg[\s>]/.test(body)) return 'is not an SVG image';
  return bodyProblem(body);
}

function bodyProblem(body: string): string | null {
  const open: string[] = [];
  let at = 0;
  while (at < body.length) {
    const start = body.indexOf('<', at);
    const text = body.slice(at, start < 0 ? undefined : start);
    const problem = textProblem(text, open.at(-1));
    if (problem !== null) return problem;
    if (start < 0) break;
    const end = tagEnd(body, start + 1);
    if (end < 0) return 'is broken: a tag has no end';
    const wrong = tagProblem(body.slice(start + 1, end), open);
    if (wrong !== null) return wrong;
    at = end + 1;
  }
  return open.length === 0 ? null : `is broken: <${open.at(-1)}> is not closed`;
}

/** The ">" that ends a tag: not one inside quotation marks. */
function tagEnd(body: string, from: number): number {
  let quote = '';
  for (let at = from; at < body.length; at++) {
    const character = body.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return -1;
}

function textProblem(text: string, inside: string | undefined): string | null {
  if (inside === undefined) return text.trim() === '' ? null : 'is broken: text stands outside the image';
  return inside === 'style' ? styleProblem(text) : null;
}

/** Of what stands between "<" and ">". */
function tagProblem(tag: string, open: string[]): string | null {
  if (tag.startsWith('/')) {
    const name = tag.slice(1).trim();
    return open.pop() === name ? null : `is broken: </${name.slice(0, 40)}> closes nothing`;
  }
  const match = tagForm.exec(tag);
  if (match === null) return `has something that is not plain SVG: <${tag.slice(0, 40)}`;
  const [, name = '', attributes = '', closed] = match;
  if (!elements.has(name)) return `has the element <${name.slice(0, 40)}>, which is not allowed; save it as plain SVG`;
  if (open.length === 0 && name !== 'svg') return 'is not an SVG image';
  if (open.length >= 64) return 'is nested too deeply';
  for (const [, attribute = '', double, single] of attributes.matchAll(attributeForm)) {
    const problem = attributeProblem(attribute, double ?? single ?? '');
    if (problem !== null) return problem;
  }
  if (closed === '') open.push(name);
  return null;
}

function attributeProblem(name: string, value: string): string | null {
  const plain = name.toLowerCase();
  if (/^xmlns(?::|$)/.test(plain)) return null;
  if (plain.startsWith('on')) return `has the event handler ${name.slice(0, 40)}, which is not allowed`;
  if (/(?:^|:)(?:href|src|base)$/.test(plain)) {
    return /^#[\w.-]+$/.test(value) ? null : 'refers to something outside itself, which is not allowed';
  }
  return styleProblem(value);
}

/** Of a style sheet, or of any attribute, because many are styles too. */
function styleProblem(text: string): string | null {
  // An escape could spell what is looked for below.
  if (/\\|&#/.test(text)) return 'has an escaped character in a style or attribute, which is not allowed';
  if (/@(?!media\b|font-feature-values\b)/i.test(text)) return 'has an @ rule in its style, which is not allowed';
  for (const [, target = ''] of text.matchAll(/url\s*\(\s*["']?([^)"']*)/gi)) {
    if (!/^#[\w.-]+$/.test(target.trim())) return 'refers to something outside itself, which is not allowed';
  }
  return /image-set\s*\(|expression\s*\(|javascript:/i.test(text) ? 'has a style that is not allowed' : null;
}

/** One pass: a search for each end anew would take minutes on a file of nothing but beginnings. */
function withoutComments(text: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('<!--', at);
    const end = start < 0 ? -1 : text.indexOf('-->', start + 4);
    // One without an end stays, and is refused as a tag.
    if (end < 0) return pieces.join('') + text.slice(at);
    pieces.push(text.slice(at, start));
    at = end + 3;
  }
}

function decoded(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
