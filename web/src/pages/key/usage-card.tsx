import { useRead } from '../../api/queries.ts';
import type { Key } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { TextLink } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Chart, ChartSkeleton } from '../../ui/chart.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';

const everyMs = 15_000;
const chartHeight = 160;

/** What was spent with the key on each of the last thirty days. */
export function UsageCard({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys');
  const { money } = useFormats();
  const { timeZone } = useLanguage();
  const { id: organization } = useOrganization();
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const query = { key: shown.id, interval: 'day', time_zone: zone } as const;
  const path = '/control/v1/organizations/{organization}/usage';
  const { data, error, retry } = useRead(path, { params: { organization }, query }, { everyMs });
  const link = (
    <TextLink to="/usage" search={{ key: shown.id }} className="text-[0.8125rem]">
      {t('allUsage')}
    </TextLink>
  );
  return (
    <Card title={t('usage')} description={t('usageText')} actions={link}>
      {error && !data ? (
        <ErrorState error={error} onRetry={retry} />
      ) : data ? (
        <div className="grid gap-4">
          <p className="flex flex-wrap gap-x-6 gap-y-1">
            <span>
              {t.rich('spentSum', {
                spent: () => <Money amount={data.totals.actual_cost_usd} className="font-semibold" />,
              })}
            </span>
            <span>{t.rich('requestsSum', { count: () => <Numbers value={data.totals.requests} /> })}</span>
            <span>{t.rich('failuresSum', { count: () => <Numbers value={data.totals.failures} /> })}</span>
          </p>
          <Chart
            label={t('usageText')}
            kind="bars"
            height={chartHeight}
            times={data.steps.map(({ start }) => start)}
            series={[{ id: 'spend', label: t('spend'), values: data.points.actual_cost_usd.map(Number) }]}
            format={(value) => money(decimal(value))}
          />
        </div>
      ) : (
        <div className="grid gap-4">
          <ChartSkeleton height={chartHeight + 64} />
        </div>
      )}
    </Card>
  );
}

/** A number of a chart without an exponent: 1e-7 is no amount. */
function decimal(value: number): string {
  return value.toFixed(9);
}
