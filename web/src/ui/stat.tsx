import type { ReactNode } from 'react';
import { Link, type PagePath } from '../navigation.tsx';
import type { Tone } from './badge.tsx';
import { cx } from './cx.ts';
import { Skeleton } from './skeleton.tsx';

interface StatProps {
  readonly label: string;
  /** Null while it is on its way. */
  readonly value: ReactNode;
  readonly text: ReactNode;
  readonly tone?: Extract<Tone, 'neutral' | 'warn' | 'bad'>;
  readonly to?: PagePath | null;
  readonly search?: Readonly<Record<string, string>>;
}

const tones = { neutral: '', warn: 'text-warn', bad: 'text-danger' } as const;

/** One figure. */
export function Stat({ label, value, text, tone = 'neutral', to = null, search }: StatProps) {
  const name =
    to === null ? (
      label
    ) : (
      <Link to={to} {...(search ? { search } : {})} className="after:absolute after:inset-0 after:rounded-2xl">
        {label}
      </Link>
    );
  return (
    <div
      className={cx(
        'relative grid content-start gap-1 rounded-2xl border border-line bg-card px-3.5 py-3 shadow-lift sm:px-4 sm:py-3.5',
        to !== null && 'hover:border-edge',
      )}
    >
      <h2 className="text-[0.8125rem] font-normal text-soft">{name}</h2>
      {value === null ? (
        <>
          <Skeleton className="my-1 h-6 w-20" />
          <Skeleton className="my-0.5 h-3.5 w-32" />
        </>
      ) : (
        <>
          <p
            className={cx('text-xl leading-8 font-semibold wrap-anywhere *:whitespace-normal sm:text-2xl', tones[tone])}
          >
            {value}
          </p>
          <p className="text-xs leading-[1.125rem] text-soft">{text}</p>
        </>
      )}
    </div>
  );
}
