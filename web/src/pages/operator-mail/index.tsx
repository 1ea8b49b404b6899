import { MailSearch } from 'lucide-react';
import { useMessages } from 'use-intl';
import { usePages } from '../../api/queries.ts';
import { useFilters } from '../../navigation.tsx';
import type { Tone } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { kinds, type Mail, states } from './mail-words.ts';
import { Relay } from './relay.tsx';
import { TestMail } from './test-mail.tsx';

const names = ['recipient', 'kind', 'state'] as const;
const everyMs = 10_000;

export const mailTones: Readonly<Record<Mail['state'], Tone>> = {
  waiting: 'info',
  sending: 'info',
  sent: 'good',
  shown: 'neutral',
  failed: 'bad',
  withdrawn: 'neutral',
  suppressed: 'bad',
};

/** What the site has written to people, and whether it got out. */
export function Page() {
  const t = useTranslations('siteSettings.mail');
  const tShell = useTranslations('shell.pages');
  const filters = useFilters(names);
  const { recipient, kind, state } = filters.values;
  const query = { recipient, kind: oneOf(kinds, kind), state: oneOf(states, state) };
  const mails = usePages('/admin/v1/mail', { query }, { everyMs, keepLast: true });
  const columns = useMailColumns();
  return (
    <>
      <PageHeader title={tShell('operatorMail')} description={t('description')} actions={<TestMail />} />
      <div className="mb-5">
        <Relay />
      </div>
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="recipient" label={t('recipient')} />
        <FilterSelect
          filters={filters}
          name="state"
          label={t('state')}
          all={t('allStates')}
          options={states.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <FilterSelect
          filters={filters}
          name="kind"
          label={t('kind')}
          all={t('allKinds')}
          options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
      </FilterBar>
      <Card flush>
        <PagedTable
          label={t('list')}
          pages={mails}
          columns={columns}
          rowKey={(row) => row.id}
          rowLink={(row) => ({ to: '/operator/mail/$mail', params: { mail: row.id } })}
          empty={
            filters.isSet ? (
              <EmptyState icon={MailSearch} title={t('emptyTitle')} text={t('emptyText')} />
            ) : (
              <EmptyState icon={MailSearch} title={t('emptyFirst')} text={t('emptyFirstText')} />
            )
          }
        />
      </Card>
    </>
  );
}

function useMailColumns(): readonly Column<Mail>[] {
  const t = useTranslations('siteSettings.mail');
  const { siteSettings } = useMessages();
  const words: Readonly<Record<string, string>> = siteSettings.mail.kinds;
  return [
    {
      id: 'recipient',
      header: t('recipientColumn'),
      className: 'sm:max-w-64',
      cell: (row) => <span className="block truncate">{row.recipient}</span>,
    },
    { id: 'kind', header: t('kind'), cell: (row) => words[row.kind] ?? row.kind },
    {
      id: 'state',
      header: t('state'),
      cell: (row) => <StatusDot tone={mailTones[row.state]}>{t(`states.${row.state}`)}</StatusDot>,
    },
    { id: 'attempts', header: t('attempts'), end: true, wideOnly: true, cell: (row) => row.attempts },
    { id: 'created', header: t('createdAt'), end: true, cell: (row) => <Time at={row.created_at} show="relative" /> },
    {
      id: 'error',
      header: t('lastError'),
      wideOnly: true,
      className: 'sm:max-w-64',
      cell: (row) =>
        row.last_error === null ? (
          '–'
        ) : (
          <span className="block truncate text-danger" title={row.last_error.message}>
            {row.last_error.message}
          </span>
        ),
    },
  ];
}
