import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { CheckState } from './states.ts';

interface CheckLineProps {
  readonly state: CheckState;
  readonly title: string;
  readonly children: ReactNode;
}

const looks: Readonly<Record<CheckState, { readonly icon: LucideIcon; readonly look: string }>> = {
  running: { icon: LoaderCircle, look: 'text-info animate-spin' },
  ok: { icon: CircleCheck, look: 'text-accent' },
  attention: { icon: CircleAlert, look: 'text-warn' },
  unchecked: { icon: CircleDashed, look: 'text-faint' },
};

/** One point of the list: how it stands, and what to do about it. */
export function CheckLine({ state, title, children }: CheckLineProps) {
  const t = useTranslations('help.checks.states');
  const { icon: Icon, look } = looks[state];
  return (
    <li className="flex gap-3 border-t border-line px-5 py-3.5">
      <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', look)} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-medium">{title}</span>
          <span className={cx('text-xs', state === 'attention' ? 'font-medium text-warn' : 'text-soft')}>
            {t(state)}
          </span>
        </p>
        <div className="mt-0.5 grid min-h-[1.3125rem] gap-1.5 text-soft">{children}</div>
      </div>
    </li>
  );
}
