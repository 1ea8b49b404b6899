import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { controlRoutes } from '../src/app/routes.ts';
import { settings } from '../src/base/settings.ts';
import { errorTable } from '../src/gateway/errors.ts';
import { commonProblems, openApiDocument, type Route } from '../src/http/index.ts';
import { endpoints } from '../src/vendors/endpoint-table.ts';
import { clientTypes } from './client-types.ts';
import { endpointPage } from './render-endpoints.ts';
import { type AdminProblem, errorPage } from './render-errors.ts';
import { envExample, settingsTable } from './render-settings.ts';
import { root } from './steps.ts';

export interface GeneratedFile {
  /** Relative to the repository. */
  readonly file: string;
  /** The text as it must stand. `before` is what stands there now, for files of which only a part is generated. */
  render(before: string | null): string | Promise<string>;
}

/** Routes are described without being called, so nothing stands behind them: any member of it is nothing again. */
const nothing: never = new Proxy(() => undefined, { get: () => nothing }) as never;

const routes: readonly Route[] = controlRoutes(nothing);

/** Every code of the control API once, those of all endpoints first. */
function adminProblems(): AdminProblem[] {
  const found = new Map(Object.entries(commonProblems).map(([code, status]) => [code, { status, endpoints: [''] }]));
  for (const { method, path: at, problems } of routes) {
    for (const [code, status] of Object.entries(problems)) {
      const known = found.get(code);
      if (known === undefined) found.set(code, { status, endpoints: [`${method} ${at}`] });
      else if (known.endpoints[0] !== '') known.endpoints.push(`${method} ${at}`);
    }
  }
  return [...found].map(([code, { status, endpoints: from }]) => ({
    code,
    status,
    endpoints: from.filter((each) => each !== ''),
  }));
}

/** Every file that is made from code, wholly or between two marks. */
export const generatedFiles: readonly GeneratedFile[] = [
  { file: '.env.example', render: () => envExample(Object.values(settings)) },
  {
    file: 'README.md',
    render: (before) => markdown(betweenMarks(before ?? '', 'settings', settingsTable(Object.values(settings)))),
  },
  { file: 'docs/errors.md', render: () => markdown(errorPage(errorTable, adminProblems())) },
  { file: 'docs/endpoints.md', render: () => markdown(endpointPage(endpoints)) },
  { file: 'docs/openapi.json', render: () => openApiDocument(routes) },
  { file: 'web/src/api/schema.ts', render: () => clientTypes(openApiDocument(routes)) },
];

/** As the formatter writes it, so that it has nothing to add. */
function markdown(text: string): string {
  const biome = path.join(root, 'node_modules', '.bin', 'biome');
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'format', '--stdin-file-path=any.md'], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The formatter refused a generated page: ${stderr}`);
  return stdout;
}

/**
 * Replaces what stands between `<!-- generated: name -->` and `<!-- end: name -->`.
 *
 * @throws Error when a mark is missing: the part would silently vanish from the document
 */
export function betweenMarks(text: string, name: string, part: string): string {
  const start = `<!-- generated: ${name} -->`;
  const end = `<!-- end: ${name} -->`;
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The marks ${start} … ${end} are missing.`);
  return `${text.slice(0, from + start.length)}\n\n${part.trim()}\n\n${text.slice(to)}`;
}
