import { ChevronRight } from 'lucide-react';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Assignee } from '../desk/types.ts';
import type { TicketEvent } from './types.ts';
import { useEventText } from './use-event-text.ts';

interface EventLinesProps {
  readonly events: readonly TicketEvent[];
  readonly assignees: readonly Assignee[];
}

/** From so many on they are folded. */
const foldFrom = 4;

/** What happened between two messages, in a line each. */
export function EventLines({ events, assignees }: EventLinesProps) {
  const t = useTranslations('desk.thread');
  const textOf = useEventText(assignees);
  const list = (
    <ul className="grid gap-1 pl-2">
      {events.map((event) => (
        <li key={event.id} className="flex flex-wrap gap-x-2 text-[0.8125rem] text-soft">
          <span className="min-w-0 wrap-anywhere">{textOf(event)}</span>
          <span className="text-faint">
            <Time at={event.at} show="relative" focusable />
          </span>
        </li>
      ))}
    </ul>
  );
  if (events.length < foldFrom) return list;
  return (
    <details className="group">
      <summary className="flex list-none items-center gap-1 rounded-md pl-1 text-[0.8125rem] text-soft hover:text-ink">
        <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 transition-transform group-open:rotate-90" />
        {t('events', { count: events.length })}
      </summary>
      <div className="mt-1 pl-3">{list}</div>
    </details>
  );
}
