import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type BannerTone = 'info' | 'success' | 'warn' | 'danger';

interface BannerProps {
  readonly tone?: BannerTone;
  readonly title?: ReactNode;
  readonly role?: 'alert' | 'status';
  /** Buttons or a link, at its end. */
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children?: ReactNode;
}

const looks: Readonly<Record<BannerTone, { icon: LucideIcon; box: string; mark: string }>> = {
  info: { icon: Info, box: 'bg-info-wash', mark: 'text-info' },
  success: { icon: CircleCheck, box: 'bg-accent-wash', mark: 'text-accent' },
  warn: { icon: TriangleAlert, box: 'bg-warn-wash', mark: 'text-warn' },
  danger: { icon: CircleAlert, box: 'bg-danger-wash', mark: 'text-danger' },
};

export function Banner({ tone = 'info', title, role, actions, className, children }: BannerProps) {
  const { icon: Icon, box, mark } = looks[tone];
  return (
    <div
      role={role}
      className={cx('flex flex-wrap items-start gap-x-4 gap-y-2 rounded-xl px-3.5 py-3', box, className)}
    >
      <div className="flex min-w-0 grow basis-64 gap-2.5">
        <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', mark)} />
        <div className="min-w-0">
          {title && <p className="font-semibold">{title}</p>}
          {children}
        </div>
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
