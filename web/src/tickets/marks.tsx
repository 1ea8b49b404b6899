import { ChevronDown, ChevronsUp, ChevronUp, CircleAlert, Clock, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Badge, type Tone } from '../ui/badge.tsx';
import { cx } from '../ui/cx.ts';
import { Time } from '../ui/time.tsx';
import { useTranslations } from '../words/use-translations.ts';
import { dueTone, type TicketPriority, type TicketState } from './states.ts';

const stateTones: Readonly<Record<TicketState, Tone>> = {
  open: 'info',
  waiting: 'neutral',
  solved: 'good',
  closed: 'neutral',
};

export function StateBadge({ state }: { readonly state: TicketState }) {
  const t = useTranslations('tickets.states');
  return <Badge tone={stateTones[state]}>{t(state)}</Badge>;
}

const priorityLooks: Readonly<Record<Exclude<TicketPriority, 'normal'>, { icon: LucideIcon; look: string }>> = {
  low: { icon: ChevronDown, look: 'text-soft' },
  high: { icon: ChevronUp, look: 'text-warn' },
  urgent: { icon: ChevronsUp, look: 'text-danger' },
};

/** Normal says nothing: what everything has tells nothing apart. */
export function PriorityMark({ priority }: { readonly priority: TicketPriority }) {
  const t = useTranslations('tickets.priorities');
  if (priority === 'normal') return null;
  const { icon: Icon, look } = priorityLooks[priority];
  return (
    <span className={cx('inline-flex items-center gap-0.5 text-xs font-medium whitespace-nowrap', look)}>
      <Icon aria-hidden="true" className="size-3.5" />
      {t(priority)}
    </span>
  );
}

interface DueBadgeProps {
  readonly at: string;
  readonly kind: 'first_response' | 'next_response' | 'resolution';
  readonly breached: boolean;
  readonly focusable?: boolean;
}

/** What is promised next: in words and in colour; the exact time on hover. */
export function DueBadge({ at, kind, breached, focusable = false }: DueBadgeProps) {
  const t = useTranslations('desk.due');
  const nowMs = useSlowClock();
  const tone = dueTone(Date.parse(at), breached, nowMs);
  const Icon = tone === 'bad' ? CircleAlert : Clock;
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" className="size-3" />
      <span>
        {t.rich(tone === 'bad' ? 'overdue' : 'in', {
          kind: t(kind),
          time: () => <Time at={at} show="relative" focusable={focusable} />,
        })}
      </span>
    </Badge>
  );
}

const tickMs = 20_000;

/** The time now, often enough for what counts in minutes. */
function useSlowClock(): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNowMs(Date.now()), tickMs);
    return () => window.clearInterval(timer);
  }, []);
  return nowMs;
}
