import { AlarmClock } from 'lucide-react';
import { Link } from '../../navigation.tsx';
import { DueBadge, PriorityMark, StateBadge } from '../../tickets/marks.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Ticket } from './types.ts';

interface TicketRowProps {
  readonly ticket: Ticket;
  /** A search shows what it found. */
  readonly excerpt: string | undefined;
  readonly viewerId: string;
  readonly selected: boolean;
  readonly onSelect: ((selected: boolean) => void) | null;
  readonly showState: boolean;
}

const shownTags = 3;
const rowLook =
  'group relative flex gap-3 border-b border-line px-4 py-3 first:rounded-t-2xl last:rounded-b-2xl last:border-b-0';

/** A ticket in the inbox: whose, about what, what was said last, and how urgent it is. */
export function TicketRow({ ticket, excerpt, viewerId, selected, onSelect, showState }: TicketRowProps) {
  const t = useTranslations('desk.list');
  const { id, subject, unread, due_at, due_kind, breached, last_message_at, merged_into } = ticket;
  const words = excerpt ?? ticket.last_words ?? '';
  return (
    <li className={cx(rowLook, selected ? 'bg-accent-wash' : 'hover:bg-paper')}>
      {onSelect && (
        <input
          type="checkbox"
          aria-label={t('select', { id })}
          checked={selected}
          onChange={(event) => onSelect(event.target.checked)}
          className="relative z-[1] mt-1 size-4 shrink-0 accent-accent"
        />
      )}
      <div className="grid min-w-0 grow grid-cols-[minmax(0,1fr)] gap-0.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 sm:flex-nowrap">
          <Link
            to="/desk/$ticket"
            params={{ ticket: id }}
            data-row-link={id}
            className={cx(
              "min-w-0 basis-full truncate after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent sm:basis-auto sm:grow",
              unread ? 'font-semibold' : 'font-medium',
            )}
          >
            {unread && (
              <>
                <span aria-hidden="true" className="mr-2 inline-block size-2 rounded-full bg-accent align-middle" />
                <span className="sr-only">{t('unread')}: </span>
              </>
            )}
            {subject}
          </Link>
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 sm:shrink-0">
            <PriorityMark priority={ticket.priority} />
            {due_at !== null && due_kind !== null && <DueBadge at={due_at} kind={due_kind} breached={breached} />}
            {showState && <StateBadge state={ticket.state} />}
            {merged_into !== null && <Badge>{t('merged', { id: merged_into })}</Badge>}
            <span className="text-xs text-soft">
              <Time at={last_message_at} show="relative" />
            </span>
          </span>
        </div>
        <Whose ticket={ticket} viewerId={viewerId} />
        {words !== '' && <p className="truncate text-[0.8125rem] text-soft">{words}</p>}
      </div>
    </li>
  );
}

function Whose({ ticket, viewerId }: { readonly ticket: Ticket; readonly viewerId: string }) {
  const t = useTranslations('desk.list');
  const tPlans = useTranslations('tickets.plans');
  const { id, requester, organization, plan, tags, assignee, snoozed_until } = ticket;
  const who = assignee === null ? null : assignee.id === viewerId ? t('mine') : assignee.name || assignee.email;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-[0.8125rem] text-soft">
      <span className="font-mono text-xs">{id}</span>
      <span className="max-w-full min-w-0 truncate text-ink">
        {requester.name || ticket.account?.name || requester.address}
      </span>
      <span className="max-w-56 min-w-0 truncate">{organization?.name ?? t('stranger')}</span>
      {organization !== null && plan !== 'starter' && (
        <Badge tone={plan === 'enterprise' ? 'info' : 'neutral'}>{tPlans(plan)}</Badge>
      )}
      {tags.slice(0, shownTags).map((tag) => (
        <Badge key={tag} className="max-w-40">
          <span className="truncate">{tag}</span>
        </Badge>
      ))}
      {tags.length > shownTags && <span className="text-xs">+{tags.length - shownTags}</span>}
      {snoozed_until !== null && (
        <span className="inline-flex items-center gap-1 text-xs">
          <AlarmClock aria-hidden="true" className="size-3.5" />
          <span>{t.rich('snoozedUntil', { time: () => <Time at={snoozed_until} show="relative" /> })}</span>
        </span>
      )}
      {who !== null && (
        <Tooltip text={t('assignedTo', { name: who })} describes={false}>
          <span className="ml-auto inline-flex min-w-0 items-center gap-1.5 text-xs">
            <Avatar small name={assignee?.name || assignee?.email || ''} />
            <span className="sr-only">{t('assignedTo', { name: who })}</span>
            <span aria-hidden="true" className="max-w-28 truncate">
              {who}
            </span>
          </span>
        </Tooltip>
      )}
    </div>
  );
}

/** As large as a row. */
export function TicketRowSkeleton() {
  return (
    <li className={rowLook}>
      <Skeleton className="mt-1 size-4 shrink-0" />
      <div className="grid grow gap-1.5 py-px">
        <Skeleton className="my-0.5 h-4 w-3/5" />
        <Skeleton className="my-0.5 h-3.5 w-2/5" />
        <Skeleton className="my-0.5 h-3.5 w-4/5" />
      </div>
    </li>
  );
}
