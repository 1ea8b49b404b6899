import { Info, type LucideIcon, ShieldAlert, TriangleAlert } from 'lucide-react';
import type { Notification } from '../api/schema.ts';
import { cx } from '../ui/cx.ts';
import { useTranslations } from '../words/use-translations.ts';

const looks: Readonly<Record<Notification['level'], { icon: LucideIcon; colour: string }>> = {
  info: { icon: Info, colour: 'text-info' },
  warning: { icon: TriangleAlert, colour: 'text-warn' },
  security: { icon: ShieldAlert, colour: 'text-danger' },
};

export function LevelIcon({ level }: { readonly level: Notification['level'] }) {
  const t = useTranslations('notices.levels');
  const { icon: Icon, colour } = looks[level];
  return (
    <>
      <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', colour)} />
      <span className="sr-only">{t(level)}: </span>
    </>
  );
}
