import { useLanguage } from '../language.tsx';

/** The reader's zone by its name: of the account, else of the browser. */
export function useTimeZone(): string {
  const { timeZone } = useLanguage();
  return timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
