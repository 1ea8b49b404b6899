import { Inbox } from 'lucide-react';
import type { Answer } from '../../api/client.ts';
import { Link } from '../../navigation.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export type OutboxMail = Answer<'/control/v1/outbox'>['data'][number];

interface MailListProps {
  readonly mails: readonly OutboxMail[];
  readonly shown: string | null;
}

export function MailList({ mails, shown }: MailListProps) {
  const t = useTranslations('outbox');
  if (mails.length === 0) return <EmptyState icon={Inbox} title={t('empty')} text={t('emptyText')} />;
  return (
    <ul aria-label={t('list')} className="max-h-144 overflow-y-auto">
      {mails.map(({ id, subject, recipient, created_at, leaves_at }) => (
        <li key={id} className="border-b border-line last:border-b-0 md:last:border-b">
          <Link
            to="/outbox"
            search={{ mail: id }}
            aria-current={id === shown ? 'true' : undefined}
            className={cx(
              'grid gap-0.5 px-4 py-3 -outline-offset-2 hover:bg-paper',
              id === shown && 'md:bg-accent-wash md:hover:bg-accent-wash',
            )}
          >
            <span className="flex items-baseline justify-between gap-3">
              <span className="truncate text-[0.8125rem] text-soft">{recipient}</span>
              <span className="shrink-0 text-xs text-soft">
                {leaves_at !== null && `${t('leaves')} `}
                <Time at={leaves_at ?? created_at} show="relative" />
              </span>
            </span>
            <span className="font-medium">{subject}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
