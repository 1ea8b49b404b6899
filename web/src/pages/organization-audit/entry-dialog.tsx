import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { AuditEntry } from '../../api/schema.ts';
import { ActorText } from '../../audit/actor-text.tsx';
import { type AuditChange, auditChanges } from '../../audit/audit-changes.ts';
import { useActionText } from '../../audit/use-action-text.ts';
import { TextLink } from '../../navigation.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { Time } from '../../ui/time.tsx';
import { useChangeWords } from './use-change-words.ts';

interface EntryDialogProps {
  readonly entry: AuditEntry;
  readonly onClose: () => void;
}

/** One entry: who, what, when, from where, and what was before and is since. */
export function EntryDialog({ entry, onClose }: EntryDialogProps) {
  const t = useTranslations('audit');
  const action = useActionText();
  const { from, subject } = entry;
  const facts = [
    { id: 'at', label: t('at'), value: <Time at={entry.at} show="second" focusable /> },
    { id: 'actor', label: t('actor'), value: <ActorText entry={entry} /> },
    { id: 'from', label: t('from'), value: [from.device, from.ip_address].filter(Boolean).join(' · ') || '–' },
    { id: 'subject', label: t('subject'), value: <Subject subject={subject} onClose={onClose} /> },
    ...(entry.request_id ? [{ id: 'request', label: t('requestId'), value: <IdText id={entry.request_id} /> }] : []),
  ];
  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={action(entry.action)}
      description={<code className="font-mono text-xs">{entry.action}</code>}
    >
      <div className="grid gap-5">
        <Facts facts={facts} columns={2} />
        <Changes changes={auditChanges(entry.before, entry.after)} />
      </div>
    </Dialog>
  );
}

interface SubjectProps {
  readonly subject: AuditEntry['subject'];
  readonly onClose: () => void;
}

/** What the entry is about leads to everything else about it. */
function Subject({ subject, onClose }: SubjectProps) {
  const t = useTranslations('audit');
  return (
    <>
      <span className="block">{subject.name || subject.id}</span>
      <TextLink
        to="/organization/audit"
        search={{ subject: subject.id }}
        onClick={onClose}
        className="text-[0.8125rem]"
      >
        {t('allAbout')}
      </TextLink>
    </>
  );
}

function Changes({ changes }: { readonly changes: readonly AuditChange[] }) {
  const t = useTranslations('audit');
  const words = useChangeWords();
  if (changes.length === 0) return <p className="text-soft">{t('noChange')}</p>;
  return (
    <section aria-label={t('changes')}>
      <h3 className="mb-2 font-medium">{t('changes')}</h3>
      <dl className="divide-y divide-line rounded-xl border border-line">
        {changes.map((change) => (
          <div key={change.name} className="grid gap-x-4 gap-y-1 px-3.5 py-2.5 sm:grid-cols-[9rem_minmax(0,1fr)]">
            <dt className="text-soft">{words.name(change.name)}</dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
              {change.before !== undefined && <Value text={words.value(change.name, change.before)} old />}
              {change.before !== undefined && change.after !== undefined && (
                <ArrowRight role="img" aria-label={t('became')} className="size-3.5 shrink-0 text-faint" />
              )}
              {change.after !== undefined && <Value text={words.value(change.name, change.after)} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Value({ text, old = false }: { readonly text: string; readonly old?: boolean }) {
  const look = old ? 'bg-danger-wash text-danger' : 'bg-accent-wash text-accent-strong';
  const content = <span className="min-w-0 wrap-anywhere whitespace-pre-wrap">{text}</span>;
  const box = `inline-block max-w-full rounded-md px-1.5 py-px ${look}`;
  return old ? (
    <del className={`${box} decoration-1`}>{content}</del>
  ) : (
    <ins className={`${box} no-underline`}>{content}</ins>
  );
}
