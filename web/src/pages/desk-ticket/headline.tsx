import { LockKeyhole, Pencil } from 'lucide-react';
import { api } from '../../api/client.ts';
import { TextLink } from '../../navigation.tsx';
import { DueBadge, PriorityMark, StateBadge } from '../../tickets/marks.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useDo } from './people-cards.tsx';
import type { TicketPage } from './types.ts';

interface HeadlineProps {
  readonly ticket: TicketPage;
  readonly onRename: (() => void) | null;
}

/** Number, state and what is due, below the subject. */
export function Headline({ ticket, onRename }: HeadlineProps) {
  const t = useTranslations('desk.ticket');
  const tSubject = useTranslations('desk.subject');
  const { id, state, priority, due_at, due_kind, breached, came_by, opened_at } = ticket;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="inline-flex items-center gap-1 font-mono text-[0.8125rem]">
        {id}
        {onRename && <IconButton small icon={Pencil} label={tSubject('edit')} onClick={onRename} />}
      </span>
      <StateBadge state={state} />
      <PriorityMark priority={priority} />
      {due_at !== null && due_kind !== null && <DueBadge at={due_at} kind={due_kind} breached={breached} focusable />}
      <span>
        {t(`cameBy.${came_by}`)}, {t.rich('opened', { time: () => <Time at={opened_at} show="relative" focusable /> })}
      </span>
    </span>
  );
}

/** What one has to know before anything else. */
export function Notices({ ticket, mayWrite }: { readonly ticket: TicketPage; readonly mayWrite: boolean }) {
  const t = useTranslations('desk');
  const run = useDo();
  const { id, queue, merged_into: into, snoozed_until: until, rating } = ticket;
  if (queue !== 'vulnerability' && into === null && until === null && rating === null) return null;
  const wake = () => api.post('/admin/v1/tickets/{ticket}/snooze', { params: { ticket: id }, body: { until: null } });
  return (
    <div className="mb-5 grid gap-3">
      {queue === 'vulnerability' && (
        <p className="flex items-center gap-2 rounded-xl bg-danger-wash px-3.5 py-2.5">
          <LockKeyhole aria-hidden="true" className="size-4 shrink-0 text-danger" />
          {t('ticket.restricted')}
        </p>
      )}
      {into !== null && (
        <Banner>
          {t.rich('ticket.merged', {
            link: () => (
              <TextLink to="/desk/$ticket" params={{ ticket: into }} className="font-mono">
                {into}
              </TextLink>
            ),
          })}
        </Banner>
      )}
      {until !== null && (
        <Banner
          actions={
            mayWrite && (
              <Button small onClick={() => void run(wake, t('done.woken', { id }))}>
                {t('ticket.wake')}
              </Button>
            )
          }
        >
          {t.rich('ticket.snoozed', { time: () => <Time at={until} focusable /> })}
        </Banner>
      )}
      {rating !== null && (
        <Banner tone={rating.stars >= 4 ? 'success' : 'warn'} title={t('ticket.rated', { stars: rating.stars })}>
          {rating.comment !== null && <p className="wrap-anywhere whitespace-pre-wrap">{rating.comment}</p>}
        </Banner>
      )}
    </div>
  );
}
