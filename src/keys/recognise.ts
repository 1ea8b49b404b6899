import { findKeys, keyFixedPart } from '../base/key-format.ts';
import type { KeyParts } from './parts.ts';
import { type KeyScope, sightOf } from './scope.ts';
import { type KeyView, selectViews, type ViewRow, viewOfRow } from './view.ts';
import { placeOf } from './write.ts';

/** A key, or a part of one, that stands in a text. */
export interface RecognisedKey {
  readonly prefix: string;
  /** The whole of it stands there, and it is the one that bears this prefix here: whoever reads the text can use it. */
  readonly whole: boolean;
  /** Null: no key of this site, or out of sight, which are not told apart. */
  readonly key: KeyView | null;
}

const mostRecognised = 50;

export async function recogniseKeys(
  { pool, site, hashKey, clock }: KeyParts,
  scope: KeyScope,
  text: string,
): Promise<readonly RecognisedKey[]> {
  const secrets = new Map(
    findKeys(text)
      .filter((found) => found.site === site)
      .map((found) => [found.prefix, found.secret]),
  );
  const prefixes = prefixesIn(text, site);
  const { rows } = await pool.query<ViewRow & { readonly hash: Buffer }>(
    `${selectViews('keys', ', k.hash')} where (k.organization_id = $1 or $1::text is null) and k.prefix = any($2)`,
    [scope.organizationId, prefixes],
  );
  const seen = new Map(rows.filter((row) => sightOf(scope, placeOf(row)) !== 'hidden').map((row) => [row.prefix, row]));
  return prefixes.map((prefix) => {
    const row = seen.get(prefix);
    const secret = secrets.get(prefix);
    const whole = row !== undefined && secret !== undefined && hashKey(secret).equals(row.hash);
    return { prefix, whole, key: row === undefined ? null : viewOfRow(row, clock.now()) };
  });
}

/** Public prefixes in the order in which they stand, also of keys that were shortened or broken on the way. */
function prefixesIn(text: string, site: string): string[] {
  const fixed = keyFixedPart(site);
  const prefixes = new Set<string>();
  for (const [prefix] of text.matchAll(new RegExp(`${fixed}[0-9A-Za-z]{8}`, 'g'))) {
    prefixes.add(prefix);
    if (prefixes.size === mostRecognised) break;
  }
  return [...prefixes];
}
