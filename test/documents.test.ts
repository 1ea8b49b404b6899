import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const documents = globSync(['*.md', 'docs/**/*.md']);

/** As the common renderers make it: lower case, punctuation out, spaces to dashes. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
}

describe('documents', () => {
  it('have been read', () => {
    expect(documents.length).toBeGreaterThan(10);
  });

  it.each(documents)('%s: links inside the repository lead somewhere', (document) => {
    const broken = linksOf(readFileSync(document, 'utf8')).filter((link) => {
      if (/^(?:https?|mailto):/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? document : path.join(path.dirname(document), file);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(documents.filter((document) => document.startsWith('docs/decisions/')))(
    '%s: at most 40 lines',
    (document) => {
      expect(readFileSync(document, 'utf8').split('\n').length).toBeLessThanOrEqual(41);
      expect(path.basename(document)).toMatch(/^\d{4}-[a-z0-9-]+\.md$/);
    },
  );

  it('the changelog names the version of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(`## [${version}]`);
  });
});
