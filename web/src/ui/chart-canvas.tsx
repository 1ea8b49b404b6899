import { type KeyboardEvent, useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatTime } from '../formats.ts';
import { useLanguage } from '../language.tsx';
import { useIsDark } from '../theme.ts';
import type { ChartProps } from './chart.tsx';
import { stacked } from './stacked.ts';

interface ChartCanvasProps extends ChartProps {
  readonly height: number;
  readonly describedBy: string;
  /** The step under the pointer, null when it has left. */
  readonly onPoint: (index: number | null) => void;
}

/** Owns a uPlot, which draws on a canvas and knows neither themes nor keys. Made anew when what it shows changes. */
export function ChartCanvas(props: ChartCanvasProps) {
  const { label, times, series, kind, format, height, describedBy, onPoint } = props;
  const { tag, timeZone } = useLanguage();
  const dark = useIsDark();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(null);
  const latest = useRef({ format, onPoint });
  latest.current = { format, onPoint };

  // biome-ignore lint/correctness/useExhaustiveDependencies: `dark` changes the colours that are read.
  useEffect(() => {
    const { current } = place;
    if (!current) return;
    const drawn = new UPlot(
      optionsFor({
        width: current.clientWidth,
        height,
        kind,
        count: series.length,
        colours: coloursOf(current, series),
        format: (value) => latest.current.format(value),
        timeLabel: (seconds, style) => formatTime(new Date(seconds * 1_000), style, tag, timeZone),
        timeZone,
        onPoint: (index) => latest.current.onPoint(index),
      }),
      dataOf(times, series, kind),
      current,
    );
    plot.current = drawn;
    const resizing = new ResizeObserver(() => drawn.setSize({ width: current.clientWidth, height }));
    resizing.observe(current);
    return () => {
      resizing.disconnect();
      drawn.destroy();
    };
  }, [times, series, kind, height, dark, tag, timeZone]);

  const onKey = (event: KeyboardEvent) => {
    const { current } = plot;
    if (!current) return;
    const last = times.length - 1;
    const at = current.cursor.idx ?? -1;
    const moves: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at < 0 ? last : at - 1, Home: 0, End: last };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const time = current.data[0][Math.min(last, Math.max(0, move))];
    if (time !== undefined) current.setCursor({ left: current.valToPos(time, 'x'), top: height / 2 });
  };
  return (
    <div
      ref={place}
      role="img"
      aria-label={label}
      aria-describedby={describedBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move along the chart.
      tabIndex={0}
      onKeyDown={onKey}
      onBlur={() => onPoint(null)}
      className="min-w-0 overflow-hidden rounded-lg"
      style={{ height: `${height}px` }}
    />
  );
}

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly kind: 'bars' | 'lines';
  readonly count: number;
  readonly colours: { readonly axis: string; readonly grid: string; readonly series: readonly string[] };
  readonly format: (value: number) => string;
  readonly timeLabel: (seconds: number, style: 'day' | 'time') => string;
  readonly timeZone: string | undefined;
  readonly onPoint: (index: number | null) => void;
}

const daySeconds = 86_400;
const axisFont = '11px system-ui, sans-serif';

function optionsFor(drawing: Drawing): UPlot.Options {
  const { width, height, kind, count, colours, format, timeLabel, timeZone, onPoint } = drawing;
  const { bars, linear } = UPlot.paths;
  const paths = kind === 'bars' ? bars?.({ size: [0.7, 40], radius: 0.15 }) : linear?.();
  // Sums are drawn from the highest down: each covers the lower part of the one before.
  const order = Array.from({ length: count }, (_, index) => (kind === 'bars' ? count - 1 - index : index));
  return {
    width,
    height,
    ...(timeZone ? { tzDate: (seconds: number) => UPlot.tzDate(new Date(seconds * 1_000), timeZone) } : {}),
    // A line ends at the edge, and half of the last label stands beyond it.
    padding: [12, kind === 'lines' ? 24 : 8, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: kind === 'lines' } },
    scales: {
      x: { time: true, range: (_, min, max) => rangeOfTimes(min, max, kind, width) },
      y: { range: (_, _min, max) => [0, max > 0 ? max * 1.08 : 1] },
    },
    axes: [
      {
        stroke: colours.axis,
        font: axisFont,
        grid: { show: false },
        ticks: { show: false },
        space: 76,
        size: 26,
        values: (_, splits, _axis, _space, step) =>
          splits.map((seconds) => timeLabel(seconds, step >= daySeconds ? 'day' : 'time').replace(/:00$/, '')),
      },
      {
        stroke: colours.axis,
        font: axisFont,
        grid: { stroke: colours.grid, width: 1 },
        ticks: { show: false },
        space: 40,
        size: (_, values) => 16 + Math.max(24, ...(values ?? []).map((text) => text.length * 6.5)),
        values: (_, splits) => splits.map((value) => format(Number(value.toPrecision(12)))),
      },
    ],
    series: [
      {},
      ...order.map((index): UPlot.Series => {
        const colour = colours.series[index % colours.series.length] ?? colours.axis;
        return {
          stroke: colour,
          width: kind === 'bars' ? 0 : 1.75,
          points: { show: false },
          ...(kind === 'bars' ? { fill: colour } : {}),
          ...(paths ? { paths } : {}),
        };
      }),
    ],
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
  };
}

/** Room for the first and the last bar, and a range where there is only one time. */
function rangeOfTimes(min: number, max: number, kind: 'bars' | 'lines', width: number): [number, number] {
  if (min === max) return [min - 1_800, max + 1_800];
  const edge = kind === 'bars' ? ((max - min) * 24) / Math.max(width, 240) : 0;
  return [min - edge, max + edge];
}

function dataOf(times: readonly string[], series: ChartProps['series'], kind: 'bars' | 'lines'): UPlot.AlignedData {
  const seconds = times.map((time) => Date.parse(time) / 1_000);
  if (kind === 'lines') return [seconds, ...series.map((one) => [...one.values])];
  return [seconds, ...stacked(series.map((one) => one.values)).reverse()];
}

function coloursOf(element: HTMLElement, series: ChartProps['series']): Drawing['colours'] {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    axis: colour('--faint'),
    grid: colour('--line'),
    series: series.map((one, index) => colour(`--series-${((one.colour ?? index) % 8) + 1}`)),
  };
}
