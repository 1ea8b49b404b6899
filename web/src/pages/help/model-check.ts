import type { Key, OfferedModel } from '../../api/schema.ts';

export type ModelVerdict =
  | { readonly is: 'ok' | 'noPrice' | 'notAllowed'; readonly model: OfferedModel; readonly isAlias: boolean }
  | { readonly is: 'unknown'; readonly near: readonly string[] };

const mostNear = 3;

/** What becomes of a call that asks for a model by this name with this key. `models`: those of the key's group. Pure. */
export function modelVerdict(
  name: string,
  models: readonly OfferedModel[],
  { allowed_models: allowed }: Pick<Key, 'allowed_models'>,
): ModelVerdict {
  const wanted = name.trim();
  const byId = models.find(({ id }) => id === wanted);
  const model = byId ?? models.find(({ aliases }) => aliases.includes(wanted));
  if (model === undefined) return { is: 'unknown', near: nearNames(wanted, models) };
  const isAlias = byId === undefined;
  if (allowed !== null && !allowed.includes(model.id)) return { is: 'notAllowed', model, isAlias };
  return { is: model.price === null ? 'noPrice' : 'ok', model, isAlias };
}

/** Names that somebody who wrote this may have meant, the nearest first. */
function nearNames(wanted: string, models: readonly OfferedModel[]): readonly string[] {
  const text = plain(wanted);
  const farthest = Math.max(2, Math.floor(text.length / 3));
  return models
    .flatMap(({ id, aliases }) => [id, ...aliases])
    .map((name) => ({ name, distance: distanceOf(text, plain(name)) }))
    .filter((each) => text.length > 2 && each.distance <= farthest)
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, mostNear)
    .map(({ name }) => name);
}

/** One that is a beginning or a part of the other is near; the more they share, the nearer. */
function distanceOf(wanted: string, name: string): number {
  const holds = name.includes(wanted) || wanted.startsWith(name);
  return holds ? 1 - Math.min(name.length, wanted.length) / 1_000 : distance(wanted, name);
}

/** Upper case, a vendor before a slash and a date at the end are what people write by habit. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/-(?:latest|\d{8})$/, '');
}

/** Of Levenshtein. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let at = 1; at <= a.length; at++) {
    const next = [at];
    for (let to = 1; to <= b.length; to++) {
      const change = (row[to - 1] ?? 0) + (a[at - 1] === b[to - 1] ? 0 : 1);
      next.push(Math.min(change, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
