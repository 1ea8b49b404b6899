import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');

/** Paths below the console that the program writes into mails, notifications, answers and pages, with where. */
function linksIn(directory: string): [link: string, file: string][] {
  return readdirSync(path.join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.test\.ts$|^testing\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/['"`}]\/console((?:\/[a-z][\w-]*)+)(?=['"`?#])/g)].map(
        ([, link = '']): [string, string] => [link, path.relative(root, file)],
      ),
    )
    .filter(([, file]) => !file.startsWith('src/console/'));
}

const routes = readFileSync(path.join(root, 'web/src/routes.tsx'), 'utf8');
const known = new Set([...routes.matchAll(/path: '([^']+)'/g)].map((match) => match[1]));
const links = linksIn('src');

test('links are found at all', () => {
  expect(links.map(([link]) => link)).toEqual(
    expect.arrayContaining(['/sign-in', '/verify-email', '/account/security']),
  );
});

test.each(links)('%s, in %s, is a page', (link) => {
  expect(known).toContain(link);
});
