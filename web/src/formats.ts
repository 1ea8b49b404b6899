/** How amounts and times are written. Pure: language and time zone are given. Components take `useFormats()`. */

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * A decimal string of US dollars as money, with every digit that it has and two at least: "0.000123000" → "$0.000123".
 * What is no decimal string comes back as it is.
 */
export function formatMoney(amount: string, language: string): string {
  const match = decimal.exec(amount);
  if (!match) return amount;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const digits = fraction.replace(/0+$/, '').padEnd(2, '0');
  const written = numberFormat(language, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })
    .formatToParts(BigInt(whole))
    .map((part) => part.value)
    .join('');
  const point = language.startsWith('zh') || language.startsWith('en') ? '.' : decimalPoint(language);
  const isZero = /^0*$/.test(whole + digits);
  return `${sign !== '' && !isZero ? '−' : ''}${written}${point}${digits}`;
}

function decimalPoint(language: string): string {
  return (
    numberFormat(language, {})
      .formatToParts(1.5)
      .find((part) => part.type === 'decimal')?.value ?? '.'
  );
}

/** 1,234,567. Integers beyond 2^53 come as strings and stay exact. */
export function formatNumber(value: number | string, language: string, options: Intl.NumberFormatOptions = {}): string {
  if (typeof value === 'number') return numberFormat(language, options).format(value);
  return /^-?\d+$/.test(value) ? numberFormat(language, options).format(BigInt(value)) : value;
}

/** 1.2M, 123万: for places where the exact number stands beside it or in the title. */
export function formatCompact(value: number | string, language: string): string {
  const number = Number(value);
  const options: Intl.NumberFormatOptions =
    Math.abs(number) < 10_000 ? {} : { notation: 'compact', maximumSignificantDigits: 3 };
  return numberFormat(language, options).format(number);
}

/** 0.0123 → 1.23%. */
export function formatPercent(share: number, language: string): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: share !== 0 && share < 0.1 ? 2 : 1 }).format(
    share,
  );
}

/** 850ms, 1.24s, 2m 5s, 3h 20m, 4d 2h. */
export function formatDuration(ms: number, language: string): string {
  if (ms < 1_000) return unit(Math.round(ms), 'millisecond', language);
  if (ms < 60_000) return unit(ms / 1_000, 'second', language, ms < 10_000 ? 2 : 1);
  const seconds = Math.round(ms / 1_000);
  const steps = [
    [86_400, 'day', 3_600, 'hour'],
    [3_600, 'hour', 60, 'minute'],
    [60, 'minute', 1, 'second'],
  ] as const;
  const [large, largeName, small, smallName] = steps.find(([size]) => seconds >= size) ?? steps[2];
  const rest = Math.floor((seconds % large) / small);
  const first = unit(Math.floor(seconds / large), largeName, language);
  return rest === 0 ? first : `${first} ${unit(rest, smallName, language)}`;
}

function unit(value: number, name: string, language: string, maximumFractionDigits = 0): string {
  return numberFormat(language, { style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits }).format(
    value,
  );
}

export type TimeStyle = 'day' | 'date' | 'time' | 'minute' | 'second';

const timeStyles: Readonly<Record<TimeStyle, Intl.DateTimeFormatOptions>> = {
  day: { month: 'short', day: 'numeric' },
  date: { dateStyle: 'medium' },
  time: { timeStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
};

/** A point in time in a zone, in the language's own form. */
export function formatTime(at: Date, style: TimeStyle, language: string, timeZone: string | undefined): string {
  return dateFormat(language, { ...timeStyles[style], hourCycle: 'h23', ...(timeZone ? { timeZone } : {}) }).format(at);
}

/** `2026-11-21 04:30:00 UTC`: the same in every language, to be compared with logs. */
export function formatUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The zone's own short name at that time: GMT+8, UTC. */
export function zoneName(at: Date, language: string, timeZone: string | undefined): string {
  const format = dateFormat(language, { timeZoneName: 'short', ...(timeZone ? { timeZone } : {}) });
  return format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

const relativeSteps: readonly [number, Intl.RelativeTimeFormatUnit][] = [
  [60, 'second'],
  [3_600, 'minute'],
  [86_400, 'hour'],
  [7 * 86_400, 'day'],
];

/** "5 minutes ago", "in 2 days"; null beyond a week, where a date says more. */
export function formatRelative(at: Date, nowMs: number, language: string): string | null {
  const seconds = Math.round((at.getTime() - nowMs) / 1_000);
  const far = Math.abs(seconds);
  const index = relativeSteps.findIndex(([below]) => far < below);
  const step = relativeSteps[index];
  if (!step) return null;
  const size = index === 0 ? 1 : (relativeSteps[index - 1]?.[0] ?? 1);
  // "now" for both sides of a clock that is a little off.
  const value = index === 0 && far < 5 ? 0 : Math.trunc(seconds / size);
  return relativeFormat(language).format(value, step[1]);
}

/** Making an Intl object costs more than a hundred uses of it, and a table makes one for each cell. */
function cached<Format>(make: (language: string, options: object) => Format) {
  const kept = new Map<string, Format>();
  return (language: string, options: object): Format => {
    const name = `${language} ${JSON.stringify(options)}`;
    const found = kept.get(name) ?? make(language, options);
    kept.set(name, found);
    return found;
  };
}

const numberFormat = cached((language, options) => new Intl.NumberFormat(language, options));
const dateFormat = cached((language, options) => new Intl.DateTimeFormat(language, options));
const relativeOf = cached((language, options) => new Intl.RelativeTimeFormat(language, options));
const relativeFormat = (language: string) => relativeOf(language, { numeric: 'auto' });
