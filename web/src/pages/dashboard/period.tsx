import type { ReactNode } from 'react';
import type { Dashboard } from '../../api/schema.ts';
import { Card } from '../../ui/card.tsx';
import { Money } from '../../ui/money.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { addDays } from '../../usage/periods.ts';
import { useSpokenDates } from '../../usage/spoken-dates.ts';
import { useChange } from '../../usage/use-change.ts';
import { useTranslations } from '../../words/use-translations.ts';

/** Before so much of a period has passed, its pace says nothing. */
const leastPassed = 0.1;
/** It is written in cents. */
const leastUsd = 0.01;

/** What the billing period has cost so far, beside the one before. */
export function Period({ dashboard }: { readonly dashboard: Dashboard | null }) {
  const t = useTranslations('dashboard.period');
  const spokenOf = useSpokenDates();
  const changeOf = useChange();
  const { money } = useFormats();
  if (dashboard === null) {
    return (
      <Card title={t('title')} description={<Skeleton className="my-1 h-8 w-44" />}>
        <Skeleton className="mb-2 h-8 w-36" />
        <Skeleton className="h-60 w-full" />
      </Card>
    );
  }
  const { period } = dashboard;
  const { totals, before } = period;
  const spoken = spokenOf({ from: period.from.slice(0, 10), to: addDays(period.to.slice(0, 10), -1) });
  const change = changeOf(Number(totals.actual_cost_usd), Number(before.totals_to_date.actual_cost_usd));
  const forecast = forecastOf(period, Date.now());
  return (
    <Card title={t('title')} description={t('text', spoken)}>
      <p className="text-2xl leading-8 font-semibold break-words">
        <Money amount={totals.actual_cost_usd} />
      </p>
      <p className="text-[0.8125rem] text-soft">{change === null ? t('sameNone') : t('change', { change })}</p>
      <dl className="mt-4 grid gap-2">
        <Line name={t('toDate')}>
          <Money amount={before.totals_to_date.actual_cost_usd} />
        </Line>
        <Line name={t('before')}>
          <Money amount={before.totals.actual_cost_usd} />
        </Line>
        {totals.cost_usd !== totals.actual_cost_usd && (
          <Line name={t('list')}>
            <Money amount={totals.cost_usd} />
          </Line>
        )}
        {forecast !== null && (
          <Line name={t('forecast')}>{t('forecastText', { amount: money(forecast.toFixed(2)) })}</Line>
        )}
      </dl>
      <dl className="mt-4 border-t border-line pt-3">
        <dt className="font-medium">{t('balance')}</dt>
        <dd className="mt-0.5 text-[0.8125rem] text-soft">{t('noBalance')}</dd>
      </dl>
    </Card>
  );
}

/** US dollars at the end of the period, if it goes on as it went; null while that says nothing. */
function forecastOf({ from, to, totals }: Dashboard['period'], nowMs: number): number | null {
  const passed = (nowMs - Date.parse(from)) / (Date.parse(to) - Date.parse(from));
  const soFar = Number(totals.actual_cost_usd);
  const whole = soFar / passed;
  return passed < leastPassed || passed >= 1 || whole < leastUsd ? null : whole;
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <dt className="text-soft">{name}</dt>
      <dd className="ml-auto">{children}</dd>
    </div>
  );
}
