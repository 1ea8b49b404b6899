import { useMemo } from 'react';
import { Chart, ChartSkeleton } from '../../ui/chart.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { daysBetween } from './days-between.ts';
import type { ReportLine } from './index.tsx';

interface TrendProps {
  /** By day; null: on their way. */
  readonly lines: readonly ReportLine[] | null;
  readonly span: { readonly from: string; readonly to: string };
}

/** Tickets by the day on which they came: those that are solved since, and those that are not. */
export function Trend({ lines, span }: TrendProps) {
  const t = useTranslations('deskSettings.reports');
  const { number } = useFormats();
  const series = useMemo(() => {
    const byDay = new Map(lines?.map((line) => [line.group, line]));
    const days = daysBetween(span.from, span.to);
    const of = (count: (line: ReportLine) => number) =>
      days.map((day) => {
        const line = byDay.get(day);
        return line ? count(line) : 0;
      });
    return {
      times: days.map((day) => `${day}T00:00:00Z`),
      solved: of(({ solved }) => solved),
      open: of(({ opened, solved }) => opened - solved),
    };
  }, [lines, span]);
  if (lines === null) return <ChartSkeleton />;
  return (
    <Chart
      label={t('chart')}
      times={series.times}
      series={[
        { id: 'solved', label: t('solvedSeries'), values: series.solved },
        { id: 'open', label: t('openSeries'), values: series.open },
      ]}
      kind="bars"
      // There is no half of a ticket.
      format={(value) => (Number.isInteger(value) ? number(value) : '')}
    />
  );
}
