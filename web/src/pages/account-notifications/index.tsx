import { useRead } from '../../api/queries.ts';
import { useMayChange } from '../../identity/acting.ts';
import { useFilters } from '../../navigation.tsx';
import { useMarkRead } from '../../notices/use-mark-read.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { AnnouncementList } from './announcement-list.tsx';
import { NotificationList } from './notification-list.tsx';

const ids = ['all', 'unread', 'announcements'] as const;

export function Page() {
  const t = useTranslations('notices');
  const tPages = useTranslations('shell.pages');
  const filters = useFilters(['show']);
  const value = ids.find((id) => id === filters.values.show) ?? 'all';
  const { data } = useRead('/control/v1/notifications', { query: { limit: 1 } });
  const markRead = useMarkRead();
  const mayChange = useMayChange();
  const actions = mayChange && data !== undefined && data.unread > 0 && (
    <Button onClick={() => void markRead(null)}>{t('markAllRead')}</Button>
  );
  return (
    <>
      <PageHeader title={tPages('notifications')} description={t('description')} actions={actions} />
      <Tabs
        label={t('tabs')}
        value={value}
        onChange={(show) => filters.set({ show: show === 'all' ? undefined : show })}
        tabs={[
          { id: 'all', label: t('allTab'), content: <NotificationList key="all" unreadOnly={false} /> },
          { id: 'unread', label: t('unread'), content: <NotificationList key="unread" unreadOnly /> },
          { id: 'announcements', label: t('announcements'), content: <AnnouncementList /> },
        ]}
      />
    </>
  );
}
