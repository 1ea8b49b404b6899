import { Badge, type Tone } from '../../ui/badge.tsx';
import type { en } from '../../words/en/index.ts';
import { useTranslations } from '../../words/use-translations.ts';

type KnownOutcome = keyof typeof en.requests.outcomes;

const tones: Readonly<Record<KnownOutcome, Tone>> = {
  open: 'info',
  completed: 'good',
  refused: 'warn',
  vendor_error: 'bad',
  gateway_error: 'bad',
  client_left_early: 'neutral',
  client_left_midstream: 'neutral',
  stream_broken: 'bad',
  interrupted: 'bad',
};
export const outcomes = Object.keys(tones) as readonly KnownOutcome[];

export function knownOutcome(outcome: string): KnownOutcome | null {
  return Object.hasOwn(tones, outcome) ? (outcome as KnownOutcome) : null;
}

interface OutcomeBadgeProps {
  readonly outcome: string;
  readonly status: number | null;
}

/** How a call ended, in a word, with its status: never by colour alone. */
export function OutcomeBadge({ outcome, status }: OutcomeBadgeProps) {
  const t = useTranslations('requests.outcomes');
  const known = knownOutcome(outcome);
  return (
    <Badge tone={known === null ? 'neutral' : tones[known]}>
      {known === 'open' && <span aria-hidden="true" className="size-1.5 animate-pulse rounded-full bg-current" />}
      {status !== null && <span className="font-mono">{status}</span>}
      {known === null ? outcome : t(known)}
    </Badge>
  );
}
