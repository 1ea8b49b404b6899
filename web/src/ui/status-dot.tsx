import type { ReactNode } from 'react';
import type { Tone } from './badge.tsx';
import { cx } from './cx.ts';

const colours: Readonly<Record<Tone, string>> = {
  neutral: 'border-edge',
  good: 'border-accent bg-accent',
  info: 'border-info bg-info',
  warn: 'border-warn bg-warn',
  bad: 'border-danger bg-danger',
};

/** A state with its word: never the colour alone. Neutral is a ring. */
export function StatusDot({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span aria-hidden="true" className={cx('size-2 shrink-0 rounded-full border-2', colours[tone])} />
      {children}
    </span>
  );
}
