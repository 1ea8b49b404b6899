import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

interface CardProps {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  /** At the end of the first line. */
  readonly actions?: ReactNode;
  /** Without inner margin: for a table or list that brings its own. */
  readonly flush?: boolean;
  readonly className?: string;
  readonly children?: ReactNode;
}

export function Card({ title, description, actions, flush = false, className, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={cx('min-w-0 rounded-2xl border border-line bg-card shadow-lift', className)}
    >
      {(title || actions) && (
        <header className={cx('flex flex-wrap items-start gap-x-4 gap-y-2 px-5 pt-4', flush && 'pb-3')}>
          <div className="min-w-0 grow basis-64">
            {title && (
              <h2 id={id} className="text-[0.9375rem] font-semibold">
                {title}
              </h2>
            )}
            {description && <div className="mt-0.5 text-[0.8125rem] text-soft">{description}</div>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      {flush ? children : <div className={children ? 'px-5 py-4' : 'pb-4'}>{children}</div>}
    </section>
  );
}
