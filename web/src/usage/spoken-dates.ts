import { formatTime } from '../formats.ts';
import { useLanguage } from '../language.tsx';
import type { Dates } from './periods.ts';

/** Dates as people write them. They are days already: no zone may move them. */
export function useSpokenDates(): (dates: Dates) => { readonly from: string; readonly to: string } {
  const { tag } = useLanguage();
  const spoken = (date: string) => formatTime(new Date(`${date}T00:00:00Z`), 'date', tag, 'UTC');
  return ({ from, to }) => ({ from: spoken(from), to: spoken(to) });
}
