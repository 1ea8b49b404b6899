import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type Tone = 'neutral' | 'good' | 'info' | 'warn' | 'bad';

interface BadgeProps {
  readonly tone?: Tone;
  readonly className?: string;
  readonly children: ReactNode;
}

const looks: Readonly<Record<Tone, string>> = {
  neutral: 'bg-sunk text-soft',
  good: 'bg-accent-wash text-accent-strong',
  info: 'bg-info-wash text-info',
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-danger-wash text-danger',
};

export function Badge({ tone = 'neutral', className, children }: BadgeProps) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 rounded-md px-1.5 py-px text-xs font-medium whitespace-nowrap',
        looks[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
