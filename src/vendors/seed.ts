import { AppError } from '../base/errors.ts';
import { divideHalfUp, parseUsd } from '../base/money.ts';
import { type ModelRow, modalities, type PriceRow, type VendorRow, vendorRows } from './seed-models.ts';
import type { Family, PriceTier, Rates } from './types.ts';

export interface SeedVendor {
  readonly id: string;
  readonly displayName: string;
  readonly family: Family;
}

export interface SeedPrice {
  readonly validFromMs: number;
  readonly rates: Rates;
  readonly tiers: readonly PriceTier[];
  /** Where the figures come from: the price library and its version, or reports of a vendor's page. */
  readonly source: string;
}

export interface SeedModel {
  readonly vendorId: string;
  readonly id: string;
  readonly displayName: string;
  readonly mode: ModelRow['mode'];
  readonly releasedAtMs: number;
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Oldest first; may hold versions that are not valid yet. */
  readonly prices: readonly SeedPrice[];
}

/** The pinned version of `@pydantic/genai-prices`; named in every price that comes from it. */
export const priceDataVersion = '0.1.8';

export const noRates: Rates = {
  input: null,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  audioInput: null,
  imageInput: null,
  output: null,
  audioOutput: null,
  imageOutput: null,
  perRequest: null,
  perImage: null,
};

/** The library's name of a rate → ours. Others (web searches, hours of audio, video) have no counterpart in `Usage`. */
const rateNames: Readonly<Record<string, keyof Rates>> = {
  input_mtok: 'input',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite5m',
  cache_write_1h_mtok: 'cacheWrite1h',
  input_audio_mtok: 'audioInput',
  input_image_mtok: 'imageInput',
  output_mtok: 'output',
  output_audio_mtok: 'audioOutput',
  output_image_mtok: 'imageOutput',
};

type LibraryPrice = Readonly<Record<string, unknown>>;

export function seedVendors(): readonly SeedVendor[] {
  return vendorRows.map(({ id, name, family }) => ({ id, displayName: name, family }));
}

/** Familiar name → current model, for a vendor; empty for a vendor that the seed does not know. */
export function familiarNames(vendorId: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(vendorRows.find((vendor) => vendor.id === vendorId)?.familiar ?? {}));
}

/**
 * The current models with all versions of their prices. Loads the price library (35 ms), which is why it is a call and
 * not a constant: a warm start never makes it.
 *
 * @throws AppError `price_data_unreadable` when the library's data has a form that we do not know.
 */
export async function seedModels(): Promise<readonly SeedModel[]> {
  const { findProvider } = await import('@pydantic/genai-prices');
  const models: SeedModel[] = [];
  for (const vendor of vendorRows) {
    const known = new Map<string, unknown>();
    // By exact id: the library's own matching takes claude-sonnet-5-5 for claude-sonnet-5, whose price differs.
    for (const entry of findProvider({ providerId: vendor.provider })?.models ?? []) known.set(entry.id, entry.prices);
    for (const row of vendor.models) models.push(seedModel(vendor, row, known));
  }
  return models;
}

function seedModel(vendor: VendorRow, row: ModelRow, known: ReadonlyMap<string, unknown>): SeedModel {
  const [inputs = '', outputs = ''] = row.flow.split('>');
  const releasedAtMs = Date.parse(row.released);
  const fromLibrary = row.free ? undefined : known.get(row.pricedAs ?? row.id);
  // What the library has learnt in the meantime is newer than our own row.
  let prices = fromLibrary === undefined ? [] : libraryPrices(fromLibrary, releasedAtMs);
  if (prices.length === 0) prices = (row.prices ?? []).map(ownPrice);
  if (row.free)
    prices = [{ validFromMs: releasedAtMs, rates: freeRates, tiers: [], source: 'free of charge at the vendor' }];
  return {
    vendorId: vendor.id,
    id: row.id,
    displayName: row.name,
    mode: row.mode,
    releasedAtMs,
    maxInputTokens: row.maxInput,
    maxOutputTokens: row.maxOutput,
    inputs: [...inputs].map((letter) => modalities[letter] ?? letter),
    outputs: [...outputs].map((letter) => modalities[letter] ?? letter),
    prices: vendor.family === 'anthropic' ? prices.map(withCacheWrites) : prices,
  };
}

const freeRates: Rates = { ...noRates, input: 0n, output: 0n };

