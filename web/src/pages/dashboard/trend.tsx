import { useMemo } from 'react';
import type { Dashboard } from '../../api/schema.ts';
import { TextLink, useFilters } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import { Chart, type ChartSeries } from '../../ui/chart.tsx';
import { Money } from '../../ui/money.tsx';
import { Segments } from '../../ui/segments.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { ChartOutline } from '../../usage/chart-outline.tsx';
import { failedColour } from '../../usage/colours.ts';
import { useLastDay } from '../../usage/time-zone.ts';
import { useTranslations } from '../../words/use-translations.ts';

const spans = ['h24', 'd30'] as const;
const height = 240;

/** Requests of the last day by hour, or of the last month by day. */
export function Trend({ dashboard }: { readonly dashboard: Dashboard | null }) {
  const t = useTranslations('dashboard.trend');
  const { compact } = useFormats();
  const filters = useFilters(['trend']);
  const span = filters.values.trend === 'd30' ? 'd30' : 'h24';
  const trend = (span === 'h24' ? dashboard?.last_24_hours : dashboard?.last_30_days) ?? null;
  const times = useMemo(() => trend?.steps.map(({ start }) => start) ?? [], [trend?.steps]);
  const series = useMemo<ChartSeries[]>(() => {
    if (trend === null) return [];
    const { requests, failures } = trend.points;
    const answered = requests.map((count, step) => count - (failures[step] ?? 0));
    return [
      { id: 'answered', label: t('answered'), values: answered },
      { id: 'failed', label: t('failed'), values: failures, colour: failedColour },
    ];
  }, [trend, t]);
  const totals = trend?.totals;
  const lastDay = useLastDay();
  return (
    <Card
      title={t('title')}
      description={
        totals
          ? t.rich('totals', {
              requests: totals.requests,
              tokens: compact(totals.total_tokens),
              cost: () => <Money amount={totals.actual_cost_usd} />,
            })
          : ' '
      }
      actions={
        <Segments
          label={t('span')}
          value={span}
          onChange={(next) => filters.set({ trend: next === 'h24' ? undefined : next })}
          options={spans.map((value) => ({ value, label: t(`spans.${value}`) }))}
        />
      }
    >
      {trend === null ? (
        <ChartOutline height={height} />
      ) : totals?.requests === 0 ? (
        <p className="grid h-[17.25rem] place-items-center text-soft">{t(`none.${span}`)}</p>
      ) : (
        <Chart
          label={t('title')}
          times={times}
          series={series}
          kind="bars"
          // There is no half of a request.
          format={(value) => (Number.isInteger(value) ? compact(value) : '')}
          height={height}
        />
      )}
      <p className="mt-3">
        <TextLink to="/usage" search={span === 'h24' ? lastDay : { range: '30d' }} className="text-[0.8125rem]">
          {t('all')}
        </TextLink>
      </p>
    </Card>
  );
}
