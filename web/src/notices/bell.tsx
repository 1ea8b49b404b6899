import { Bell as BellIcon } from 'lucide-react';
import { useRead } from '../api/queries.ts';
import { useLanguage } from '../language.tsx';
import { TextLink } from '../navigation.tsx';
import { useSession } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Popover } from '../ui/popover.tsx';
import { SkeletonText } from '../ui/skeleton.tsx';
import { useTranslations } from '../words/use-translations.ts';
import { NotificationRow } from './notification-row.tsx';
import { useMarkRead } from './use-mark-read.ts';

const everyMs = 60_000;
const shownMax = 5;
const countedMax = 99;

/** In the top bar: how many notifications are unread, and the newest ones. */
export function Bell() {
  const t = useTranslations('notices');
  const { id: lang } = useLanguage();
  const reading = useRead('/control/v1/notifications', { query: { limit: shownMax, lang } }, { everyMs });
  const markRead = useMarkRead();
  const mayChange = useSession().acting_as === null;
  const unread = reading.data?.unread ?? 0;
  const label = unread === 0 ? t('bell') : t('bellUnread', { count: unread });
  return (
    <Popover
      label={label}
      align="end"
      trigger={(trigger) => (
        <span className="relative">
          <IconButton {...trigger} icon={BellIcon} label={label} />
          {unread > 0 && (
            <span
              aria-hidden="true"
              className="pointer-events-none absolute -top-0.5 -right-0.5 min-w-4.5 rounded-full bg-danger px-1 text-center text-[0.6875rem] leading-4.5 font-semibold text-on-danger"
            >
              {unread > countedMax ? t('more') : unread}
            </span>
          )}
        </span>
      )}
    >
      {(close) => (
        <div className="w-88 max-w-[calc(100vw-1rem)]">
          <div className="flex items-center justify-between gap-2 border-b border-line py-2 pr-2 pl-4">
            <p className="font-semibold">{t('bell')}</p>
            {unread > 0 && mayChange && (
              <Button small variant="ghost" onClick={() => void markRead(null)}>
                {t('markAllRead')}
              </Button>
            )}
          </div>
          <Loaded
            reading={reading}
            skeleton={
              <div className="p-4">
                <SkeletonText lines={5} />
              </div>
            }
          >
            {({ data }) =>
              data.length === 0 ? (
                <p className="px-4 py-8 text-center text-soft">{t('empty')}</p>
              ) : (
                <ul className="divide-y divide-line">
                  {data.map((notification) => (
                    <li key={notification.id}>
                      <NotificationRow notification={notification} onOpen={close} />
                    </li>
                  ))}
                </ul>
              )
            }
          </Loaded>
          <p className="border-t border-line px-4 py-2.5 text-center">
            <TextLink to="/account/notifications" onClick={close}>
              {t('all')}
            </TextLink>
          </p>
        </div>
      )}
    </Popover>
  );
}
