import type { CustomerPage } from '../../api/schema.ts';
import { Card } from '../../ui/card.tsx';
import { Chart } from '../../ui/chart.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';

/** Days of the API are days in UTC; a chart's times are points in time. */
const noonOf = (day: string) => `${day}T12:00:00Z`;

export function UsageTab({ customer: { days } }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers');
  const { number, money } = useFormats();
  const times = days.map(({ day }) => noonOf(day));
  const sum = (pick: (day: CustomerPage['days'][number]) => number) => days.reduce((all, day) => all + pick(day), 0);
  const requests = sum((day) => day.requests);
  const failures = sum((day) => day.failures);
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Card
        title={t('usageChart')}
        description={`${t('usageTotals', { requests, failures: number(failures) })} · ${t('daysUtc')}`}
      >
        <Chart
          label={t('usageChart')}
          kind="bars"
          times={requests === 0 ? [] : times}
          series={[
            { id: 'good', label: t('good'), values: days.map((day) => day.requests - day.failures) },
            { id: 'failed', label: t('failed'), values: days.map((day) => day.failures) },
          ]}
          format={(value) => number(value)}
        />
      </Card>
      <Card title={t('spendChart')} description={t('daysUtc')}>
        <Chart
          label={t('spendChart')}
          kind="bars"
          times={requests === 0 ? [] : times}
          series={[{ id: 'spend', label: t('spent'), values: days.map((day) => Number(day.spend_usd)) }]}
          format={(value) => money(value.toFixed(value < 1 ? 6 : 2))}
        />
      </Card>
    </div>
  );
}
