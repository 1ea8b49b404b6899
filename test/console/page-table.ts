import { readFileSync } from 'node:fs';

/** A page of the console's own table, so that a new one cannot escape. */
export interface TablePage {
  /** With members: `/keys/$key`. */
  readonly path: string;
  /** Of people who are not signed in. */
  readonly isFront: boolean;
  readonly permission: string | null;
  readonly staff: string | null;
}

/** The table as text: it is the browser's program, and cannot run here. */
export function pageTable(): readonly TablePage[] {
  const [, text = ''] = readFileSync('web/src/routes.tsx', 'utf8').split('export const pages');
  const pages = text.split(/(?=\bpath: ')/).slice(1);
  return pages.map((page) => ({
    path: member(page, 'path') ?? '',
    isFront: member(page, 'frame') === 'front',
    permission: member(page, 'permission'),
    staff: member(page, 'staff'),
  }));
}

function member(page: string, name: string): string | null {
  return new RegExp(`\\b${name}: '([^']+)'`).exec(page)?.[1] ?? null;
}

/** The address of a page; throws when nobody has said what stands for one of its members. */
export function addressOf({ path }: TablePage, values: Readonly<Record<string, string>>): string {
  const filled = path.replaceAll(/\$(\w*)/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${path}: say what $${name} is in the test of all pages`);
    return value;
  });
  return `/console${filled}`;
}
