import { ArrowDown, ChevronLeft, ChevronRight } from 'lucide-react';
import { useRead } from '../../api/queries.ts';
import { TextLink, useGo, useParam } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton, SkeletonText } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { neighbours, rememberedInbox } from '../desk/inbox-memory.ts';
import { OpenTicket } from './open-ticket.tsx';

const everyMs = 5_000;

/** One ticket: what was said, what is known, what is promised, and the answer. */
export function Page() {
  const id = useParam('ticket');
  // Another ticket is another page: nothing that was begun on one stands on the next.
  return <TicketOf key={id} id={id} />;
}

function TicketOf({ id }: { readonly id: string }) {
  const reading = useRead('/admin/v1/tickets/{ticket}', { params: { ticket: id } }, { everyMs });
  const { data, error, retry } = reading;
  if (data) return <OpenTicket ticket={data} back={<Back id={id} />} />;
  return (
    <>
      <PageHeader title={id} back={<Back id={id} />} />
      {error === null ? (
        <Outline />
      ) : (
        <Card>
          <ErrorState error={error} onRetry={retry} />
        </Card>
      )}
    </>
  );
}

/** To the list that the reader has come from, and to its next ticket. */
function Back({ id }: { readonly id: string }) {
  const t = useTranslations('desk.ticket');
  const go = useGo();
  const { search, ids } = rememberedInbox();
  const beside = neighbours(ids, id);
  const step = (ticket: string | null) => ticket !== null && void go({ to: '/desk/$ticket', params: { ticket } });
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <TextLink to="/desk" search={search} className="inline-flex items-center gap-0.5">
        <ChevronLeft aria-hidden="true" className="size-3.5" />
        {t('back')}
      </TextLink>
      {beside !== null && ids.length > 1 && (
        <span className="inline-flex items-center text-soft">
          <IconButton
            small
            icon={ChevronLeft}
            label={t('previous')}
            disabled={beside.previous === null}
            onClick={() => step(beside.previous)}
          />
          {t('position', { at: beside.at + 1, count: ids.length })}
          <IconButton
            small
            icon={ChevronRight}
            label={t('next')}
            disabled={beside.next === null}
            onClick={() => step(beside.next)}
          />
        </span>
      )}
      <a href="#ticket-facts" className="link inline-flex items-center gap-0.5 lg:hidden">
        <ArrowDown aria-hidden="true" className="size-3.5" />
        {t('facts')}
      </a>
    </span>
  );
}

/** As large as what is coming. */
function Outline() {
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid content-start gap-3">
        <Skeleton className="h-48 w-full rounded-2xl" />
        <Skeleton className="h-48 w-full rounded-2xl" />
        <Skeleton className="h-64 w-full rounded-2xl" />
      </div>
      <div className="grid content-start gap-5">
        <Card>
          <SkeletonText lines={12} />
        </Card>
        <Card>
          <SkeletonText lines={6} />
        </Card>
      </div>
    </div>
  );
}
