import { LifeBuoy, Ticket } from 'lucide-react';
import { type Pages, usePages } from '../../api/queries.ts';
import { Link, useFilters } from '../../navigation.tsx';
import { useCan, useOrganizationChoice, useSession } from '../../session.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type CustomerTicket, organizationPath, ownPath } from '../ticket-parts/door.ts';
import { StateBadge } from '../ticket-parts/state-badge.tsx';

const everyMs = 20_000;
const pageSize = 25;

/** What somebody has asked support, and where it stands; of the whole organization, where their role sees it. */
export function Page() {
  const t = useTranslations('myTickets');
  const { organization } = useOrganizationChoice();
  const seesAll = useCan('tickets.read') && organization?.kind === 'shared';
  const filters = useFilters(['scope', 'state']);
  const all = seesAll && filters.values.scope === 'organization';
  const shown = filters.values.state === 'done' || filters.values.state === 'all' ? filters.values.state : 'open';
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={<NewTicket />} />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        {seesAll && (
          <Segments
            label={t('scope')}
            value={all ? 'organization' : 'mine'}
            onChange={(scope) => filters.set({ scope: scope === 'mine' ? undefined : scope })}
            options={[
              { value: 'mine', label: t('scopes.mine') },
              { value: 'organization', label: t('scopes.organization', { organization: organization.name }) },
            ]}
          />
        )}
        <Segments
          label={t('state')}
          value={shown}
          onChange={(state) => filters.set({ state: state === 'open' ? undefined : state })}
          options={(['open', 'done', 'all'] as const).map((value) => ({ value, label: t(`filters.${value}`) }))}
        />
      </div>
      <Card flush>
        {all ? <OrganizationTickets organization={organization.id} state={shown} /> : <OwnTickets state={shown} />}
      </Card>
    </>
  );
}

type Shown = 'open' | 'done' | 'all';

const titles = { open: 'emptyOpen', done: 'emptyDone', all: 'empty' } as const;

function queryOf(state: Shown) {
  return { limit: pageSize, state: state === 'all' ? undefined : state };
}

function OwnTickets({ state }: { readonly state: Shown }) {
  const pages = usePages(ownPath, { query: queryOf(state) }, { everyMs, keepLast: true });
  return <TicketTable pages={pages} state={state} showsFrom={false} />;
}

function OrganizationTickets({ organization, state }: { readonly organization: string; readonly state: Shown }) {
  const ask = { params: { organization }, query: queryOf(state) };
  const pages = usePages(organizationPath, ask, { everyMs, keepLast: true });
  return <TicketTable pages={pages} state={state} showsFrom />;
}

interface TicketTableProps {
  readonly pages: Pages<CustomerTicket>;
  readonly state: Shown;
  readonly showsFrom: boolean;
}

function TicketTable({ pages, state, showsFrom }: TicketTableProps) {
  const t = useTranslations('myTickets');
  const columns = useColumns(showsFrom);
  return (
    <PagedTable
      label={t('label')}
      pages={pages}
      columns={columns}
      expectedRows={5}
      rowKey={({ id }) => id}
      rowLink={({ id }) => ({ to: '/help/tickets/$ticket', params: { ticket: id } })}
      empty={<EmptyState icon={Ticket} title={t(titles[state])} text={t('emptyText')} action={<NewTicket />} />}
    />
  );
}

function useColumns(showsFrom: boolean): readonly Column<CustomerTicket>[] {
  const t = useTranslations('myTickets');
  const { account } = useSession();
  const by = ({ last_author: author, own }: CustomerTicket): string =>
    author === 'customer' && !own ? t('lastByOther') : t(`lastBy.${author}`);
  const from: Column<CustomerTicket> = {
    id: 'from',
    header: t('columns.from'),
    cell: ({ requester, own }) => (own ? account.name : requester.name || requester.address),
    className: 'sm:max-w-44',
  };
  return [
    {
      id: 'ticket',
      header: t('columns.ticket'),
      wrap: true,
      cell: ({ id, subject, category }) => (
        <>
          <span className="block wrap-anywhere">{subject}</span>
          <span className="block text-xs font-normal text-faint">
            {id} · {t(`categories.${category}`)}
          </span>
        </>
      ),
    },
    { id: 'state', header: t('columns.state'), cell: ({ state }) => <StateBadge state={state} /> },
    ...(showsFrom ? [from] : []),
    {
      id: 'last',
      header: t('columns.last'),
      cell: (ticket) => (
        <>
          <Time at={ticket.last_message_at} show="relative" />
          <span className="block text-xs text-faint">{by(ticket)}</span>
        </>
      ),
    },
    {
      id: 'due',
      header: t('columns.due'),
      wideOnly: true,
      cell: ({ due_at: due }) => (due === null ? <span className="text-faint">{t('none')}</span> : <Time at={due} />),
    },
  ];
}

function NewTicket() {
  const t = useTranslations('myTickets');
  return (
    <Link to="/help/tickets/new" className={buttonLook('primary')}>
      <LifeBuoy aria-hidden="true" className="size-4" />
      {t('new')}
    </Link>
  );
}
