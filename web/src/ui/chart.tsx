import { lazy, Suspense, useId, useState } from 'react';
import { useTranslations } from '../words/use-translations.ts';
import { cx } from './cx.ts';
import { Skeleton } from './skeleton.tsx';
import { useFormats } from './use-formats.ts';

export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  /** One per time; null where nothing is known. */
  readonly values: readonly (number | null)[];
  /** Among the eight colours, from 0; its place in the list unless given. */
  readonly colour?: number;
}

export interface ChartProps {
  /** What the chart shows, in words. */
  readonly label: string;
  /** The beginnings of equal steps, ISO 8601, ascending. */
  readonly times: readonly string[];
  /** Eight at most; put the rest together in one. */
  readonly series: readonly ChartSeries[];
  /** `bars` stack: parts of a sum. `lines` stand for themselves: latencies, rates. */
  readonly kind: 'bars' | 'lines';
  /** Writes a value: `(value) => money(String(value))`. */
  readonly format: (value: number) => string;
  /** In px. */
  readonly height?: number;
}

/** The drawing library comes when the first chart does. */
const Canvas = lazy(async () => ({ default: (await import('./chart-canvas.tsx')).ChartCanvas }));

const stepsOfADay = 86_400_000;

/** A series over time, with a legend that shows the values under the pointer, or the arrow keys. */
export function Chart(props: ChartProps) {
  const { label, times, series, kind, format, height = 220 } = props;
  const t = useTranslations('ui');
  const { time } = useFormats();
  const legendId = useId();
  const [at, setAt] = useState<number | null>(null);
  const step = times.length > 1 ? Date.parse(times[1] ?? '') - Date.parse(times[0] ?? '') : 0;
  const nameOf = (iso: string) => time(new Date(iso), step >= stepsOfADay ? 'date' : 'minute');
  if (times.length === 0 || series.length === 0) {
    return (
      <div className="grid place-items-center text-soft" style={{ height: `${height}px` }}>
        {t('noData')}
      </div>
    );
  }
  const sumAt = (index: number) => series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0);
  const shownTime = at === null ? null : times[at];
  return (
    <figure className="relative grid min-w-0 gap-2">
      <Suspense fallback={<ChartSkeleton height={height} />}>
        <Canvas {...props} height={height} describedBy={legendId} onPoint={setAt} />
      </Suspense>
      <div
        id={legendId}
        className="flex min-h-5 flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-soft"
        aria-live="polite"
      >
        {shownTime && <span className="font-medium text-ink">{nameOf(shownTime)}</span>}
        {series.map((one, index) => {
          const value = at === null ? null : one.values[at];
          return (
            <span key={one.id} className="inline-flex items-center gap-1.5">
              <Swatch index={one.colour ?? index} />
              {one.label}
              {value !== null && value !== undefined && <span className="font-medium text-ink">{format(value)}</span>}
            </span>
          );
        })}
        {at !== null && kind === 'bars' && series.length > 1 && (
          <span>
            {t('total')} <span className="font-medium text-ink">{format(sumAt(at))}</span>
          </span>
        )}
      </div>
      <div className="sr-only">
        <table>
          <caption>{t('chartData', { label })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('chartTime')}</th>
              {series.map((one) => (
                <th key={one.id} scope="col">
                  {one.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {times.map((iso, index) => (
              <tr key={iso}>
                <th scope="row">{nameOf(iso)}</th>
                {series.map((one) => {
                  const value = one.values[index];
                  return <td key={one.id}>{value === null || value === undefined ? '' : format(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** As high as a chart without its legend, for while its data are on their way. */
export function ChartSkeleton({ height = 220 }: { readonly height?: number }) {
  return (
    <div style={{ height: `${height}px` }}>
      <Skeleton className="h-full w-full" />
    </div>
  );
}

const swatches = [
  'bg-series-1',
  'bg-series-2',
  'bg-series-3',
  'bg-series-4',
  'bg-series-5',
  'bg-series-6',
  'bg-series-7',
  'bg-series-8',
];

/** The mark of a series by its colour, for what stands beside a chart. */
export function Swatch({ index }: { readonly index: number }) {
  return <span aria-hidden="true" className={cx('size-2.5 rounded-[3px]', swatches[index % swatches.length])} />;
}
