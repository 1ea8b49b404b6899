import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf, type SourceFile, violations } from './architecture-rules.ts';

const files: SourceFile[] = globSync('src/**/*.ts').map((path) => ({ path, text: readFileSync(path, 'utf8') }));

function problemsOf(path: string, text: string): string[] {
  return violations([{ path, text }]);
}

describe('the house as it stands', () => {
  it('keeps its layers, doors and lengths', () => {
    expect(violations(files)).toEqual([]);
  });

  it('has been read: enough files, enough imports, every module', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(250);
    const read = new Set(files.map((file) => file.path.split('/')[1]));
    for (const name of ['base', 'catalogue', 'db', 'gateway', 'http', 'journal', 'keys', 'metering', 'vendors'])
      expect(read, name).toContain(name);
  });
});

describe('imports are found', () => {
  it.each([
    ["import { a } from '../keys/index.ts';", 'src/keys/index.ts', false],
    ["import type { A } from '../keys/index.ts';", 'src/keys/index.ts', true],
    ["import {\n  a,\n  type B,\n} from '../keys/index.ts';", 'src/keys/index.ts', false],
    ["import '../keys/index.ts';", 'src/keys/index.ts', false],
    ["export { a } from './b.ts';", 'src/gateway/b.ts', false],
    ["export type { A } from './b.ts';", 'src/gateway/b.ts', true],
    ["  const late = await import('../keys/index.ts');", 'src/keys/index.ts', false],
    ["import pg from 'pg';", null, false],
  ])('%s', (text, target, typeOnly) => {
    expect(importsOf({ path: 'src/gateway/a.ts', text })).toEqual([expect.objectContaining({ target, typeOnly })]);
  });

  it('but not in comments', () => {
    const text = " * see import('../keys/index.ts')\n// import { a } from '../keys/index.ts';\n";
    expect(importsOf({ path: 'src/gateway/a.ts', text })).toEqual([]);
  });
});

describe('bad examples are refused', () => {
  it.each([
    ['src/base/a.ts', "import { a } from '../db/index.ts';", 'not below'],
    ['src/db/a.ts', "import { a } from '../keys/index.ts';", 'not below'],
    ['src/keys/a.ts', "import { a } from '../metering/index.ts';", 'not below'],
    ['src/keys/a.ts', "import { route } from '../gateway/index.ts';", 'not below'],
    ['src/gateway/a.ts', "import { a } from '../db/index.ts';", 'may import only base, vendors, journal'],
    ['src/gateway/a.ts', "import { a } from '../keys/index.ts';", 'may import only base, vendors, journal'],
    ['src/vendors/sandbox/a.ts', "import { a } from '../index.ts';", 'may import only base'],
    ['src/keys/a.ts', "import { a } from '../db/pool.ts';", 'reaches past src/db/index.ts'],
    ['src/keys/a.test.ts', "import { a } from '../db/pool.ts';", 'reaches past src/db/index.ts'],
    ['src/keys/a.ts', "import { a } from '../gateway/ports.ts';", 'reaches past'],
    ['src/keys/a.ts', "import { a } from '../db/testing.ts';", 'only tests'],
    ['src/cli/a.ts', "import { keyRoutes } from '../keys/routes.ts';", 'reaches past'],
    ['src/keys/a.ts', "import { a } from './b';", 'with its .ts'],
    ['src/keys/a.ts', "import { a } from '../utils/b.ts';", 'no known module'],
    ['src/helpers/a.ts', "import { a } from '../base/b.ts';", 'no known module'],
    ['src/keys/a.ts', "const port = process.env['LODGE_PORT'];", 'reads the environment'],
    ['src/keys/a.ts', 'function a(b: any): void {}', 'type any'],
    ['src/keys/a.ts', 'const a = b as any;', 'type any'],
    ['src/keys/a.ts', '\n'.repeat(401), '401 lines'],
  ])('%s: %s', (path, text, problem) => {
    expect(problemsOf(path, text)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['src/main.ts', "import { start } from './app.ts';"],
    ['src/app.ts', "import { a } from './keys/store.ts';"],
    ['src/keys/routes.ts', "import { route } from '../http/index.ts';"],
    ['src/keys/a.ts', "import type { Key } from '../gateway/ports.ts';"],
    ['src/db/a.ts', "import type { Attempt } from '../journal/index.ts';"],
    ['src/keys/a.test.ts', "import { createTestDatabase } from '../db/testing.ts';"],
    ['src/cli/a.test.ts', "import { keyRoutes } from '../keys/routes.ts';"],
    ['src/gateway/a.ts', "import { matchEndpoint } from '../vendors/index.ts';"],
    ['src/gateway/a.ts', 'const anything: string = company;'],
    ['src/gateway/a.test.ts', "const port = process.env['PORT'];"],
  ])('and good ones pass: %s: %s', (path, text) => {
    expect(problemsOf(path, text)).toEqual([]);
  });
});
