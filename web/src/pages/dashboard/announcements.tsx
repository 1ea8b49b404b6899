import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { AnnouncementText, announcementTones } from '../../notices/announcements.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import type { BannerTone } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const badges: Readonly<Record<BannerTone, Tone>> = { info: 'info', success: 'good', warn: 'warn', danger: 'bad' };
const everyMs = 300_000;
const mostShown = 3;
const mostRead = 10;

/** Those that were put away or are over: the others stand above every page. Nothing where there are none. */
export function Announcements() {
  const t = useTranslations('dashboard.announcements');
  const notices = useTranslations('notices');
  const { id: lang } = useLanguage();
  const { data } = useRead('/control/v1/announcements', { query: { lang, all: '1', limit: mostRead } }, { everyMs });
  const known = (data?.data ?? []).map((one) => ({ ...one, isOver: isPast(one.ends_at) }));
  const announcements = known.filter(({ dismissed, isOver }) => dismissed || isOver).slice(0, mostShown);
  if (announcements.length === 0) return null;
  return (
    <Card flush title={t('title')}>
      <ul className="border-t border-line">
        {announcements.map(({ id, level, title, body, starts_at, isOver }) => {
          return (
            <li key={id} className="border-b border-line px-5 py-3.5 last:border-b-0">
              <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                <Badge tone={isOver ? 'neutral' : badges[announcementTones[level]]}>{t(`levels.${level}`)}</Badge>
                <p className="min-w-0 font-medium">{title}</p>
                <span className="ml-auto text-[0.8125rem] text-soft">
                  <Time at={starts_at} show="relative" />
                  {isOver && <> · {notices('ended')}</>}
                </span>
              </div>
              <div className="mt-1 text-soft">
                <AnnouncementText body={body} />
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function isPast(at: string | null): boolean {
  return at !== null && Date.parse(at) <= Date.now();
}
