import { Inbox, ShieldCheck } from 'lucide-react';
import { usePages } from '../../api/queries.ts';
import { useFilters } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Mailroom } from './figures.tsx';
import { MailDialog } from './mail-dialog.tsx';
import { type IncomingMail, mailStates, mailTones } from './mail-state.ts';

const everyMs = 10_000;

/** What came in, newest first, and how far it is. */
export function Mails({ mailboxes }: { readonly mailboxes: Mailroom['mailboxes'] }) {
  const t = useTranslations('deskSettings.mailroom');
  const filters = useFilters(['state', 'mailbox']);
  const chosen = useFilters(['mail']);
  const { state, mailbox } = filters.values;
  const query = { state: oneOf(mailStates, state), mailbox };
  const mails = usePages('/admin/v1/mailroom/mails', { query }, { everyMs, keepLast: true });
  const columns = useMailColumns();
  const kept = Object.fromEntries(Object.entries(filters.values).map(([name, value]) => [name, String(value)]));
  return (
    <>
      <FilterBar filters={filters}>
        <FilterSelect
          filters={filters}
          name="state"
          label={t('state')}
          all={t('allStates')}
          options={mailStates.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <FilterSelect
          filters={filters}
          name="mailbox"
          label={t('mailbox')}
          all={t('allMailboxes')}
          options={mailboxes.map(({ id, address }) => ({ value: id, label: address }))}
        />
      </FilterBar>
      <Card flush>
        <PagedTable
          label={t('list')}
          pages={mails}
          columns={columns}
          rowKey={(row) => row.id}
          rowLink={(row) => ({ to: '/desk/mailroom', search: { ...kept, mail: row.id } })}
          empty={
            state === 'quarantined' ? (
              <EmptyState icon={ShieldCheck} title={t('emptyQuarantine')} text={t('emptyQuarantineText')} />
            ) : filters.isSet ? (
              <EmptyState icon={Inbox} title={t('emptyTitle')} text={t('emptyText')} />
            ) : (
              <EmptyState icon={Inbox} title={t('emptyFirst')} text={t('emptyFirstText')} />
            )
          }
        />
      </Card>
      {chosen.values.mail !== undefined && <MailDialog id={chosen.values.mail} onClose={chosen.clear} />}
    </>
  );
}

function useMailColumns(): readonly Column<IncomingMail>[] {
  const t = useTranslations('deskSettings.mailroom');
  return [
    {
      id: 'from',
      header: t('from'),
      className: 'sm:max-w-72',
      cell: (row) => <span className="block truncate">{row.from ?? t('unknownSender')}</span>,
    },
    {
      id: 'to',
      header: t('to'),
      className: 'sm:max-w-56',
      cell: (row) => <span className="block truncate">{row.mailbox?.address ?? row.to.join(', ')}</span>,
    },
    {
      id: 'state',
      header: t('state'),
      cell: (row) => <StatusDot tone={mailTones[row.state]}>{t(`states.${row.state}`)}</StatusDot>,
    },
    { id: 'ticket', header: t('ticket'), cell: (row) => row.ticket ?? '–' },
    { id: 'at', header: t('at'), end: true, cell: (row) => <Time at={row.received_at} show="relative" /> },
    {
      id: 'error',
      header: t('trouble'),
      wideOnly: true,
      className: 'sm:max-w-48',
      cell: (row) =>
        row.last_error === null ? (
          '–'
        ) : (
          <span className="block truncate text-danger" title={row.last_error}>
            {row.last_error}
          </span>
        ),
    },
  ];
}
