import { expect, test } from 'vitest';
import { AppError } from '../base/errors.ts';
import { renderDocument } from './documents.ts';
import { frameOf } from './page-shelf.ts';
import { type DocsPage, docsPages, readPages } from './pages.ts';

const contacts = [{ kind: 'chat', label: { en: 'Chat', zh: 'Chat' }, value: 'lodge_help' }] as const;
const facts = { siteName: 'Site', supportAddress: 'help@example.test', contacts, version: '1.2.3', url: () => '' };
const frame = frameOf(facts, 'https://api.example.test', 'en', false);
const texts = readPages();
const pages = docsPages
  .filter((page) => page.form === undefined)
  .flatMap((page) => {
    const { en = '', zh = null } = texts.get(page.slug) ?? {};
    const written = [[page.slug, page, en, frame] as const];
    return zh === null
      ? written
      : [...written, [`${page.slug}, Chinese`, page, zh, { ...frame, locale: 'zh' as const }] as const];
  });

test.each(pages)('%s: every link between documents leads to a page', (_, page, text, frame) => {
  expect(renderDocument(page, text, frame).deadLinks).toEqual([]);
});

test.each(pages)('%s: begins with its one title', (_, page, text, frame) => {
  const { html, headings } = renderDocument(page, text, frame);
  expect(html).toMatch(/^<h1/);
  expect(headings.filter((heading) => heading.level === 1)).toHaveLength(1);
});

test.each(pages.filter(([, page]) => page.facts))('%s: says what is true of this site', (_, page, text, frame) => {
  const { html } = renderDocument(page, text, frame);
  for (const [written, fact] of Object.entries(page.facts ?? {})) {
    expect(text).toContain(written);
    expect(html).not.toContain(written);
    if (fact === 'contacts') expect(html).toContain('<li>Chat: lodge_help</li>');
    else expect(html).toContain(frame[fact]);
  }
});

test('slugs and files are there once, and slugs are plain', () => {
  expect(new Set(docsPages.map((page) => page.slug)).size).toBe(docsPages.length);
  expect(new Set(docsPages.map((page) => page.file)).size).toBe(docsPages.length);
  for (const page of docsPages) expect(page.slug).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
});

test('a document that is not there is told at once', () => {
  const missing = { ...docsPages[0], file: 'docs/none.md' } as DocsPage;
  let problem: unknown;
  try {
    readPages([missing]);
  } catch (error) {
    problem = error;
  }
  expect(problem).toBeInstanceOf(AppError);
  expect(problem).toMatchObject({ code: 'docs_missing', message: expect.stringContaining('docs/none.md') });
});
