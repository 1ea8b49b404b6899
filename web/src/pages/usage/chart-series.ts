import type { Usage } from '../../api/schema.ts';
import type { ChartSeries } from '../../ui/chart.tsx';
import type { Measure } from './question.ts';
import { type Points, tokensIn } from './reading.ts';

/** More cannot be told apart by colour; the last one is what is left. */
export const mostColours = 8;

/** One value per step. Money as a number is for drawing; what is written comes from the texts. Pure. */
export function valuesOf(points: Points, measure: Measure): number[] {
  if (measure === 'requests') return points.requests;
  if (measure === 'tokens') return tokensIn(points);
  return points.actual_cost_usd.map(Number);
}

/** The greatest values of a split, and all that is left in one. Pure. */
export function splitSeries(
  series: Usage['series'],
  measure: Measure,
  nameOf: (series: Usage['series'][number]) => string,
  rest: string,
): ChartSeries[] {
  const told = series.filter((one) => !one.rest);
  const others = series.filter((one) => one.rest);
  const isTooMany = told.length + others.length > mostColours;
  const own = isTooMany ? told.slice(0, mostColours - 1) : told;
  const left = isTooMany ? [...told.slice(mostColours - 1), ...others] : others;
  const drawn = own.map((one) => ({
    id: one.value ?? '',
    label: nameOf(one),
    values: valuesOf(one.points, measure),
  }));
  if (left.length === 0) return drawn;
  const sums = left.map((one) => valuesOf(one.points, measure));
  const steps = sums[0]?.length ?? 0;
  const values = Array.from({ length: steps }, (_, step) => sums.reduce((sum, each) => sum + (each[step] ?? 0), 0));
  // No value of a split is called so: names and ids have no spaces at their ends.
  return [...drawn, { id: ' rest', label: rest, values }];
}
