import { readdirSync, readFileSync } from 'node:fs';

const directory = new URL('../../docs/images/', import.meta.url);

/** What documents show, by name: `dashboard.png`. Nothing else of the directory is ever served; without it there is none. */
export function readImages(): ReadonlyMap<string, Buffer> {
  return new Map(imageNames().map((name) => [name, readFileSync(new URL(name, directory))]));
}

function imageNames(): readonly string[] {
  try {
    return readdirSync(directory).filter((name) => /^[a-z][a-z0-9-]*\.png$/.test(name));
  } catch {
    // A page without its pictures still says everything.
    return [];
  }
}
