import { formatUsd, parseUsd } from '../base/money.ts';
import { hasRate, noRates, type Price, type PriceTier, type Rates } from '../vendors/index.ts';
import { problem } from './problems.ts';

export type RateName = keyof Rates;

/** USD as decimal text, per million tokens, per request (`perRequest`) or per image (`perImage`). */
export type RateTexts = Readonly<Partial<Record<RateName, string>>>;

export interface TierInput {
  readonly overInputTokens: number;
  /** Rates that are left out stay as in the base. */
  readonly rates: RateTexts;
}

export const rateNames = Object.keys(noRates) as readonly RateName[];

const maxTiers = 10;

/** @throws AppError `price_invalid` */
export function readRates(texts: RateTexts, base: Rates = noRates): Rates {
  const rates: Record<RateName, bigint | null> = { ...base };
  for (const [name, text] of Object.entries(texts)) {
    if (text === undefined) continue;
    if (!isRateName(name))
      throw problem('price_invalid', `There is no rate "${name}"; rates are ${rateNames.join(', ')}.`);
    const nano = parseUsd(text);
    if (nano === null)
      throw problem(
        'price_invalid',
        `The rate ${name} must be an amount in USD such as 2.50, with at most nine places.`,
      );
    rates[name] = nano;
  }
  if (!hasRate(rates)) throw problem('price_invalid', 'A price needs at least one rate.');
  return rates;
}

/** Ascending tiers, each with all of its rates. @throws AppError `price_invalid` */
export function readTiers(tiers: readonly TierInput[], base: Rates): PriceTier[] {
  if (tiers.length > maxTiers) throw problem('price_invalid', `A price may have at most ${maxTiers} tiers.`);
  const read = tiers.map((tier) => {
    if (!Number.isSafeInteger(tier.overInputTokens) || tier.overInputTokens < 1)
      throw problem('price_invalid', 'A tier begins over a whole number of input tokens, 1 or more.');
    return { overInputTokens: tier.overInputTokens, rates: readRates(tier.rates, base) };
  });
  read.sort((a, b) => a.overInputTokens - b.overInputTokens);
  for (const [index, tier] of read.entries())
    if (tier.overInputTokens === read[index + 1]?.overInputTokens)
      throw problem('price_invalid', `Two tiers begin over ${tier.overInputTokens} input tokens.`);
  return read;
}

/** Only the rates that exist, as decimal USD. */
export function rateTexts(rates: Rates): RateTexts {
  const texts: Partial<Record<RateName, string>> = {};
  for (const name of rateNames) {
    const rate = rates[name];
    if (rate !== null) texts[name] = formatUsd(rate);
  }
  return texts;
}

type StoredRates = Readonly<Record<string, string>>;

/** As it stands in the `rates` column: nano-USD as decimal strings, absent where there is no rate. */
export function storeRates(rates: Rates): StoredRates {
  const stored: Record<string, string> = {};
  for (const name of rateNames) {
    const rate = rates[name];
    if (rate !== null) stored[name] = rate.toString();
  }
  return stored;
}

/** As it stands in the `tiers` column. */
export function storeTiers(tiers: readonly PriceTier[]): string {
  return JSON.stringify(
    tiers.map((tier) => ({ overInputTokens: tier.overInputTokens, rates: storeRates(tier.rates) })),
  );
}

export interface PriceRow {
  id: string;
  vendor_id: string;
  model_id: string;
  valid_from: Date;
  rates: StoredRates;
  tiers: readonly { readonly overInputTokens: number; readonly rates: StoredRates }[];
  source: string;
}

export function priceOf(row: PriceRow): Price {
  return {
    id: row.id,
    validFromMs: row.valid_from.getTime(),
    rates: loadRates(row.rates),
    tiers: row.tiers.map((tier) => ({ overInputTokens: tier.overInputTokens, rates: loadRates(tier.rates) })),
  };
}

/** Names a version: `openai:gpt-5.5:2026-04-23`, with the time of day where it is not midnight UTC. */
export function priceId(vendorId: string, modelId: string, validFromMs: number): string {
  return `${vendorId}:${modelId}:${new Date(validFromMs).toISOString().replace('T00:00:00.000Z', '')}`;
}

/** Whether two versions charge the same. */
export function samePrice(a: Pick<Price, 'rates' | 'tiers'>, b: Pick<Price, 'rates' | 'tiers'>): boolean {
  return (
    JSON.stringify(storeRates(a.rates)) === JSON.stringify(storeRates(b.rates)) &&
    storeTiers(a.tiers) === storeTiers(b.tiers)
  );
}

function loadRates(stored: StoredRates): Rates {
  const rates: Record<RateName, bigint | null> = { ...noRates };
  for (const name of rateNames) {
    const text = stored[name];
    if (text !== undefined) rates[name] = BigInt(text);
  }
  return rates;
}

function isRateName(name: string): name is RateName {
  return (rateNames as readonly string[]).includes(name);
}
