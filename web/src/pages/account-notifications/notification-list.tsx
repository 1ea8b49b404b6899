import { BellOff } from 'lucide-react';
import { usePages } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { NotificationRow } from '../../notices/notification-row.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export function NotificationList({ unreadOnly }: { readonly unreadOnly: boolean }) {
  const t = useTranslations('notices');
  const { id: lang } = useLanguage();
  const unread = unreadOnly ? ({ unread: '1' } as const) : {};
  const pages = usePages('/control/v1/notifications', { query: { limit: 25, lang, ...unread } });
  const { rows, error, hasMore, isLoadingMore, loadMore, retry } = pages;
  if (rows === null) {
    return <Card>{error === null ? <SkeletonText lines={8} /> : <ErrorState error={error} onRetry={retry} />}</Card>;
  }
  if (rows.length === 0) {
    const title = t(unreadOnly ? 'emptyUnread' : 'empty');
    return (
      <Card>
        <EmptyState icon={BellOff} title={title} text={!unreadOnly && t('emptyText')} />
      </Card>
    );
  }
  return (
    <Card flush className="overflow-hidden">
      <ul aria-label={t('list')} className="divide-y divide-line">
        {rows.map((notification) => (
          <li key={notification.id}>
            <NotificationRow notification={notification} />
          </li>
        ))}
      </ul>
      {hasMore && <LoadMore busy={isLoadingMore} onMore={loadMore} />}
    </Card>
  );
}
