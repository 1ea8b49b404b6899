import { Badge, type Tone } from '../ui/badge.tsx';
import { useTranslations } from '../words/use-translations.ts';

const tones = { you: 'warn', us: 'info', vendor: 'neutral' } as const satisfies Readonly<Record<string, Tone>>;

/** Who has to act on a failure. */
export function Fault({ fault }: { readonly fault: 'you' | 'us' | 'vendor' }) {
  const t = useTranslations('usage.errors.faults');
  return <Badge tone={tones[fault]}>{t(fault)}</Badge>;
}
