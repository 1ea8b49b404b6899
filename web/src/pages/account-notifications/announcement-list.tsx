import { Megaphone } from 'lucide-react';
import { usePages } from '../../api/queries.ts';
import type { Announcement } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { AnnouncementText } from '../../notices/announcements.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const tones: Readonly<Record<Announcement['level'], Tone>> = { info: 'info', warning: 'warn', critical: 'bad' };

/** Everything that was announced, also what was put away or has ended. */
export function AnnouncementList() {
  const t = useTranslations('notices');
  const { id: lang } = useLanguage();
  const pages = usePages('/control/v1/announcements', { query: { limit: 25, lang, all: '1' } });
  const { rows, error, hasMore, isLoadingMore, loadMore, retry } = pages;
  if (rows === null) {
    return <Card>{error === null ? <SkeletonText lines={8} /> : <ErrorState error={error} onRetry={retry} />}</Card>;
  }
  if (rows.length === 0) {
    return (
      <Card>
        <EmptyState icon={Megaphone} title={t('announcementsEmpty')} text={t('announcementsEmptyText')} />
      </Card>
    );
  }
  return (
    <div className="grid gap-4">
      {rows.map((announcement) => (
        <Announced key={announcement.id} announcement={announcement} />
      ))}
      {hasMore && <LoadMore busy={isLoadingMore} onMore={loadMore} />}
    </div>
  );
}

function Announced({
  announcement: { level, title, body, starts_at, ends_at },
}: {
  readonly announcement: Announcement;
}) {
  const t = useTranslations('notices');
  const ended = ends_at !== null && Date.parse(ends_at) <= Date.now();
  return (
    <Card
      title={title}
      description={t.rich('since', { time: () => <Time at={starts_at} /> })}
      actions={
        <>
          <Badge tone={tones[level]}>{t(`levels.${level}`)}</Badge>
          {ended && <Badge>{t('ended')}</Badge>}
        </>
      }
    >
      <AnnouncementText body={body} />
    </Card>
  );
}
