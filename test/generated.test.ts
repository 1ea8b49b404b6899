import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { betweenMarks, generatedFiles } from '../scripts/generated.ts';
import { readConfig } from '../src/base/config.ts';
import { settings } from '../src/base/settings.ts';
import { errorTable } from '../src/gateway/errors.ts';

describe('generated files', () => {
  it.each(generatedFiles.map((one) => [one.file, one] as const))(
    '%s is in date (npm run generate)',
    async (file, one) => {
      const stands = readFileSync(file, 'utf8');
      expect(await one.render(stands)).toBe(stands);
    },
  );

  it('replace only what stands between the marks', () => {
    const text = 'a\n<!-- generated: x -->old<!-- end: x -->\nb\n';
    expect(betweenMarks(text, 'x', 'new')).toBe('a\n<!-- generated: x -->\n\nnew\n\n<!-- end: x -->\nb\n');
    expect(() => betweenMarks('a', 'x', 'new')).toThrow('marks');
  });
});

describe('.env.example', () => {
  const text = readFileSync('.env.example', 'utf8');

  it('names every setting once and nothing else', () => {
    const names = [...text.matchAll(/^#([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(names).toEqual(Object.values(settings).map((setting) => setting.name));
  });

  it('is accepted as it stands, and means the defaults', () => {
    const environment = Object.fromEntries(
      [...text.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map((match) => [match[1] ?? '', (match[2] ?? '').replaceAll('"', '')]),
    );
    expect(readConfig(environment)).toEqual(readConfig({}));
  });
});

it('docs/errors.md has a heading for every code, which error answers link to', () => {
  const page = readFileSync('docs/errors.md', 'utf8');
  for (const code of Object.keys(errorTable)) expect(page).toContain(`\n### ${code}\n`);
});
