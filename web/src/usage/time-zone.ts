import { useLanguage } from '../language.tsx';
import { addDays, dateIn } from './periods.ts';

/** The reader's zone by its name: of the account, else of the browser. */
export function useTimeZone(): string {
  const { timeZone } = useLanguage();
  return timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Yesterday and today: the whole days that hold the last 24 hours, as the page Usage takes them. */
export function useLastDay(): { readonly from: string; readonly to: string } {
  const to = dateIn(useTimeZone(), Date.now());
  return { from: addDays(to, -1), to };
}
