import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { etagOf } from '../http/index.ts';

export type Encoding = 'br' | 'gzip' | 'identity';

/** A file of the build, with what the build made of it for browsers that can decompress. */
export interface Asset {
  readonly contentType: string;
  readonly etag: string;
  readonly bodies: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer };
  /** Its name has a hash of its content: it never changes under that name. */
  readonly immutable: boolean;
}

/** By the path below `/console/`: `assets/index-1a2b3c4d.js`. */
export type Assets = ReadonlyMap<string, Asset>;

export const startPage = 'index.html';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Whether a path asks for a file by its ending; `/models/gpt-4.1` does not, and is a page. */
export function isFileName(name: string): boolean {
  return name.startsWith('assets/') || path.posix.extname(name).toLowerCase() in contentTypes;
}

/**
 * The whole build in memory, two megabytes or so: what is served stays one build, also while a new one takes its place on
 * disk. Null when there is none.
 */
export function readAssets(directory: string): Assets | null {
  if (!existsSync(path.join(directory, startPage))) return null;
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const contentType = contentTypes[path.extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(directory, file).split(path.sep).join('/');
    const identity = readFileSync(file);
    assets.set(name, {
      contentType,
      etag: etagOf(identity),
      bodies: { identity, ...readIfThere('br', `${file}.br`), ...readIfThere('gzip', `${file}.gz`) },
      immutable: /^assets\/.*-[\w-]{8}\.\w+$/.test(name),
    });
  }
  return assets;
}

function readIfThere(encoding: Encoding, file: string): Partial<Record<Encoding, Buffer>> {
  return existsSync(file) ? { [encoding]: readFileSync(file) } : {};
}

/** What the caller takes (RFC 9110 §12.5.3), the smallest first. Whoever says nothing gets the file as it is. */
export function chooseEncoding(acceptEncoding: string | undefined, asset: Asset): Encoding {
  const accepted = new Map(
    (acceptEncoding ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return [name, weight === undefined || Number(weight.slice(2)) > 0] as const;
    }),
  );
  const takes = (encoding: Encoding) => accepted.get(encoding) ?? accepted.get('*') ?? false;
  return (['br', 'gzip'] as const).find((each) => asset.bodies[each] !== undefined && takes(each)) ?? 'identity';
}
