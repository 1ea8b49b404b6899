import type { OfferedModel } from '../key-parts/offers.ts';

export const modes = ['chat', 'completion', 'embedding', 'image', 'audio', 'moderation'] as const;
export const sorts = ['name', 'input', '-input', 'output', '-output'] as const;
export type Sort = (typeof sorts)[number];

type Line = NonNullable<OfferedModel['price']>['tiers'][number]['lines'][number];

export interface Narrowing {
  readonly search?: string | undefined;
  readonly vendor?: string | undefined;
  readonly group?: string | undefined;
  readonly mode?: string | undefined;
  readonly sort?: Sort | undefined;
}

/** The base price of a class; null where the model has none. */
export function lineOf({ price }: OfferedModel, name: Line['class']): Line | null {
  return price?.tiers[0]?.lines.find((line) => line.class === name) ?? null;
}

/** The lines of a page: those that fit, in their order. Newest first unless asked otherwise. Pure. */
export function narrowed(models: readonly OfferedModel[], narrowing: Narrowing): readonly OfferedModel[] {
  const { search = '', vendor, group, mode, sort } = narrowing;
  const wanted = search.trim().toLowerCase();
  const fits = (model: OfferedModel) =>
    (vendor === undefined || model.vendor === vendor) &&
    (group === undefined || model.group === group) &&
    (mode === undefined || model.mode === mode) &&
    [model.id, model.display_name, ...model.aliases].some((name) => name.toLowerCase().includes(wanted));
  return models.filter(fits).sort((a, b) => compare(a, b, sort) || byName(a, b));
}

function compare(a: OfferedModel, b: OfferedModel, sort: Sort | undefined): number {
  if (sort === undefined) return b.released_at.localeCompare(a.released_at);
  if (sort === 'name') return 0;
  const name = sort.endsWith('input') ? 'input' : 'output';
  const [left, right] = [lineOf(a, name), lineOf(b, name)];
  // Without such a price: at the end, in either direction.
  if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0);
  const order = Number(left.effective_usd) - Number(right.effective_usd);
  return sort.startsWith('-') ? -order : order;
}

function byName(a: OfferedModel, b: OfferedModel): number {
  return a.id.localeCompare(b.id) || a.group.localeCompare(b.group);
}

/** Names one line of the list in the address. */
export function addressOf({ group, id }: Pick<OfferedModel, 'group' | 'id'>): string {
  return `${group}/${id}`;
}
