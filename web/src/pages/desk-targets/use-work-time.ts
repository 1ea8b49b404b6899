import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';

const hourMs = 3_600_000;

/** Work time in hours and minutes, never in days: how long a day of work is, the calendar says. */
export function useWorkTime(): (ms: number) => string {
  const t = useTranslations('deskSettings.targets');
  const { number } = useFormats();
  return (ms) => {
    const minutes = Math.round((ms % hourMs) / 60_000);
    const hours = Math.floor(ms / hourMs);
    const parts = [
      ...(hours > 0 ? [t('hours', { hours: number(hours) })] : []),
      ...(minutes > 0 ? [t('minutes', { minutes })] : []),
    ];
    return parts.join(' ');
  };
}
