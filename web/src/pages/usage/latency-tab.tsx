import { Timer } from 'lucide-react';
import { useMemo } from 'react';
import type { Latency } from '../../api/schema.ts';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { Chart, type ChartSeries } from '../../ui/chart.tsx';
import { Duration } from '../../ui/duration.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Stat } from '../../ui/stat.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { ChartOutline } from '../../usage/chart-outline.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useLatency } from './latency-reading.ts';
import type { TabProps } from './parts.ts';

/** How long answers took: what half of them and nearly all of them kept within. */
export function LatencyTab(parts: TabProps) {
  const t = useTranslations('usage.latency');
  const { reading, latency } = useLatency(parts);
  if (latency === null && reading.error) {
    return (
      <Card>
        <ErrorState error={reading.error} onRetry={reading.retry} />
      </Card>
    );
  }
  const isEmpty = latency?.duration_ms.average.every((value) => value === null) ?? false;
  if (isEmpty) {
    return (
      <Card>
        <EmptyState icon={Timer} title={t('none')} text={t('noneText')} />
      </Card>
    );
  }
  const because = latency?.averages_because ?? null;
  return (
    <div className="grid gap-5">
      <LatencyFigures latency={latency} />
      {because !== null && <Banner>{t(`because.${because}`)}</Banner>}
      <Card title={t('duration')} description={`${t('durationText')} ${because === null ? t('completed') : ''}`}>
        <LatencyChart latency={latency} of="duration_ms" label={t('duration')} />
      </Card>
      {because === null && (
        <Card title={t('firstToken')} description={t('firstTokenText')}>
          <LatencyChart latency={latency} of="first_token_ms" label={t('firstToken')} />
        </Card>
      )}
    </div>
  );
}

function LatencyFigures({ latency }: { readonly latency: Latency | null }) {
  const t = useTranslations('usage.latency');
  const written = (ms: number | null | undefined) => (ms === null || ms === undefined ? '–' : <Duration ms={ms} />);
  const { duration_ms: whole, first_token_ms: first } = latency?.total ?? {};
  const isExact = latency === null || latency.method === 'records';
  if (!isExact) {
    return (
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Stat label={t('duration')} value={written(whole?.average)} text={t('average')} />
      </div>
    );
  }
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Stat label={t('duration')} value={latency && written(whole?.p50)} text={t('p50')} />
      <Stat label={t('duration')} value={latency && written(whole?.p95)} text={t('p95')} />
      <Stat label={t('firstToken')} value={latency && written(first?.p50)} text={t('p50')} />
      <Stat label={t('firstToken')} value={latency && written(first?.p95)} text={t('p95')} />
    </div>
  );
}

interface LatencyChartProps {
  readonly latency: Latency | null;
  readonly of: 'duration_ms' | 'first_token_ms';
  readonly label: string;
}

function LatencyChart({ latency, of, label }: LatencyChartProps) {
  const t = useTranslations('usage.latency');
  const { duration } = useFormats();
  const times = useMemo(() => latency?.steps.map(({ start }) => start) ?? [], [latency?.steps]);
  const series = useMemo<ChartSeries[]>(() => {
    if (latency === null) return [];
    if (latency.method === 'averages')
      return [{ id: 'average', label: t('series.average'), values: latency.duration_ms.average }];
    return (['p50', 'p95'] as const).map((id) => ({ id, label: t(`series.${id}`), values: latency[of][id] }));
  }, [latency, of, t]);
  if (latency === null) return <ChartOutline />;
  if (series.every(({ values }) => values.every((value) => value === null)))
    return <p className="py-10 text-center text-soft">{t('notStreamed')}</p>;
  return <Chart label={label} times={times} series={series} kind="lines" format={duration} />;
}
