import type { Rates } from '../../api/schema.ts';
import { rateNames } from '../operator-parts/price-versions.ts';

/** What stands in a field of the form. */
type Text = (name: string) => string;

/** As the API reads it: nine places at most. */
const amount = /^\d{1,12}(\.\d{1,9})?$/;

/** The rates that were filled in below a name. Pure. */
export function ratesIn(text: Text, name: string): Rates {
  const rates: Rates = {};
  for (const rate of rateNames) {
    const value = text(`${name}.${rate}`);
    if (value !== '') rates[rate] = value;
  }
  return rates;
}

/** What is wrong, by field: members of `catalogue.prices`. Pure. */
export function priceProblems(
  text: Text,
  tiers: readonly number[],
): Readonly<Record<string, 'rateWrong' | 'rateMissing' | 'tierWrong'>> {
  const wrong: Record<string, 'rateWrong' | 'rateMissing' | 'tierWrong'> = {};
  for (const name of ['rates', ...tiers.map((id) => `tiers.${id}.rates`)]) {
    const rates = Object.entries(ratesIn(text, name));
    for (const [rate, value] of rates) if (!amount.test(value)) wrong[`${name}.${rate}`] = 'rateWrong';
    if (rates.length === 0 && name === 'rates') wrong['rates.input'] = 'rateMissing';
  }
  for (const id of tiers) {
    const from = Number(text(`tiers.${id}.over_input_tokens`));
    if (!Number.isSafeInteger(from) || from < 1) wrong[`tiers.${id}.over_input_tokens`] = 'tierWrong';
  }
  return wrong;
}
