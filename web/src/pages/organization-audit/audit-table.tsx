import { ScrollText, Search, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Pages } from '../../api/queries.ts';
import type { AuditEntry } from '../../api/schema.ts';
import { ActorText } from '../../audit/actor-text.tsx';
import { useActionText } from '../../audit/use-action-text.ts';
import type { Filters } from '../../navigation.tsx';
import { Button } from '../../ui/button.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Time } from '../../ui/time.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import type { FilterName } from './question.ts';

interface AuditTableProps {
  readonly pages: Pages<AuditEntry>;
  readonly filters: Filters<FilterName>;
}

export function AuditTable({ pages, filters }: AuditTableProps) {
  const t = useTranslations('audit');
  const [shown, setShown] = useState<AuditEntry | null>(null);
  const columns = useColumns(setShown);
  return (
    <>
      <PagedTable
        label={t('list')}
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        rowActions={(row) => <IconButton small icon={Search} label={t('show')} onClick={() => setShown(row)} />}
        expectedRows={10}
        empty={
          filters.isSet ? (
            <EmptyState
              icon={SearchX}
              title={t('noneFits')}
              text={t('noneFitsText')}
              action={<Button onClick={filters.clear}>{t('showAll')}</Button>}
            />
          ) : (
            <EmptyState icon={ScrollText} title={t('none')} text={t('noneText')} />
          )
        }
      />
      {shown && <EntryDialog entry={shown} onClose={() => setShown(null)} />}
    </>
  );
}

function useColumns(onShow: (entry: AuditEntry) => void): readonly Column<AuditEntry>[] {
  const t = useTranslations('audit');
  const action = useActionText();
  return [
    {
      id: 'action',
      header: t('action'),
      wrap: true,
      cell: (row) => (
        <span className="block max-sm:pr-8">
          <button type="button" className="text-left font-medium hover:underline" onClick={() => onShow(row)}>
            {action(row.action)}
          </button>
          <span className="block text-[0.8125rem] font-normal break-words text-soft">
            {row.subject.name || row.subject.id}
          </span>
        </span>
      ),
    },
    { id: 'actor', header: t('actor'), className: 'sm:max-w-64', cell: (row) => <ActorText entry={row} /> },
    {
      id: 'from',
      header: t('from'),
      wideOnly: true,
      cell: ({ from }) => (
        <>
          <span className="block">{from.ip_address ?? '–'}</span>
          {from.device && <span className="block text-[0.8125rem] text-soft">{from.device}</span>}
        </>
      ),
    },
    { id: 'at', header: t('at'), end: true, cell: (row) => <Time at={row.at} show="second" /> },
  ];
}
