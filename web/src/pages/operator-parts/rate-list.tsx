import type { Rates } from '../../api/schema.ts';
import { Money } from '../../ui/money.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { rateNames } from './price-versions.ts';

/** The rates of a price that it has. */
export function RateList({ rates }: { readonly rates: Rates }) {
  const t = useTranslations('catalogue.prices.rate');
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-1.5 sm:grid-cols-3 lg:grid-cols-5">
      {rateNames.map((name) => {
        const rate = rates[name];
        return rate === undefined ? null : (
          <div key={name} className="min-w-0">
            <dt className="text-xs text-soft">{t(name)}</dt>
            <dd className="font-medium">
              <Money amount={rate} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
