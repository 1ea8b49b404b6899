import { type Dimension, dimensions, type UsageFilters } from '../../usage/dimensions.ts';
import {
  addDays,
  type Dates,
  datesOf,
  type Interval,
  intervalsFor,
  isDate,
  lengthInDays,
  type Preset,
  presets,
} from '../../usage/periods.ts';

export const splits = ['none', ...dimensions] as const;
export type Split = (typeof splits)[number];
export const measures = ['cost', 'requests', 'tokens'] as const;
export type Measure = (typeof measures)[number];
export const tabs = ['usage', 'latency', 'errors', 'rate'] as const;
export type Tab = (typeof tabs)[number];

/** How the page looks at it, in the address. Beside these stand the dimensions, each a list of values with commas. */
export const viewNames = ['range', 'from', 'to', 'interval', 'split', 'measure', 'tab', 'most'] as const;
export type ViewValues = Readonly<Partial<Record<(typeof viewNames)[number], string>>>;
export type FilterValues = Readonly<Partial<Record<Dimension, string>>>;

export interface View {
  /** Null: dates that were chosen one by one. */
  readonly preset: Preset | null;
  readonly dates: Dates;
  /** Null: as fine as the range can be read. */
  readonly interval: Interval | null;
  readonly split: Split;
  readonly measure: Measure;
  readonly tab: Tab;
  /** How many values of a split are told apart. */
  readonly most: number;
  /** Whether something new can still come into the range. */
  readonly isOpen: boolean;
}

export const fewValues = 10;
export const manyValues = 100;
const defaultPreset: Preset = '7d';
/** Values of one filter; the API takes no more. */
const mostInFilter = 50;

/** What the address asks for; what it says wrong counts as not said. Pure. */
export function viewOf(values: ViewValues, today: string): View {
  const { from, to } = values;
  const custom = isDate(from) && isDate(to) && from <= to ? { from, to } : null;
  const preset = custom === null ? (oneOf(presets, values.range) ?? defaultPreset) : null;
  const dates = custom ?? datesOf(preset ?? defaultPreset, today);
  return {
    preset,
    dates,
    interval: oneOf(intervalsFor(dates), values.interval),
    split: oneOf(splits, values.split) ?? 'model',
    measure: oneOf(measures, values.measure) ?? 'cost',
    tab: oneOf(tabs, values.tab) ?? 'usage',
    most: values.most === String(manyValues) ? manyValues : fewValues,
    isOpen: dates.from <= today && dates.to >= today,
  };
}

/** Lists of values by dimension. Pure. */
export function filtersOf(values: FilterValues): UsageFilters {
  const given = dimensions.flatMap((name) => {
    const list = [...new Set((values[name] ?? '').split(',').filter((value) => value !== ''))].slice(0, mostInFilter);
    return list.length === 0 ? [] : [[name, list] as const];
  });
  return Object.fromEntries(given);
}

/** The filter of a dimension as the address has it, with a value put in or taken out. Pure. */
export function toggled(filters: UsageFilters, dimension: Dimension, value: string): string | undefined {
  const list = filters[dimension] ?? [];
  const next = list.includes(value) ? list.filter((each) => each !== value) : [...list, value].slice(0, mostInFilter);
  return next.length === 0 ? undefined : next.join(',');
}

/** The API's word for what belongs to no key, project, … */
export const nothing = 'none';

/** What the list of requests can be narrowed by. */
const requestFilters: readonly Dimension[] = ['key', 'model', 'project'];

/**
 * The list of requests that these sums are of, as its filters; null where it cannot be said: it knows keys, models and
 * projects, one of each. Pure.
 */
export function requestSearch(
  filters: UsageFilters,
  span: { readonly from: string; readonly to: string; readonly isOpen: boolean },
  more: Readonly<Record<string, string>> = {},
): Record<string, string> | null {
  const own: Record<string, string> = {};
  for (const dimension of dimensions) {
    const [value, ...others] = filters[dimension] ?? [];
    if (value === undefined) continue;
    if (others.length > 0 || value === nothing || !requestFilters.includes(dimension)) return null;
    own[dimension] = value;
  }
  return { ...own, ...more, since: span.from, ...(span.isOpen ? {} : { until: span.to }) };
}

/** The dates of the same length before, and after as far as today. Pure. */
export function neighbours(dates: Dates, today: string): { readonly before: Dates; readonly after: Dates | null } {
  const days = lengthInDays(dates);
  const move = (by: number) => ({ from: addDays(dates.from, by), to: addDays(dates.to, by) });
  return { before: move(-days), after: dates.to >= today ? null : move(days) };
}

function oneOf<Value extends string>(values: readonly Value[], value: string | undefined): Value | null {
  return values.find((each) => each === value) ?? null;
}
