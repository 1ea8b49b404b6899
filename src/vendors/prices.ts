import { divideHalfUp, type NanoUsd } from '../base/money.ts';
import type { Price, Rates, Usage } from './types.ts';

/** A token class that has a rate of its own. `reasoning` has none: it is part of `output`. */
export type TokenClass = Exclude<keyof Usage, 'reasoning' | 'images'>;

/** What a line of a charge counts. */
export type ChargedClass = TokenClass | 'images' | 'request';

/** The usage cannot be priced: these classes were used, and neither they nor their fallback has a rate. */
export interface Unpriced {
  readonly unpriced: readonly ChargedClass[];
}

/** One line of an explained charge. */
export interface CostLine {
  readonly class: ChargedClass;
  /** Tokens, images, or 1 for the request. */
  readonly quantity: number;
  /** Nano-USD per million tokens, per image, or per request. */
  readonly rate: bigint;
  /** Whose rate it is: another class where this one has none, see `rateFallbacks`. */
  readonly ratedAs: ChargedClass;
  /** Quantity × rate before any rounding, in femto-USD (a millionth of a nano-USD). */
  readonly femtoUsd: bigint;
}

export interface CostExplanation {
  readonly priceId: string;
  /** Input tokens of all classes, by which the tier was chosen. */
  readonly totalInputTokens: number;
  /** The tier that applied to the whole request; null: the base rates. */
  readonly tierOverInputTokens: number | null;
  /** Classes that were used, in fixed order. */
  readonly lines: readonly CostLine[];
  /** Part of the `output` line, not an addition to it. */
  readonly reasoningTokens: number;
  /** Exactly what `costOf` returns: the sum of the lines, rounded half up once. */
  readonly cost: NanoUsd | Unpriced;
}

/**
 * The published rule for a class that was used but has no rate of its own: the first class here that has one. Without
 * any the usage is `Unpriced`, never free. Vendors that name no cache or media price bill such tokens as plain ones.
 */
export const rateFallbacks: Readonly<Record<TokenClass, readonly TokenClass[]>> = {
  input: [],
  cacheRead: ['input'],
  cacheWrite5m: ['input'],
  cacheWrite1h: ['cacheWrite5m', 'input'],
  audioInput: ['input'],
  imageInput: ['input'],
  output: [],
  audioOutput: ['output'],
  imageOutput: ['output'],
};

export const tokenClasses = Object.keys(rateFallbacks) as readonly TokenClass[];

const femtoPerNano = 1_000_000n;

/**
 * The version that was valid at a time, or null when none was yet.
 * @param prices newest first, as a catalogue's model holds them
 */
export function priceAt(prices: readonly Price[], atMs: number): Price | null {
  for (const price of prices) if (price.validFromMs <= atMs) return price;
  return null;
}

/** Input tokens of all classes: what tiers go by. */
export function totalInputTokens(usage: Usage): number {
  return usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h + usage.audioInput + usage.imageInput;
}

/**
 * List price of a usage in nano-USD: Σ tokens × rate + images × rate + the price per request, rounded half up once. The
 * tier is chosen by the input tokens of all classes together and holds for the whole request.
 *
 * Tokens need no rate where the price is by request, or by image and images were counted, and names no token rate at
 * all. Images need no rate where the price is by request, or where their tokens were counted and are priced.
 */
export function costOf(price: Price, usage: Usage): NanoUsd | Unpriced {
  const rates = ratesFor(price, totalInputTokens(usage));
  let femto = 0n;
  let unpriced: ChargedClass[] | null = null;
  for (const tokenClass of tokenClasses) {
    const tokens = usage[tokenClass];
    if (tokens === 0) continue;
    const rate = isCount(tokens) ? rateOf(rates, tokenClass) : null;
    if (rate !== null) femto += BigInt(tokens) * rate;
    else if (!isCount(tokens) || !tokensAreIncluded(rates, usage)) unpriced = [...(unpriced ?? []), tokenClass];
  }
  if (usage.images !== 0) {
    if (isCount(usage.images) && rates.perImage !== null) femto += BigInt(usage.images) * rates.perImage * femtoPerNano;
    else if (!isCount(usage.images) || !imagesAreIncluded(rates, usage)) unpriced = [...(unpriced ?? []), 'images'];
  }
  if (unpriced !== null) return { unpriced };
  if (rates.perRequest !== null) femto += rates.perRequest * femtoPerNano;
  return divideHalfUp(femto, femtoPerNano);
}

