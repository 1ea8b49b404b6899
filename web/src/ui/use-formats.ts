import { useMemo } from 'react';
import {
  formatCompact,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRelative,
  formatTime,
  type TimeStyle,
} from '../formats.ts';
import { useLanguage } from '../language.tsx';

/** The writers of numbers, money and times in the reader's language and zone, for text inside messages and charts. */
export function useFormats() {
  const { tag, timeZone } = useLanguage();
  return useMemo(
    () => ({
      money: (amount: string) => formatMoney(amount, tag),
      number: (value: number | string, options?: Intl.NumberFormatOptions) => formatNumber(value, tag, options),
      compact: (value: number | string) => formatCompact(value, tag),
      percent: (share: number) => formatPercent(share, tag),
      duration: (ms: number) => formatDuration(ms, tag),
      time: (at: Date, style: TimeStyle = 'minute') => formatTime(at, style, tag, timeZone),
      relative: (at: Date, nowMs: number) => formatRelative(at, nowMs, tag),
    }),
    [tag, timeZone],
  );
}
