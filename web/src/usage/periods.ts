/** Ranges of whole days in the reader's zone. Dates are `2026-11-21`; both ends are included. Pure. */
export interface Dates {
  readonly from: string;
  readonly to: string;
}

export const presets = ['today', '7d', '30d', 'this_month', 'last_month'] as const;
export type Preset = (typeof presets)[number];
export type Interval = 'hour' | 'day' | 'week' | 'month';

const dayMs = 86_400_000;
/** The API's own bound on the steps of a series. */
const mostSteps = 750;

export function datesOf(preset: Preset, today: string): Dates {
  const firstOfMonth = `${today.slice(0, 8)}01`;
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case '7d':
      return { from: addDays(today, -6), to: today };
    case '30d':
      return { from: addDays(today, -29), to: today };
    case 'this_month':
      return { from: firstOfMonth, to: today };
    case 'last_month': {
      const to = addDays(firstOfMonth, -1);
      return { from: `${to.slice(0, 8)}01`, to };
    }
  }
}

/** The date in a zone at a time. */
export function dateIn(timeZone: string, atMs: number): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(atMs);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

export function isDate(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

export function lengthInDays({ from, to }: Dates): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs) + 1;
}

/** The steps that a range can be cut into: neither one step alone nor more than the API gives. */
export function intervalsFor(dates: Dates): readonly Interval[] {
  const days = lengthInDays(dates);
  const lengths: Readonly<Record<Interval, number>> = { hour: days * 24, day: days, week: days / 7, month: days / 28 };
  return (['hour', 'day', 'week', 'month'] as const).filter(
    (interval) => lengths[interval] > 1 && lengths[interval] <= mostSteps,
  );
}
