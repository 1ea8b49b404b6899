import { useMessages } from 'use-intl';
import { Badge, type Tone } from '../../ui/badge.tsx';

const tones: Readonly<Record<string, Tone>> = {
  open: 'info',
  completed: 'good',
  refused: 'neutral',
  client_left_early: 'neutral',
  client_left_midstream: 'neutral',
};

interface OutcomeProps {
  readonly outcome: string;
  readonly status: number | null;
}

/** How a request ended. */
export function Outcome({ outcome, status }: OutcomeProps) {
  const { operator } = useMessages();
  const words: Readonly<Record<string, string>> = operator.outcomes;
  const tone = tones[outcome] ?? 'bad';
  return (
    <Badge tone={tone === 'neutral' && status !== null && status >= 500 ? 'bad' : tone}>
      {status !== null && <span className="font-mono">{status}</span>}
      {words[outcome] ?? outcome}
    </Badge>
  );
}
