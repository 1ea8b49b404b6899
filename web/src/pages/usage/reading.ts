import { useMemo } from 'react';
import { useRead } from '../../api/queries.ts';
import type { Usage } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import type { Dimension, UsageFilters } from '../../usage/dimensions.ts';
import { useTimeZone } from '../../usage/time-zone.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { nothing, type View } from './question.ts';

export type Sums = Usage['totals'];
export type Points = Usage['points'];

/** What every question about usage has in common. */
export function useUsageQuestion({ dates, interval }: View, filters: UsageFilters) {
  const time_zone = useTimeZone();
  return { ...filters, from: dates.from, to: dates.to, time_zone, interval: interval ?? undefined } as const;
}

const staleMs = 300_000;

/** Names of values that are filtered by, as far as they were used in the last year. */
export function useValueNames(dimension: Dimension, values: readonly string[]): (value: string) => string {
  const { id: organization } = useOrganization();
  const t = useTranslations('usage');
  const from = useMemo(() => new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10), []);
  const wanted = values.filter((value) => value !== nothing);
  const { data } = useRead(
    '/control/v1/organizations/{organization}/usage',
    {
      params: { organization },
      query: { [dimension]: wanted, split: dimension, from, interval: 'month', rank: 'requests', most: 100 },
    },
    { enabled: dimension !== 'model' && wanted.length > 0, staleMs },
  );
  return (value) => {
    if (value === nothing) return t(`nothing.${dimension}`);
    const series = data?.series.find((one) => one.value === value || one.detail === value);
    return series?.label ?? value;
  };
}

/** What a value of a split is called. */
export function useSeriesName(split: Dimension): (series: Usage['series'][number]) => string {
  const t = useTranslations('usage');
  return ({ value, label, rest }) => {
    if (rest || value === null) return t('rest');
    if (value === '') return t(`nothing.${split}`);
    return label ?? value;
  };
}

export function tokensIn(points: Points): number[] {
  return points.input_tokens.map(
    (input, step) =>
      input +
      (points.output_tokens[step] ?? 0) +
      (points.cache_write_tokens[step] ?? 0) +
      (points.cache_read_tokens[step] ?? 0),
  );
}
