import { History as HistoryIcon } from 'lucide-react';
import type { Answer } from '../../api/client.ts';
import { usePages } from '../../api/queries.ts';
import { useMethodWords } from '../../identity/method-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const path = '/control/v1/account/sign-ins';

type SignIn = Answer<typeof path>['data'][number];

export function History() {
  const t = useTranslations('account');
  const columns = useColumns();
  const pages = usePages(path, { query: { limit: 25 } });
  return (
    <Card flush title={t('security.tabs.history')} description={t('history.description')}>
      <PagedTable
        pages={pages}
        label={t('history.list')}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState icon={HistoryIcon} title={t('history.empty')} text={t('history.emptyText')} />}
      />
    </Card>
  );
}

function useColumns(): Column<SignIn>[] {
  const t = useTranslations('account');
  const methods = useMethodWords();
  return [
    { id: 'at', header: t('history.when'), cell: ({ at }) => <Time at={at} /> },
    {
      id: 'outcome',
      header: t('history.outcome'),
      cell: ({ outcome }) => (
        <StatusDot tone={outcome === 'passed' ? 'good' : 'bad'}>{t(`history.outcomes.${outcome}`)}</StatusDot>
      ),
    },
    {
      id: 'device',
      header: t('sessions.device'),
      cell: ({ device, new_device }) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {device ?? t('sessions.unknownDevice')}
          {new_device && <Badge tone="warn">{t('history.newDevice')}</Badge>}
        </span>
      ),
    },
    {
      id: 'place',
      header: t('sessions.place'),
      cell: ({ ip_address }) => ip_address ?? '–',
      className: 'font-mono text-xs',
    },
    { id: 'method', header: t('sessions.method'), cell: ({ method }) => methods(method) },
  ];
}
