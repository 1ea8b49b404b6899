import type { ChannelHealth } from '../../api/schema.ts';
import type { Tone } from '../../ui/badge.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const tones: Readonly<Record<ChannelHealth['condition'], Tone>> = {
  healthy: 'good',
  failing: 'bad',
  resting: 'warn',
  idle: 'neutral',
  disabled: 'neutral',
};

/** How a channel does, in a word. */
export function Condition({ condition }: Pick<ChannelHealth, 'condition'>) {
  const t = useTranslations('operator.conditions');
  return <StatusDot tone={tones[condition]}>{t(condition)}</StatusDot>;
}
