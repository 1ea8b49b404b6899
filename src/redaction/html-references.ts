/** Names of the characters that stand in secrets, around them, or unseen between their letters. */
const named: Readonly<Record<string, number>> = {
  amp: 0x26,
  lt: 0x3c,
  gt: 0x3e,
  quot: 0x22,
  apos: 0x27,
  nbsp: 0xa0,
  shy: 0xad,
  ensp: 0x2002,
  emsp: 0x2003,
  thinsp: 0x2009,
  ZeroWidthSpace: 0x200b,
  zwnj: 0x200c,
  zwj: 0x200d,
  lrm: 0x200e,
  rlm: 0x200f,
  hyphen: 0x2010,
  dash: 0x2010,
  ndash: 0x2013,
  mdash: 0x2014,
  minus: 0x2212,
  NoBreak: 0x2060,
  Tab: 9,
  NewLine: 10,
  lowbar: 0x5f,
  UnderBar: 0x5f,
  colon: 0x3a,
  semi: 0x3b,
  comma: 0x2c,
  period: 0x2e,
  sol: 0x2f,
  bsol: 0x5c,
  equals: 0x3d,
  plus: 0x2b,
  commat: 0x40,
  num: 0x23,
  percnt: 0x25,
  quest: 0x3f,
  excl: 0x21,
  ast: 0x2a,
  dollar: 0x24,
  grave: 0x60,
  lpar: 0x28,
  rpar: 0x29,
  lsqb: 0x5b,
  lbrack: 0x5b,
  rsqb: 0x5d,
  rbrack: 0x5d,
  hellip: 0x2026,
};

/** The character reference at an `&`, if it is one that matters. Beyond the basic plane nothing does. */
export function referenceAt(html: string, at: number, limit: number): { code: number; end: number } | null {
  const found = /^&(?:#(?:[xX]([0-9A-Fa-f]{1,8})|(\d{1,9}))|([A-Za-z]{2,16}));?/.exec(
    html.slice(at, Math.min(at + 20, limit)),
  );
  if (found === null) return null;
  const [whole, hex, decimal, name] = found;
  const code =
    hex !== undefined ? Number.parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : namedCode(name, whole);
  return code === null || code > 0xffff ? null : { code, end: at + whole.length };
}

/** Only these few are read without their semicolon, and only if no name goes on behind them. */
function namedCode(name: string | undefined, whole: string): number | null {
  const code = Object.hasOwn(named, name ?? '') ? (named[name ?? ''] ?? null) : null;
  return whole.endsWith(';') || /^(?:amp|lt|gt|quot|nbsp|shy)$/.test(name ?? '') ? code : null;
}