/** The same sum line by line, for "why was I charged this". */
export function explainCost(price: Price, usage: Usage): CostExplanation {
  const total = totalInputTokens(usage);
  const rates = ratesFor(price, total);
  const lines: CostLine[] = [];
  for (const tokenClass of tokenClasses) {
    const quantity = usage[tokenClass];
    if (quantity === 0 || !isCount(quantity)) continue;
    const ratedAs = [tokenClass, ...rateFallbacks[tokenClass]].find((candidate) => rates[candidate] !== null);
    const rate = ratedAs === undefined ? null : rates[ratedAs];
    if (ratedAs === undefined || rate === null) continue;
    lines.push({ class: tokenClass, quantity, rate, ratedAs, femtoUsd: BigInt(quantity) * rate });
  }
  if (usage.images !== 0 && isCount(usage.images) && rates.perImage !== null)
    lines.push(pieceLine('images', usage.images, rates.perImage));
  if (rates.perRequest !== null) lines.push(pieceLine('request', 1, rates.perRequest));
  return {
    priceId: price.id,
    totalInputTokens: total,
    tierOverInputTokens: tierFor(price, total)?.overInputTokens ?? null,
    lines,
    reasoningTokens: usage.reasoning,
    cost: costOf(price, usage),
  };
}

/**
 * An upper bound for a request that has not run: every text token at the dearest rate that it can meet (it may be
 * written to a cache; the answer may be image or audio where the model makes such). Media in the request is counted as
 * text. A class without a rate adds nothing here: this is a reservation, not a charge.
 */
export function estimateCost(
  price: Price,
  expected: { readonly inputTokens: number; readonly outputTokens: number; readonly images?: number },
): NanoUsd {
  const rates = ratesFor(price, expected.inputTokens);
  const inputRate = dearest(rates.input, rates.cacheWrite5m, rates.cacheWrite1h);
  const outputRate = dearest(rates.output, rates.audioOutput, rates.imageOutput);
  const pieces = (rates.perRequest ?? 0n) + (rates.perImage ?? 0n) * BigInt(expected.images ?? 1);
  const femto = BigInt(expected.inputTokens) * inputRate + BigInt(expected.outputTokens) * outputRate;
  return divideHalfUp(femto, femtoPerNano) + pieces;
}

/** Whether a price can charge anything at all. */
export function hasRate(rates: Rates): boolean {
  return rates.perRequest !== null || rates.perImage !== null || hasTokenRate(rates);
}

function hasTokenRate(rates: Rates): boolean {
  for (const tokenClass of tokenClasses) if (rates[tokenClass] !== null) return true;
  return false;
}

function tierFor(price: Price, inputTokens: number): Price['tiers'][number] | null {
  for (let i = price.tiers.length - 1; i >= 0; i--) {
    const tier = price.tiers[i];
    if (tier !== undefined && inputTokens > tier.overInputTokens) return tier;
  }
  return null;
}

function ratesFor(price: Price, inputTokens: number): Rates {
  return tierFor(price, inputTokens)?.rates ?? price.rates;
}

function rateOf(rates: Rates, tokenClass: TokenClass): bigint | null {
  const own = rates[tokenClass];
  if (own !== null) return own;
  for (const fallback of rateFallbacks[tokenClass]) {
    const rate = rates[fallback];
    if (rate !== null) return rate;
  }
  return null;
}

function tokensAreIncluded(rates: Rates, usage: Usage): boolean {
  if (hasTokenRate(rates)) return false;
  return rates.perRequest !== null || (rates.perImage !== null && usage.images > 0);
}

function imagesAreIncluded(rates: Rates, usage: Usage): boolean {
  return rates.perRequest !== null || usage.output > 0 || usage.imageOutput > 0;
}

/** What a vendor reports is not trusted to be a count: half a token or a negative one must not become money. */
function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function pieceLine(pieceClass: 'images' | 'request', quantity: number, rate: bigint): CostLine {
  return { class: pieceClass, quantity, rate, ratedAs: pieceClass, femtoUsd: BigInt(quantity) * rate * femtoPerNano };
}

function dearest(...rates: readonly (bigint | null)[]): bigint {
  let highest = 0n;
  for (const rate of rates) if (rate !== null && rate > highest) highest = rate;
  return highest;
}