function ownPrice(row: PriceRow): SeedPrice {
  const rates = textRates(row.rates);
  const tiers = row.over ? [{ overInputTokens: row.over.inputTokens, rates: textRates(row.over.rates) }] : [];
  return { validFromMs: Date.parse(row.from), rates, tiers, source: row.source };
}

function textRates(texts: Readonly<Record<string, string>>): Rates {
  const rates: Record<string, bigint | null> = { ...noRates };
  for (const [name, text] of Object.entries(texts)) rates[name] = nanoUsd(text);
  return rates as unknown as Rates;
}

/** All versions of one entry, oldest first. An entry that we cannot charge by (hours of audio) has none. */
export function libraryPrices(entry: unknown, releasedAtMs: number): SeedPrice[] {
  const versions = Array.isArray(entry) ? (entry as readonly unknown[]) : [{ prices: entry }];
  const prices: SeedPrice[] = [];
  for (const version of versions) {
    if (!isObject(version) || !isObject(version['prices'])) throw unreadable('a price version is not an object');
    const constraint = version['constraint'];
    let validFromMs = releasedAtMs;
    if (constraint !== undefined) {
      // Prices by the hour of the day exist in the data, for other vendors: none of ours has one.
      if (!isObject(constraint) || constraint['type'] !== 'start_date') continue;
      validFromMs = Date.parse(String(constraint['start_date']));
      if (Number.isNaN(validFromMs)) throw unreadable('a start date is not a date');
    }
    const priced = ratesOf(version['prices']);
    if (priced) prices.push({ validFromMs, ...priced, source: `genai-prices ${priceDataVersion}` });
  }
  return prices.sort((a, b) => a.validFromMs - b.validFromMs);
}

function ratesOf(price: LibraryPrice): { rates: Rates; tiers: PriceTier[] } | null {
  const base: Record<string, bigint | null> = { ...noRates };
  const steps: { readonly over: number; readonly name: keyof Rates; readonly rate: bigint }[] = [];
  let any = false;
  for (const [libraryName, value] of Object.entries(price)) {
    // The one rate per thousand instead of per million.
    if (libraryName === 'requests_kcount' && value !== undefined)
      base['perRequest'] = divideHalfUp(nanoUsd(String(value)), 1_000n);
    const name = rateNames[libraryName];
    if (name === undefined || value === undefined) continue;
    any = true;
    if (!isObject(value)) {
      base[name] = nanoUsd(String(value));
      continue;
    }
    base[name] = nanoUsd(String(value['base']));
    const tiers = value['tiers'];
    if (!Array.isArray(tiers)) throw unreadable('tiers are not a list');
    for (const tier of tiers as readonly unknown[]) {
      if (!isObject(tier) || typeof tier['start'] !== 'number') throw unreadable('a tier has no start');
      steps.push({ over: tier['start'], name, rate: nanoUsd(String(tier['price'])) });
    }
  }
  if (!any && base['perRequest'] === null) return null;
  const starts = [...new Set(steps.map((step) => step.over))].sort((a, b) => a - b);
  const tiers = starts.map((over) => {
    const rates = { ...base };
    for (const step of steps.filter((candidate) => candidate.over <= over).sort((a, b) => a.over - b.over))
      rates[step.name] = step.rate;
    return { overInputTokens: over, rates: rates as unknown as Rates };
  });
  return { rates: base as unknown as Rates, tiers };
}

/**
 * Anthropic's published rule, for entries that do not name their cache writes: 1.25 × the input for five minutes, 2 × for
 * an hour. https://platform.claude.com/docs/en/build-with-claude/prompt-caching#pricing
 */
function withCacheWrites(price: SeedPrice): SeedPrice {
  const complete = (rates: Rates): Rates =>
    rates.input === null
      ? rates
      : {
          ...rates,
          cacheWrite5m: rates.cacheWrite5m ?? divideHalfUp(rates.input * 5n, 4n),
          cacheWrite1h: rates.cacheWrite1h ?? rates.input * 2n,
        };
  return {
    ...price,
    rates: complete(price.rates),
    tiers: price.tiers.map((tier) => ({ ...tier, rates: complete(tier.rates) })),
  };
}

/** USD per million tokens as decimal text → nano-USD. The shortest text of a JSON number is the number that was written. */
function nanoUsd(text: string): bigint {
  const nano = parseUsd(text);
  if (nano === null) throw unreadable(`"${text}" is not an amount with at most nine places`);
  return nano;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(why: string): AppError {
  return new AppError('price_data_unreadable', `The price data ${priceDataVersion} cannot be read: ${why}.`);
}
