import { History as HistoryIcon } from 'lucide-react';
import { usePages } from '../../api/queries.ts';
import type { AuditEntry, Key } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { auditPath } from '../key-parts/use-key-moves.ts';

const actions = ['key.created', 'key.changed', 'key.disabled', 'key.enabled', 'key.deleted', 'key.leaked'] as const;

/** Who did what with the key, from the audit log. */
export function History({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys');
  const { id: organization } = useOrganization();
  const query = { subject_kind: 'key', subject: shown.id, limit: 10 };
  const pages = usePages(auditPath, { params: { organization }, query });
  return (
    <Card flush title={t('history')}>
      <PagedTable
        label={t('history')}
        pages={pages}
        expectedRows={2}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'what',
            header: t('what'),
            cell: ({ action }) => {
              const known = actions.find((each) => each === action);
              return known ? t(`actions.${nameOf(known)}`) : action;
            },
          },
          { id: 'changes', header: t('changes'), wrap: true, cell: (entry) => <Changes entry={entry} /> },
          { id: 'who', header: t('who'), cell: ({ actor }) => (actor.kind === 'support' ? t('support') : actor.name) },
          { id: 'when', header: t('when'), cell: ({ at }) => <Time at={at} /> },
        ]}
        empty={<EmptyState icon={HistoryIcon} title={t('noHistory')} />}
      />
    </Card>
  );
}

function nameOf(action: (typeof actions)[number]) {
  return action.slice('key.'.length) as 'created' | 'changed' | 'disabled' | 'enabled' | 'deleted' | 'leaked';
}

/** Members that changed, as `name: before → after`. */
function Changes({ entry: { action, before, after } }: { readonly entry: AuditEntry }) {
  if (action === 'key.created') return null;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <span className="grid gap-0.5 text-xs text-soft">
      {names.map((name) => (
        <span key={name} className="break-all">
          <code className="font-mono">{name}</code>: {text(before?.[name])} → {text(after?.[name])}
        </span>
      ))}
    </span>
  );
}

function text(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
