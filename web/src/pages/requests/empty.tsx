import { Activity, SearchX } from 'lucide-react';
import { Link } from '../../navigation.tsx';
import { useSite } from '../../site.ts';
import { Button, buttonLook } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** Before the first call: one that works with every key, whatever its vendor, and costs nothing. */
export function NothingYet() {
  const t = useTranslations('requests.empty');
  const base = useSite().site?.api_base_url ?? '';
  const code = `curl ${base}/v1/models -H "Authorization: Bearer YOUR_KEY"`;
  return (
    <EmptyState
      icon={Activity}
      title={t('title')}
      text={
        <>
          <p>{t('text')}</p>
          <CodeBlock wrap className="mt-4 text-left text-ink" title={t('terminal')} code={code} />
        </>
      }
      action={
        <Link to="/connect" className={buttonLook('primary')}>
          {t('connect')}
        </Link>
      }
    />
  );
}

interface NothingFoundProps {
  readonly searchedBackTo: string | null;
  /** Null: everything was looked at. */
  readonly more: { readonly isLoadingMore: boolean; loadMore(): void } | null;
  readonly onClear: () => void;
}

export function NothingFound({ searchedBackTo, more, onClear }: NothingFoundProps) {
  const t = useTranslations('requests.empty');
  const ui = useTranslations('ui');
  const reached = more === null ? null : searchedBackTo;
  return (
    <EmptyState
      icon={SearchX}
      title={t('narrowed')}
      text={reached === null ? t('narrowedText') : t.rich('narrowedMore', { time: () => <Time at={reached} /> })}
      action={
        <>
          {more && (
            <Button variant="primary" busy={more.isLoadingMore} onClick={() => more.loadMore()}>
              {ui('loadMore')}
            </Button>
          )}
          <Button onClick={onClear}>{ui('clearFilters')}</Button>
        </>
      }
    />
  );
}
