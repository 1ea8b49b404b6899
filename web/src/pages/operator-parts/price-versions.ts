import type { Price, Rates } from '../../api/schema.ts';

export type RateName = keyof Rates;

/** In the order in which people read a price. */
export const rateNames = [
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'output',
  'audio_input',
  'audio_output',
  'image_input',
  'image_output',
  'per_request',
  'per_image',
] as const satisfies readonly RateName[];

export type VersionState = 'future' | 'now' | 'past';

/** Versions of one model's price, newest first, with whether each is in force. Pure. */
export function versionsOf(
  prices: readonly Price[],
  nowMs: number,
): { readonly price: Price; readonly state: VersionState }[] {
  const sorted = [...prices].sort((a, b) => Date.parse(b.valid_from) - Date.parse(a.valid_from));
  const now = sorted.find(({ valid_from }) => Date.parse(valid_from) <= nowMs);
  return sorted.map((price) => {
    const begun = Date.parse(price.valid_from) <= nowMs;
    return { price, state: price === now ? 'now' : begun ? 'past' : 'future' };
  });
}

/** The price in force by `vendor/model`. Pure. */
export function pricesInForce(prices: readonly Price[], nowMs: number): ReadonlyMap<string, Price> {
  const byModel = new Map<string, Price>();
  for (const price of prices) {
    if (Date.parse(price.valid_from) > nowMs) continue;
    const name = `${price.vendor}/${price.model}`;
    const before = byModel.get(name);
    if (!before || Date.parse(before.valid_from) < Date.parse(price.valid_from)) byModel.set(name, price);
  }
  return byModel;
}
