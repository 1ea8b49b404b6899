import { Banner } from '../../ui/banner.tsx';
import { Money } from '../../ui/money.tsx';
import { Time } from '../../ui/time.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { OfferedModel } from '../key-parts/offers.ts';

type Tier = NonNullable<OfferedModel['price']>['tiers'][number];

/** Every price of a model, to the last digit: list price and what is paid in this group. */
export function PriceTable({ model: { price, multiplier } }: { readonly model: OfferedModel }) {
  const t = useTranslations('models');
  if (price === null)
    return (
      <Banner tone="warn" title={t('noPrice')}>
        {t('noPriceText')}
      </Banner>
    );
  return (
    <section className="grid gap-2" aria-label={t('prices')}>
      <h3 className="font-medium">{t('prices')}</h3>
      <div className="overflow-x-auto rounded-xl border border-line">
        <table className="w-full text-left">
          <thead className="text-xs text-faint">
            <tr className="border-b border-line">
              <th scope="col" className="px-3.5 py-2 font-medium">
                {t('class')}
              </th>
              <th scope="col" className="px-3.5 py-2 text-right font-medium">
                {t('list')}
              </th>
              <th scope="col" className="px-3.5 py-2 text-right font-medium">
                {t('effective', { multiplier })}
              </th>
              <th scope="col" className="px-3.5 py-2 font-medium">
                {t('unit')}
              </th>
            </tr>
          </thead>
          {price.tiers.map((tier, index) => (
            <TierRows
              key={tier.over_input_tokens}
              tier={tier}
              upTo={price.tiers[index + 1]?.over_input_tokens ?? null}
            />
          ))}
        </table>
      </div>
      <p className="text-[0.8125rem] text-soft">
        {price.tiers.length > 1 && `${t('tiersText')} `}
        {t.rich('since', { time: () => <Time at={price.valid_from} show="date" /> })}
        {price.ends_at !== null && (
          <> {t.rich('until', { time: () => <Time at={price.ends_at ?? ''} show="date" /> })}</>
        )}
      </p>
    </section>
  );
}

interface TierRowsProps {
  readonly tier: Tier;
  /** Where the next tier begins; null: there is none. */
  readonly upTo: number | null;
}

function TierRows({ tier, upTo }: TierRowsProps) {
  const t = useTranslations('models');
  const { number } = useFormats();
  const { over_input_tokens: over } = tier;
  return (
    <tbody className="border-b border-line last:border-b-0">
      {(over > 0 || upTo !== null) && (
        <tr>
          <th scope="rowgroup" colSpan={4} className="bg-sunk px-3.5 py-1 text-xs font-medium text-soft">
            {over === 0 ? t('baseTier', { tokens: number(upTo ?? 0) }) : t('tier', { tokens: number(over) })}
          </th>
        </tr>
      )}
      {tier.lines.map((line) => (
        <tr key={line.class}>
          <th scope="row" className="px-3.5 py-1.5 font-normal">
            {t(`classes.${line.class}`)}
          </th>
          <td className="px-3.5 py-1.5 text-right text-soft">
            <Money amount={line.list_usd} />
          </td>
          <td className="px-3.5 py-1.5 text-right font-medium">
            <Money amount={line.effective_usd} />
          </td>
          <td className="px-3.5 py-1.5 text-soft">{t(`units.${line.unit}`)}</td>
        </tr>
      ))}
    </tbody>
  );
}
