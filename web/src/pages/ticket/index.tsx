import { ChevronLeft, SearchX } from 'lucide-react';
import { type Reading, useRead } from '../../api/queries.ts';
import { Link, TextLink, useParam } from '../../navigation.tsx';
import { useCan, useOrganizationChoice } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type CustomerTicketPage, type Door, organizationTicketPath, ownTicketPath } from '../ticket-parts/door.ts';
import { StateBadge } from '../ticket-parts/state-badge.tsx';
import { Facts } from './facts.tsx';
import { RatingCard } from './rating-card.tsx';
import { Reply } from './reply.tsx';
import { SettleButton } from './settle-button.tsx';
import { Thread } from './thread.tsx';

/** An answer of support is seen while one waits for it. */
const everyMs = 10_000;

/** One's own ticket first; else one of the organization, where the reader's role sees those of others. */
function useTicket(ticket: string): Reading<CustomerTicketPage> & { readonly door: Door } {
  const { organization } = useOrganizationChoice();
  const seesAll = useCan('tickets.read');
  const own = useRead(ownTicketPath, { params: { ticket } }, { everyMs });
  const isOthers = own.data === undefined && own.error?.code === 'ticket_not_found' && seesAll;
  const ask = { params: { organization: organization?.id ?? '-', ticket } };
  const ours = useRead(organizationTicketPath, ask, { everyMs, enabled: isOthers });
  return isOthers ? { ...ours, door: organization?.id ?? null } : { ...own, door: null };
}

/** A ticket as its customer sees it. */
export function Page() {
  const t = useTranslations('myTickets.ticket');
  const tAll = useTranslations('myTickets');
  const name = useParam('ticket');
  const { data: ticket, error, retry, door } = useTicket(name);
  const back = (
    <TextLink to="/help/tickets" className="inline-flex items-center gap-0.5">
      <ChevronLeft aria-hidden="true" className="size-3.5" />
      {t('back')}
    </TextLink>
  );
  if (ticket === undefined) {
    return (
      <>
        <PageHeader title={t('title', { ticket: name })} back={back} />
        {error === null ? (
          <TicketSkeleton />
        ) : (
          <Card>
            {error.code === 'ticket_not_found' ? (
              <EmptyState icon={SearchX} title={t('missing')} text={t('missingText')} />
            ) : (
              <ErrorState error={error} onRetry={retry} />
            )}
          </Card>
        )}
      </>
    );
  }
  const { id, subject, state, category, opened_at: opened } = ticket;
  return (
    <>
      <PageHeader
        title={subject}
        badge={<StateBadge state={state} />}
        back={back}
        description={t.rich('opened', {
          ticket: id,
          category: tAll(`categories.${category}`),
          time: () => <Time at={opened} />,
        })}
        actions={<SettleButton ticket={ticket} door={door} />}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-4">
          <Merged into={ticket.merged_into} />
          <Thread ticket={ticket} door={door} />
          <RatingCard key={`${id} ${state}`} ticket={ticket} door={door} />
          <Reply key={id} ticket={ticket} door={door} />
        </div>
        <Facts ticket={ticket} />
      </div>
    </>
  );
}

function Merged({ into }: { readonly into: string | null }) {
  const t = useTranslations('myTickets.ticket');
  if (into === null) return null;
  return (
    <Banner
      actions={
        <Link to="/help/tickets/$ticket" params={{ ticket: into }} className={buttonLook('secondary', true)}>
          {t('mergedOpen')}
        </Link>
      }
    >
      {t('merged', { ticket: into })}
    </Banner>
  );
}

function TicketSkeleton() {
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid gap-4">
        <Skeleton className="h-44 w-full rounded-2xl" />
        <Skeleton className="h-44 w-full rounded-2xl" />
      </div>
      <Skeleton className="h-72 w-full rounded-2xl" />
    </div>
  );
}
