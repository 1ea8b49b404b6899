import { Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMessages } from 'use-intl';
import type { AuditEntry } from '../../api/schema.ts';
import { ActorText } from '../../audit/actor-text.tsx';
import { type Column, DataTable, type DataTableProps } from '../../ui/data-table.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { AuditDialog } from './audit-dialog.tsx';
import { useActionWords } from './use-action-words.ts';

interface AuditTableProps extends Pick<DataTableProps<AuditEntry>, 'rows' | 'more' | 'empty'> {
  /** A column that says the same in every row. */
  readonly without?: 'organization';
}

/** Entries of the audit log; each opens to what was before and what is since. */
export function AuditTable({ without, ...table }: AuditTableProps) {
  const t = useTranslations('operator.audit');
  const words = useActionWords();
  const [shown, setShown] = useState<AuditEntry | null>(null);
  const columns: Column<AuditEntry>[] = [
    {
      id: 'action',
      header: t('action'),
      wrap: true,
      cell: (row) => (
        <span className="block max-sm:pr-8">
          <button type="button" className="text-left font-medium hover:underline" onClick={() => setShown(row)}>
            {words(row.action)}
          </button>
          <SubjectText entry={row} />
        </span>
      ),
    },
    { id: 'actor', header: t('actor'), className: 'sm:max-w-56', cell: (row) => <ActorText entry={row} /> },
    {
      id: 'organization',
      header: t('organization'),
      wideOnly: true,
      className: 'sm:max-w-48',
      cell: (row) => <span className="block truncate">{row.organization?.name ?? t('site')}</span>,
    },
    { id: 'at', header: t('at'), end: true, cell: (row) => <Time at={row.at} show="second" /> },
  ];
  return (
    <>
      <DataTable
        {...table}
        label={t('list')}
        rowKey={(row) => row.id}
        columns={columns.filter(({ id }) => id !== without)}
        rowActions={(row) => <IconButton small icon={Search} label={t('show')} onClick={() => setShown(row)} />}
        expectedRows={10}
      />
      {shown && <AuditDialog entry={shown} onClose={() => setShown(null)} />}
    </>
  );
}

export function SubjectText({ entry: { subject } }: { readonly entry: AuditEntry }): ReactNode {
  const { operator } = useMessages();
  const words: Readonly<Record<string, string>> = operator.audit.subjects;
  return (
    <span className="block text-[0.8125rem] font-normal wrap-anywhere text-soft">
      {words[subject.kind] ?? subject.kind}: {subject.name || subject.id}
    </span>
  );
}
