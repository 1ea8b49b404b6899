import type { Key } from '../../api/schema.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { conditionOf, conditionTones } from './condition.ts';

/** What a key is good for now, and where it is good for nothing, why. */
export function KeyState({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys');
  const condition = conditionOf(shown);
  const why = useDisabledBy(shown);
  return (
    <span className="inline-grid">
      <StatusDot tone={conditionTones[condition]}>{t(`conditions.${condition}`)}</StatusDot>
      {why && <span className="pl-4 text-xs text-soft">{why}</span>}
    </span>
  );
}

/** "by Ada", "by Support"; null where a key is not disabled, or nobody knows by whom. */
export function useDisabledBy({ disabled }: Key): string | null {
  const t = useTranslations('keys');
  const by = disabled?.by;
  if (!by) return null;
  if (by.by === 'system') return t('disabledBySystem');
  return t('disabledBy', { name: by.by === 'staff' ? t('support') : (by.name ?? t('someone')) });
}
