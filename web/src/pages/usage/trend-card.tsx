import { useMemo } from 'react';
import type { Usage } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Chart, type ChartSeries } from '../../ui/chart.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Select } from '../../ui/select.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { ChartOutline } from '../../usage/chart-outline.tsx';
import { failedColour } from '../../usage/colours.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { splitSeries, valuesOf } from './chart-series.ts';
import type { TabProps } from './parts.ts';
import { type Measure, measures, splits } from './question.ts';
import { useSeriesName } from './reading.ts';

interface TrendCardProps extends Pick<TabProps, 'view' | 'views'> {
  readonly usage: Usage | null;
}

const height = 260;
const titles = { cost: 'chartCost', requests: 'chartRequests', tokens: 'chartTokens' } as const;

/** The range in steps, stacked by what it is split by. */
export function TrendCard({ usage, view, views }: TrendCardProps) {
  const t = useTranslations('usage');
  const { kind } = useOrganization();
  const { measure } = view;
  const write = useMeasureWriter(measure);
  const offered = splits.filter((split) => kind !== 'personal' || (split !== 'team' && split !== 'member'));
  return (
    <Card
      title={t(titles[measure])}
      actions={
        <>
          <Select
            aria-label={t('split')}
            value={view.split}
            onChange={(event) => views.set({ split: event.target.value, most: undefined })}
            options={offered.map((split) => ({ value: split, label: t(`splits.${split}`) }))}
          />
          <Segments
            label={t('measure')}
            value={measure}
            onChange={(next) => views.set({ measure: next === 'cost' ? undefined : next })}
            options={measures.map((each) => ({ value: each, label: t(`measures.${each}`) }))}
          />
        </>
      }
    >
      {usage === null ? (
        <ChartOutline height={height} />
      ) : (
        <Trend usage={usage} measure={measure} label={t(titles[measure])} format={write} />
      )}
    </Card>
  );
}

interface TrendProps {
  readonly usage: Usage;
  readonly measure: Measure;
  readonly label: string;
  readonly format: (value: number) => string;
}

function Trend({ usage, measure, label, format }: TrendProps) {
  const t = useTranslations('usage');
  const nameOf = useSeriesName(usage.split === 'none' ? 'model' : usage.split);
  const times = useMemo(() => usage.steps.map(({ start }) => start), [usage.steps]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: names change with the words, and so does `t`.
  const series = useMemo<ChartSeries[]>(() => {
    if (usage.split !== 'none') return splitSeries(usage.series, measure, nameOf, t('rest'));
    const { points } = usage;
    if (measure === 'tokens') {
      return [
        { id: 'input', label: t('input'), values: points.input_tokens },
        { id: 'cacheRead', label: t('cacheRead'), values: points.cache_read_tokens },
        { id: 'cacheWrite', label: t('cacheWrite'), values: points.cache_write_tokens },
        { id: 'output', label: t('output'), values: points.output_tokens },
      ];
    }
    if (measure === 'cost') return [{ id: 'cost', label: t('actualCost'), values: valuesOf(points, 'cost') }];
    const answered = points.requests.map((count, step) => count - (points.failures[step] ?? 0));
    return [
      { id: 'answered', label: t('answered'), values: answered },
      { id: 'failed', label: t('failed'), values: points.failures, colour: failedColour },
    ];
  }, [usage, measure, t]);
  return <Chart label={label} times={times} series={series} kind="bars" format={format} height={height} />;
}

/** Writes a drawn value. Money back from a number has nine places, as nano-dollars have. */
function useMeasureWriter(measure: Measure): (value: number) => string {
  const { money, compact } = useFormats();
  if (measure === 'cost') return (value) => money(value.toFixed(9));
  // There is no half of a request.
  return (value) => (Number.isInteger(value) ? compact(value) : '');
}
