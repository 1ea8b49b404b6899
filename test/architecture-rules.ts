/**
 * The rules of the house as one pure function over source texts: layers, doors, lengths. `architecture.test.ts` applies
 * it to `src/`, and to bad examples.
 */

export interface SourceFile {
  /** With forward slashes, relative to the repository: `src/keys/store.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** What is imported, as a path relative to the repository; null for packages and Node's own modules. */
  readonly target: string | null;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** A module may import from those with a smaller number only. */
const layerOf: Readonly<Record<string, number>> = {
  main: 9,
  app: 8,
  gateway: 7,
  site: 7,
  console: 7,
  cli: 7,
  start: 7,
  customers: 6,
  desk: 6,
  identity: 5,
  organizations: 5,
  metering: 4,
  mailroom: 4,
  keys: 4,
  catalogue: 4,
  notices: 4,
  'site-profile': 4,
  audit: 3,
  mail: 3,
  idempotency: 3,
  redaction: 2,
  'safe-html': 2,
  targets: 2,
  db: 2,
  cluster: 2,
  http: 2,
  secrets: 2,
  journal: 2,
  vendors: 2,
  'vendors/sandbox': 2,
  base: 1,
};

/** A module's routes meet the control plane's HTTP above the modules themselves. */
const routesLayer = 7;

/** Stricter than their layer: what these may import at all, besides themselves. */
const onlyImports: Readonly<Record<string, readonly string[]>> = {
  gateway: ['base', 'vendors', 'journal'],
  // Its count is held against our books, so it must not share what they are made with.
  'vendors/sandbox': ['base'],
};

/** Shapes that anyone may name in an `import type`. */
const contracts = [
  'src/gateway/ports.ts',
  'src/journal/index.ts',
  'src/journal/record.ts',
  'src/vendors/types.ts',
] as const;

/** What modules lend to the tests of others. */
const testingDoors: readonly string[] = ['src/db/testing.ts', 'src/http/testing.ts'];

const maxLines = 400;

/** Data, not code: their length says nothing. */
const dataTables: readonly string[] = ['src/gateway/errors.ts'];

/** Where the environment is read: settings in one place only, the rest hands on what is not ours. */
const environmentReaders: readonly string[] = [
  'src/main.ts',
  'src/base/config.ts',
  // NO_COLOR, the terminal's width, and the variable that --credential-env names.
  'src/cli/program.ts',
  // PATH for the processes of Postgres.
  'src/db/launch.ts',
];

/** Imports of a formatted file: they begin a line. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  const statement = /^(?:import|export)\b(\s+type\b)?(?:[^;'"`]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm;
  for (const match of file.text.matchAll(statement)) found.push(toImport(file.path, match[2] ?? '', Boolean(match[1])));
  const dynamic = /^(?!\s*(?:\*|\/\/)).*?\bimport\(\s*['"`]([^'"`]+)['"`]/gm;
  for (const match of file.text.matchAll(dynamic)) found.push(toImport(file.path, match[1] ?? '', false));
  return found;
}

/** Everything that breaks a rule, one line each, with the file it stands in. */
export function violations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [
    ...importsOf(file).flatMap((one) => {
      const problem = importProblem(file.path, one);
      return problem === null ? [] : [`${file.path} imports ${one.specifier}: ${problem}`];
    }),
    ...textProblems(file).map((problem) => `${file.path}: ${problem}`),
  ]);
}

function importProblem(from: string, one: Import): string | null {
  if (one.target === null) return one.specifier.startsWith('.') ? 'imports name the file with its .ts' : null;
  const own = moduleOf(from);
  const other = moduleOf(one.target);
  if (own === null) return `${from} lies in no known module; add it to the layers`;
  if (other === null) return `${one.target} lies in no known module; add it to the layers`;
  if (own === other) return null;
  if (one.typeOnly && contracts.some((contract) => contract === one.target)) return null;
  const test = isTest(from);
  if (testingDoors.includes(one.target)) return test ? null : 'only tests may use it';
  if (test && one.target === `src/${other}/routes.ts`) return null;
  return doorProblem(own, other, one.target) ?? (test ? null : layerProblem(from, own, other));
}

function doorProblem(own: string, other: string, target: string): string | null {
  if (other === 'base' || target === `src/${other}/index.ts` || target === `src/${other}.ts`) return null;
  if (own === 'app' || (own === 'main' && other === 'cli')) return null;
  return `reaches past src/${other}/index.ts`;
}

function layerProblem(from: string, own: string, other: string): string | null {
  const allowed = onlyImports[own];
  if (allowed && !allowed.includes(other)) return `${own} may import only ${allowed.join(', ')}`;
  const ownLayer = from.endsWith('/routes.ts') ? routesLayer : (layerOf[own] ?? 0);
  const otherLayer = layerOf[other] ?? 0;
  return otherLayer < ownLayer ? null : `${other} is not below ${own}`;
}

function textProblems(file: SourceFile): string[] {
  const problems: string[] = [];
  const lines = file.text.split('\n').length - 1;
  if (lines > maxLines && !dataTables.includes(file.path)) problems.push(`${lines} lines; ${maxLines} is the limit`);
  if (isTest(file.path)) return problems;
  for (const [index, line] of file.text.split('\n').entries()) {
    if (/^\s*(?:\*|\/\/|\/\*)/.test(line)) continue;
    if (/\bprocess\.env\b/.test(line) && !environmentReaders.includes(file.path))
      problems.push(`line ${index + 1} reads the environment; only base/config.ts does`);
    if (/(?::|<|\||\bas|,)\s*any(?:\[\])*\s*(?:[;,)>|=&]|$)/.test(line))
      problems.push(`line ${index + 1} uses the type any`);
  }
  return problems;
}

/** `src/keys/store.ts` → `keys`; null when it lies in no module that the layers name. */
function moduleOf(path: string): string | null {
  const parts = path
    .replace(/^src\//, '')
    .replace(/\.ts$/, '')
    .split('/');
  if (!path.startsWith('src/')) return null;
  const nested = parts.slice(0, 2).join('/');
  const name = parts.length > 2 && nested in layerOf ? nested : (parts[0] ?? '');
  return name in layerOf ? name : null;
}

function isTest(path: string): boolean {
  return /\.test\.ts$|\/testing\.ts$|\/testing\//.test(path);
}

function toImport(from: string, specifier: string, typeOnly: boolean): Import {
  if (!/^\.{1,2}\/.*\.(?:ts|json|sql|mjs)$/.test(specifier)) return { target: null, specifier, typeOnly };
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return { target: parts.join('/'), specifier, typeOnly };
}
