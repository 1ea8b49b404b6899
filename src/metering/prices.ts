import type { Pool, PoolClient } from 'pg';
import { noRates, type Price, type Rates } from '../vendors/index.ts';

interface PriceRow {
  readonly id: string;
  readonly valid_from: Date;
  readonly rates: Readonly<Record<string, string>>;
  readonly tiers: readonly { readonly overInputTokens: number; readonly rates: Readonly<Record<string, string>> }[];
}

const rateNames = Object.keys(noRates) as readonly (keyof Rates)[];

/** The versions of prices that records name. One that is not in the answer no longer exists. */
export async function readPrices(connection: Pool | PoolClient, ids: readonly string[]): Promise<Map<string, Price>> {
  if (ids.length === 0) return new Map();
  const { rows } = await connection.query<PriceRow>(
    'select id, valid_from, rates, tiers from prices where id = any($1)',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, priceOf(row)]));
}

function priceOf(row: PriceRow): Price {
  return {
    id: row.id,
    validFromMs: row.valid_from.getTime(),
    rates: ratesOf(row.rates),
    tiers: row.tiers.map((tier) => ({ overInputTokens: tier.overInputTokens, rates: ratesOf(tier.rates) })),
  };
}

function ratesOf(stored: Readonly<Record<string, string>>): Rates {
  const rates: Record<keyof Rates, bigint | null> = { ...noRates };
  for (const name of rateNames) {
    const text = stored[name];
    if (text !== undefined) rates[name] = BigInt(text);
  }
  return rates;
}
