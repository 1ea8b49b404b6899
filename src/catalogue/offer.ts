import { formatUsd } from '../base/money.ts';
import type { Catalogue, Group, Model } from '../gateway/ports.ts';
import { type Price, priceAt, type Rates } from '../vendors/index.ts';
import type { RateName } from './price-form.ts';

/** What customers see of the catalogue. Pure: from the view that the gateway serves by, so that both say the same. */

/** The groups that can be chosen for a key: enabled, with a channel that works. By id. */
export function offeredGroups(catalogue: Catalogue): readonly Group[] {
  return [...catalogue.groups.values()].filter((group) => group.enabled && group.channels.length > 0);
}

/** One model in one group. */
export interface OfferedModel {
  readonly group: Group;
  readonly model: Model;
  /** Familiar names that lead to it here. */
  readonly aliases: readonly string[];
}

export interface OfferFilter {
  readonly vendorId?: string | undefined;
  readonly groupId?: string | undefined;
  /** Part of an id, alias or display name, in any case of letters. */
  readonly search?: string | undefined;
}

/** By group, then in the group's own order. */
export function offeredModels(catalogue: Catalogue, filter: OfferFilter): readonly OfferedModel[] {
  const { vendorId, groupId, search = '' } = filter;
  const part = search.trim().toLowerCase();
  return offeredGroups(catalogue)
    .filter((group) => groupId === undefined || group.id === groupId)
    .filter((group) => vendorId === undefined || group.vendor.id === vendorId)
    .flatMap(modelsOf)
    .filter(({ model, aliases }) =>
      [model.id, model.displayName, ...aliases].some((name) => name.toLowerCase().includes(part)),
    );
}

function modelsOf(group: Group): OfferedModel[] {
  const aliases = Map.groupBy(group.aliases, ([, modelId]) => modelId);
  return [...group.models.values()].map((model) => ({
    group,
    model,
    aliases: (aliases.get(model.id) ?? []).map(([alias]) => alias).sort(),
  }));
}

/** `[group id, model id]` of the last one that was sent. */
export type OfferPlace = readonly [groupId: string, modelId: string];

/** What comes after a place; where that is gone meanwhile, the next group. */
export function offersAfter(offers: readonly OfferedModel[], after: OfferPlace | undefined): readonly OfferedModel[] {
  if (after === undefined) return offers;
  const [groupId, modelId] = after;
  const at = offers.findIndex(({ group, model }) => group.id === groupId && model.id === modelId);
  if (at >= 0) return offers.slice(at + 1);
  return offers.filter(({ group }) => group.id > groupId);
}

/** What one token class, request or image costs. */
export interface PriceLine {
  readonly class: PriceClass;
  readonly unit: 'million_tokens' | 'request' | 'image';
  /** USD, exact. */
  readonly listUsd: string;
  /** List × multiplier, exact: up to thirteen places. Charges are rounded once, for the whole request. */
  readonly effectiveUsd: string;
}

export interface OfferedPrice {
  readonly id: string;
  readonly validFromMs: number;
  /** When another version takes its place; null: none is set. */
  readonly endsAtMs: number | null;
  /** First the base, then the tiers: the whole request is priced by the last one that its input is longer than. */
  readonly tiers: readonly { readonly overInputTokens: number; readonly lines: readonly PriceLine[] }[];
}

/** Null: no price is in force, and calls are refused. */
export function offeredPrice({ group, model }: OfferedModel, nowMs: number): OfferedPrice | null {
  const price = priceAt(model.prices, nowMs);
  if (price === null) return null;
  const later = model.prices.map((each) => each.validFromMs).filter((ms) => ms > nowMs);
  return {
    id: price.id,
    validFromMs: price.validFromMs,
    endsAtMs: later.length === 0 ? null : Math.min(...later),
    tiers: tiersOf(price).map(({ overInputTokens, rates }) => ({
      overInputTokens,
      lines: linesOf(rates, group.multiplier),
    })),
  };
}

function tiersOf(price: Price): Price['tiers'] {
  return [{ overInputTokens: 0, rates: price.rates }, ...price.tiers];
}

/** In the order that lists show. */
const classes = {
  input: 'input',
  cache_read: 'cacheRead',
  cache_write_5m: 'cacheWrite5m',
  cache_write_1h: 'cacheWrite1h',
  audio_input: 'audioInput',
  image_input: 'imageInput',
  output: 'output',
  audio_output: 'audioOutput',
  image_output: 'imageOutput',
  per_request: 'perRequest',
  per_image: 'perImage',
} as const satisfies Record<string, RateName>;

export type PriceClass = keyof typeof classes;
export const priceClasses = Object.keys(classes) as readonly PriceClass[];

function linesOf(rates: Rates, multiplier: number): PriceLine[] {
  return priceClasses.flatMap((name) => {
    const rate = rates[classes[name]];
    if (rate === null) return [];
    const unit = name === 'per_request' ? 'request' : name === 'per_image' ? 'image' : 'million_tokens';
    return [{ class: name, unit, listUsd: formatUsd(rate), effectiveUsd: multiplied(rate, multiplier) } as const];
  });
}

/** Nano-USD × ten-thousandths, without rounding. */
function multiplied(rate: bigint, multiplier: number): string {
  const unit = 10n ** 13n;
  const product = rate * BigInt(multiplier);
  const fraction = (product % unit).toString().padStart(13, '0').replace(/0+$/, '');
  return `${product / unit}${fraction ? `.${fraction}` : ''}`;
}
