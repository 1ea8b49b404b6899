import type { AuditEntry } from '../../api/schema.ts';
import { ActorText } from '../../audit/actor-text.tsx';
import { auditChanges, shownValue } from '../../audit/audit-changes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { SubjectText } from './audit-table.tsx';
import { useActionWords } from './use-action-words.ts';

interface AuditDialogProps {
  readonly entry: AuditEntry;
  readonly onClose: () => void;
}

export function AuditDialog({ entry, onClose }: AuditDialogProps) {
  const t = useTranslations('operator.audit');
  const words = useActionWords();
  const { from } = entry;
  const facts = [
    { id: 'at', label: t('at'), value: <Time at={entry.at} show="second" focusable /> },
    { id: 'actor', label: t('actor'), value: <ActorText entry={entry} /> },
    { id: 'subject', label: t('subject'), value: <SubjectText entry={entry} /> },
    { id: 'organization', label: t('organization'), value: entry.organization?.name ?? t('site') },
    { id: 'from', label: t('from'), value: [from.device, from.ip_address].filter(Boolean).join(' · ') || '–' },
    ...(entry.request_id ? [{ id: 'request', label: t('requestId'), value: <IdText id={entry.request_id} /> }] : []),
  ];
  return (
    <Dialog
      open
      onClose={onClose}
      title={words(entry.action)}
      description={<code className="font-mono text-xs">{entry.action}</code>}
      size="large"
    >
      <div className="grid gap-5">
        <Facts facts={facts} columns={3} />
        <Changes entry={entry} />
      </div>
    </Dialog>
  );
}

function Changes({ entry }: { readonly entry: AuditEntry }) {
  const t = useTranslations('operator.audit');
  const changes = auditChanges(entry.before, entry.after);
  if (changes.length === 0) return <p className="text-soft">{t('noChange')}</p>;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-[0.8125rem]">
        <thead className="text-xs text-faint">
          <tr>
            <th scope="col" className="py-1 pr-4 font-medium">
              {t('member')}
            </th>
            <th scope="col" className="py-1 pr-4 font-medium">
              {t('before')}
            </th>
            <th scope="col" className="py-1 font-medium">
              {t('after')}
            </th>
          </tr>
        </thead>
        <tbody className="align-top font-mono">
          {changes.map(({ name, before, after }) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-4 font-normal whitespace-nowrap">
                {name}
              </th>
              <td className="min-w-20 py-1.5 pr-4 text-danger wrap-anywhere whitespace-pre-wrap">
                {shownValue(before)}
              </td>
              <td className="py-1.5 text-accent-strong wrap-anywhere whitespace-pre-wrap">{shownValue(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
