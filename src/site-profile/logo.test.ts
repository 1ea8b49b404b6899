import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkLogo, logoMaxBytes } from './logo.ts';

const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"${attributes}>${inside}</svg>`;
const checkSvg = (text: string) => checkLogo('image/svg+xml', Buffer.from(text).toString('base64'));

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    // The checksum is not looked at.
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    start,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(4))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('an SVG that only draws is taken', () => {
  test.each([
    svg('<path d="M0 0h8v8z" fill="#0b6b4f"/>'),
    `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n${svg('<g><circle r="1"/></g>')}\n`,
    svg(
      '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><rect fill="url(#a)"/><use href="#a"/>',
    ),
    svg('<style>.a>.b{fill:red}@media (prefers-color-scheme:dark){.a{fill:url(#x)}}</style><title>A &amp; B</title>'),
    svg("<text x='1'>Lodge</text>", ' xmlns:xlink="http://www.w3.org/1999/xlink"'),
  ])('%s', (text) => {
    expect(checkSvg(text)).toMatchObject({ contentType: 'image/svg+xml', tag: expect.stringMatching(/^[\w-]{22}$/) });
  });
});

describe('an SVG that could do more is refused', () => {
  test.each([
    ['a script', svg('<script>alert(1)</script>')],
    ['a script in capitals', svg('<SCRIPT>alert(1)</SCRIPT>')],
    ['a script with a prefix', svg('<svg:script xmlns:svg="http://www.w3.org/2000/svg">x</svg:script>')],
    ['foreign content', svg('<foreignObject><div xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>')],
    ['an event handler', svg('', ' onload="alert(1)"')],
    ['an event handler in capitals', svg('<g OnClick="x"/>')],
    ['a link', svg('<a href="https://example.test">x</a>')],
    ['an image', svg('<image href="https://example.test/x.png"/>')],
    ['what another file defines', svg('<use href="https://example.test/x.svg#a"/>')],
    ['the old form of it', svg('<use xlink:href="data:image/svg+xml;base64,AAAA#a"/>')],
    ['an animation of a link', svg('<animate attributeName="href" to="javascript:x"/>')],
    ['a fill from elsewhere', svg('<rect fill="url(https://example.test/#a)"/>')],
    ['a style from elsewhere', svg('<rect style="fill:URL( \'//example.test/x\' )"/>')],
    ['a style sheet from elsewhere', svg('<style>@import "https://example.test/x.css";</style>')],
    ['a font from elsewhere', svg('<style>@font-face{font-family:x;src:local(x)}</style>')],
    ['an escaped address', svg('<style>rect{fill:u\\72l(https://example.test)}</style>')],
    ['an encoded address', svg('<rect fill="&#117;rl(https://example.test)"/>')],
    ['entities of its own', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('&a;')}`],
    ['a style instruction', `<?xml-stylesheet href="https://example.test/x.css"?>${svg('')}`],
    ['a base', svg('<g xml:base="https://example.test/"/>')],
    ['raw text', svg('<style><![CDATA[a{}]]></style>')],
    ['two images', `${svg('')}${svg('')}<script/>`],
    ['an attribute without quotation marks', svg('<rect onclick=alert(1) />')],
    ['a slash for a blank', svg('<rect/onclick="alert(1)"/>')],
    ['no end', '<svg xmlns="http://www.w3.org/2000/svg"><g>'],
    ['ends that cross', svg('<g><defs></g></defs>')],
    ['a page', '<html><svg></svg></html>'],
    ['nothing', ' '],
    ['endless nesting', svg('<g>'.repeat(70) + '</g>'.repeat(70))],
  ])('%s', (_what, text) => {
    expect(checkSvg(text)).toEqual(expect.any(String));
  });

  test('with words that say what to do', () => {
    expect(checkSvg(svg('<sodipodi:namedview/>'))).toContain('plain SVG');
    expect(checkSvg(`<!DOCTYPE svg>${svg('')}`)).toContain('delete that line');
  });

  test('and a hostile one costs no time', () => {
    const startedMs = performance.now();
    const room = Math.floor((logoMaxBytes - 200) / 4);
    for (const part of ['<!--', 'url(', '<g a', '    ', '"<g ']) {
      checkSvg(svg(part.repeat(room)));
      checkSvg(svg(`<g ${part.repeat(room)}/>`));
    }
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});

describe('bitmaps', () => {
  test('are what they are said to be', () => {
    expect(checkLogo('image/png', png(64, 32).toString('base64'))).toMatchObject({ contentType: 'image/png' });
    const webp = Buffer.alloc(30);
    webp.write('RIFF', 0);
    webp.write('WEBPVP8X', 8);
    webp.writeUIntLE(63, 24, 3);
    webp.writeUIntLE(31, 27, 3);
    expect(checkLogo('image/webp', webp.toString('base64'))).toMatchObject({ contentType: 'image/webp' });
    expect(checkLogo('image/webp', png(64, 32).toString('base64'))).toBe('is not a WebP image');
    expect(checkLogo('image/png', webp.toString('base64'))).toBe('is not a PNG image');
    expect(checkLogo('image/png', Buffer.from('<svg/>').toString('base64'))).toBe('is not a PNG image');
  });

  test('do not unfold into something huge, nor are they large', () => {
    expect(checkLogo('image/png', png(60_000, 60_000).toString('base64'))).toContain('2048');
    expect(checkLogo('image/png', Buffer.alloc(logoMaxBytes + 1).toString('base64'))).toContain('limit');
    expect(checkLogo('image/png', 'data:image/png;base64,AAAA')).toContain('Base64');
  });
});
