import { describe, expect, test } from 'vitest';
import { anchorName, renderMarkdown } from './markdown.ts';

function render(text: string) {
  return renderMarkdown(text, {
    linkFor: (href) => (href.startsWith('known.md') ? href.replace('known.md', '/docs/known') : null),
    sectionLabel: 'Link "here"',
  });
}

describe('headings', () => {
  test.each([
    ['model_not_found', 'model_not_found'],
    ['In front of it', 'in-front-of-it'],
    ['[0.1.0] - unreleased', '010---unreleased'],
    ['What is kept, and for how long', 'what-is-kept-and-for-how-long'],
    ['错误 代码', '错误-代码'],
  ])('%s is #%s', (text, name) => {
    expect(anchorName(text)).toBe(name);
  });

  test('have an id, a link to themselves below the first level, and no id twice', () => {
    const { html, headings } = render('# A\n\n## `key` of *x*\n\n### Added\n\n### Added\n');
    expect(headings.map(({ id, text, level }) => [id, text, level])).toEqual([
      ['a', 'A', 1],
      ['key-of-x', 'key of x', 2],
      ['added', 'Added', 3],
      ['added-1', 'Added', 3],
    ]);
    expect(html).toContain('<h1 id="a">A</h1>');
    expect(html).toContain('<a class="section" href="#added-1" aria-label="Link &quot;here&quot;">#</a></h3>');
  });
});

describe('links', () => {
  test('between documents become links between pages; others stay', () => {
    const { html, deadLinks } = render(
      '[a](known.md#x) [b](#y) [c](https://example.test/known.md) [d](mailto:a@b.test)',
    );
    expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([
      '/docs/known#x',
      '#y',
      'https://example.test/known.md',
      'mailto:a@b.test',
    ]);
    expect(deadLinks).toEqual([]);
  });

  test('that lead to no page are text, and are told', () => {
    const { html, deadLinks } = render('a [b *c*](../../.env) d [e](known.md)');
    expect(html).toBe('<p>a b <em>c</em> d <a href="/docs/known">e</a></p>\n');
    expect(deadLinks).toEqual(['../../.env']);
  });
});

test('nothing in a document is run', () => {
  const { html } = render('<script>x</script>\n\n<b onclick="x">y</b> [z](javascript:x) ![i](data:text/html,x)\n');
  expect(html).not.toMatch(/<script|<b |href=|src=/);
});

test('the note about how a file was made is not shown, code that looks like one is', () => {
  const { html } = render('<!-- Made from x -->\n\n<!-- and\ny -->\n# A\n\n```html\n<!-- shown -->\n```\n');
  expect(html).not.toContain('Made from');
  expect(html).toMatch(/^<h1/);
  expect(html).toContain('&lt;!-- shown --&gt;');
});

test('a table stands in a frame of its own', () => {
  expect(render('| a |\n| - |\n| b |\n').html).toMatch(/^<div class="wide"><table>[\s\S]*<\/table><\/div>\n$/);
});
