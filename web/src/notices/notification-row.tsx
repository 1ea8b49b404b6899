import { useTranslations } from 'use-intl';
import type { Notification } from '../api/schema.ts';
import { Link } from '../navigation.tsx';
import { cx } from '../ui/cx.ts';
import { Time } from '../ui/time.tsx';
import { LevelIcon } from './level-icon.tsx';
import { linkTarget } from './notification-link.ts';
import { useMarkRead } from './use-mark-read.ts';

interface NotificationRowProps {
  readonly notification: Notification;
  /** Before the link is followed. */
  readonly onOpen?: () => void;
}

/** What happened; the whole row leads to where one does something about it. */
export function NotificationRow({ notification, onOpen }: NotificationRowProps) {
  const { id, level, title, text, link, read_at, created_at } = notification;
  const markRead = useMarkRead();
  const target = linkTarget(link);
  const unread = read_at === null;
  const words = (
    <span className="grid min-w-0 grow gap-0.5">
      <span className={cx('break-words', unread && 'font-semibold')}>{title}</span>
      {text && <span className="text-[0.8125rem] text-soft">{text}</span>}
      <span className="text-xs text-soft">
        <Time at={created_at} show="relative" />
      </span>
    </span>
  );
  const look = 'flex gap-3 px-4 py-3 text-left';
  const dot = unread && <UnreadDot />;
  const open = () => {
    onOpen?.();
    if (unread) void markRead([id]);
  };
  if (target === null) {
    return (
      <div className={look}>
        <LevelIcon level={level} />
        {words}
        {dot}
      </div>
    );
  }
  return (
    <Link {...target} onClick={open} className={cx(look, '-outline-offset-2 hover:bg-sunk')}>
      <LevelIcon level={level} />
      {words}
      {dot}
    </Link>
  );
}

function UnreadDot() {
  const t = useTranslations('notices');
  return (
    <span className="mt-1.5 size-2 shrink-0 rounded-full bg-accent">
      <span className="sr-only">{t('unread')}</span>
    </span>
  );
}
